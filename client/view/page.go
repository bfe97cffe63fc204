package view

import (
	"math"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/view/words"
)

// pageShape is how a page is laid out.
type pageShape uint8

const (
	listPage   pageShape = iota // rows below a heading, as high as the window
	dialogPage                  // a box in the middle with words and buttons
	titlePage                   // the game's name, a name and buttons
)

// page is one screen of the menus: items of which one has the focus.
type page struct {
	shape  pageShape
	head   words.Key
	items  []item
	build  func(pg *page) // makes the items, at first and whenever they change
	each   func(dt float64)
	done   func()                                // it was left
	lines  func(b *brush) string                 // of a dialog: words above the buttons
	foot   func(b *brush) string                 // of a dialog: words below them
	around func(b *brush, f *frame, r rectangle) // of a dialog: draws what stands below the words
	extra  float64                               // of a dialog: units that around needs
	alarm  bool                                  // of a dialog: something is wrong
	only   bool                                  // nothing to go back to

	focus   int
	scroll  float64 // pixels
	laidAt  float64 // what scroll was when the items were placed
	high    float64 // the rows together, in pixels
	most    float64 // of scroll
	region  rectangle
	said    string // the answer to what was done
	saidFor float64
	finger  drag
	letters *page // the keyboard on the screen, over this page
	clock   float64

	full, used words.Line // about the name box
}

// drag is a finger, or the mouse on a slide, that is down.
type drag struct {
	active, moved bool
	id            ebiten.TouchID
	mouse         bool
	x, y, from    float64
	item          int
}

// say answers what was done, at the foot, for some seconds.
func (pg *page) say(text string) { pg.said, pg.saidFor = text, 6 }

// rebuild makes the items anew and keeps the focus.
func (pg *page) rebuild() {
	pg.items = pg.items[:0]
	pg.build(pg)
	pg.focus = max(0, min(pg.focus, len(pg.items)-1))
	if len(pg.items) > 0 && !pg.items[pg.focus].takesFocus() {
		pg.move(0, 1)
	}
}

// lend gives the page's text fields a place to paste from.
func (pg *page) lend(c Clipboard) {
	for i := range pg.items {
		if f := pg.items[i].field; f != nil {
			f.clipboard = c
		}
	}
}

// add puts an item at the end and returns it. It is good until the next add.
func (pg *page) add(it item) *item {
	pg.items = append(pg.items, it)
	return &pg.items[len(pg.items)-1]
}

// now returns the item that has the focus, or nil.
func (pg *page) now() *item {
	if pg.focus < len(pg.items) {
		return &pg.items[pg.focus]
	}
	return nil
}

// writing reports whether keys are letters now.
func (pg *page) writing() bool {
	it := pg.now()
	return it != nil && it.kind == boxItem && pg.letters == nil
}

// focusOn moves the focus, closing the text field it leaves.
func (pg *page) focusOn(i int) {
	if i == pg.focus || i < 0 || i >= len(pg.items) || !pg.items[i].takesFocus() {
		return
	}
	if it := pg.now(); it.field != nil {
		it.field.close()
	}
	if it := &pg.items[i]; it.field != nil {
		it.field.apply(goEnd)
	}
	pg.focus = i
}

// move takes the focus to the item nearest in a direction, and around the end if
// there is none. It reports whether it went anywhere.
func (pg *page) move(dx, dy int) bool {
	if pg.now() == nil {
		return false
	}
	from := pg.now().place
	x0, y0 := from.middle()
	best, cost := none, math.Inf(1)
	around, far := none, math.Inf(1)
	for i := range pg.items {
		it := &pg.items[i]
		if i == pg.focus || !it.takesFocus() {
			continue
		}
		x, y := it.place.middle()
		along, aside := (x-x0)*float64(dx)+(y-y0)*float64(dy), gap(from, it.place, dx != 0)
		if along > 1 {
			if c := along + 3*aside; c < cost && (dx == 0 || aside == 0) {
				best, cost = i, c
			}
		} else if c := along + 3*aside; c < far && dy != 0 {
			around, far = i, c
		}
	}
	if best == none {
		best = around
	}
	if best == none {
		return false
	}
	pg.focusOn(best)
	pg.reveal()
	return true
}

// turn takes the focus to the next item, or the one before, wherever it stands, and
// around the ends. It reports whether it went anywhere.
func (pg *page) turn(by int) bool {
	n, was := len(pg.items), pg.focus
	for i := 1; i < n; i++ {
		if at := ((was+by*i)%n + n) % n; pg.items[at].takesFocus() {
			pg.focusOn(at)
			pg.reveal()
			return true
		}
	}
	return false
}

// gap returns how far two rectangles are apart across the way one goes.
func gap(a, b rectangle, sideways bool) float64 {
	if sideways {
		return max(0, b.y-a.y-a.h, a.y-b.y-b.h)
	}
	return max(0, b.x-a.x-a.w, a.x-b.x-b.w)
}

// reveal scrolls to the item that has the focus.
func (pg *page) reveal() {
	it := pg.now()
	if it == nil || pg.region.h == 0 {
		return
	}
	top, low := it.place.y, it.place.y+it.place.h
	if top < pg.region.y {
		pg.scroll -= pg.region.y - top
	} else if low > pg.region.y+pg.region.h {
		pg.scroll += low - pg.region.y - pg.region.h
	}
	if pg.focus == pg.firstFocus() {
		pg.scroll = 0 // with the heading above it
	}
	before := pg.laidAt
	pg.scroll = between(pg.scroll, 0, pg.most)
	for i := range pg.items {
		pg.items[i].place.y -= pg.scroll - before
	}
	pg.laidAt = pg.scroll
}

