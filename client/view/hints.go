package view

import (
	"math"
	"strings"

	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// hintKind is one thing to learn in the first minute.
type hintKind uint8

// The hints, in the order in which they come when several would fit.
const (
	hintThrust hintKind = iota
	hintAim
	hintFire
	hintEnergy
	hintAlt
	hintDash
	hintItems
	hintDraft
	hintScores
	hintKinds
)

// allHints is every hint seen.
const allHints = 1<<hintKinds - 1

// hintTexts are what they say, and the action whose key is in it.
var hintTexts = [hintKinds]struct {
	text words.Key
	act  action
	keys bool // the sentence has a key in it
}{
	hintThrust: {words.HintThrust, thrustUp, true},
	hintAim:    {words.HintAim, fire, true},
	hintFire:   {words.HintFire, fire, true},
	hintEnergy: {words.HintEnergy, fire, false},
	hintAlt:    {words.HintAlt, secondary, true},
	hintDash:   {words.HintDash, dash, true},
	hintItems:  {words.HintItems, fire, false},
	hintDraft:  {words.HintDraft, fire, false},
	hintScores: {words.HintScores, scores, true},
}

const (
	hintPatience = 14.0 // seconds a hint that asks for something stays at most
	hintReading  = 7.0  // seconds one that only tells stays
	hintPause    = 1.1  // seconds between two
	hintPraise   = 0.7  // seconds it stays after it was done
	hintFade     = 0.25
	nearWake     = 460.0 // units: a wake to draft in is near
)

// hints teach the first minute, one thing at a time, each when it is of use, and
// never again once it was seen.
type hints struct {
	seen    uint32 // a bit for each hintKind
	now     hintKind
	open    bool
	shown   float64 // seconds
	did     float64 // how much of it was done
	praise  float64 // seconds left after it was done
	pause   float64
	aim     float64
	board   bool // the scoreboard was opened
	changed bool // seen is to be kept
}

// skip shows none of them any more.
func (h *hints) skip() {
	h.seen, h.open, h.changed = allHints, false, true
}

// step lets dt seconds pass. What the pilot does ends a hint.
func (h *hints) step(scene *replica.Scene, c *camera, dt float64) {
	own := scene.OwnShip()
	if h.seen == allHints || own == nil || !scene.Alive {
		return
	}
	if !h.open {
		if h.pause -= dt; h.pause <= 0 {
			h.choose(scene, own, c)
		}
		return
	}
	h.shown += dt
	if h.praise > 0 {
		if h.praise -= dt; h.praise <= 0 {
			h.end()
		}
		return
	}
	if h.did += h.done(scene, own, dt); h.did >= 1 {
		h.praise = hintPraise
		return
	}
	if h.shown >= hintReading && !hintTexts[h.now].keys || h.shown >= hintPatience {
		h.end()
	}
}

func (h *hints) end() {
	h.seen |= 1 << h.now
	h.open, h.pause, h.changed = false, hintPause, true
}

// choose opens the first hint that is new and of use now.
func (h *hints) choose(scene *replica.Scene, own *replica.ShipView, c *camera) {
	for k := range hintKinds {
		if h.seen&(1<<k) == 0 && useful(k, scene, own, c) {
			h.now, h.open, h.shown, h.did, h.aim, h.board = k, true, 0, 0, own.Aim, false
			return
		}
	}
}

// useful reports whether a hint helps at this moment.
func useful(k hintKind, scene *replica.Scene, own *replica.ShipView, c *camera) bool {
	switch k {
	case hintEnergy:
		return own.Energy < 0.72
	case hintAlt:
		return own.Energy > 0.4
	case hintDash:
		return own.Energy > 0.4 && !own.Carries
	case hintItems:
		for i := range scene.Items {
			if scene.Items[i].Here && c.sees(scene.Items[i].Pos, -60) {
				return true
			}
		}
		return false
	case hintDraft:
		for i := range scene.Ships {
			s := &scene.Ships[i]
			if !s.Own && s.Buttons.Thrusting() && math.Hypot(s.Pos.X-own.Pos.X, s.Pos.Y-own.Pos.Y) < nearWake {
				return true
			}
		}
		return false
	}
	return true
}

// done returns how much of the open hint was done in these dt seconds: 1 is all of
// it.
func (h *hints) done(scene *replica.Scene, own *replica.ShipView, dt float64) float64 {
	did := false
	switch h.now {
	case hintThrust:
		if own.Buttons.Thrusting() {
			return dt / 1.2
		}
	case hintAim:
		turn := math.Abs(math.Remainder(own.Aim-h.aim, 2*math.Pi))
		h.aim = own.Aim
		return turn / (1.2 * math.Pi)
	case hintFire:
		if own.Buttons&sim.Fire != 0 {
			return dt / 0.5
		}
	case hintAlt:
		did = own.Recharge > 0 || own.Guard
	case hintDash:
		did = own.Dashing
	case hintDraft:
		if own.Drafts {
			return dt
		}
	case hintItems:
		for i := range scene.Effects {
			did = did || scene.Effects[i].Kind == replica.ItemTaken && scene.Effects[i].Who == scene.Self
		}
	case hintScores:
		did = h.board
	}
	if did {
		return 1
	}
	return 0
}

// draw draws the open hint.
func (h *hints) draw(p *pane) {
	if !h.open || !p.scene.Alive || p.scene.Watcher {
		return
	}
	r, u := p.f.hint(), p.f.unit
	k := float32(between(h.shown/hintFade, 0, 1))
	ink := p.livery.own
	if h.praise > 0 {
		ink, k = p.livery.good, float32(between(h.praise/hintFade, 0, 1))
	}
	t := &hintTexts[h.now]
	before, after, _ := strings.Cut(p.say(t.text), "%s")
	size := 17 * u
	label := ""
	if t.keys {
		label = p.hintLabel(h.now, t.act)
	}
	wide := func() float64 {
		w := p.textWidth(before, size, bold) + p.textWidth(after, size, bold)
		if label != "" {
			w += p.capWidth(label, size)
		}
		return w
	}
	w := wide()
	if room := r.w - 40*u; w > room {
		size *= room / w
		w = wide()
	}
	skip := p.skipWidth()
	box := rectangle{w: max(w, skip) + 40*u, h: r.h + 6*u}
	box.x, box.y = p.f.width/2-box.w/2, r.y-6*u
	panel(p.brush, box, u*0.8, inkPanel.solid(0.86*k), ink.light(0.7*k))
	x, y := p.f.width/2-w/2, box.y+23*u
	x += p.lit(before, x, y, size, bold, left, inkWhite, k)
	if label != "" {
		x += p.cap(label, x, y, size, k)
	}
	p.lit(after, x, y, size, bold, left, inkWhite, k)
	if h.did > 0 && h.praise == 0 {
		p.rect(box.x+12*u, box.y+box.h-3*u, (box.w-24*u)*between(h.did, 0, 1), 2*u, ink.solid(0.9*k))
	}
	p.drawSkip(box, k)
}

// hintLabel is the key of a hint's action, or the part of the device.
func (p *pane) hintLabel(k hintKind, a action) string {
	switch {
	case k == hintAim && p.device == keyboard:
		return p.say(words.MouseAim)
	case k == hintAim && p.device == pad:
		return p.say(words.PadRightStick)
	case k == hintThrust && p.device == pad:
		return p.say(words.PadLeftStick)
	case p.device == touch:
		switch k {
		case hintThrust:
			return p.say(words.TouchLeft)
		case hintAim, hintFire:
			return p.say(words.TouchRight)
		case hintAlt:
			return p.say(altName(p.scene))
		case hintDash:
			return p.say(words.TouchDash)
		case hintScores:
			return p.say(words.TouchClock)
		}
	case k == hintThrust:
		return p.hands.steering()
	}
	return p.label(a)
}

func (p *pane) skipWidth() float64 {
	if p.device == touch {
		return p.textWidth(p.say(words.HintSkipTouch), 12*p.f.unit, medium)
	}
	before, after, _ := strings.Cut(p.say(words.HintSkip), "%s")
	size := 12 * p.f.unit
	return p.textWidth(before, size, medium) + p.textWidth(after, size, medium) + p.capWidth(p.label(skipHint), size)
}

// drawSkip says how to see no more of them.
func (p *pane) drawSkip(box rectangle, k float32) {
	u, size := p.f.unit, 12*p.f.unit
	w := p.skipWidth()
	x, y := box.x+box.w/2-w/2, box.y+box.h-9*u
	if p.device == touch {
		p.text(p.say(words.HintSkipTouch), x, y, size, medium, left, inkDim.solid(k))
		p.press(box, doSkipHint, 0)
		return
	}
	before, after, _ := strings.Cut(p.say(words.HintSkip), "%s")
	x += p.text(before, x, y, size, medium, left, inkDim.solid(k))
	x += p.cap(p.label(skipHint), x, y, size, k)
	p.text(after, x, y, size, medium, left, inkDim.solid(k))
}
