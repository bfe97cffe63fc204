package view

import (
	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/view/settings"
)

// menus are the pages that lie over each other: what is done goes to the last.
type menus struct {
	pages   []*page
	nav     nav
	capture *capture // the next key goes to an action
}

// open puts a page on top.
func (m *menus) open(pg *page) {
	if pg.build != nil {
		pg.rebuild()
		if pg.focus == 0 {
			pg.focus = max(0, pg.firstFocus())
		}
	}
	m.pages = append(m.pages, pg)
	m.nav.wait = navAfter // what is still held was meant for the page below
}

// shut takes the top page away.
func (m *menus) shut() {
	top := m.top()
	if top == nil {
		return
	}
	m.pages = m.pages[:len(m.pages)-1]
	if it := top.now(); it != nil && it.field != nil {
		it.field.close()
	}
	if top.done != nil {
		top.done()
	}
	if below := m.top(); below != nil && below.build != nil {
		below.rebuild() // what was chosen above may show here
	}
}

// clear takes all pages away.
func (m *menus) clear() {
	for len(m.pages) > 0 {
		m.shut()
	}
	m.capture = nil
}

// top returns the page on top, or nil.
func (m *menus) top() *page {
	if len(m.pages) == 0 {
		return nil
	}
	return m.pages[len(m.pages)-1]
}

// rebuild makes every page's items anew: the language has changed, or what is
// known.
func (m *menus) rebuild() {
	for _, pg := range m.pages {
		if pg.build != nil {
			pg.rebuild()
		}
	}
}

// writing reports whether keys are letters now.
func (m *menus) writing() bool {
	top := m.top()
	return top != nil && top.writing() && m.capture == nil
}

// step gives this frame's keys to the top page.
func (m *menus) step(b *brush, p *poll, f *frame, dt float64) stir {
	top := m.top()
	if top == nil {
		return stirNone
	}
	if m.capture != nil {
		return m.catch(p)
	}
	s := top.step(b, p, f, &m.nav, dt)
	if s == stirBack {
		if top.only {
			return stirNone
		}
		if m.top() == top {
			m.shut()
		}
	}
	return s
}

// draw draws the top page.
func (m *menus) draw(b *brush, f *frame) {
	if top := m.top(); top != nil {
		top.draw(b, f)
	}
}

// capture waits for the key or button that an action is to be on.
type capture struct {
	pad    bool
	action action
	slot   int
	take   func(settings.Control)
	press  func(settings.Button)
	end    func()
}

// catch takes the next key or button. Esc leaves things as they are, Backspace
// takes the action off its key.
func (m *menus) catch(p *poll) stir {
	c := m.capture
	finish := func() stir {
		m.capture = nil
		c.end()
		return stirPressed
	}
	if p.strokes[ebiten.KeyEscape] || len(p.taps) > 0 {
		return finish()
	}
	if p.strokes[ebiten.KeyBackspace] {
		if c.pad {
			c.press(settings.NoButton)
		} else {
			c.take(settings.NoControl)
		}
		return finish()
	}
	if c.pad {
		for b := range p.pad.strokes {
			if p.pad.strokes[b] {
				c.press(settings.FromStandard(ebiten.StandardGamepadButton(b)))
				return finish()
			}
		}
		return stirNone
	}
	if p.pad.strokes[settings.PadB.Standard()] {
		return finish()
	}
	for k := range p.strokes {
		if p.strokes[k] && !virtual(ebiten.Key(k)) {
			c.take(settings.KeyControl(ebiten.Key(k)))
			return finish()
		}
	}
	for b := range p.clicks {
		if p.clicks[b] {
			c.take(mouseControls[b])
			return finish()
		}
	}
	return stirNone
}

// mouseControls are the buttons of the mouse as settings know them.
var mouseControls = [mouseButtons]settings.Control{
	ebiten.MouseButton0: settings.MouseLeft, ebiten.MouseButton1: settings.MouseMiddle, ebiten.MouseButton2: settings.MouseRight,
	ebiten.MouseButton3: settings.MouseFourth, ebiten.MouseButton4: settings.MouseFifth,
}

// virtual reports whether k stands for two keys, of which one is told as well.
func virtual(k ebiten.Key) bool {
	return k == ebiten.KeyShift || k == ebiten.KeyControl || k == ebiten.KeyAlt || k == ebiten.KeyMeta
}
