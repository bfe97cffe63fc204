package view

import (
	"math"

	"ionwake/shared/sim"
)

// Shapes that tell something: pick-ups, sides, the things that modes are about.

// drawn returns a sign of closed outlines and open lines: neon strokes with a
// faint body.
func drawn(side, width, reach float64, outline []dot2, lines ...[]dot2) shape {
	return shape{w: side, h: side, paint: func(p dot2, px float64) tint {
		d, body := math.Inf(1), 0.0
		if outline != nil {
			d = outlineDistance(p, outline)
			body = 0.28 * coverage(d, px)
			d = math.Abs(d)
		}
		for _, l := range lines {
			d = min(d, pathDistance(p, l...))
		}
		return white(stroke(d, width, px) + 0.55*halo(d, reach) + body)
	}}
}

// ringed returns a circle: its line, and the halo of it.
func ringed(side, radius, width, reach, glow float64) shape {
	return shape{w: side, h: side, mirror: true, paint: func(p dot2, px float64) tint {
		d := math.Hypot(p.x, p.y) - radius
		return white(stroke(d, width, px) + glow*halo(d, reach))
	}}
}

// itemSigns are the pick-ups: lightning, double arrow, shield, flame.
var itemSigns = [...]shape{
	sim.NoItem:    ringed(40, 7, 1.6, 6, 0.5),
	sim.Surge:     drawn(40, 1.7, 7, []dot2{{3, -12}, {-7, 2}, {-1, 2}, {-3, 12}, {7, -3}, {1, -3}}),
	sim.Overdrive: drawn(40, 2.6, 7, nil, []dot2{{-8, -8}, {0, 0}, {-8, 8}}, []dot2{{1, -8}, {9, 0}, {1, 8}}),
	sim.Aegis: drawn(40, 1.7, 7, []dot2{{0, -11}, {9, -7}, {8.5, 2}, {5, 8}, {0, 11.5}, {-5, 8}, {-8.5, 2}, {-9, -7}},
		[]dot2{{0, -6}, {0, 6}}, []dot2{{-4.5, -1}, {4.5, -1}}),
	sim.Afterburner: drawn(40, 1.7, 7, []dot2{{0, -12}, {4, -5}, {7.5, 1}, {7, 7}, {3, 11}, {-3, 11}, {-7, 7}, {-7.5, 1}, {-4.5, -2}, {-3, -5}},
		[]dot2{{-2.5, 7}, {0, 0}, {2.5, 7}}),
}

// The sides' marks: Ion is a ring, Ember a chevron. Over ships they are small, on
// bases large, and a core is cut to the same form.
var (
	emberOutline = []dot2{{0, -6.5}, {7.5, 5}, {3.6, 5}, {0, -0.6}, {-3.6, 5}, {-7.5, 5}}
	ionMark      = shape{w: 24, h: 24, paint: func(p dot2, px float64) tint {
		d := math.Hypot(p.x, p.y)
		return white(stroke(d-5, 2.2, px) + coverage(d-1.6, px) + 0.3*halo(d-5, 4))
	}}
	emberMark = shape{w: 24, h: 24, paint: func(p dot2, px float64) tint {
		d := outlineDistance(p, emberOutline)
		return white(coverage(d, px) + 0.3*halo(d, 4))
	}}
	ionBase   = baseSign(func(p dot2) float64 { return math.Hypot(p.x, p.y) - 24 })
	emberBase = baseSign(func(p dot2) float64 {
		return outlineDistance(dot2{p.x / 4.6, (p.y - 3) / 4.6}, emberOutline) * 4.6
	})
	ionCore   = gem([]dot2{{12, 0}, {8.5, 8.5}, {0, 12}, {-8.5, 8.5}, {-12, 0}, {-8.5, -8.5}, {0, -12}, {8.5, -8.5}})
	emberCore = gem([]dot2{{0, -14}, {11, 8.5}, {-11, 8.5}})
)

// baseSign is the ground of a base: two rims with notches, and a side's mark within.
func baseSign(mark func(p dot2) float64) shape {
	return shape{w: 136, h: 136, density: 1.5, paint: func(p dot2, px float64) tint {
		r := math.Hypot(p.x, p.y)
		if r > 66 {
			return tint{}
		}
		turn, d := math.Atan2(p.y, p.x), mark(p)
		light := 0.75*stroke(d, 2, px) + 0.3*halo(d, 9)
		light += stroke(r-56, 2, px) + 0.35*halo(r-56, 9)
		if math.Abs(wrap(turn/(math.Pi/4), 1)-0.5) < 0.34 {
			light += 0.7 * stroke(r-48, 1.4, px)
		}
		return white(light + 0.045*coverage(r-56, px))
	}}
}

