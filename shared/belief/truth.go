package belief

import "ionwake/shared/sim"

// Sort deals the living ships and the bolts of w into cells, which must have
// g.Len() entries: the truth of each cell at this tick.
func (g Grid) Sort(w *sim.World, cells []Cell) {
	for i := range cells {
		cells[i].Ships, cells[i].Bolts = cells[i].Ships[:0], cells[i].Bolts[:0]
	}
	for id := range w.Players {
		if s := w.Ship(sim.PlayerID(id)); s != nil {
			c := &cells[g.At(s.Pos)]
			c.Ships = append(c.Ships, *s)
		}
	}
	for _, b := range w.Bolts {
		c := &cells[g.At(b.Pos)]
		c.Bolts = append(c.Bolts, b)
	}
}