func (pg *page) firstFocus() int {
	for i := range pg.items {
		if pg.items[i].takesFocus() {
			return i
		}
	}
	return none
}

// lay places the items.
func (pg *page) lay(b *brush, f *frame) {
	switch pg.shape {
	case titlePage:
		pg.layTitle(f)
	case dialogPage:
		pg.layDialog(b, f)
	default:
		pg.layList(b, f)
	}
}

const pageWidth, pageHead, pageFoot, itemGap = 720.0, 62.0, 46.0, 7.0

// box is where a list stands: as high as its rows, or as the window.
func (pg *page) box(f *frame) rectangle {
	w := min(pageWidth*f.unit, f.width-2*f.margin())
	h := min(f.height-2*f.margin(), pg.high+(pageHead+pageFoot)*f.unit)
	return rectangle{(f.width - w) / 2, (f.height - h) / 2, w, h}
}

func (pg *page) layList(b *brush, f *frame) {
	u := f.unit
	wide := min(pageWidth*u, f.width-2*f.margin()) - 36*u
	for i := range pg.items {
		if it := &pg.items[i]; it.kind == noteItem && !it.loud {
			it.height = 8 + noteRow*float64(max(1, len(it.noteIn(b, wide, u))))
		}
	}
	pg.high = pg.flow(f, rectangle{w: wide}, 0)
	box := pg.box(f)
	region := rectangle{box.x + 18*u, box.y + pageHead*u, box.w - 36*u, box.h - (pageHead+pageFoot)*u}
	pg.region = region
	pg.most = max(0, pg.high-region.h)
	pg.scroll = between(pg.scroll, 0, pg.most)
	pg.laidAt = pg.scroll
	pg.flow(f, region, region.y-pg.scroll)
	for i := range pg.items {
		it := &pg.items[i]
		it.shown = it.place.y >= region.y-1 && it.place.y+it.place.h <= region.y+region.h+1
	}
}

// flow places the items in rows from y on and returns how high they are together.
func (pg *page) flow(f *frame, area rectangle, y float64) float64 {
	u, from := f.unit, y
	x, row := 0.0, 0.0
	narrow := area.w < 560*u
	for i := range pg.items {
		it := &pg.items[i]
		span := it.span
		if span == 0 {
			span = 1
		} else if narrow && span < 0.5 && it.kind != doItem {
			span = 0.5
		}
		if x > 0 && x+span > 1.001 {
			y += row + itemGap*u
			x, row = 0, 0
		}
		h := it.units() * u
		if it.takesFocus() && f.thumbs {
			h = max(h, f.finger())
		}
		w := area.w*span - itemGap*u*(1-span)
		it.place = rectangle{area.x + (area.w+itemGap*u)*x, y, w, h}
		row = max(row, h)
		x += span
	}
	return y + row - from
}

// draw draws the page.
func (pg *page) draw(b *brush, f *frame) {
	if pg.letters != nil {
		pg.letters.draw(b, f)
		return
	}
	pg.lay(b, f)
	switch pg.shape {
	case titlePage:
		pg.drawTitlePage(b, f)
	case dialogPage:
		pg.drawDialog(b, f)
	default:
		pg.drawList(b, f)
	}
	for i := range pg.items {
		if it := &pg.items[i]; it.shown {
			it.paint(b, f, i == pg.focus, pg.clock)
		}
	}
}

// drawList draws what is around the rows.
func (pg *page) drawList(b *brush, f *frame) {
	u, box := f.unit, pg.box(f)
	b.rect(0, 0, f.width, f.height, inkSpace.solid(0.55))
	panel(b, box, u, inkPanel.solid(0.94), inkWall.light(0.8))
	back := pg.backButton(f)
	b.text("‹", back.x+back.w/2, back.y+back.h/2+11*u, 34*u, bold, centre, inkIon.solid(1))
	b.fitted(b.say(pg.head), box.x+box.w/2, box.y+40*u, box.w-2*back.w-20*u, 24*u, bold, centre, inkIon.solid(1))
	if pg.most >= 1 {
		track := rectangle{box.x + box.w - 10*u, pg.region.y, 4 * u, pg.region.h}
		share := pg.region.h / (pg.region.h + pg.most)
		b.rect(track.x, track.y, track.w, track.h, inkFaint.solid(0.3))
		b.rect(track.x, track.y+track.h*(1-share)*pg.scroll/pg.most, track.w, track.h*share, inkIon.solid(0.8))
	}
	y := box.y + box.h - 17*u
	ink := inkDim
	text := ""
	switch it := pg.now(); {
	case pg.saidFor > 0:
		text, ink = pg.said, inkWarn
	case it != nil && it.help != words.Nothing && it.kind != cardItem: // a card says it itself
		text = b.say(it.help)
	}
	rows := b.broken(text, box.w-36*u, 14*u, medium, 2)
	y -= float64(len(rows)-1) * 8 * u
	for _, row := range rows {
		b.fitted(row, box.x+box.w/2, y, box.w-36*u, 14*u, medium, centre, ink.solid(1))
		y += 17 * u
	}
}

// backButton is where one goes back with a press.
func (pg *page) backButton(f *frame) rectangle {
	box, side := pg.box(f), max(46*f.unit, f.finger())
	return rectangle{box.x + 8*f.unit, box.y + 8*f.unit, side, side}
}
