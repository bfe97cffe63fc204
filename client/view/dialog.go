package view

import "math"

// A dialog is a box in the middle: words, and what can be done about them.

const (
	dialogWidth = 560.0
	dialogHead  = 62.0
	dialogRow   = 23.0
	dialogLines = 5
)

// layDialog makes the box as high as what is in it.
func (pg *page) layDialog(b *brush, f *frame) {
	u := f.unit
	w := min(dialogWidth*u, f.width-2*f.margin())
	rows := float64(len(pg.rows(b, u, w-48*u)))
	head := (dialogHead+pg.extra)*u + rows*dialogRow*u + 10*u
	span := 1.0
	if n := len(pg.items); n <= 3 && n > 1 && pg.plain() {
		span = 1 / float64(n)
	}
	foot := 46 * u
	if pg.saidFor <= 0 && (pg.foot == nil || pg.foot(b) == "") {
		foot = 20 * u
	}
	if pg.set(f, w, span); head+pg.flow(f, rectangle{w: w - 48*u}, 0)+foot > f.height-2*f.margin() && span == 1 {
		pg.set(f, w, 0.5)
	}
	high := pg.flow(f, rectangle{w: w - 48*u}, 0)
	h := head + high + foot
	pg.region = rectangle{(f.width - w) / 2, max(f.margin(), (f.height-h)/2), w, h}
	pg.flow(f, rectangle{pg.region.x + 24*u, 0, w - 48*u, 0}, pg.region.y+head)
	for i := range pg.items {
		pg.items[i].shown = true
	}
}

// plain reports whether all items are buttons.
func (pg *page) plain() bool {
	for i := range pg.items {
		if pg.items[i].kind != doItem {
			return false
		}
	}
	return true
}

// set gives the buttons their share of a row.
func (pg *page) set(f *frame, w, span float64) {
	if span < 0.4 && w < 420*f.unit {
		span = 1
	}
	for i := range pg.items {
		if pg.items[i].kind == doItem {
			pg.items[i].span = span
		}
	}
	if n := len(pg.items); span == 0.5 && n > 4 && n%2 == 0 && pg.plain() {
		pg.items[0].span, pg.items[n-1].span = 1, 1 // the first leads to the last, which ends it all
	}
}

// rows are the dialog's words, broken.
func (pg *page) rows(b *brush, u, width float64) []string {
	if pg.lines == nil {
		return nil
	}
	return b.broken(pg.lines(b), width, 16*u, medium, dialogLines)
}

// drawDialog draws what is around the buttons.
func (pg *page) drawDialog(b *brush, f *frame) {
	u, r := f.unit, pg.region
	b.rect(0, 0, f.width, f.height, inkSpace.solid(0.5))
	rim, ink := inkIon.light(0.8), inkIon
	if pg.alarm {
		rim, ink = inkBad.light(0.9), inkBad
	}
	panel(b, r, u, inkPanel.solid(0.94), rim)
	x := r.x + r.w/2
	b.fitted(b.say(pg.head), x, r.y+42*u, r.w-48*u, 24*u, bold, centre, ink.solid(1))
	y := r.y + (dialogHead+10)*u
	for _, row := range pg.rows(b, u, r.w-48*u) {
		b.text(row, x, y, 16*u, medium, centre, inkText.solid(1))
		y += dialogRow * u
	}
	if pg.around != nil {
		pg.around(b, f, rectangle{r.x, y - 8*u, r.w, pg.extra * u})
	}
	low := r.y + r.h - 18*u
	if pg.saidFor > 0 {
		b.fitted(pg.said, x, low, r.w-30*u, 14*u, medium, centre, inkWarn.solid(1))
	} else if pg.foot != nil {
		b.fitted(pg.foot(b), x, low, r.w-30*u, 13*u, medium, centre, inkDim.solid(1))
	}
}

// spinner turns: something is being waited for.
func spinner(b *brush, x, y, radius, t float64) {
	for i := range 3 {
		from := t*(2.2+float64(i)*0.7) + float64(i)*2.1
		k := radius * (1 - 0.26*float64(i))
		b.arc(beamShape, x, y, k, radius*0.42, from, from+1.7, inkIon.mix(inkWake, float32(i)/2).light(0.9))
	}
}

// countdown shows the time to the next attempt as a line that shortens.
func countdown(b *brush, r rectangle, u, share float64) {
	w := (r.w - 80*u) * math.Max(0, share)
	x, y := r.x+r.w/2, r.y+r.h-8*u
	b.line(beamShape, x-w/2, y, x+w/2, y, 8*u, inkIon.light(0.8), inkIon.light(0.8))
}
