package view

import (
	"math"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// coreReturns is how long a dropped core lies at most: more is shown as this.
const coreReturns = 15 * time.Second

// drawGroundOf draws what the objectives have on the ground, below ships: bases,
// the beacon's path and reach.
func drawGroundOf(b *brush, c *camera, scene *replica.Scene, t float64) {
	for i := range scene.Objectives {
		o := &scene.Objectives[i]
		switch o.Kind {
		case sim.Core:
			drawBase(b, c, o, t)
		case sim.Beacon:
			drawPath(b, c, scene.Arena, o, t)
			drawReach(b, c, o, t)
		}
	}
}

// drawBase draws where a core belongs: its side's sign, brighter while it is home.
func drawBase(b *brush, c *camera, o *replica.ObjectiveView, t float64) {
	if !c.sees(o.Home, 80) {
		return
	}
	x, y := c.at(o.Home)
	colour := b.livery.side(o.Team)
	light := float32(0.8)
	if o.State != sim.AtHome { // empty: it calls
		light = float32(0.4 + 0.2*math.Sin(t*5))
	}
	b.turned(softShape, x, y, 1, 0, 2.6, 2.6, colour.light(0.18*light))
	b.turned(ofSide(ionBaseShape, o.Team), x, y, 1, 0, 1, 1, colour.light(light))
}

// drawPath draws the way that the beacon goes, with arrows that run along it.
func drawPath(b *brush, c *camera, a *sim.Arena, o *replica.ObjectiveView, t float64) {
	if a == nil || len(a.Path) < 2 {
		return
	}
	ink := b.livery.neutral.light(0.22)
	for i := range a.Path {
		p, q := a.Path[i], a.Path[(i+1)%len(a.Path)]
		px, py, qx, qy := p.X.Float(), p.Y.Float(), q.X.Float(), q.Y.Float()
		length := math.Hypot(qx-px, qy-py)
		if length < 1 {
			continue
		}
		dx, dy := (qx-px)/length, (qy-py)/length
		onto := math.Abs(qx-o.Home.X) < 1 && math.Abs(qy-o.Home.Y) < 1
		for far := wrap(t*18, 44); far < length; far += 44 {
			at := replica.Point{X: px + dx*far, Y: py + dy*far}
			if !c.sees(at, 10) {
				continue
			}
			x, y := c.at(at)
			k := ink
			if onto {
				k = b.livery.neutral.light(0.5)
			}
			b.turned(arrowShape, x, y, dx, dy, 0.8, 0.8, k)
		}
	}
}

// drawReach draws the ring within which the beacon is held: of its holder, or in
// parts of both while it is contested.
func drawReach(b *brush, c *camera, o *replica.ObjectiveView, t float64) {
	reach := sim.BeaconReach.Float()
	if !c.sees(o.Pos, reach+20) {
		return
	}
	x, y := c.at(o.Pos)
	k := reach / 60
	switch o.State {
	case sim.Contested:
		const parts = 12
		for i := range parts {
			colour := b.livery.side(sim.TeamIon)
			if i%2 != 0 {
				colour = b.livery.side(sim.TeamEmber)
			}
			from := t*0.5 + float64(i)*2*math.Pi/parts
			b.sector(circleShape, x, y, k, from, 2*math.Pi/parts*0.86, colour.light(float32(0.9+0.1*math.Sin(t*9))))
		}
		b.turned(softShape, x, y, 1, 0, reach/32, reach/32, inkWhite.light(0.05))
	case sim.Held:
		colour := b.livery.side(o.Team)
		b.turned(circleShape, x, y, 1, 0, k, k, colour.light(0.9))
		b.turned(softShape, x, y, 1, 0, reach/32, reach/32, colour.light(0.16))
		grow := wrap(t*0.5, 1)
		b.turned(circleShape, x, y, 1, 0, k*grow, k*grow, colour.light(float32(0.5*(1-grow))))
	default:
		s, q := math.Sincos(t * 0.2)
		b.turned(dashedShape, x, y, q, s, k, k, b.livery.neutral.light(0.8))
		b.turned(softShape, x, y, 1, 0, reach/32, reach/32, b.livery.neutral.light(0.06))
	}
}

// drawObjectives draws the cores and the beacon itself, above ships.
func drawObjectives(b *brush, c *camera, scene *replica.Scene, t float64) {
	for i := range scene.Objectives {
		o := &scene.Objectives[i]
		if !c.sees(o.Pos, 120) {
			continue
		}
		switch o.Kind {
		case sim.Core:
			drawCore(b, c, scene, o, t)
		case sim.Beacon:
			drawBeacon(b, c, o, t)
		}
	}
}

// drawCore draws a core: at home it hovers, adrift it calls and a ring runs down,
// aboard it trails its carrier on a tether.
func drawCore(b *brush, c *camera, scene *replica.Scene, o *replica.ObjectiveView, t float64) {
	colour := b.livery.side(o.Team)
	x, y := c.at(o.Pos)
	k, beat := 1.0, math.Sin(t*3)
	switch o.State {
	case sim.Carried:
		k = 0.85
		cx, cy := x, y
		lag := 44 * c.zoom
		dx, dy := 0.0, -1.0
		if s := scene.Ship(o.Carrier); s != nil {
			cx, cy = c.at(s.Pos)
			if v := math.Hypot(s.Vel.X, s.Vel.Y); v > 30 {
				dx, dy = -s.Vel.X/v, -s.Vel.Y/v
			}
		}
		x, y = cx+dx*lag, cy+dy*lag
		b.line(beamShape, cx, cy, x, y, 12*c.zoom, colour.light(0.15), colour.light(0.9))
		grow := wrap(t*1.3, 1)
		b.turned(circleShape, cx, cy, 1, 0, 0.55+0.5*grow, 0.55+0.5*grow, colour.light(float32(0.9*(1-grow))))
	case sim.Dropped:
		left := min(1, max(0, float64(o.Timer)/float64(coreReturns)))
		b.turned(dialShape, x, y, 1, 0, 1.1, 1.1, colour.light(0.18))
		b.sector(dialShape, x, y, 1.1, -math.Pi/2, 2*math.Pi*left, colour.light(0.95))
		k = 0.9 + 0.05*beat
	default:
		y -= (3 + 2*beat) * c.zoom
	}
	sin, cos := math.Sincos(0.16 * math.Sin(t*1.7))
	b.turned(softShape, x, y, 1, 0, 1.5*k, 1.5*k, colour.light(0.4))
	b.turned(ofSide(ionCoreShape, o.Team), x, y, cos, sin, k, k, colour.solid(1))
	b.turned(haloShape, x, y, 1, 0, 0.3*k, 0.3*k, inkWhite.light(float32(0.5+0.3*beat)))
}

// drawBeacon draws a tower of light that beats.
func drawBeacon(b *brush, c *camera, o *replica.ObjectiveView, t float64) {
	x, y := c.at(o.Pos)
	colour := b.livery.neutral.mix(inkWhite, 0.3)
	switch o.State {
	case sim.Held:
		colour = b.livery.side(o.Team)
	case sim.Contested:
		colour = b.livery.side(sim.TeamIon)
		if math.Sin(t*4) > 0 { // slow, and small: no flash
			colour = b.livery.side(sim.TeamEmber)
		}
	}
	beat := float32(0.85 + 0.15*math.Sin(t*3.2))
	foot := 70 * c.zoom
	b.turned(softShape, x, y, 1, 0, 2.1, 1.3, colour.light(0.55))
	b.turned(towerShape, x, y-foot*1.25, 1, 0, 3.4, 1.25, colour.light(beat))
	b.turned(towerShape, x, y-foot*1.2, 1, 0, 1.3, 1.2, colour.mix(inkWhite, 0.7).light(0.75*beat))
	for i := range 3 {
		rise := wrap(t*0.42+float64(i)/3, 1)
		b.turned(ringShape, x, y-rise*120*c.zoom, 1, 0, 0.5-0.26*rise, 0.17-0.09*rise, colour.light(float32(0.85*math.Sin(math.Pi*rise))))
	}
	b.turned(beaconShape, x, y-6*c.zoom, 1, 0, 1, 1, colour.solid(1))
}
