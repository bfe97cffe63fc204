package view

import "time"

// awayFrames is how many frames a second are drawn while another window is in use.
const awayFrames = 15

// limit leaves frames out where more come than are wanted.
type limit struct {
	cap  int // frames a second; 0: all that the display asks for
	away int // while another window is in use; 0: as always
	next time.Duration
}

// due reports whether the frame at now is to be drawn.
func (l *limit) due(now time.Duration, focused bool) bool {
	most := l.cap
	if !focused && l.away > 0 && (most == 0 || l.away < most) {
		most = l.away
	}
	if most == 0 {
		return true
	}
	step := time.Second / time.Duration(most)
	// A display's frames never come quite on time: half a millisecond early is due.
	if now < l.next-slack && l.next-now <= step {
		return false
	}
	l.next = max(l.next+step, now-step)
	return true
}

const slack = 500 * time.Microsecond
