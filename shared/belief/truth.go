package belief

import (
	"slices"

	"ionwake/shared/sim"
)

// Sort deals the living ships and the bolts of w into cells, which must have
// g.Len() entries: the truth of each cell at this tick.
func (g Grid) Sort(w *sim.World, cells []Cell) {
	for i := range cells {
		cells[i].Ships, cells[i].Bolts = cells[i].Ships[:0], cells[i].Bolts[:0]
	}
	for id := range w.Players {
		if s := w.Ship(sim.PlayerID(id)); s != nil {
			c := &cells[g.At(s.Pos)]
			c.Ships = append(amply(c.Ships), *s)
		}
	}
	for _, b := range w.Bolts {
		c := &cells[g.At(b.Pos)]
		c.Bolts = append(amply(c.Bolts), b)
	}
}

// amply makes room in list for one more and, if that takes memory, for several times as
// many: or each cell would grow with every new peak, for hours.
func amply[T any](list []T) []T {
	if len(list) < cap(list) {
		return list
	}
	return slices.Grow(list, max(3*len(list), 8))
}
