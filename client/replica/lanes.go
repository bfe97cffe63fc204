package replica

import (
	"slices"

	"ionwake/shared/sim"
)

// lanes find ships near a place without looking at all of them: they are kept in
// order of X.
type lanes struct{ list []lane }

type lane struct {
	x    sim.Unit
	ship int // index
}

// sort takes the ships where they are now.
func (l *lanes) sort(ships []sim.Ship) {
	l.list = l.list[:0]
	for i := range ships {
		l.list = append(l.list, lane{ships[i].Pos.X, i})
	}
	slices.SortFunc(l.list, func(a, b lane) int { return int(a.x) - int(b.x) })
}

// within returns the lanes of the ships at most reach to the left or right of x.
func (l *lanes) within(x, reach sim.Unit) []lane {
	first, _ := slices.BinarySearchFunc(l.list, x-reach, func(a lane, x sim.Unit) int { return int(a.x) - int(x) })
	last := first
	for last < len(l.list) && l.list[last].x <= x+reach {
		last++
	}
	return l.list[first:last]
}