// gem is a core: a cut stone.
func gem(outline []dot2) shape {
	inner := make([]dot2, len(outline))
	for i, p := range outline {
		inner[i] = dot2{p.x * 0.5, p.y * 0.5}
	}
	return shape{w: 56, h: 56, paint: func(p dot2, px float64) tint {
		d, e := outlineDistance(p, outline), outlineDistance(p, inner)
		cut := math.Inf(1)
		for i := range outline {
			cut = min(cut, segmentDistance2(p, outline[i], inner[i]))
		}
		c := coverage(d, px)
		t := white(stroke(d, 2, px) + 0.7*stroke(e, 1.2, px) + 0.45*stroke(math.Sqrt(cut), 1, px) + c*(0.16+0.5*bell(math.Hypot(p.x, p.y), 9)) + 0.6*halo(max(0, d), 13))
		t.a = float32(0.85 * c)
		return t
	}}
}

// dashedRing is a circle of dashes of radius 60.
func dashedRing(dashes float64) shape {
	return shape{w: 132, h: 132, density: 2, paint: func(p dot2, px float64) tint {
		r := math.Hypot(p.x, p.y) - 60
		if math.Abs(r) > 5 {
			return tint{}
		}
		turn := math.Atan2(p.y, p.x)
		gap := (math.Abs(wrap(turn/(2*math.Pi)*dashes, 1)-0.5) - 0.3) * 2 * math.Pi * 60 / dashes
		return white((stroke(r, 1.5, px) + 0.25*halo(r, 5)) * coverage(gap, px*2))
	}}
}

// paintWell is a whirl of arms that get denser and brighter towards the middle.
func paintWell(p dot2, _ float64) tint {
	r := math.Hypot(p.x, p.y) / 126
	if r >= 1 || r < 0.02 {
		return tint{}
	}
	arm := 0.5 + 0.5*math.Cos(5*math.Atan2(p.y, p.x)+7*math.Log(r))
	arm *= arm
	arm *= arm
	edge := 1 - r
	return white(arm*edge*(0.25+0.75*edge) + 0.10*edge*edge)
}

// paintZone is the ground of a safe zone: thin diagonal lines that run on from
// tile to tile.
func paintZone(p dot2, px float64) tint {
	diagonal := math.Abs(wrap(p.x-p.y, 16) - 8)
	return white(0.055 + 0.30*stroke(diagonal, 1.3, px*1.4))
}

// paintTower is a column of light that stands on the ground and fades upwards.
func paintTower(p dot2, _ float64) tint {
	up := (74 - p.y) / 148 // 0 at the foot, 1 at the top
	if up <= 0 || up >= 1 {
		return tint{}
	}
	fade := (1 - up) * (1 - up)
	foot := min(1, up*10)
	return white(foot * fade * (0.75*bell(p.x, 3.5) + 0.5*bell(p.x, 15-9*up)))
}

// paintGuard is a shield of scales that covers 60 degrees to both sides of where
// it points.
func paintGuard(p dot2, px float64) tint {
	r, turn := math.Hypot(p.x, p.y), math.Abs(math.Atan2(p.y, p.x))
	off := (turn - math.Pi/3) * r // beyond the end of the arc
	if off > 6 {
		return tint{}
	}
	d := r - 33
	ends := coverage(off, px*2)
	scale := math.Abs(wrap(turn/(math.Pi/3)*5, 1) - 0.5)
	body := 0.0
	if d < 0 && d > -7 {
		body = (0.22 + 0.35*stroke((scale-0.5)*r*math.Pi/15, 1, px)) * (1 + d/7)
	}
	return white(ends * (stroke(d, 2.6, px) + 0.8*halo(d, 11) + body))
}

// paintBubble is a thin sphere with two glints.
func paintBubble(p dot2, px float64) tint {
	r, turn := math.Hypot(p.x, p.y), math.Atan2(p.y, p.x)
	d := r - 31
	light := 0.8*stroke(d, 1.4, px) + 0.4*halo(d, 6)
	if d < 0 {
		light += 0.22*halo(d, 14) + 0.03
		for _, at := range [...]float64{-2.3, 0.9} {
			light += 0.8 * bell(turn-at, 0.55) * stroke(r-26.5, 1.6, px)
		}
	}
	return white(light)
}
