package view

import (
	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/view/settings"
)

// stir is what a page did in a frame, for the ear.
type stir uint8

const (
	stirNone stir = iota
	stirMoved
	stirPressed
	stirBack
)

// step takes this frame's keys. Whatever it presses is done before it returns.
func (pg *page) step(b *brush, p *poll, f *frame, n *nav, dt float64) stir {
	pg.clock += dt
	if pg.letters != nil {
		s := pg.letters.step(b, p, f, n, dt)
		if s == stirBack {
			pg.letters = nil
			return stirMoved
		}
		return s
	}
	pg.saidFor = max(0, pg.saidFor-dt)
	if pg.each != nil {
		pg.each(dt)
	}
	pg.lay(b, f)
	if s := pg.point(p, f); s != stirNone {
		return s
	}
	it := pg.now()
	if it != nil && it.kind == boxItem {
		if it.field.step(p, dt) {
			return stirNone // the input method is at work: its Enter is not ours
		}
		if it.field.ended {
			it.field.close()
		}
	}
	dx, dy := n.step(p, dt)
	turn := n.turn(p)
	switch {
	case p.struck(back):
		return stirBack
	case it == nil:
		return stirNone
	case it.kind == boxItem && p.pad.strokes[settings.PadA.Standard()]:
		pg.write(it)
		return stirPressed
	case p.struck(confirm), it.kind != boxItem && p.strokes[ebiten.KeySpace]:
		return pg.press(it)
	case p.pad.strokes[settings.PadX.Standard()] && it.mark != nil:
		it.mark()
		return stirPressed
	case turn != 0:
		if pg.turn(turn) {
			return stirMoved
		}
	case p.strokes[ebiten.KeyPageDown], p.strokes[ebiten.KeyPageUp]:
		return pg.leaf(p.strokes[ebiten.KeyPageDown])
	case dx != 0 && it.turned(dx, p):
		return stirMoved
	case dx != 0 && it.kind == boxItem && !p.pad.present:
		return stirNone // the caret's
	case dx != 0 || dy != 0:
		if pg.move(dx, dy) {
			return stirMoved
		}
	}
	return stirNone
}

// turned gives a step to the side to an item that has a use for it.
func (it *item) turned(dx int, p *poll) bool {
	switch {
	case it.kind == boxItem:
		return false
	case it.kind == bindItem && it.binds() == 2 && it.cell+dx >= 0 && it.cell+dx < 2:
		it.cell += dx
		return true
	case it.turn != nil:
		it.turn(dx)
		return true
	}
	return false
}

// press does what Enter means to an item.
func (pg *page) press(it *item) stir {
	switch {
	case it.do != nil:
		it.do()
	case it.turn != nil:
		it.turn(1)
	default:
		return stirNone
	}
	return stirPressed
}

// leaf goes a screenful on or back.
func (pg *page) leaf(on bool) stir {
	by := 1
	if !on {
		by = -1
	}
	for range 6 {
		before := pg.focus
		pg.move(0, by)
		if by*(pg.focus-before) <= 0 { // around the end
			pg.focusOn(before)
			break
		}
	}
	pg.reveal()
	return stirMoved
}

// at returns the item at a place, or none.
func (pg *page) at(x, y float64) int {
	for i := range pg.items {
		if it := &pg.items[i]; it.shown && it.takesFocus() && it.place.contains(x, y) {
			return i
		}
	}
	return none
}

// point follows mouse and fingers. A finger chooses when it leaves without having
// moved: until then it may be scrolling.
func (pg *page) point(p *poll, f *frame) stir {
	if p.roll != 0 {
		pg.scroll = between(pg.scroll-p.roll*rowHeight*f.unit, 0, pg.most)
	}
	if p.cursorMoved && !pg.finger.active {
		if i := pg.at(p.cursorX, p.cursorY); i != none && !pg.writing() && pg.items[i].kind != boxItem {
			pg.focusOn(i) // a line of text takes the keys only when it is pressed
		}
	}
	if pg.finger.active {
		return pg.follow(p, f)
	}
	if p.click {
		return pg.pressAt(p.cursorX, p.cursorY, f, drag{mouse: true})
	}
	for _, t := range p.touches {
		if p.tapped(t.id) {
			pg.finger = drag{active: true, id: t.id, x: t.x, y: t.y, from: pg.scroll, item: pg.at(t.x, t.y)}
			if pg.finger.item != none {
				pg.focusOn(pg.finger.item)
			}
			return stirMoved
		}
	}
	return stirNone
}

// pressAt does what a press at (x, y) means.
func (pg *page) pressAt(x, y float64, f *frame, d drag) stir {
	if pg.shape == listPage && pg.backButton(f).contains(x, y) {
		return stirBack
	}
	i := pg.at(x, y)
	if i == none {
		if it := pg.now(); it != nil && it.kind == boxItem {
			it.field.close()
		}
		return stirNone
	}
	pg.focusOn(i)
	it := &pg.items[i]
	if it.kind == slideItem {
		d.active, d.item = true, i
		pg.finger = d
	}
	if it.kind == boxItem && it.do != nil {
		return stirMoved // a press only begins to write
	}
	it.touchAt(x)
	return stirPressed
}

// follow is point while a finger, or the mouse on a slide, is down.
func (pg *page) follow(p *poll, f *frame) stir {
	d := &pg.finger
	x, y, down := d.x, d.y, d.mouse && p.mouse[ebiten.MouseButtonLeft]
	if d.mouse {
		x, y = p.cursorX, p.cursorY
	}
	for _, t := range p.touches {
		if !d.mouse && t.id == d.id {
			x, y, down = t.x, t.y, true
		}
	}
	slides := d.item != none && d.item < len(pg.items) && pg.items[d.item].kind == slideItem
	reach := 12 * f.density
	switch {
	case slides && (d.mouse || d.moved || x-d.x > reach || d.x-x > reach):
		d.moved = true
		if down {
			pg.items[d.item].dragTo(x)
		}
	case d.moved || y-d.y > reach || d.y-y > reach:
		d.moved = true
		pg.scroll = between(d.from+d.y-y, 0, pg.most)
	}
	if down {
		return stirNone
	}
	was := *d
	*d = drag{}
	if was.moved || was.mouse {
		return stirNone
	}
	if pg.shape == listPage && pg.backButton(f).contains(was.x, was.y) {
		return stirBack
	}
	if was.item == none || was.item >= len(pg.items) {
		return stirNone
	}
	if it := &pg.items[was.item]; it.kind != boxItem || it.do == nil {
		it.touchAt(was.x)
	}
	return stirPressed
}
