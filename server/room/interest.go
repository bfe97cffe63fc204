package room

import (
	"iter"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// What a seat may see: half the size of the largest picture a client shows, and
// the margin around it. A column or a row of cells is watched as soon as it touches
// picture plus margin, and let go when it no longer touches picture plus twice the
// margin, so that a ship on a border does not make cells come and go.
const (
	sightX = 800 * sim.One
	sightY = 500 * sim.One
	margin = 128 * sim.One
)

// area is a rectangle of cells of the interest grid. The zero area is empty.
type area struct{ x, y reach }

// reach is the columns, or the rows, of an area: from is in it, to is not.
type reach struct{ from, to int32 }

func (a area) empty() bool { return a.x.from >= a.x.to || a.y.from >= a.y.to }

// size returns the number of cells.
func (a area) size() int {
	if a.empty() {
		return 0
	}
	return int(a.x.to-a.x.from) * int(a.y.to-a.y.from)
}

// both returns the cells that are in a and in o.
func (a area) both(o area) area {
	return area{a.x.both(o.x), a.y.both(o.y)}
}

// with returns the smallest area that has all of a and of o.
func (a area) with(o area) area {
	if a.empty() {
		return o
	}
	return area{
		reach{min(a.x.from, o.x.from), max(a.x.to, o.x.to)},
		reach{min(a.y.from, o.y.from), max(a.y.to, o.y.to)},
	}
}

func (r reach) both(o reach) reach { return reach{max(r.from, o.from), min(r.to, o.to)} }

func (r reach) has(i int32) bool { return r.from <= i && i < r.to }

// sees reports whether the seat is told of cell id.
func (r *Room) sees(s *seat, id belief.CellID) bool { return r.within(s.watched, id) }

func (r *Room) within(a area, id belief.CellID) bool {
	cols := r.grid.Cols
	return a.x.has(int32(int(id)%cols)) && a.y.has(int32(int(id)/cols))
}

// cellsOf yields the cells of a, in order.
func (r *Room) cellsOf(a area) iter.Seq[belief.CellID] {
	return func(yield func(belief.CellID) bool) {
		for y := a.y.from; y < a.y.to; y++ {
			row := int(y) * r.grid.Cols
			for x := a.x.from; x < a.x.to; x++ {
				if !yield(belief.CellID(row + int(x))) {
					return
				}
			}
		}
	}
}

// sight returns what the seat, which watches what it watches, should watch now.
func (r *Room) sight(s *seat) area {
	return area{
		r.along(s.watched.x, s.eye.X, s.narrow.far(sightX), r.grid.Cols),
		r.along(s.watched.y, s.eye.Y, s.narrow.far(sightY), r.grid.Rows),
	}
}

// far is how far along an axis is watched, and how far what is watched stays so.
type far struct{ near, wide sim.Unit }

// along does along one axis what sight does: was is watched, the eye is at a place,
// and there are so many cells.
func (r *Room) along(was reach, eye sim.Unit, to far, cells int) reach {
	side := r.grid.Side()
	touched := func(far sim.Unit) reach {
		from, to := floorDiv(eye-far, side), floorDiv(eye+far, side)+1
		last := int32(cells) - 1
		return reach{min(max(from, 0), last), min(max(to, 1), last+1)}
	}
	near, wide := touched(to.near), touched(to.wide)
	keep := was.both(wide)
	if keep.from >= keep.to {
		return near
	}
	return reach{min(keep.from, near.from), max(keep.to, near.to)}
}

// maxKeys is how many bytes of keyframes one frame tells, unless already the first of
// them takes more: of a view full of a thousand ships the rest comes with the next
// frames, from the eye outwards.
const maxKeys = 2 << 10

// revealed returns which part of now, what a seat should watch, it may watch from this
// send on, if it already watches what stays; of that it may have to let go something.
func (r *Room) revealed(s *seat, stays, now area) area {
	most := maxKeys
	if s.narrow.known() {
		most /= 2
	}
	at := stays.with(r.home(s))
	told := r.keysOf(at, stays)
	switch {
	case s.narrow.known() && told > most: // nothing but the eye's own cell, then
		return r.home(s)
	case !stays.empty() && s.narrow.waits(r.history.newest-s.settled, s.skipped):
		return at
	}
	for side := 0; at != now; side++ {
		next := at.grown(side%4, now)
		size := r.keysOf(next, at)
		if told+size > most && (told > 0 || s.narrow.level == maxNarrow) {
			return at
		}
		told, at = told+size, next
	}
	return at
}

// home is the cell that the seat's eye is in, of which it is always told: its ship is
// in there.
func (r *Room) home(s *seat) area {
	id := r.grid.At(s.eye)
	x, y := int32(int(id)%r.grid.Cols), int32(int(id)/r.grid.Cols)
	return area{reach{x, x + 1}, reach{y, y + 1}}
}

// keysOf returns what the cells of a that are not in known take as a whole, in bytes.
func (r *Room) keysOf(a, known area) (size int) {
	if a == known {
		return 0
	}
	for id := range r.cellsOf(a) {
		if !r.within(known, id) {
			size += len(r.keyframe(id))
		}
	}
	return size
}

// grown returns a with one more column or row at one of its four sides, but not beyond
// most, of which it is a part.
func (a area) grown(side int, most area) area {
	switch side {
	case 0:
		a.x.from = max(a.x.from-1, most.x.from)
	case 1:
		a.x.to = min(a.x.to+1, most.x.to)
	case 2:
		a.y.from = max(a.y.from-1, most.y.from)
	default:
		a.y.to = min(a.y.to+1, most.y.to)
	}
	return a
}

func floorDiv(a, b sim.Unit) int32 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return int32(q)
}

// leader returns where the ship with the best score is: what a spectator looks at.
// It is looked for once in a send.
func (r *Room) leader() sim.Vec {
	if r.leading.at == r.world.Tick && r.leading.at != 0 {
		return r.leading.pos
	}
	at, best := r.ground().Arena.Size().Div(2), -1
	for id := range r.world.Players {
		p := &r.world.Players[id]
		if s := r.world.Ship(sim.PlayerID(id)); s != nil && int(p.Score) > best {
			at, best = s.Pos, int(p.Score)
		}
	}
	r.leading = foremost{r.world.Tick, at}
	return at
}

// foremost is where the leader is at a tick.
type foremost struct {
	at  sim.Tick
	pos sim.Vec
}
