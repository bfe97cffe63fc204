package view

import "math"

// This file paints by distance: a shape is the distance to its outline, and a
// neon line is a narrow core with a halo that falls off with that distance.
// Everything is baked once; nothing here runs while the game is played.

// dot2 is a point of an outline, in world units.
type dot2 struct{ x, y float64 }

// segmentDistance2 returns the square of how far p is from the line between a
// and b. Squares are compared and one root taken: baking is what a browser waits
// for.
func segmentDistance2(p, a, b dot2) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	px, py := p.x-a.x, p.y-a.y
	if l := dx*dx + dy*dy; l > 0 {
		t := min(1, max(0, (px*dx+py*dy)/l))
		px, py = px-t*dx, py-t*dy
	}
	return px*px + py*py
}

// outlineDistance returns how far p is from a closed outline: negative inside.
func outlineDistance(p dot2, outline []dot2) float64 {
	d, inside := math.Inf(1), false
	for i, a := range outline {
		b := outline[(i+1)%len(outline)]
		d = min(d, segmentDistance2(p, a, b))
		if (a.y > p.y) != (b.y > p.y) && p.x < a.x+(p.y-a.y)/(b.y-a.y)*(b.x-a.x) {
			inside = !inside
		}
	}
	if inside {
		return -math.Sqrt(d)
	}
	return math.Sqrt(d)
}

// pathDistance returns how far p is from an open path.
func pathDistance(p dot2, path ...dot2) float64 {
	return math.Sqrt(pathDistance2(p, path...))
}

func pathDistance2(p dot2, path ...dot2) float64 {
	d := math.Inf(1)
	for i := 1; i < len(path); i++ {
		d = min(d, segmentDistance2(p, path[i-1], path[i]))
	}
	return d
}

// coverage returns how much of a pixel at distance d from an edge is inside;
// px is the side of a pixel in the units of d.
func coverage(d, px float64) float64 { return min(1, max(0, 0.5-d/px)) }

// stroke returns the coverage of a line of the given width at distance d.
func stroke(d, width, px float64) float64 { return coverage(math.Abs(d)-width/2, px) }

// halo returns light that falls off over reach and is nothing beyond it.
func halo(d, reach float64) float64 {
	d = math.Abs(d)
	if d >= reach {
		return 0
	}
	edge := 1 - d/reach
	return math.Exp(-3.2*d/reach) * edge * edge * (3 - 2*edge)
}

// bell returns a smooth hump of the given radius: 1 in the middle, 0 beyond.
func bell(d, radius float64) float64 {
	d = math.Abs(d) / radius
	if d >= 1 {
		return 0
	}
	e := 1 - d*d
	return e * e * math.Exp(-1.5*d*d)
}
