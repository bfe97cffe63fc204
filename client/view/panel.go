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

// choices are buttons of which one is chosen: by keys, pad, mouse or finger.
type choices struct {
	labels []string
	places []rectangle
	chosen int
	clock  float64
}

// none is picked.
const none = -1

// step moves the choice and returns what was picked in this frame, or none.
func (c *choices) step(p *poll, dt float64) int {
	c.clock += dt
	if len(c.labels) == 0 {
		return none
	}
	c.chosen = min(c.chosen, len(c.labels)-1)
	if p.struck(chooseNext) {
		c.chosen = (c.chosen + 1) % len(c.labels)
	}
	if p.struck(choosePrevious) {
		c.chosen = (c.chosen + len(c.labels) - 1) % len(c.labels)
	}
	for i := range min(len(c.places), len(c.labels)) {
		if p.cursorMoved && c.places[i].contains(p.cursorX, p.cursorY) {
			c.chosen = i
		}
		if x, y, ok := p.press(); ok && c.places[i].contains(x, y) {
			c.chosen = i
			return i
		}
	}
	if p.struck(confirm) {
		return c.chosen
	}
	return none
}

// offer says what can be picked, keeping the choice if nothing changed.
func (c *choices) offer(labels ...string) {
	same := len(labels) == len(c.labels)
	for i := range min(len(labels), len(c.labels)) {
		same = same && labels[i] == c.labels[i]
	}
	if !same {
		c.labels, c.chosen = append(c.labels[:0], labels...), 0
		c.places = c.places[:0]
	}
}

// row puts the buttons side by side into the foot of a box.
func (c *choices) row(box rectangle, unit float64) {
	c.places = c.places[:0]
	n := float64(len(c.labels))
	w := min(190*unit, (box.w-20*unit*(n+1))/n)
	x := box.x + (box.w-n*w-(n-1)*20*unit)/2
	for range c.labels {
		c.places = append(c.places, rectangle{x, box.y + box.h - 62*unit, w, 42 * unit})
		x += w + 20*unit
	}
}

// draw draws the buttons.
func (c *choices) draw(b *brush, unit float64) {
	for i := range min(len(c.places), len(c.labels)) {
		button(b, c.places[i], unit, c.labels[i], 18, i == c.chosen, c.clock)
	}
}

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
	b.text(label, x, y+size*unit*0.35, size*unit, bold, centre, ink)
}
