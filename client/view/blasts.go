package view

import (
	"math"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// ringLine is where the line of ringShape is, in units from its middle.
const ringLine = 52.0

// react turns what happened into light and tremor.
func (st *stage) react(e *replica.Effect, scene *replica.Scene, now time.Duration) {
	c := &st.camera
	if e.Kind != replica.BeamFired && !c.sees(e.Pos, 200) {
		return
	}
	switch e.Kind {
	case replica.ShotFired:
		st.fired(e)
	case replica.ShotHit:
		st.struck(e, now)
	case replica.ShotBounced:
		colour := st.livery.of(e.Who)
		st.sparks.spray(6, e.Pos.X, e.Pos.Y, direction(e.Dir), 0.9, 240, colour)
		st.sparks.burst(burst{shape: haloShape, colour: colour, x: e.Pos.X, y: e.Pos.Y, from: 0.2, to: 0.5, light: 0.7, span: 0.16})
	case replica.ShotFaded:
		st.sparks.spray(3, e.Pos.X, e.Pos.Y, 0, math.Pi, 110, st.livery.of(e.Who))
	case replica.ShipBounced:
		st.sparks.spray(5+int(8*e.Size), e.Pos.X, e.Pos.Y, 0, math.Pi, 120+160*e.Size, st.livery.wall.mix(inkWhite, 0.4))
		if e.Own {
			st.shake.add(0.12 + 0.22*e.Size)
		}
	case replica.ShipDied:
		st.died(e, c, now)
	case replica.ShipEntered:
		st.entered(e, now)
	case replica.BeamFired:
		st.beamed(e, now)
	case replica.PulseFired:
		st.pulsed(e, now)
	case replica.Exploded:
		st.exploded(e, c, now)
	case replica.ShotBlocked:
		st.blocked(e, now)
	case replica.ShipDashed:
		st.dashed(e, scene)
	default:
		st.celebrate(e, now)
	}
}

func direction(d replica.Point) float64 { return math.Atan2(d.Y, d.X) }

// shine asks whether an effect that lights up radius units around (x, y) may do so:
// 1 is all its light, 0 is only its lines and sparks.
func (st *stage) shine(x, y, radius float64, now time.Duration) shine {
	return shine(st.flash.ask(now, x, y, radius, 1))
}

// shine is how brightly an effect may show itself.
type shine float32

// line is the light of a ring: what may not flash is drawn, but faintly.
func (k shine) line(light float32) float32 { return light * (0.3 + 0.7*float32(k)) }

// sparks is the number of sparks of an effect that has n where it may flash.
func (k shine) sparks(n int) int { return int(float32(n) * (0.5 + 0.5*float32(k))) }

// flare lights up a disc of the given radius in units, as far as it may.
func (st *stage) flare(k shine, x, y, radius float64, colour hue, light float32, span float64) {
	if k > 0 {
		st.sparks.burst(burst{shape: softShape, colour: colour, x: x, y: y, from: radius / 32 * 0.5, to: radius / 32, light: light * float32(k), span: span})
	}
}

// wave sends a ring out to radius units.
func (st *stage) wave(x, y, radius float64, colour hue, light float32, span float64) {
	st.sparks.burst(burst{shape: ringShape, colour: colour, x: x, y: y, from: 0.15 * radius / ringLine, to: radius / ringLine, light: light, span: span})
}

func (st *stage) fired(e *replica.Effect) {
	colour := st.livery.of(e.Who)
	n, size := 2, 0.42
	switch e.Weapon {
	case sim.Shell:
		n, size = 6, 0.75
	case sim.Pellet:
		n, size = 1, 0.34
	case sim.Mine:
		n = 0
	}
	st.sparks.burst(burst{shape: haloShape, colour: colour.mix(inkWhite, 0.4), x: e.Pos.X, y: e.Pos.Y, from: size, to: 0.15, light: 0.9, span: 0.09})
	st.sparks.spray(n, e.Pos.X, e.Pos.Y, direction(e.Dir), 0.5, 260, colour)
	if e.Own {
		st.shake.add(0.035 * size / 0.42)
	}
}

func (st *stage) struck(e *replica.Effect, now time.Duration) {
	st.fleet.hit(e.Who, now)
	colour := st.livery.of(e.By)
	st.sparks.spray(10+int(10*e.Size), e.Pos.X, e.Pos.Y, direction(e.Dir)+math.Pi, 1.1, 330, colour)
	st.sparks.burst(burst{shape: glintShape, colour: colour.mix(inkWhite, 0.6), x: e.Pos.X, y: e.Pos.Y, from: 0.35, to: 0.8, light: 1, angle: st.sparks.dice.turn(), span: 0.2})
	st.sparks.burst(burst{shape: ringShape, colour: colour, x: e.Pos.X, y: e.Pos.Y, from: 0.06, to: 0.36, light: 0.6, span: 0.28})
	if e.Who == st.livery.self && e.Who != sim.NoPlayer {
		st.shake.add(0.3)
		st.glare = max(st.glare, float64(st.flash.askAll(now)))
	}
}

// died shows a ship breaking up: a flash, two shock waves, shards and sparks.
func (st *stage) died(e *replica.Effect, c *camera, now time.Duration) {
	colour := st.livery.of(e.Who)
	x, y, d := e.Pos.X, e.Pos.Y, &st.sparks.dice
	k := st.shine(x, y, 110, now)
	st.flare(k, x, y, 140, colour.mix(inkWhite, 0.6), 0.7, 0.3)
	size := 0.9 + 0.9*float64(k)
	st.sparks.burst(burst{shape: haloShape, colour: colour.mix(inkWhite, 0.3), x: x, y: y, from: 0.7 * size, to: size, light: 0.8, span: 0.5})
	st.sparks.burst(burst{shape: glintShape, colour: inkWhite, x: x, y: y, from: 0.6 * size, to: 1.5 * size, light: 1, angle: 0.4, spin: 0.8, span: 0.34})
	st.wave(x, y, 88, colour, k.line(0.95), 0.75)
	st.wave(x, y, 52, inkWake.mix(colour, 0.4), 0.6, 0.95)
	st.sparks.spray(k.sparks(44), x, y, 0, math.Pi, 520, colour)
	for range 16 {
		sin, cos := math.Sincos(d.turn())
		v := d.span(30, 190)
		st.sparks.mote(mote{
			shape: shardShape, colour: colour.mix(inkWhite, 0.2), x: x + cos*8, y: y + sin*8,
			vx: cos * v, vy: sin * v, drag: 0.9, angle: d.turn(), spin: d.span(-9, 9),
			size: d.span(0.6, 1.3), span: d.span(0.7, 1.5),
		})
	}
	tremor := 0.5
	if e.Own {
		tremor = 0.95
	}
	st.shake.add(tremor * nearness(c, e.Pos))
}

// nearness is 1 in the middle of the picture and 0 far outside.
func nearness(c *camera, p replica.Point) float64 {
	return max(0, 1-math.Hypot(p.X-c.x, p.Y-c.y)/700)
}

// entered shows a ship arriving: rings that close in would hide it, so they open.
func (st *stage) entered(e *replica.Effect, now time.Duration) {
	colour := st.livery.of(e.Who)
	x, y := e.Pos.X, e.Pos.Y
	k := st.shine(x, y, 46, now)
	st.sparks.burst(burst{shape: ringShape, colour: colour, x: x, y: y, from: 0.9, to: 0.35, light: 0.9, span: 0.5})
	st.sparks.burst(burst{shape: glintShape, colour: colour.mix(inkWhite, 0.5), x: x, y: y, from: 1.2 + 0.8*float64(k), to: 0.6, light: k.line(1), span: 0.45})
	st.sparks.burst(burst{shape: haloShape, colour: colour, x: x, y: y, from: 0.4, to: 0.9 + 0.5*float64(k), light: k.line(0.6), span: 0.5})
	st.sparks.spray(k.sparks(18), x, y, 0, math.Pi, 210, colour)
}

// beamed shows a beam: a line that thins, and sparks where it ends.
func (st *stage) beamed(e *replica.Effect, now time.Duration) {
	colour := st.livery.of(e.Who)
	// As much light as a disc of its length and a dozen units across.
	length := math.Hypot(e.End.X-e.Pos.X, e.End.Y-e.Pos.Y)
	k := st.shine((e.Pos.X+e.End.X)/2, (e.Pos.Y+e.End.Y)/2, math.Sqrt(12*length/math.Pi), now)
	along := math.Atan2(e.End.Y-e.Pos.Y, e.End.X-e.Pos.X)
	st.sparks.ray(ray{colour: colour, x0: e.Pos.X, y0: e.Pos.Y, x1: e.End.X, y1: e.End.Y, width: 20 + 14*float64(k), span: 0.34})
	if st.camera.sees(e.End, 60) {
		st.sparks.spray(16, e.End.X, e.End.Y, along+math.Pi, 1.2, 380, colour)
		st.sparks.burst(burst{shape: glintShape, colour: colour.mix(inkWhite, 0.6), x: e.End.X, y: e.End.Y, from: 0.9, to: 0.4, light: 1, angle: along, span: 0.26})
		st.sparks.burst(burst{shape: haloShape, colour: colour, x: e.End.X, y: e.End.Y, from: 0.5, to: 0.9, light: 0.8, span: 0.3})
	}
	st.sparks.burst(burst{shape: haloShape, colour: colour.mix(inkWhite, 0.5), x: e.Pos.X, y: e.Pos.Y, from: 0.8, to: 0.2, light: 0.9, span: 0.2})
	if e.Own {
		st.shake.add(0.16)
	}
}

// pulsed shows a knock-back pulse out to where it reaches.
func (st *stage) pulsed(e *replica.Effect, now time.Duration) {
	colour, reach := st.livery.of(e.Who), sim.Shots[sim.Pulse].Reach.Float()
	x, y := e.Pos.X, e.Pos.Y
	k := st.shine(x, y, reach, now)
	st.flare(k, x, y, reach, colour, 0.4, 0.22)
	st.wave(x, y, reach, colour.mix(inkWhite, 0.35), k.line(1), 0.42)
	st.sparks.burst(burst{shape: circleShape, colour: colour, x: x, y: y, from: 0.2, to: reach / 60, light: k.line(0.9), span: 0.6})
	for i := range 20 {
		sin, cos := math.Sincos(float64(i) * math.Pi / 10)
		st.sparks.mote(mote{
			shape: sparkShape, colour: colour.mix(inkWhite, 0.4), x: x + cos*26, y: y + sin*26,
			vx: cos * 620, vy: sin * 620, drag: 4, along: true, size: 0.8, span: 0.35,
		})
	}
	if e.Own {
		st.shake.add(0.3)
	}
}

// exploded shows a shell or a mine going off, as far as it hurts.
func (st *stage) exploded(e *replica.Effect, c *camera, now time.Duration) {
	radius := sim.Shots[sim.Shell].Splash.Float()
	if int(e.Weapon) < len(sim.Shots) && sim.Shots[e.Weapon].Splash > 0 {
		radius = sim.Shots[e.Weapon].Splash.Float()
	}
	colour := st.livery.of(e.By)
	fire := colour.mix(inkWhite, 0.45)
	x, y := e.Pos.X, e.Pos.Y
	k := st.shine(x, y, radius, now)
	st.flare(k, x, y, radius*1.1, fire, 0.7, 0.24)
	st.wave(x, y, radius, fire, k.line(1), 0.45)
	st.sparks.burst(burst{shape: circleShape, colour: colour, x: x, y: y, from: radius / 60 * 0.9, to: radius / 60, light: 0.7, span: 0.5})
	st.sparks.burst(burst{shape: glintShape, colour: inkWhite, x: x, y: y, from: 0.6, to: 0.8 + 0.9*float64(k), light: 0.9, angle: st.sparks.dice.turn(), span: 0.2})
	st.sparks.spray(k.sparks(22), x, y, 0, math.Pi, radius*5.5, colour)
	st.shake.add(0.25 * nearness(c, e.Pos))
}

// blocked shows a shot that a guard or an aegis took.
func (st *stage) blocked(e *replica.Effect, now time.Duration) {
	st.fleet.block(e.Who, now)
	colour := st.livery.of(e.Who)
	back := direction(e.Dir) + math.Pi
	st.sparks.spray(12, e.Pos.X, e.Pos.Y, back, 1.3, 420, colour.mix(inkWhite, 0.5))
	st.sparks.burst(burst{shape: glintShape, colour: colour.mix(inkWhite, 0.6), x: e.Pos.X, y: e.Pos.Y, from: 0.7, to: 0.3, light: 1, angle: back, span: 0.18})
	if e.Own {
		st.shake.add(0.1)
	}
}

// dashed shows a burst of speed: streaks behind and the hull once more for every
// few units.
func (st *stage) dashed(e *replica.Effect, scene *replica.Scene) {
	colour := st.livery.of(e.Who)
	back := direction(e.Dir) + math.Pi
	st.sparks.spray(14, e.Pos.X, e.Pos.Y, back, 0.35, 420, colour.mix(inkWhite, 0.3))
	st.sparks.burst(burst{shape: ringShape, colour: colour, x: e.Pos.X, y: e.Pos.Y, from: 0.2, to: 0.75, light: 0.7, span: 0.35})
	x, y := e.Pos.X, e.Pos.Y
	st.sparks.ray(ray{colour: colour, x0: x - e.Dir.X*90, y0: y - e.Dir.Y*90, x1: x, y1: y, width: 46, span: 0.3})
	if s := scene.Ship(e.Who); s != nil && int(s.Hull) < len(hullArts) {
		for i := range 3 {
			far := 26 * float64(i)
			st.sparks.burst(burst{
				shape: dartBody + sprite(s.Hull), colour: colour, x: x - e.Dir.X*far, y: y - e.Dir.Y*far, from: 1, to: 0.9,
				light: 0.6 - 0.15*float32(i), angle: s.Aim, span: 0.36 - 0.06*float64(i),
			})
		}
	}
	if e.Own && !st.taste.still {
		st.shake.add(0.12)
	}
}

// celebrate shows deeds: pick-ups, cores, the beacon.
func (st *stage) celebrate(e *replica.Effect, now time.Duration) {
	x, y := e.Pos.X, e.Pos.Y
	switch e.Kind {
	case replica.ItemTaken:
		colour := st.livery.items[min(int(e.Item), len(st.livery.items)-1)]
		st.wave(x, y, 44, colour, 0.9, 0.4)
		st.sparks.spray(16, x, y, -math.Pi/2, math.Pi, 190, colour)
		st.sparks.burst(burst{shape: noItemSign + sprite(min(int(e.Item), len(st.livery.items)-1)), colour: colour, x: x, y: y, from: 0.9, to: 2, light: 0.9, span: 0.5})
	case replica.CoreTaken, replica.CoreDropped, replica.CoreReturned:
		colour := st.livery.side(e.Team)
		st.wave(x, y, 70, colour, 0.9, 0.6)
		st.wave(x, y, 40, inkWhite, 0.6, 0.4)
		st.sparks.spray(20, x, y, 0, math.Pi, 260, colour)
	case replica.CoreCaptured:
		colour := st.livery.side(e.Team.Other())
		k := st.shine(x, y, 150, now)
		st.flare(k, x, y, 160, colour.mix(inkWhite, 0.4), 0.6, 0.4)
		st.wave(x, y, 150, colour, k.line(1), 0.9)
		st.wave(x, y, 90, inkWhite, 0.7, 0.7)
		st.sparks.spray(k.sparks(48), x, y, -math.Pi/2, math.Pi, 460, colour)
	case replica.BeaconTurned:
		colour := st.livery.side(e.Team)
		reach := sim.BeaconReach.Float()
		k := st.shine(x, y, reach, now)
		st.flare(k, x, y, reach, colour, 0.35, 0.35)
		st.wave(x, y, reach, colour, k.line(1), 0.8)
		st.sparks.spray(26, x, y, -math.Pi/2, math.Pi, 320, colour)
	}
}
