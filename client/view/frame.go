package view

// frame is the window: its size in pixels and where things stand on it. It is
// computed from three numbers and needs no screen.
type frame struct {
	width, height float64
	unit          float64   // pixels of an interface point: text is 14 to 22 points
	density       float64   // pixels per device-independent pixel
	area          rectangle // where the world is shown
	thumbs        bool      // the lower corners belong to thumbs
}

// leastUnit keeps words readable in small windows, in device-independent pixels.
const leastUnit = 0.74

// newFrame returns the frame of a window of w x h pixels on a screen with the
// given pixels per device-independent pixel.
func newFrame(w, h, density float64, thumbs bool) frame {
	area, _ := viewport(w, h)
	return frame{
		width: w, height: h, density: density, area: area, thumbs: thumbs,
		unit: max(min(w/viewWidth, h/viewHeight), leastUnit*density),
	}
}

// What the interface needs at least, in interface points, however large one
// wants it.
const (
	leastPointsX = 430.0
	leastPointsY = 400.0
)

// scaled returns f with an interface k times as large, as far as there is room.
func (f frame) scaled(k float64) frame {
	if k <= 0 || k == 1 {
		return f
	}
	room := max(min(f.width/leastPointsX, f.height/leastPointsY), f.unit)
	f.unit = max(min(f.unit*k, room), min(leastUnit*f.density, f.unit))
	return f
}

// margin is the distance that things keep from the rim.
func (f *frame) margin() float64 { return 14 * f.unit }

// low is the lower rim of what stands over the world, not in a band below it.
func (f *frame) low() float64 { return f.area.y + f.area.h - f.margin() }

// radar is where a map of an arena of the given sides fits.
func (f *frame) radar(w, h float64) rectangle {
	scale := min(176*f.unit/w, 124*f.unit/h)
	r := rectangle{w: w * scale, h: h * scale}
	m := f.margin()
	r.x, r.y = f.width-m-r.w, f.low()-r.h
	if f.thumbs {
		r.x, r.y = m, m
		if f.narrow() {
			r.y = f.clockRoom()
		}
	}
	return r
}

// feed is the upper right corner of the kill feed.
func (f *frame) feed() (x, y float64) {
	x, y = f.width-f.margin(), f.margin()
	if f.thumbs {
		m := f.signalButton()
		y = m.y + m.h + f.margin()
	}
	if f.tight() {
		b := f.banner()
		y = max(y, b.y+b.h+4*f.unit, f.area.y+f.margin())
	}
	return x, y
}

// feedRoom is what the feed may fill.
func (f *frame) feedRoom() rectangle {
	x, y := f.feed()
	w := min(330*f.unit, f.width*0.45)
	return rectangle{x - w, y, w, 27 * f.unit * float64(f.feedMost(false))}
}

// vote is where a vote is asked: above the feed.
func (f *frame) vote() rectangle {
	x, y := f.feed()
	w := min(f.voteWidth(), f.width-2*f.margin())
	return rectangle{x - w, y, w, 70*f.unit + f.voteButton()}
}

func (f *frame) voteWidth() float64 {
	if f.tight() {
		return 220 * f.unit
	}
	return 300 * f.unit
}

// voteButton is the height of the buttons to vote with.
func (f *frame) voteButton() float64 {
	if f.thumbs {
		return max(28*f.unit, f.finger())
	}
	return 28 * f.unit
}

// clock is what a finger touches to see the scoreboard.
func (f *frame) clock() rectangle {
	w := max(104*f.unit, f.finger())
	return rectangle{(f.width - w) / 2, 0, w, max(f.clockRoom(), f.finger())}
}

// finger is the least side of what a finger touches: 44 device-independent
// pixels (WCAG 2.2, success criterion 2.5.5).
func (f *frame) finger() float64 { return 44 * f.density }

// tight tells that what stands at the sides reaches below the banner's ends.
func (f *frame) tight() bool { return f.width < 1000*f.unit }

// narrow tells that things do not fit side by side along the top.
func (f *frame) narrow() bool { return f.width < 860*f.unit }

// energy is the bar at the bottom. Gauges stand beside it.
func (f *frame) energy() rectangle {
	w := f.width - 2*f.margin() - 4*(2*gaugeRadius+8)*f.unit
	if !f.thumbs {
		w -= 2 * 188 * f.unit // the map
	}
	w = between(w, 130*f.unit, 320*f.unit)
	return rectangle{(f.width - w) / 2, f.low() - 20*f.unit, w, 10 * f.unit}
}

// statusRoom is what energy, gauges and the marks above them fill.
func (f *frame) statusRoom() rectangle {
	e, beside := f.energy(), 2*(2*gaugeRadius+8)*f.unit
	c := f.chips()
	return rectangle{e.x - beside, c.y, e.w + 2*beside, f.low() - c.y}
}

