package belief

import "ionwake/shared/sim"

// Cell is the public state of every entity in one cell of the arena grid at one
// tick: what everybody who may see the cell knows of it.
type Cell struct {
	Ships []sim.Ship // by id
	Bolts []sim.Bolt // by key
}

// CellID numbers the cells of a Grid, row by row.
type CellID uint16

// Grid cuts an arena into square cells. State is encoded once per cell, whoever
// watches it; a small arena is a single cell.
type Grid struct {
	Cols, Rows int

	shift uint // cells are 1<<shift Units wide
}

// minCellShift makes the smallest cells 128 world units wide.
const minCellShift = 17

// NewGrid returns a grid over a with cells at least side wide: the width is the
// next power of two of world units, 128 or more. A side of 0 makes one cell.
func NewGrid(a *sim.Arena, side sim.Unit) Grid {
	size := a.Size()
	g := Grid{shift: minCellShift}
	for sim.Unit(1)<<g.shift < side || side == 0 && 1<<g.shift < max(size.X, size.Y) {
		g.shift++
	}
	g.Cols = int((size.X-1)>>g.shift) + 1
	g.Rows = int((size.Y-1)>>g.shift) + 1
	return g
}

// Len returns the number of cells.
func (g Grid) Len() int { return g.Cols * g.Rows }

// Side returns the width of a cell.
func (g Grid) Side() sim.Unit { return 1 << g.shift }

// At returns the cell that p is in. Points outside belong to the nearest cell.
func (g Grid) At(p sim.Vec) CellID {
	x := min(max(int(p.X>>g.shift), 0), g.Cols-1)
	y := min(max(int(p.Y>>g.shift), 0), g.Rows-1)
	return CellID(y*g.Cols + x)
}

// Origin returns the upper left corner of c.
func (g Grid) Origin(c CellID) sim.Vec {
	return sim.Vec{X: sim.Unit(int(c)%g.Cols) << g.shift, Y: sim.Unit(int(c)/g.Cols) << g.shift}
}
