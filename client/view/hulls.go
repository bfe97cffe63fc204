package view

import (
	"math"

	"ionwake/shared/sim"
)

// hullArt is how a hull is drawn, its nose to the right, in world units. Only the
// upper half (y <= 0) of the outline is written down: ships are symmetric.
type hullArt struct {
	outline []dot2   // from the nose to the tail
	ribs    [][]dot2 // lines on the body
	eye     dot2     // the hot spot
	round   float64  // its radius
}

// hullArts is the table of drawings, by sim.HullKind. Each has a silhouette of its
// own: an arrow, a pair of hooks, a spear, a wall.
var hullArts = [...]hullArt{
	sim.Dart: {
		outline: []dot2{{22, 0}, {5, -4.2}, {-6, -6.4}, {-17, -13}, {-11.5, -4}, {-14, 0}},
		ribs:    [][]dot2{{{14, 0}, {-5, 0}}},
		eye:     dot2{4, 0}, round: 4,
	},
	sim.Corsair: {
		outline: []dot2{{8, 0}, {5, -5}, {3.5, -9}, {8, -12.5}, {20, -12}, {11, -18.5}, {-3, -18.5}, {-13, -12}, {-11, -5}, {-16, 0}},
		ribs:    [][]dot2{{{-10, -7}, {-5, -14}, {6, -15.6}}, {{-10, 7}, {-5, 14}, {6, 15.6}}},
		eye:     dot2{-2, 0}, round: 5,
	},
	sim.Lancer: {
		outline: []dot2{{28, 0}, {9, -2.3}, {6, -5.5}, {-4, -5.2}, {-9, -11.5}, {-16, -11.5}, {-13, -4}, {-17, 0}},
		ribs:    [][]dot2{{{23, 0}, {-2, 0}}, {{9, -4}, {9, 4}}, {{3, -4}, {3, 4}}},
		eye:     dot2{-7, 0}, round: 4.4,
	},
	sim.Bastion: {
		outline: []dot2{{13, 0}, {17, -5}, {17, -13}, {11, -22}, {-1, -22}, {-5, -15}, {-13, -13}, {-16, -6}, {-13, 0}},
		ribs:    [][]dot2{{{12, -5}, {12, -12}, {8, -17.5}, {1, -17.5}}, {{12, 5}, {12, 12}, {8, 17.5}, {1, 17.5}}, {{-9, -8}, {-9, 8}}},
		eye:     dot2{0, 0}, round: 6.5,
	},
}

// hullReach is how far a hull's halo shines.
const hullReach = 14.0

// closed returns the whole outline.
func (a *hullArt) closed() []dot2 {
	whole := make([]dot2, 0, 2*len(a.outline))
	whole = append(whole, a.outline...)
	for i := len(a.outline) - 2; i > 0; i-- {
		whole = append(whole, dot2{a.outline[i].x, -a.outline[i].y})
	}
	return whole
}

// size returns the sides of a box around the hull with room for rim.
func (a *hullArt) size(rim float64) (w, h float64) {
	for _, p := range a.outline {
		w, h = max(w, math.Abs(p.x)), max(h, math.Abs(p.y))
	}
	return 2 * (w + rim), 2 * (h + rim)
}

func (a *hullArt) ribDistance(p dot2) float64 {
	d := math.Inf(1)
	for _, rib := range a.ribs {
		d = min(d, pathDistance2(p, rib...))
	}
	return math.Sqrt(d)
}

// hullBody is the shape of a hull: a dark body lit along its rim, its outline and
// its halo in one. The body covers what is below, the light adds to it.
func hullBody(kind sim.HullKind) shape {
	a := &hullArts[kind]
	outline := a.closed()
	w, h := a.size(hullReach)
	return shape{w: w, h: h, mirror: true, paint: func(p dot2, px float64) tint {
		d := outlineDistance(p, outline)
		c := coverage(d, px)
		light := (0.05+0.17*math.Exp(d/3.5))*c + 0.95*stroke(d, 2.1, px)
		if d > 0 {
			light += 0.55 * halo(d, hullReach)
		} else {
			light += 0.33*halo(d, 5) + 0.5*halo(a.ribDistance(p), 3)
		}
		t := white(light)
		t.a = float32(0.94 * c)
		return t
	}}
}

// hullCore is what glows white on a hull.
func hullCore(kind sim.HullKind) shape {
	a := &hullArts[kind]
	outline := a.closed()
	w, h := a.size(2)
	return shape{w: w, h: h, mirror: true, paint: func(p dot2, px float64) tint {
		d := outlineDistance(p, outline)
		eye := math.Hypot(p.x-a.eye.x, (p.y-a.eye.y)*1.3)
		return white(0.75*stroke(d, 0.9, px) + 0.9*bell(eye, a.round) + 0.4*stroke(a.ribDistance(p), 0.9, px))
	}}
}
