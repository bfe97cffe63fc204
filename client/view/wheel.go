package view

import (
	"math"

	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

const (
	wheelTap  = 0.22 // seconds: a shorter press leaves the words open
	wheelLead = 46.0 // points the pointer moves before it chooses
	wheelPads = 0.5  // how far a stick is pushed to choose
	wheelX    = 170.0
	wheelY    = 118.0
)

// wordWheel offers the words that one can say without writing: held, one points at
// a word and lets go; tapped, it stays open for keys, a click or a finger.
type wordWheel struct {
	open   bool
	tapped bool // stays open without the key
	held   float64
	chosen int // none while nothing is pointed at
	x0, y0 float64
	first  bool // where the pointer was is not known yet
}

// signalKeys are the words, in the order of replica.SignalKind.
var signalKeys = [replica.SignalKinds]words.Key{
	words.SignalHelp, words.SignalAttack, words.SignalDefend, words.SignalFollow,
	words.SignalThanks, words.SignalWellPlayed, words.SignalSorry, words.SignalLaugh,
}

// show opens the words; they stay if no key is held.
func (w *wordWheel) show(stays bool) {
	*w = wordWheel{open: true, tapped: stays, chosen: none, first: true}
}

// step takes this frame's keys and returns what was said, or none. A frame's keys
// are all meant for the wheel while it is tapped open.
func (w *wordWheel) step(p *poll, dt, unit float64) int {
	if w.first {
		w.x0, w.y0, w.first = p.cursorX, p.cursorY, false
	}
	w.held += dt
	if k := struckSignal(p); k != none {
		return w.end(k)
	}
	w.point(p, unit)
	holding := p.held(wheel)
	switch {
	case p.struck(back), w.tapped && p.struck(wheel):
		return w.end(none)
	case w.tapped && p.struck(chooseNext):
		w.chosen = (w.chosen + 1) % int(replica.SignalKinds)
	case w.tapped && p.struck(choosePrevious):
		w.chosen = (max(w.chosen, 0) + int(replica.SignalKinds) - 1) % int(replica.SignalKinds)
	case w.chosen != none && (w.tapped && p.struck(confirm) || p.click):
		return w.end(w.chosen)
	case !w.tapped && !holding && w.held < wheelTap && w.chosen == none:
		w.tapped = true
	case !w.tapped && !holding:
		return w.end(w.chosen)
	}
	return none
}

// struckSignal returns the word whose own key was struck, or none.
func struckSignal(p *poll) int {
	for a := signalFirst; a <= signalLast; a++ {
		if p.struck(a) {
			return int(a - signalFirst)
		}
	}
	return none
}

func (w *wordWheel) end(said int) int {
	w.open = false
	return said
}

// point lets the pointer or the right stick choose.
func (w *wordWheel) point(p *poll, unit float64) {
	dx, dy := p.pad.rightX, p.pad.rightY
	if math.Hypot(dx, dy) < wheelPads {
		dx, dy = p.cursorX-w.x0, p.cursorY-w.y0
		if !p.cursorMoved || math.Hypot(dx, dy) < wheelLead*unit {
			return
		}
	}
	n := int(replica.SignalKinds)
	turn := math.Atan2(dx, -dy) / (2 * math.Pi) * float64(n) // from the top, clockwise
	w.chosen = (int(math.Round(turn)) + n) % n
}

// wheelPlace is where word i stands: in a ring, or for fingers in two columns.
func (f *frame) wheelPlace(i int) rectangle {
	x, y := f.area.middle()
	u := f.unit
	if f.thumbs {
		w, h := min(190*u, f.width/2-f.margin()-4*u), max(38*u, f.finger())
		rows := float64((int(replica.SignalKinds) + 1) / 2)
		return rectangle{x + (float64(i%2)-1)*(w+8*u) + 4*u, y - rows*(h+6*u)/2 + float64(i/2)*(h+6*u), w, h}
	}
	sin, cos := math.Sincos(2*math.Pi*float64(i)/float64(replica.SignalKinds) - math.Pi/2)
	w, h := 128*u, 34*u
	return rectangle{x + cos*wheelX*u - w/2, y + sin*wheelY*u - h/2, w, h}
}

// draw draws the words.
func (w *wordWheel) draw(p *pane) {
	if !w.open {
		return
	}
	u := p.f.unit
	x, y := p.f.area.middle()
	p.shade(x, y, 640*u, 480*u, 0.55)
	for i, key := range signalKeys {
		r := p.f.wheelPlace(i)
		body, rim, ink := inkPanel.solid(0.85), inkFaint.light(0.9), inkText
		if i == w.chosen {
			body, rim, ink = inkPanel.mix(p.livery.own, 0.2).solid(0.95), p.livery.own.light(1), inkWhite
		}
		panel(p.brush, r, u*0.7, body, rim)
		p.press(r, doSignal, i)
		text, room := p.say(key), r.w-20*u
		mx := r.x + r.w/2
		if p.device == keyboard {
			p.text(number(i+1), r.x+9*u, r.y+r.h/2+4*u, 11*u, bold, left, inkDim.solid(1))
			mx, room = mx+5*u, room-12*u
		}
		p.text(text, mx, r.y+r.h/2+5*u, p.fit(text, 15*u, room, bold), bold, centre, ink.solid(1))
	}
}

const (
	signalSpan = 4.0 // seconds a word stays over a ship
	signalFade = 0.3
)

// drawSignals writes what was said over the ships that said it.
func drawSignals(p *pane) {
	c := p.camera
	for i := range p.scene.Signals {
		v := &p.scene.Signals[i]
		s := p.scene.Ship(v.Who)
		if s == nil || int(v.Kind) >= len(signalKeys) || !c.sees(s.Pos, 60) {
			continue
		}
		age := v.Age.Seconds()
		k := float32(between(min(age, signalSpan-age)/signalFade, 0, 1))
		drawBubble(p, s.Pos, p.livery.ofShip(s), p.say(signalKeys[v.Kind]), k)
	}
}

// drawBubble draws words in a bubble over a place: above the name there.
func drawBubble(p *pane, at replica.Point, ink hue, text string, k float32) {
	c := p.camera
	size := max(14*c.zoom, 12*p.f.unit)
	x, y := c.at(at)
	w, h := p.textWidth(text, size, bold)+1.5*size, size*1.7
	x = between(x, c.area.x+w/2+4, c.area.x+c.area.w-w/2-4)
	r := rectangle{x - w/2, max(y-58*c.zoom-h, p.f.clockRoom()), w, h}
	panel(p.brush, r, size*0.045, inkPanel.mix(ink, 0.12).solid(0.88*k), ink.light(0.8*k))
	p.text(text, x, r.y+h/2+size*0.35, size, bold, centre, ink.mix(inkWhite, 0.45).solid(k))
}

// said tells the server the word that was chosen.
func (g *Game) said(kind int) {
	if kind >= 0 && kind < int(replica.SignalKinds) && g.scene != nil && g.scene.Self != sim.NoPlayer {
		g.cfg.Session.Signal(replica.SignalKind(kind))
	}
}
