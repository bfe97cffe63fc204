package view

import (
	"image/color"
	"math"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// stage is the world as it is shown: everything that remembers from frame to
// frame what the eye still sees.
type stage struct {
	camera camera
	taste  taste
	livery livery
	sky    *sky
	walls  walls
	wakes  wakes
	sparks sparks
	fleet  fleet
	flash  flashGate
	shake  shakeGate
	inflow float64    // seconds until ships get, and lose, their next sparkles
	glare  float64    // 0..1: the rim of the screen lights up because own ship was struck
	arena  *sim.Arena // what the trails were laid over
	vx, vy float64    // of the camera, units per second
	watch  watch
}

func newStage(seed uint64, calm bool) *stage {
	st := &stage{sky: newSky(seed), watch: watch{id: sim.NoPlayer}}
	st.sparks.dice = chance(seed ^ 0x59a4c5)
	st.livery.self = sim.NoPlayer
	st.please(plainTaste(calm))
	return st
}

// please shows everything as t wants it from now on.
func (st *stage) please(t taste) {
	st.taste = t
	st.livery.palette = t.palette
	st.flash.limit, st.shake.strength = t.flash, t.shake
}

// forget drops what the eye still sees: another world follows.
func (st *stage) forget() {
	st.wakes.clear()
	st.sparks.clear()
	st.camera.placed = false
	st.glare, st.shake.tremor = 0, 0
}

// step takes a new scene after dt seconds. lookX and lookY are where the pilot
// looks.
func (st *stage) step(scene *replica.Scene, lookX, lookY float64, now time.Duration, dt float64) {
	if scene.Arena != st.arena {
		st.forget()
		st.arena = scene.Arena
	}
	st.livery.learn(scene)
	x, y := st.camera.x, st.camera.y
	if st.taste.still {
		lookX, lookY = 0, 0
	}
	st.aimCamera(scene, lookX, lookY, dt)
	if dt > 0 {
		st.vx, st.vy = (st.camera.x-x)/dt, (st.camera.y-y)/dt
	}
	hw, hh := st.camera.half()
	st.flash.width, st.flash.height = 2*hw, 2*hh
	if math.Hypot(st.vx, st.vy) > rushSpeed {
		st.flash.pause(now)
	}
	for i := range scene.Effects {
		st.react(&scene.Effects[i], scene, now)
	}
	st.wakes.step(now, dt, scene.Ships, &st.livery, &st.sparks)
	if st.inflow -= dt; st.inflow <= 0 {
		st.inflow = inflowEvery
		st.drawIn(scene.Ships)
		st.bleed(scene.Ships)
	}
	st.sparks.step(dt)
	st.camera.shakeX, st.camera.shakeY = st.shake.step(dt)
	st.glare = max(0, st.glare-2.8*dt)
	if scene.Arena == nil && !st.taste.still {
		st.sky.drift += 30 * dt
	}
}

// inflowEvery is the time between two sparkles of a drafting ship, and between two
// chances that a weak one loses a spark, in seconds.
const inflowEvery = 0.02

// bleed lets ships with little energy lose sparks, the more the less they have.
func (st *stage) bleed(ships []replica.ShipView) {
	d := &st.sparks.dice
	for i := range ships {
		s := &ships[i]
		if s.Energy >= lowEnergy || !st.camera.sees(s.Pos, 40) || d.unit() > 0.25*(1-s.Energy/lowEnergy) {
			continue
		}
		sin, cos := math.Sincos(d.turn())
		st.sparks.mote(mote{
			shape: sparkShape, along: true, colour: st.livery.bad.mix(st.livery.warn, float32(d.unit()*0.6)),
			x: s.Pos.X + cos*8, y: s.Pos.Y + sin*8, vx: s.Vel.X*0.5 + cos*90, vy: s.Vel.Y*0.5 + sin*90, drag: 2,
			size: d.span(0.5, 0.9), span: d.span(0.3, 0.6),
		})
	}
}

// drawIn lets light flow out of the wake into the ships that draft in it.
func (st *stage) drawIn(ships []replica.ShipView) {
	d := &st.sparks.dice
	for i := range ships {
		s := &ships[i]
		if !s.Drafts || !st.camera.sees(s.Pos, 60) {
			continue
		}
		speed := math.Hypot(s.Vel.X, s.Vel.Y)
		if !(speed > 1 && speed < farthest) {
			continue
		}
		// From ahead and from the sides, a little faster than the ship flies past.
		ax, ay := s.Vel.X/speed, s.Vel.Y/speed
		ahead, aside := d.span(14, 60), d.span(-22, 22)
		const life = 0.34
		st.sparks.mote(mote{
			shape: sparkShape, along: true, colour: st.livery.ofShip(s).mix(inkWhite, 0.55),
			x: s.Pos.X + ax*ahead - ay*aside, y: s.Pos.Y + ay*ahead + ax*aside,
			vx: s.Vel.X - (ax*ahead-ay*aside)/life, vy: s.Vel.Y - (ay*ahead+ax*aside)/life,
			size: d.span(0.8, 1.3), span: life,
		})
	}
}

// aimCamera follows own ship, and for a spectator that of the best pilot. Without
// one the camera stays where it was, or over the middle of the arena at first.
func (st *stage) aimCamera(scene *replica.Scene, lookX, lookY, dt float64) {
	if scene.Arena == nil {
		st.camera.x, st.camera.y, st.camera.placed = 0, 0, false
		return
	}
	if s := scene.OwnShip(); s != nil {
		st.watch.rest()
		st.camera.follow(s.Pos, s.Vel, lookX, lookY, dt)
	} else if at, vel, ok := st.watch.eye(scene, dt); ok {
		st.camera.follow(at, vel, 0, 0, dt)
	} else if !st.camera.placed {
		size := scene.Arena.Size()
		st.camera.x, st.camera.y = size.X.Float()/2, size.Y.Float()/2
	}
	st.camera.confine(scene.Arena)
}

// drawSky draws what is behind everything.
func (st *stage) drawSky(dst *ebiten.Image) {
	x, y := 0.0, 0.0
	if st.arena != nil {
		size := st.arena.Size()
		x, y = size.X.Float()/2, size.Y.Float()/2
	}
	if st.taste.palette.plain {
		dst.Fill(color.RGBA{A: 255})
		return
	}
	st.sky.drawNebula(dst, &st.camera, x, y)
}

// collect puts the world onto the brush, from the ground up.
func (st *stage) collect(b *brush, scene *replica.Scene, now time.Duration) {
	c, t := &st.camera, now.Seconds()
	b.livery = &st.livery
	b.sheet.hew(stoneOf(&st.livery.palette))
	if !st.taste.palette.plain {
		st.sky.drawStars(b, c, st.vx, st.vy, st.taste.still)
	}
	if scene == nil {
		return
	}
	if scene.Arena != nil {
		st.sky.drawGrid(b, c, scene.Arena)
		drawZones(b, c, scene.Arena)
		drawWells(b, c, scene.Arena, st.pulse(t))
		st.walls.draw(b, c, scene.Arena)
	}
	drawGroundOf(b, c, scene, st.pulse(t))
	st.wakes.draw(b, c)
	drawItems(b, c, scene.Items, t)
	drawBolts(b, c, scene, t)
	st.fleet.draw(b, c, scene, now)
	drawObjectives(b, c, scene, t)
	st.sparks.draw(b, c)
	st.drawMarks(b, c, scene)
	if st.glare > 0 {
		drawGlare(b, c.area, float32(st.glare))
	}
}

// pulse is the time of what moves for looks alone: it stands still in a picture
// that shall.
func (st *stage) pulse(t float64) float64 {
	if st.taste.still {
		return 0.6
	}
	return t
}

// drawGlare lights up the rim of the screen.
func drawGlare(b *brush, r rectangle, k float32) {
	ink := b.livery.bad.light(0.5 * k)
	w := 0.2 * math.Min(r.w, r.h)
	b.line(mistShape, r.x, r.y, r.x+r.w, r.y, w, ink, ink)
	b.line(mistShape, r.x, r.y+r.h, r.x+r.w, r.y+r.h, w, ink, ink)
	b.line(mistShape, r.x, r.y, r.x, r.y+r.h, w, ink, ink)
	b.line(mistShape, r.x+r.w, r.y, r.x+r.w, r.y+r.h, w, ink, ink)
}
