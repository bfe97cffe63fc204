package belief

import "ionwake/shared/sim"

// Lot is the memory that the truth of one tick takes. It grows with the ships and bolts
// there are, however they gather, and is used again when the cells are sorted anew.
type Lot struct {
	ships pile[sim.Ship]
	bolts pile[sim.Bolt]
}

// Sort deals the living ships and the bolts of w into cells, which must have
// g.Len() entries: the truth of each cell at this tick, in the memory of lot; nil: in new
// memory. Nothing may be appended to what a cell then has.
func (g Grid) Sort(w *sim.World, cells []Cell, lot *Lot) {
	if lot == nil {
		lot = &Lot{}
	}
	lot.ships.begin(len(cells))
	for id := range w.Players {
		if s := w.Ship(sim.PlayerID(id)); s != nil {
			lot.ships.count(g.At(s.Pos))
		}
	}
	lot.ships.carve()
	for id := range w.Players {
		if s := w.Ship(sim.PlayerID(id)); s != nil {
			lot.ships.put(s)
		}
	}
	lot.bolts.begin(len(cells))
	for i := range w.Bolts {
		lot.bolts.count(g.At(w.Bolts[i].Pos))
	}
	lot.bolts.carve()
	for i := range w.Bolts {
		lot.bolts.put(&w.Bolts[i])
	}
	for i := range cells {
		cells[i].Ships, cells[i].Bolts = lot.ships.of(i), lot.bolts.of(i)
	}
}

// pile sorts things by cells, keeping their order: first all are counted, then room is
// made, then all are put, in the same order.
type pile[T any] struct {
	things []T
	in     []CellID // by the order of counting
	ends   []int    // by CellID: how many were counted; once there is room, where the next is put
	from   []int    // where the first of a cell is
	done   int      // how many were put
}

func (p *pile[T]) begin(cells int) {
	p.in, p.done = p.in[:0], 0
	p.ends = append(p.ends[:0], make([]int, cells)...)
	p.from = append(p.from[:0], p.ends...)
}

func (p *pile[T]) count(id CellID) {
	p.in = append(p.in, id)
	p.ends[id]++
}

func (p *pile[T]) carve() {
	if cap(p.things) < len(p.in) { // amply: or it would grow with every new peak
		p.things = make([]T, 2*len(p.in))
	}
	p.things = p.things[:len(p.in)]
	next := 0
	for id, n := range p.ends {
		p.from[id], p.ends[id] = next, next
		next += n
	}
}

func (p *pile[T]) put(thing *T) {
	at := &p.ends[p.in[p.done]]
	p.things[*at] = *thing
	p.done++
	*at++
}

func (p *pile[T]) of(cell int) []T {
	return p.things[p.from[cell]:p.ends[cell]:p.ends[cell]]
}
