package view

import (
	"strings"
	"unicode/utf8"
)

// menu is the first thing a player sees: a name and a button, over ships that
// fly in the dark.
type menu struct {
	name    *field
	given   string // what the name box held at first
	naming  bool   // the name box has the focus, else the button
	clock   float64
	newName func(string)
}

func newMenu(cfg *Config) *menu {
	return &menu{name: newField(cfg.Name, NameRunes), given: cfg.Name, newName: cfg.NameChosen}
}

// chosen returns the name to play with.
func (m *menu) chosen() string {
	name := strings.TrimSpace(m.name.text)
	if name == "" {
		name = m.given
		m.name.set(name)
	}
	if m.newName != nil {
		m.newName(name)
	}
	return name
}

// step takes this frame's keys and returns true when the player goes to play.
func (m *menu) step(p *poll, f *frame, dt float64) (play bool) {
	m.clock += dt
	_, nameBox, button := f.menu()
	if x, y, ok := p.press(); ok {
		m.focus(nameBox.contains(x, y))
		if button.contains(x, y) {
			return true
		}
	}
	if m.naming {
		if m.name.step(p, dt) {
			return false // the input method is at work: its Enter is not ours
		}
		if m.name.ended {
			m.focus(false)
		}
	} else {
		m.startTyping(p)
	}
	switch {
	case p.struck(confirm), !m.naming && p.struck(fire):
		m.focus(false)
		return true
	case !m.naming && p.struck(choosePrevious), m.naming && p.leavesField():
		m.focus(!m.naming)
	case m.naming && p.struck(back):
		m.focus(false)
	}
	return false
}

// startTyping moves to the name box when somebody simply types.
func (m *menu) startTyping(p *poll) {
	for _, r := range p.runes {
		if r > ' ' {
			m.focus(true)
			m.name.insert(string(r))
		}
	}
}

func (m *menu) focus(name bool) {
	if m.naming && !name {
		m.name.close()
	}
	if name && !m.naming {
		m.name.apply(goEnd)
	}
	m.naming = name
}

// draw draws the menu.
func (m *menu) draw(b *brush, f *frame, d device, pad bool) {
	u := f.unit
	title, nameBox, play := f.menu()
	x, y := title.middle()
	b.stretched(softShape, x, y, 0, title.w*1.25/64/b.sheet.zoom, title.h*2.2/64/b.sheet.zoom, inkSpace.solid(0.85))
	x, _ = play.middle()
	b.stretched(softShape, x, nameBox.y+nameBox.h, 0, 760*u/64/b.sheet.zoom, 520*u/64/b.sheet.zoom, inkSpace.solid(0.9))
	drawTitle(b, title, m.clock)
	b.text("Real-time arena. One bar is life, shots and courage.", x, title.y+title.h+14*u, 17*u, medium, centre, inkText.solid(0.8))

	m.drawName(b, f, nameBox)
	button(b, play, u, "PLAY", 26, !m.naming, m.clock)
	hint := "Enter"
	if pad && d != touch {
		hint = "Enter or A"
	}
	if d == touch {
		hint = "tap"
	}
	b.text(hint, x, play.y+play.h+22*u, 13*u, medium, centre, inkDim.solid(1))
	m.drawControls(b, f, controls(d))
}

// controlsGap stands between the parts of the line that says how to fly.
const controlsGap = "     "

// drawControls says how to fly: in one line, or in two if it is longer than the
// window.
func (m *menu) drawControls(b *brush, f *frame, words string) {
	u, size, y := f.unit, 14*f.unit, f.height-22*f.unit
	if b.textWidth(words, size, medium) > f.width-2*f.margin() {
		if i := strings.LastIndex(words[:len(words)*2/3], controlsGap); i > 0 {
			b.text(words[i+len(controlsGap):], f.width/2, y, size, medium, centre, inkDim.solid(1))
			words, y = words[:i], y-20*u
		}
	}
	b.text(words, f.width/2, y, size, medium, centre, inkDim.solid(1))
}

// drawName draws the name box and, once it is full, says so.
func (m *menu) drawName(b *brush, f *frame, r rectangle) {
	u := f.unit
	rim, label := inkFaint.light(0.9), inkDim
	if m.naming {
		rim, label = inkIon.light(0.9), inkIon
	}
	count := utf8.RuneCountInString(m.name.text)
	note := numbers[min(count, len(numbers)-1)] + " / " + numbers[NameRunes]
	noteInk := inkDim.solid(1)
	if count >= NameRunes {
		noteInk = inkWarn.solid(1)
	}
	if m.name.full > 0 {
		rim, noteInk = inkWarn.light(1), inkWarn.solid(1)
		note = "16 letters at most"
	}
	panel(b, r, u, inkPanel.solid(0.88), rim)
	b.text("PILOT", r.x, r.y-8*u, 13*u, bold, left, label.solid(1))
	if m.naming || m.name.full > 0 {
		b.text(note, r.x+r.w, r.y-8*u, 13*u, medium, right, noteInk)
	}
	m.name.draw(b, rectangle{r.x + 16*u, r.y, r.w - 32*u, r.h}, 22*u, medium, m.naming, m.clock, inkWhite.solid(1))
}

// controls is the line that says how to fly.
func controls(d device) string {
	switch d {
	case pad:
		return "Left stick fly     Right stick aim     RT fire     Back scores     Start menu"
	case touch:
		return "Left thumb flies     Right thumb aims and fires     The clock shows scores"
	default:
		return "WASD fly     Mouse aim     Click fire     Tab scores     Enter chat     Esc menu     F3 network"
	}
}
