package view

import (
	"math"

	"ionwake/client/view/words"
)

// kind is how an item of a page looks and what it understands.
type kind uint8

const (
	doItem     kind = iota // is pressed
	turnItem               // has one of several values: left and right
	slideItem              // has a number: left and right, or dragged
	switchItem             // is on or off
	boxItem                // is a line of text
	bindItem               // is what an action is on
	headItem               // is words above others
	noteItem               // is words, smaller
	cardItem               // draws itself
)

// item is one thing of a page. What a kind does not need is nil.
type item struct {
	kind  kind
	key   words.Key // what it is called, unless text is set
	text  string
	help  words.Key // said at the foot while it has the focus; or Nothing
	small bool      // of a box: nothing but the text
	loud  bool      // of a note: what one came for

	value func(b *brush) string // on its right
	share func() float64        // of a slide, 0 to 1
	slide func(share float64)   // drags it there
	turn  func(by int)          // left and right
	on    func() bool           // of a switch, or whether a card is the chosen one
	do    func()                // pressed
	mark  func()                // its second use: the X button, or a press on its right end
	draw  func(b *brush, r rectangle, it *item, focus bool)
	field *field
	cells [2]func(b *brush) string // of a bind
	cell  int                      // which of them has the focus

	span   float64 // share of the row it stands in; 0: all of it
	height float64 // units; 0: that of a row
	place  rectangle
	shown  bool // wholly inside the list
}

// takesFocus reports whether one can go to it.
func (it *item) takesFocus() bool { return it.kind != headItem && it.kind != noteItem }

// label returns what it is called.
func (it *item) label(b *brush) string {
	if it.text != "" {
		return it.text
	}
	return b.say(it.key)
}

// paint draws the item.
func (it *item) paint(b *brush, f *frame, focus bool, clock float64) {
	u, r := f.unit, it.place
	switch it.kind {
	case headItem:
		b.text(it.label(b), r.x+4*u, r.y+r.h-9*u, 14*u, bold, left, inkIon.solid(1))
		b.rect(r.x, r.y+r.h-2*u, r.w, max(1, u), inkWall.solid(0.5))
		if it.draw != nil {
			it.draw(b, r, it, false)
		}
		return
	case noteItem:
		it.paintNote(b, u)
		return
	case cardItem:
		it.draw(b, r, it, focus)
		return
	case doItem:
		if it.value == nil {
			button(b, r, u, it.label(b), 18, focus, clock)
			if it.on != nil && it.on() {
				b.rect(r.x+14*u, r.y+r.h-4*u, r.w-28*u, 3*u, inkIon.solid(1))
			}
			return
		}
	case boxItem:
		if it.small {
			frameRow(b, r, u, focus, clock)
			it.field.draw(b, rectangle{r.x + 16*u, r.y, r.w - 32*u, r.h}, 21*u, medium, focus, clock, inkWhite.solid(1))
			return
		}
	}
	ink := frameRow(b, r, u, focus, clock)
	half := r.w * 0.54
	if it.kind == bindItem || it.kind == boxItem {
		half = r.w * 0.36
	}
	if it.kind == switchItem && it.tight(u) {
		half = r.w - 76*u
	}
	b.fitted(it.label(b), r.x+16*u, r.y+r.h/2+6*u, half-24*u, 17*u, medium, left, ink)
	it.paintValue(b, f, rectangle{r.x + half, r.y, r.w - half - 14*u, r.h}, focus, clock)
}

// The words of a note: how large they are and how far apart their rows, in units.
const noteSize, noteRow, noteRows = 14.0, 18.0, 4

// noteIn returns the rows of a note that is so wide.
func (it *item) noteIn(b *brush, width, u float64) []string {
	return b.broken(it.label(b), width-8*u, noteSize*u, medium, noteRows)
}

// paintNote draws words.
func (it *item) paintNote(b *brush, u float64) {
	r, ink := it.place, inkDim.solid(1)
	if it.loud {
		b.fitted(it.label(b), r.x+r.w/2, r.y+r.h/2+6*u, r.w, 18*u, bold, centre, inkWhite.solid(1))
		return
	}
	rows := it.noteIn(b, r.w, u)
	y := r.y + r.h/2 + 5*u - float64(len(rows)-1)*noteRow*u/2
	for _, row := range rows {
		b.fitted(row, r.x+r.w/2, y, r.w, noteSize*u, medium, centre, ink)
		y += noteRow * u
	}
}

// frameRow draws what is behind a row of a list, and returns the ink of its words.
func frameRow(b *brush, r rectangle, u float64, focus bool, clock float64) tint {
	if !focus {
		panel(b, r, u*0.8, inkPanel.mix(inkWall, 0.05).solid(0.6), inkFaint.light(0.28))
		return inkText.solid(0.92)
	}
	pulse := float32(0.5 + 0.5*math.Sin(clock*4))
	panel(b, r, u*0.8, inkPanel.mix(inkIon, 0.13+0.03*pulse).solid(0.95), inkIon.light(0.95))
	b.rect(r.x+4*u, r.y+r.h*0.28, 3*u, r.h*0.44, inkIon.solid(1))
	return inkWhite.solid(1)
}

