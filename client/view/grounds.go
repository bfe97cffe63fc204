package view

import (
	"math"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// What lies on the ground of an arena: safe zones and gravity wells.

// drawZones draws the safe zones: quiet hatched ground with a rim.
func drawZones(b *brush, c *camera, a *sim.Arena) {
	hw, hh := c.half()
	ground, rim := b.livery.good.light(0.5), b.livery.good.light(0.5)
	for i := range a.Zones {
		z := &a.Zones[i]
		x0, y0 := max(z.X, int(math.Floor((c.x-hw)/tileSide))-1), max(z.Y, int(math.Floor((c.y-hh)/tileSide))-1)
		x1, y1 := min(z.X+z.Width, int((c.x+hw)/tileSide)+2), min(z.Y+z.Height, int((c.y+hh)/tileSide)+2)
		if x0 >= x1 || y0 >= y1 {
			continue
		}
		r := b.sheet.sprite(zoneShape)
		for y := y0; y < y1; y++ {
			for x := x0; x < x1; x++ {
				if a.Solid(x, y) {
					continue
				}
				px0, py0 := c.px(float64(x)*tileSide, float64(y)*tileSide)
				b.box(r, px0, py0, px0+tileSide*c.zoom, py0+tileSide*c.zoom, ground)
			}
		}
		drawZoneRim(b, c, z, rim)
	}
}

// drawZoneRim draws a thin frame with strong corners.
func drawZoneRim(b *brush, c *camera, z *sim.Zone, ink tint) {
	x0, y0 := c.px(float64(z.X)*tileSide, float64(z.Y)*tileSide)
	x1, y1 := c.px(float64(z.X+z.Width)*tileSide, float64(z.Y+z.Height)*tileSide)
	w := 12 * c.zoom
	faint := ink.times(0.55)
	b.line(beamShape, x0, y0, x1, y0, w, faint, faint)
	b.line(beamShape, x0, y1, x1, y1, w, faint, faint)
	b.line(beamShape, x0, y0, x0, y1, w, faint, faint)
	b.line(beamShape, x1, y0, x1, y1, w, faint, faint)
	arm := min(22*c.zoom, (x1-x0)/3, (y1-y0)/3)
	for _, corner := range [...]struct{ x, y, dx, dy float64 }{{x0, y0, 1, 1}, {x1, y0, -1, 1}, {x0, y1, 1, -1}, {x1, y1, -1, -1}} {
		b.line(beamShape, corner.x, corner.y, corner.x+corner.dx*arm, corner.y, 1.5*w, ink, ink)
		b.line(beamShape, corner.x, corner.y, corner.x, corner.y+corner.dy*arm, 1.5*w, ink, ink)
	}
}

// mostStreaks is how many motes fall in a well at most.
const mostStreaks = 44

// drawWells draws the gravity wells: arms that turn and motes that fall inwards,
// or outwards where a well pushes. The stronger it is, the brighter.
func drawWells(b *brush, c *camera, a *sim.Arena, t float64) {
	for i := range a.Wells {
		w := &a.Wells[i]
		at := replica.Point{X: w.Pos.X.Float(), Y: w.Pos.Y.Float()}
		radius := w.Radius.Float()
		if c.sees(at, radius) {
			drawWell(b, c, at, radius, float64(w.Pull)/sim.MaxPull, t+float64(i)*1.7)
		}
	}
}

// drawWell draws one; pull is -1 to 1.
func drawWell(b *brush, c *camera, at replica.Point, radius, pull, t float64) {
	x, y := c.at(at)
	colour, way := inkViolet.mix(b.livery.wall, 0.35), 1.0
	if pull < 0 {
		colour, way = b.livery.warn.mix(hex(0xff7a3d), 0.5), -1
	}
	strength := 0.35 + 0.65*math.Sqrt(min(1, math.Abs(pull)))
	k := radius / 126
	// The arms of the picture wind one way: turning it with them looks like
	// falling, against them like being thrown out.
	sin, cos := math.Sincos(t * 0.9 * strength * way)
	b.turned(wellShape, x, y, cos, sin, k, k, colour.mix(inkWhite, 0.15).light(float32(0.75*strength*min(1, 0.45+60/radius))))
	b.circle(beamShape, x, y, radius*c.zoom, 14*c.zoom, colour.light(float32(0.3*strength)))
	streaks := min(mostStreaks, int(radius/9))
	pace := 0.33 * strength * math.Sqrt(130/radius)
	for i := range streaks {
		phase := wrap(t*pace+float64(i)*0.754878, 1)
		far := 1 - phase*phase
		if way < 0 {
			far = math.Sqrt(phase)
		}
		turn := float64(i)*2.399963 + way*3.2*phase
		s, o := math.Sincos(turn)
		r := far * radius * c.zoom
		fade := float32(math.Sin(math.Pi*phase) * strength)
		b.turned(sparkShape, x+o*r, y+s*r, -o*way*0.8-s*0.6, -s*way*0.8+o*0.6, 1.9, 1.2, colour.mix(inkWhite, 0.45).light(fade*0.9))
	}
	if way > 0 {
		heart := 0.16 + 0.12*strength
		b.turned(softShape, x, y, 1, 0, heart*2.2, heart*2.2, inkSpace.solid(0.95))
		b.turned(ringShape, x, y, 1, 0, heart, heart, colour.mix(inkWhite, 0.5).light(float32(0.6+0.4*strength)))
		return
	}
	beat := float32(0.6 + 0.3*math.Sin(t*4))
	b.turned(haloShape, x, y, 1, 0, 0.7, 0.7, colour.mix(inkWhite, 0.4).light(beat))
}