// chips is the row of marks above the bar.
func (f *frame) chips() rectangle {
	e := f.energy()
	return rectangle{f.margin(), e.y - 38*f.unit, f.width - 2*f.margin(), 24 * f.unit}
}

// besideMap is the width that things in the middle at the bottom may have: the map
// stands in the corner, unless thumbs do.
func (f *frame) besideMap() float64 {
	if f.thumbs {
		return f.width - 2*f.margin()
	}
	return max(f.width-2*(190*f.unit+f.margin()), 200*f.unit)
}

// hint is where a hint stands: above the marks.
func (f *frame) hint() rectangle {
	c, w := f.chips(), min(520*f.unit, f.besideMap())
	return rectangle{(f.width - w) / 2, c.y - 54*f.unit, w, 46 * f.unit}
}

// banner is where what everybody has to know is said.
func (f *frame) banner() rectangle {
	w, y := min(620*f.unit, f.width-2*f.margin()), f.clockRoom()+4*f.unit
	switch r, m := f.radar(1, 1), f.menuButton(); {
	case f.thumbs && f.narrow():
		y = max(y, r.y+124*f.unit+8*f.unit)
	case f.thumbs:
		y, w = max(y, m.y+m.h+4*f.unit), min(w, f.width-2*198*f.unit)
	}
	return rectangle{(f.width - w) / 2, y, w, 54 * f.unit}
}

// death is where it is said how own ship ended.
func (f *frame) death() rectangle {
	w, b := min(430*f.unit, f.width-2*f.margin()), f.banner()
	y, h := max(b.y+b.h+2*f.unit, f.area.y+f.area.h*0.18), 136*f.unit
	if f.thumbs {
		h = 104*f.unit + f.finger()
	}
	if f.tight() && !f.banded() { // a vote stands beside it
		w = min(w, max(f.width-2*(f.voteWidth()+f.margin()+8*f.unit), 330*f.unit))
	}
	return rectangle{(f.width - w) / 2, y, w, h}
}

// eye is where it is said whom one watches, in place of the energy bar.
func (f *frame) eye() rectangle {
	w, h := min(600*f.unit, f.besideMap()), 62*f.unit
	if f.thumbs {
		h += f.finger() - 14*f.unit
	}
	return rectangle{(f.width - w) / 2, f.low() - h, w, h}
}

// chat is where the lines of chat stand, the newest at the bottom.
func (f *frame) chat() rectangle {
	m, w := f.margin(), min(430*f.unit, f.width*0.42)
	low, top := f.chips().y-40*f.unit, f.clockRoom()
	if f.narrow() {
		d := f.death()
		top = d.y + d.h + 4*f.unit
	}
	if f.thumbs {
		low = f.area.y + f.area.h*0.62
		if f.banded() {
			low = f.eye().y - 40*f.unit
		}
		r := f.radar(1, 1)
		top = r.y + 124*f.unit + 6*f.unit
		w = max(w, min(300*f.unit, f.width*0.6))
	}
	h := between(low-top, 44*f.unit, 190*f.unit)
	return rectangle{m, low - h, w, h}
}

// chatBeside is chat beside the scoreboard.
func (f *frame) chatBeside(sided bool) rectangle {
	r := f.chat()
	r.w = min(r.w, (f.width-f.boardWidth(sided))/2-r.x-f.margin())
	return r
}

// chatBox is where a line of chat is written.
func (f *frame) chatBox() rectangle {
	c := f.chat()
	return rectangle{c.x, c.y + c.h + 4*f.unit, c.w, 30 * f.unit}
}

// board is the scoreboard for the given number of lines, wider with two sides, and
// how many of them fit below the clock. After a match the verdict and, if there is
// room, a podium stand above it.
func (f *frame) board(lines int, results, sided bool) (r rectangle, fit int, podium bool) {
	top, row, head := f.clockRoom(), f.boardRow(), 84*f.unit
	if results {
		top = f.verdict() + 32*f.unit
	}
	if f.thumbs {
		m := f.menuButton()
		top = max(top, m.y+m.h+6*f.unit)
	}
	low := f.height - f.margin()
	if f.low() == low {
		low = f.chips().y - 4*f.unit // no band below: the bar stands there
	}
	room := func(top float64) int { return int((low - top - head) / row) }
	if results && room(f.podiumFoot()) >= min(lines, feastLines) {
		top, podium = f.podiumFoot(), true
	}
	fit = min(lines, max(1, room(top)))
	r = rectangle{w: f.boardWidth(sided), h: head + row*float64(fit)}
	r.x, r.y = (f.width-r.w)/2, top
	if !podium {
		r.y = max(top, (f.height-r.h)*0.42)
	}
	return r, fit, podium
}

