package view

import (
	"math"

	"ionwake/shared/sim"
)

// hands turn what the devices say into what the ship is asked.
type hands struct {
	device device
	labels labels
	sticks sticks
	aim    sim.Angle
	lookX  float64 // where the pilot looks, -1 to 1
	lookY  float64
}

// notice finds out which device is in use. A keyboard on the screen sends keys
// too: under fingers only a mouse, or keys that fly a ship while nobody writes,
// tell of a desk.
func (h *hands) notice(p *poll, writing bool) {
	switch {
	case len(p.touches) > 0:
		h.device = touch
	case p.pad.present && p.pad.busy():
		h.device = pad
	case p.click, h.device == touch && !writing && p.flies():
		h.device = keyboard
	case h.device != touch && (p.cursorMoved || p.typing()):
		h.device = keyboard
	}
	p.mouseOff = h.device != keyboard
}

// input returns what the player wants of a ship drawn at (shipX, shipY) pixels.
// It is always valid. Without a ship the aim stays.
func (h *hands) input(p *poll, f *frame, c *camera, shipX, shipY float64, flying bool) sim.Input {
	p.mouseOff = h.device != keyboard
	in := sim.Input{Buttons: h.thrust(p, f) | h.triggers(p)}
	switch h.device {
	case keyboard:
		h.aimAtCursor(p, c, shipX, shipY, flying)
	case pad:
		h.aimBy(p.pad.rightX, p.pad.rightY, stickRest)
	case touch:
		x, y := h.sticks.right.tilt(stickReach * f.unit)
		if h.aimBy(x, y, 0.3) {
			in.Buttons |= sim.Fire
		}
	}
	in.Aim = h.aim
	return in
}

// thrust returns the directions held on any device.
func (h *hands) thrust(p *poll, f *frame) (held sim.Buttons) {
	held = eightWays(p.pad.leftX, p.pad.leftY, stickRest)
	x, y := h.sticks.left.tilt(stickReach * f.unit)
	held |= eightWays(x, y, 0.25)
	for a, b := range [...]sim.Buttons{thrustUp: sim.Up, thrustDown: sim.Down, thrustLeft: sim.Left, thrustRight: sim.Right} {
		if p.held(action(a)) {
			held |= b
		}
	}
	return held
}

// triggers returns what is held besides the directions.
func (h *hands) triggers(p *poll) (held sim.Buttons) {
	for _, t := range [...]struct {
		a action
		b sim.Buttons
	}{{fire, sim.Fire}, {secondary, sim.Alt}, {dash, sim.Dash}} {
		if p.held(t.a) {
			held |= t.b
		}
	}
	return held | h.sticks.held
}

func (h *hands) aimAtCursor(p *poll, c *camera, shipX, shipY float64, flying bool) {
	dx, dy := p.cursorX-shipX, p.cursorY-shipY
	if flying && (dx != 0 || dy != 0) {
		h.aim = angleTo(dx, dy)
	}
	mx, my := c.area.middle()
	h.lookX = between((p.cursorX-mx)/(c.area.w/2), -1, 1)
	h.lookY = between((p.cursorY-my)/(c.area.h/2), -1, 1)
}

// aimBy aims where a stick points, and reports whether it points anywhere. At
// rest the aim stays.
func (h *hands) aimBy(x, y, rest float64) bool {
	d := math.Hypot(x, y)
	if d <= rest {
		h.lookX, h.lookY = 0, 0
		return false
	}
	h.aim = angleTo(x, y)
	k := 0.8 / max(1, d)
	h.lookX, h.lookY = x*k, y*k
	return true
}

// angleTo returns the direction of (x, y), which must not be (0, 0).
func angleTo(x, y float64) sim.Angle {
	turn := math.Atan2(y, x) / (2 * math.Pi) * sim.AngleSteps
	return sim.Angle(int(math.Round(turn)) & (sim.AngleSteps - 1))
}
