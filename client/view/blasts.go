package view

import (
	"math"
	"time"

	"ionwake/client/replica"
)

// react turns what happened into light and tremor.
func (st *stage) react(e *replica.Effect, scene *replica.Scene, c *camera, now time.Duration) {
	if !c.sees(e.Pos, 200) {
		return
	}
	switch e.Kind {
	case replica.ShotFired:
		st.fired(e, scene)
	case replica.ShotHit:
		st.struck(e, scene, now)
	case replica.ShotBounced:
		st.sparks.spray(6, e.Pos.X, e.Pos.Y, direction(e.Dir), 0.9, 240, hueOf(e.Who, e.Own))
		st.sparks.burst(burst{shape: haloShape, colour: hueOf(e.Who, e.Own), x: e.Pos.X, y: e.Pos.Y, from: 0.2, to: 0.5, light: 0.7, span: 0.16})
	case replica.ShotFaded:
		st.sparks.spray(3, e.Pos.X, e.Pos.Y, 0, math.Pi, 110, hueOf(e.Who, e.Own))
	case replica.ShipBounced:
		st.sparks.spray(5+int(8*e.Size), e.Pos.X, e.Pos.Y, 0, math.Pi, 120+160*e.Size, inkWall.mix(inkWhite, 0.4))
		if e.Own {
			st.shake.add(0.12 + 0.22*e.Size)
		}
	case replica.ShipDied:
		st.died(e, c, now)
	case replica.ShipEntered:
		st.entered(e)
	}
}

func direction(d replica.Point) float64 { return math.Atan2(d.Y, d.X) }

func (st *stage) fired(e *replica.Effect, scene *replica.Scene) {
	colour := hueOf(e.Who, e.Own || e.Who == scene.Self)
	angle := direction(e.Dir)
	st.sparks.burst(burst{shape: haloShape, colour: colour.mix(inkWhite, 0.4), x: e.Pos.X, y: e.Pos.Y, from: 0.42, to: 0.15, light: 0.9, span: 0.09})
	st.sparks.spray(2, e.Pos.X, e.Pos.Y, angle, 0.5, 260, colour)
	if e.Own {
		st.shake.add(0.035)
	}
}

func (st *stage) struck(e *replica.Effect, scene *replica.Scene, now time.Duration) {
	st.fleet.hit(e.Who, now)
	colour := hueOf(e.By, e.By == scene.Self)
	st.sparks.spray(10+int(10*e.Size), e.Pos.X, e.Pos.Y, direction(e.Dir)+math.Pi, 1.1, 330, colour)
	st.sparks.burst(burst{shape: glintShape, colour: colour.mix(inkWhite, 0.6), x: e.Pos.X, y: e.Pos.Y, from: 0.35, to: 0.8, light: 1, angle: st.sparks.dice.turn(), span: 0.2})
	st.sparks.burst(burst{shape: ringShape, colour: colour, x: e.Pos.X, y: e.Pos.Y, from: 0.06, to: 0.36, light: 0.6, span: 0.28})
	if e.Who == scene.Self {
		st.shake.add(0.3)
		if st.flash.allow(now) {
			st.glare = 1
		}
	}
}

// died shows a ship breaking up: a flash, two shock waves, shards and sparks.
func (st *stage) died(e *replica.Effect, c *camera, now time.Duration) {
	colour := hueOf(e.Who, e.Own)
	x, y, d := e.Pos.X, e.Pos.Y, &st.sparks.dice
	if st.flash.allow(now) {
		st.sparks.burst(burst{shape: softShape, colour: colour.mix(inkWhite, 0.6), x: x, y: y, from: 2, to: 5.5, light: 0.8, span: 0.3})
	}
	st.sparks.burst(burst{shape: haloShape, colour: colour.mix(inkWhite, 0.3), x: x, y: y, from: 1.6, to: 2.6, light: 0.9, span: 0.5})
	st.sparks.burst(burst{shape: glintShape, colour: inkWhite, x: x, y: y, from: 1.2, to: 2.8, light: 1, angle: 0.4, spin: 0.8, span: 0.34})
	st.sparks.burst(burst{shape: ringShape, colour: colour, x: x, y: y, from: 0.15, to: 1.7, light: 0.95, span: 0.75})
	st.sparks.burst(burst{shape: ringShape, colour: inkWake.mix(colour, 0.4), x: x, y: y, from: 0.05, to: 1.0, light: 0.6, span: 0.95})
	st.sparks.spray(44, x, y, 0, math.Pi, 520, colour)
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
	near := 1 - math.Hypot(x-c.x, y-c.y)/700
	st.shake.add(tremor * max(0, near))
}

// entered shows a ship arriving: rings that close in would hide it, so they open.
func (st *stage) entered(e *replica.Effect) {
	colour := hueOf(e.Who, e.Own)
	x, y := e.Pos.X, e.Pos.Y
	st.sparks.burst(burst{shape: ringShape, colour: colour, x: x, y: y, from: 0.9, to: 0.35, light: 0.9, span: 0.5})
	st.sparks.burst(burst{shape: glintShape, colour: colour.mix(inkWhite, 0.5), x: x, y: y, from: 2.2, to: 0.6, light: 1, span: 0.45})
	st.sparks.burst(burst{shape: haloShape, colour: colour, x: x, y: y, from: 0.4, to: 1.6, light: 0.7, span: 0.5})
	st.sparks.spray(18, x, y, 0, math.Pi, 210, colour)
}
