package view

import "math"

// cut returns how much is cut off a panel's corners.
func cut(r rectangle, unit float64) float64 { return min(10*unit, r.h*0.32) }

// panel draws a box with two corners cut off: the shape of everything that is
// not the world.
func panel(b *brush, r rectangle, unit float64, body, rim tint) {
	k := cut(r, unit)
	x1, y1 := r.x+r.w, r.y+r.h
	b.fan(body, r.x+k, r.y, x1, r.y, x1, y1-k, x1-k, y1, r.x, y1, r.x, r.y+k)
	corners := [...]float64{r.x + k, r.y, x1, r.y, x1, y1 - k, x1 - k, y1, r.x, y1, r.x, r.y + k}
	w := 5 * unit
	for i := 0; i < len(corners); i += 2 {
		j := (i + 2) % len(corners)
		b.line(beamShape, corners[i], corners[i+1], corners[j], corners[j+1], w, rim, rim)
	}
}

// none is picked.
const none = -1

// button draws one button.
func button(b *brush, r rectangle, unit float64, label string, size float64, chosen bool, clock float64) {
	body, rim, ink := inkPanel.solid(0.85), inkFaint.light(0.8), inkText.solid(0.9)
	if chosen {
		pulse := float32(0.5 + 0.5*math.Sin(clock*4))
		x, y := r.middle()
		b.stretched(softShape, x, y, 0, r.w*1.5/64/b.sheet.zoom, r.h*2.6/64/b.sheet.zoom, inkIon.light(0.16+0.10*pulse))
		body, rim, ink = inkPanel.mix(inkIon, 0.16+0.05*pulse).solid(0.95), inkIon.light(1), inkWhite.solid(1)
	}
	panel(b, r, unit, body, rim)
	x, y := r.middle()
	b.fitted(label, x, y+size*unit*0.35, r.w-18*unit, size*unit, bold, centre, ink)
}
