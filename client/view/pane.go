package view

import (
	"strings"

	"ionwake/client/replica"
	"ionwake/client/view/words"
)

// pane is what everything that lies over the world is drawn with: a brush, one
// frame's scene, and where and in which colours it is shown.
type pane struct {
	*brush
	f      *frame
	camera *camera
	scene  *replica.Scene
	glass  *glass
	device device
	hands  *hands  // that know what keys are called
	names  bool    // over ships
	replay bool    // nobody can join in
	t, dt  float64 // seconds: since the start, and of this frame
}

// label returns what the key or button of an action is called.
func (p *pane) label(a action) string { return p.hands.label(a) }

// shade darkens the world behind words: a soft spot of w x h pixels.
func (p *pane) shade(x, y, w, h float64, k float32) {
	p.stretched(softShape, x, y, 0, w/64/p.sheet.zoom, h/64/p.sheet.zoom, inkSpace.solid(k))
}

// lit writes words with a dark edge: they are read over whatever flies below.
func (p *pane) lit(text string, x, y, size float64, w weight, a align, c hue, k float32) float64 {
	p.text(text, x+1, y+1, size, w, a, inkSpace.solid(0.85*k))
	return p.text(text, x, y, size, w, a, c.solid(k))
}

// fit returns the size at which words are no wider than room.
func (p *pane) fit(text string, size, room float64, w weight) float64 {
	if wide := p.textWidth(text, size, w); wide > room && wide > 0 {
		return size * room / wide
	}
	return size
}

// piece is words with a name in them, which has a colour of its own.
type piece struct {
	before, name, after string
	size                float64
}

// piece takes the sentence of k apart around its name, if it has one, and makes it
// no wider than room.
func (p *pane) piece(k words.Key, name string, size, room float64) piece {
	before, after, found := strings.Cut(p.say(k), "%s")
	s := piece{before, shortName(name, NameRunes), after, size}
	if !found {
		s.name = ""
	}
	if wide := p.pieceWidth(&s); wide > room && wide > 0 {
		s.size *= room / wide
	}
	return s
}

func (p *pane) pieceWidth(s *piece) float64 {
	return p.textWidth(s.before, s.size, bold) + p.textWidth(s.name, s.size, bold) + p.textWidth(s.after, s.size, bold)
}

// write writes s with its baseline at y and returns its width.
func (p *pane) write(s *piece, x, y float64, a align, ink, name hue, k float32) float64 {
	w := p.pieceWidth(s)
	switch a {
	case centre:
		x -= w / 2
	case right:
		x -= w
	}
	x += p.lit(s.before, x, y, s.size, bold, left, ink, k)
	x += p.lit(s.name, x, y, s.size, bold, left, name, k)
	p.lit(s.after, x, y, s.size, bold, left, ink, k)
	return w
}