// paintValue draws the right half of a row.
func (it *item) paintValue(b *brush, f *frame, r rectangle, focus bool, clock float64) {
	u := f.unit
	x, y := r.x+r.w/2, r.y+r.h/2+6*u
	ink := inkText.solid(0.95)
	if focus {
		ink = inkWhite.solid(1)
	}
	switch it.kind {
	case switchItem:
		paintSwitch(b, rectangle{r.x + r.w - 52*u, r.y + r.h/2 - 11*u, 52 * u, 22 * u}, u, it.on())
		if it.tight(u) {
			return
		}
		word := words.Off
		if it.on() {
			word = words.On
		}
		b.fitted(b.say(word), r.x+r.w-64*u, y, r.w-70*u, 15*u, medium, right, inkDim.mix(inkText, 0.5).solid(1))
	case slideItem:
		bar := rectangle{r.x, r.y + r.h/2 - 3*u, r.w - 66*u, 6 * u}
		share := it.share()
		b.rect(bar.x, bar.y, bar.w, bar.h, inkFaint.solid(0.5))
		b.slope(bar.x, bar.y, bar.w*share, bar.h, inkIon.mix(inkMetal, 0.5).solid(1), inkIon.solid(1))
		b.rect(bar.x+bar.w*share-4*u, bar.y-7*u, 8*u, 20*u, inkWhite.solid(0.95))
		b.fitted(it.value(b), r.x+r.w, y, 58*u, 15*u, medium, right, ink)
	case turnItem:
		arrow := inkDim.solid(0.8)
		if focus {
			arrow = inkIon.solid(1)
		}
		b.text("‹", r.x+8*u, y+1*u, 24*u, bold, centre, arrow)
		b.text("›", r.x+r.w-8*u, y+1*u, 24*u, bold, centre, arrow)
		b.fitted(it.value(b), x, y, r.w-44*u, 16*u, medium, centre, ink)
	case boxItem:
		it.field.draw(b, r, 17*u, medium, focus, clock, inkWhite.solid(1))
	case bindItem:
		w := (r.w - 10*u) / float64(it.binds())
		for i := range it.binds() {
			c := rectangle{r.x + float64(i)*(w+10*u), r.y + 5*u, w, r.h - 10*u}
			body, rim := inkPanel.solid(0.8), inkFaint.light(0.6)
			if focus && it.cell == i {
				body, rim = inkPanel.mix(inkIon, 0.25).solid(1), inkIon.light(1)
			}
			panel(b, c, u*0.7, body, rim)
			b.fitted(it.cells[i](b), c.x+c.w/2, y, c.w-12*u, 15*u, bold, centre, ink)
		}
	default:
		b.fitted(it.value(b), r.x+r.w, y, r.w, 16*u, medium, right, ink)
	}
}

// tight reports whether a row has no room for more than a label and a switch.
func (it *item) tight(u float64) bool { return it.place.w < 340*u }

// binds is how many cells a bind has.
func (it *item) binds() int {
	if it.cells[1] == nil {
		return 1
	}
	return 2
}

func paintSwitch(b *brush, r rectangle, u float64, on bool) {
	body, rim, knob := inkPanel.solid(0.9), inkFaint.light(0.8), inkDim.solid(1)
	x := r.x + 3*u
	if on {
		body, rim, knob = inkPanel.mix(inkIon, 0.45).solid(1), inkIon.light(0.9), inkWhite.solid(1)
		x = r.x + r.w - r.h + 3*u
	}
	panel(b, r, u*0.6, body, rim)
	b.rect(x, r.y+3*u, r.h-6*u, r.h-6*u, knob)
}

// touchAt does what a press at (x, y) inside the item means.
func (it *item) touchAt(x float64) {
	r := it.place
	switch it.kind {
	case turnItem:
		by := 1
		if x < r.x+r.w*0.77 && x > r.x+r.w*0.5 {
			by = -1
		}
		it.turn(by)
	case slideItem:
		it.dragTo(x)
	case bindItem:
		it.cell = 0
		if it.binds() == 2 && x > r.x+r.w*0.68 {
			it.cell = 1
		}
		it.do()
	default:
		if it.mark != nil && x > r.x+r.w-1.2*r.h {
			it.mark()
		} else if it.do != nil {
			it.do()
		}
	}
}

// dragTo moves a slide's knob to x.
func (it *item) dragTo(x float64) {
	r := it.place
	u := r.h / it.units()
	from, to := r.x+r.w*0.54, r.x+r.w-80*u
	it.slide(between((x-from)/(to-from), 0, 1))
}

// units is the height of an item in units.
func (it *item) units() float64 {
	switch {
	case it.height > 0:
		return it.height
	case it.kind == headItem:
		return 34
	case it.kind == noteItem:
		return 26
	default:
		return rowHeight
	}
}

// rowHeight is that of a row, in units.
const rowHeight = 44.0
