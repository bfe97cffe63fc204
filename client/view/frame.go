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
	if f.narrow() {
		y = max(f.clockRoom()+12*f.unit, f.area.y+f.margin())
		if f.thumbs {
			m := f.menuButton()
			y = max(y, m.y+m.h+f.margin())
		}
	}
	return x, y
}

// clock is what a finger touches to see the scoreboard.
func (f *frame) clock() rectangle {
	w := max(104*f.unit, f.finger())
	return rectangle{(f.width - w) / 2, 0, w, max(f.clockRoom(), f.finger())}
}

// finger is the least side of what a finger touches: 44 device-independent
// pixels (WCAG 2.2, success criterion 2.5.5).
func (f *frame) finger() float64 { return 44 * f.density }

// narrow tells that things do not fit side by side along the top.
func (f *frame) narrow() bool { return f.width < 860*f.unit }

// energy is the bar at the bottom.
func (f *frame) energy() rectangle {
	w := min(320*f.unit, f.width*0.4)
	return rectangle{(f.width - w) / 2, f.low() - 12*f.unit, w, 10 * f.unit}
}

// chat is where the lines of chat stand, the newest at the bottom.
func (f *frame) chat() rectangle {
	m, w := f.margin(), min(430*f.unit, f.width*0.42)
	low := f.energy().y - 46*f.unit
	if f.thumbs {
		low = f.area.y + f.area.h*0.62
	}
	return rectangle{m, low - 190*f.unit, w, 190 * f.unit}
}

// chatBeside is chat beside the scoreboard.
func (f *frame) chatBeside() rectangle {
	r := f.chat()
	r.w = min(r.w, (f.width-f.boardWidth())/2-r.x-f.margin())
	return r
}

// chatBox is where a line of chat is written.
func (f *frame) chatBox() rectangle {
	c := f.chat()
	return rectangle{c.x, c.y + c.h + 4*f.unit, c.w, 30 * f.unit}
}

// board is the scoreboard for the given number of lines, and how many of them
// fit below the clock. After a match a podium stands above it if there is room.
func (f *frame) board(lines int, results bool) (r rectangle, fit int, podium bool) {
	top, row, head := f.clockRoom(), f.boardRow(), 84*f.unit
	if f.thumbs {
		m := f.menuButton()
		top = max(top, m.y+m.h+6*f.unit)
	}
	low := f.height - f.margin()
	if f.low() == low {
		low = f.energy().y - 10*f.unit // no band below: the bar stands there
	}
	room := func(top float64) int { return int((low - top - head) / row) }
	if results && room(f.podiumFoot()) >= min(lines, leastLines) {
		top, podium = f.podiumFoot(), true
	}
	fit = min(lines, max(1, room(top)))
	r = rectangle{w: f.boardWidth(), h: head + row*float64(fit)}
	r.x, r.y = (f.width-r.w)/2, top
	if !podium {
		r.y = max(top, (f.height-r.h)*0.42)
	}
	return r, fit, podium
}

// leastLines of the scoreboard are worth a podium above them.
const leastLines = 3

// clockRoom is what the clock at the top needs.
func (f *frame) clockRoom() float64 { return 60 * f.unit }

// podiumFoot is where the podium ends: it stands below the clock.
func (f *frame) podiumFoot() float64 { return max(f.height*0.32, 236*f.unit) }

func (f *frame) boardWidth() float64 { return min(620*f.unit, f.width-2*f.margin()) }

// crowded tells that the scoreboard covers what stands along the sides.
func (f *frame) crowded() bool { return (f.width-f.boardWidth())/2 < 250*f.unit }

// boardRow is the height of a line of the scoreboard.
func (f *frame) boardRow() float64 { return 25 * f.unit }

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

// thumb is where a thumb may rest: below the world if there is room.
func (f *frame) thumb(rightHand bool, reach float64) (x, y float64) {
	x, y = f.width*0.14, f.height*0.74
	if band := f.height - f.area.y - f.area.h; band > 2.4*reach {
		x, y = max(f.width*0.22, 1.2*reach), f.height-band/2
	}
	if rightHand {
		x = f.width - x
	}
	return x, y
}
