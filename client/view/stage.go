package view

import (
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
	sky    *sky
	walls  walls
	wakes  wakes
	sparks sparks
	fleet  fleet
	flash  flashGate
	shake  shakeGate
	glare  float64    // 0..1: the rim of the screen lights up because own ship was struck
	arena  *sim.Arena // what the trails were laid over
	vx, vy float64    // of the camera, units per second
	watch  watch
}

func newStage(seed uint64, calm bool) *stage {
	st := &stage{sky: newSky(seed), watch: watch{id: sim.NoPlayer}}
	st.sparks.dice = chance(seed ^ 0x59a4c5)
	st.flash.calm, st.shake.calm = calm, calm
	return st
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
	x, y := st.camera.x, st.camera.y
	st.aimCamera(scene, lookX, lookY, dt)
	if dt > 0 {
		st.vx, st.vy = (st.camera.x-x)/dt, (st.camera.y-y)/dt
	}
	for i := range scene.Effects {
		st.react(&scene.Effects[i], scene, &st.camera, now)
	}
	st.wakes.step(now, dt, scene.Ships, &st.sparks)
	st.sparks.step(dt)
	st.camera.shakeX, st.camera.shakeY = st.shake.step(dt)
	st.glare = max(0, st.glare-2.8*dt)
	if scene.Arena == nil {
		st.sky.drift += 30 * dt
	}
}

// aimCamera follows own ship, and for a spectator that of the best pilot. Without
// one the camera stays where it was, or over the middle of the arena at first.
func (st *stage) aimCamera(scene *replica.Scene, lookX, lookY, dt float64) {
	if scene.Arena == nil {
		st.camera.x, st.camera.y, st.camera.placed = 0, 0, false
		return
	}
	if s := ownShip(scene); s != nil {
		st.camera.follow(s.Pos, s.Vel, lookX, lookY, dt)
	} else if s := st.watch.step(scene, dt); s != nil {
		st.camera.follow(s.Pos, s.Vel, 0, 0, dt)
	} else if !st.camera.placed {
		size := scene.Arena.Size()
		st.camera.x, st.camera.y = size.X.Float()/2, size.Y.Float()/2
	}
	st.camera.confine(scene.Arena)
}

// ownShip returns the player's ship, or nil.
func ownShip(scene *replica.Scene) *replica.ShipView {
	for i := range scene.Ships {
		if scene.Ships[i].Own {
			return &scene.Ships[i]
		}
	}
	return nil
}

// drawSky draws what is behind everything.
func (st *stage) drawSky(dst *ebiten.Image) {
	x, y := 0.0, 0.0
	if st.arena != nil {
		size := st.arena.Size()
		x, y = size.X.Float()/2, size.Y.Float()/2
	}
	st.sky.drawNebula(dst, &st.camera, x, y)
}

// collect puts the world onto the brush.
func (st *stage) collect(b *brush, scene *replica.Scene, now time.Duration) {
	c := &st.camera
	st.sky.drawStars(b, c, st.vx, st.vy)
	if scene == nil {
		return
	}
	if scene.Arena != nil {
		st.sky.drawGrid(b, c, scene.Arena)
		st.walls.draw(b, c, scene.Arena)
	}
	st.wakes.draw(b, c, scene.Ships)
	drawBolts(b, c, scene)
	st.fleet.draw(b, c, scene, now)
	st.sparks.draw(b, c)
	if st.glare > 0 {
		drawGlare(b, c.area, float32(st.glare))
	}
}

// drawGlare lights up the rim of the screen.
func drawGlare(b *brush, r rectangle, k float32) {
	ink := inkBad.light(0.5 * k)
	w := 0.2 * math.Min(r.w, r.h)
	b.line(mistShape, r.x, r.y, r.x+r.w, r.y, w, ink, ink)
	b.line(mistShape, r.x, r.y+r.h, r.x+r.w, r.y+r.h, w, ink, ink)
	b.line(mistShape, r.x, r.y, r.x, r.y+r.h, w, ink, ink)
	b.line(mistShape, r.x+r.w, r.y, r.x+r.w, r.y+r.h, w, ink, ink)
}