// feastLines of the scoreboard are worth a podium above them.
const feastLines = 6

// clockRoom is what the clock at the top needs, with what the mode is about.
func (f *frame) clockRoom() float64 { return 82 * f.unit }

// clockBox is the clock with the scores beside it.
func (f *frame) clockBox() rectangle {
	w := min(400*f.unit, f.width)
	return rectangle{(f.width - w) / 2, 0, w, f.clockRoom()}
}

// podiumFoot is where the podium ends: it stands below the clock.
func (f *frame) podiumFoot() float64 { return max(f.height*0.34, f.verdict()+178*f.unit) }

// verdict is the baseline of who has won.
func (f *frame) verdict() float64 {
	y := f.clockRoom()
	if f.thumbs && f.narrow() {
		m := f.menuButton()
		y = m.y + m.h
	}
	return y + 28*f.unit
}

func (f *frame) boardWidth(sided bool) float64 {
	if sided {
		return min(860*f.unit, f.width-2*f.margin())
	}
	return min(620*f.unit, f.width-2*f.margin())
}

// crowded tells that the scoreboard covers what stands along the sides.
func (f *frame) crowded(sided bool) bool { return (f.width-f.boardWidth(sided))/2 < 250*f.unit }

// boardRow is the height of a line of the scoreboard.
// Fingers need more (WCAG 2.2, success criterion 2.5.8).
func (f *frame) boardRow() float64 {
	if f.thumbs {
		return max(25*f.unit, 24*f.density)
	}
	return 25 * f.unit
}

// dialog is a box in the middle.
func (f *frame) dialog(w, h float64) rectangle {
	w, h = min(w*f.unit, f.width-2*f.margin()), h*f.unit
	return rectangle{(f.width - w) / 2, (f.height - h) / 2, w, h}
}

// menu returns where the parts of the menu stand.
func (f *frame) menu() (title, name, play rectangle) {
	tw := min(780*f.unit, f.width*0.86)
	th := tw * titleHeight / titleWidth
	title = rectangle{(f.width - tw) / 2, f.height*0.27 - th/2, tw, th}
	w := min(330*f.unit, f.width*0.86)
	name = rectangle{(f.width - w) / 2, max(f.height*0.50, title.y+th+66*f.unit), w, 46 * f.unit}
	play = rectangle{(f.width - w) / 2, name.y + name.h + 24*f.unit, w, 58 * f.unit}
	return title, name, play
}

// netPanel is where the figures of the line stand.
func (f *frame) netPanel(lines int) rectangle {
	m := f.margin()
	r := rectangle{m, m, max(250*f.unit, 21*leastText*f.density), 62*f.unit + f.netRow()*float64(lines)}
	if f.thumbs {
		r.y = f.radar(1, 1).y + 124*f.unit + m // below the largest map
	}
	return r
}

// netRow is the height of a line of figures.
func (f *frame) netRow() float64 { return max(15.5*f.unit, 1.25*leastText*f.density) }

// menuButton and chatButton are for fingers.
func (f *frame) menuButton() rectangle {
	s := max(40*f.unit, f.finger())
	if f.narrow() {
		return rectangle{f.width - f.margin() - s, f.clockRoom(), s, s}
	}
	return rectangle{f.width/2 - s - 175*f.unit, f.margin(), s, s}
}

func (f *frame) chatButton() rectangle {
	r := f.menuButton()
	if f.narrow() {
		r.x -= r.w + 10*f.unit
		return r
	}
	r.x = f.width/2 + 175*f.unit
	return r
}

// signalButton is for fingers too: it opens the words.
func (f *frame) signalButton() rectangle {
	r := f.chatButton()
	if f.narrow() {
		r.x -= r.w + 10*f.unit
		return r
	}
	r.x += r.w + 10*f.unit
	return r
}

// banded tells that there is room for thumbs below the world.
func (f *frame) banded() bool { return f.height-f.area.y-f.area.h > f.underThumb() }

// underThumb is how many pixels a thumb on its stick takes up.
func (f *frame) underThumb() float64 { return 2.4 * stickReach * f.unit }

// feedMost is how many lines the feed has room for.
func (f *frame) feedMost(vote bool) int {
	switch {
	case f.thumbs && vote:
		return 1
	case f.thumbs, f.narrow():
		return 3
	}
	return feedLines
}

// thumb is where a thumb may rest: below the world if there is room.
func (f *frame) thumb(rightHand bool, reach float64) (x, y float64) {
	x, y = f.width*0.14, f.height*0.74
	if f.banded() {
		x, y = max(f.width*0.22, 1.2*reach), (f.height+f.area.y+f.area.h)/2
	}
	if rightHand {
		x = f.width - x
	}
	return x, y
}
