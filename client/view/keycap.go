package view

// capPad is the room beside the letters of a key, in ems.
const capPad = 0.45

// capWidth returns how wide the cap of a key with the given label is.
func (p *pane) capWidth(label string, size float64) float64 {
	return max(size*1.7, p.textWidth(label, size*0.88, bold)+2*capPad*size)
}

// cap draws a key with its label, its letters on the baseline y, and returns its
// width. A button for fingers has none: nobody presses it by its name.
func (p *pane) cap(label string, x, y, size float64, k float32) float64 {
	w := p.capWidth(label, size)
	r := rectangle{x, y - size*1.12, w, size * 1.5}
	p.rect(r.x, r.y, r.w, r.h, inkPanel.solid(0.75*k))
	outline(p.brush, r, max(1, p.f.unit), inkDim.solid(0.8*k))
	p.text(label, x+w/2, y-size*0.06, size*0.88, bold, centre, inkWhite.solid(k))
	return w
}

// keyWidth returns how wide words with their key are.
func (p *pane) keyWidth(a action, text string, size float64) float64 {
	w := p.textWidth(text, size, bold)
	if p.device == touch {
		return w + 1.6*size
	}
	return p.capWidth(p.label(a), size) + 0.5*size + w
}

// keyed writes what pressing a key does, with the key; under fingers it is a
// button.
func (p *pane) keyed(a action, text string, x, y, size float64, ink hue) {
	if p.device == touch {
		w := p.keyWidth(a, text, size)
		h := max(size*1.9, p.f.finger()-2)
		panel(p.brush, rectangle{x, y - size*0.35 - h/2, w, h}, p.f.unit*0.6, inkPanel.solid(0.72), ink.light(0.5))
		p.text(text, x+w/2, y, size, bold, centre, ink.solid(1))
		return
	}
	x += p.cap(p.label(a), x, y, size, 1) + 0.5*size
	p.lit(text, x, y, size, bold, left, ink, 1)
}
