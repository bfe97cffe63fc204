package room

import "ionwake/shared/sim"

// narrow is how much less of the arena a seat is told of because its line does not take
// all that happens in its view. A line that stands still takes nothing and then
// everything, as one that lost a packet does; a narrow one takes some of the sends and
// leaves out others for as long as it is told too much.
type narrow struct {
	level uint8 // quarters of the view that are left out, 0 to maxNarrow

	due, left uint8 // sends since the last look, and those of them that were left out
	calm      uint8 // looks since one was left out or the level changed
	doubt     uint8 // how many calm looks it takes until more is told; 0: the line was never narrow, or long ago
}

const (
	maxNarrow = 4 // the cells next to the own ship remain

	firstLook, firstLeft = 30, 8 // of so many sends so many were left out: the line is narrow
	nextLook, nextLeft   = 10, 3 // and still too narrow: one that is known is looked at more often

	leastDoubt = 9  // three seconds
	mostDoubt  = 90 // half a minute

	// narrowPause is how many sends pass until a narrow line is told of one more column or
	// row of cells: whole cells come at once, and the system takes some before it tells.
	narrowPause = 8
)

// known reports whether the line was too narrow lately.
func (n *narrow) known() bool { return n.doubt > 0 }

// note counts a send that was taken or left out.
func (n *narrow) note(taken bool) {
	n.due++
	if !taken {
		n.left++
	}
	look, most := uint8(firstLook), uint8(firstLeft)
	if n.known() {
		look, most = nextLook, nextLeft
	}
	if n.due < look {
		return
	}
	left := n.left
	n.due, n.left = 0, 0
	switch {
	case left == look: // it stands still
	case left >= most:
		n.tighten()
	case left > 0:
		n.calm = 0
	case n.known():
		n.relax()
	}
}

// tighten leaves a quarter more out. Each time that it has to, more is told later.
func (n *narrow) tighten() {
	n.calm = 0
	n.level = min(n.level+1, maxNarrow)
	n.doubt = min(max(2*n.doubt, leastDoubt), mostDoubt)
}

// relax tells a quarter more of a line that took everything for long enough; of one that
// took a whole view for as long, nothing is held against it any more.
func (n *narrow) relax() {
	if n.calm++; n.calm < n.doubt {
		return
	}
	n.calm = 0
	if n.level > 0 {
		n.level--
	} else {
		n.doubt = 0
	}
}

// waits reports whether a view does not grow, so many sends after it last changed and so
// many after the last that was taken.
func (n *narrow) waits(settled sendIndex, skipped int) bool {
	return n.known() && (skipped > 0 || settled < narrowPause)
}

// far returns how far a seat sees along an axis, of which sight is half the picture.
func (n *narrow) far(sight sim.Unit) far {
	return far{max(n.of(sight+margin), margin/4), max(n.of(sight+2*margin), margin)}
}

// of returns what is left of a length.
func (n *narrow) of(length sim.Unit) sim.Unit {
	return length / maxNarrow * sim.Unit(maxNarrow-n.level)
}

// tooMuch reports whether a seat is told with less by starting from nothing than with
// so many bytes of what it missed: its own cell comes first, and what is further away
// once the line has taken that.
func (r *Room) tooMuch(s *seat, joined int) bool {
	if !s.narrow.known() {
		return joined > maxJoined
	}
	return joined > maxKeys/2 && joined > len(r.keyframe(r.grid.At(s.eye)))
}
