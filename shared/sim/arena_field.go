package sim

// layZones marks the safe tiles.
func (a *Arena) layZones() {
	if len(a.Zones) == 0 {
		return
	}
	a.safe = make([]bool, a.Width*a.Height)
	for _, z := range a.Zones {
		for y := z.Y; y < z.Y+z.Height; y++ {
			for x := z.X; x < z.X+z.Width; x++ {
				a.safe[y*a.Width+x] = true
			}
		}
	}
}

// SafeAt reports whether p is in a safe zone.
func (a *Arena) SafeAt(p Vec) bool {
	if a.safe == nil {
		return false
	}
	i := a.tileAt(p)
	return i >= 0 && a.safe[i]
}

// layWells adds up, tile by tile, what the wells pull: the field is the same all
// over a tile, so that whoever flies in it needs one look.
func (a *Arena) layWells() {
	if len(a.Wells) == 0 {
		return
	}
	a.pull = make([]Vec, a.Width*a.Height)
	for _, w := range a.Wells {
		left, right := max(int((w.Pos.X-w.Radius)>>tileShift), 0), min(int((w.Pos.X+w.Radius)>>tileShift), a.Width-1)
		top, bottom := max(int((w.Pos.Y-w.Radius)>>tileShift), 0), min(int((w.Pos.Y+w.Radius)>>tileShift), a.Height-1)
		for y := top; y <= bottom; y++ {
			for x := left; x <= right; x++ {
				middle := Vec{Unit(x)*TileSize + TileSize/2, Unit(y)*TileSize + TileSize/2}
				pull := &a.pull[y*a.Width+x]
				*pull = pull.Add(w.at(middle)).clampLen(MaxPull)
			}
		}
	}
	a.layCalm()
}

// calmShift makes blocks of 8 x 8 tiles.
const calmShift = tileShift + 3

// layCalm marks the blocks that no well reaches: most of a large arena, of whose field
// nothing then has to be looked up.
func (a *Arena) layCalm() {
	cols := a.calmCols()
	a.calm = make([]bool, cols*(a.Height>>3+1))
	for i := range a.calm {
		a.calm[i] = true
	}
	for i, pull := range a.pull {
		if pull != (Vec{}) {
			a.calm[i/a.Width>>3*cols+i%a.Width>>3] = false
		}
	}
}

func (a *Arena) calmCols() int { return a.Width>>3 + 1 }

// at returns what w pulls at p: most in the middle, nothing at its rim.
func (w *Well) at(p Vec) Vec {
	gap := w.Pos.Sub(p)
	if abs(gap.X) >= w.Radius || abs(gap.Y) >= w.Radius {
		return Vec{}
	}
	far := gap.Len()
	if far >= w.Radius || far == 0 {
		return Vec{}
	}
	strength := int64(w.Pull) * int64(w.Radius-far) / int64(w.Radius)
	return Vec{
		Unit(int64(gap.X) * strength / int64(far)),
		Unit(int64(gap.Y) * strength / int64(far)),
	}
}

// PullAt returns the acceleration at p, in Units per tick squared.
func (a *Arena) PullAt(p Vec) Vec {
	if a.pull == nil {
		return Vec{}
	}
	i := a.tileAt(p)
	if i < 0 || a.calm[int(p.Y>>calmShift)*a.calmCols()+int(p.X>>calmShift)] {
		return Vec{}
	}
	return a.pull[i]
}

// tileAt returns the index of the tile at p, or -1 outside.
func (a *Arena) tileAt(p Vec) int {
	x, y := int(p.X>>tileShift), int(p.Y>>tileShift)
	if uint(x) >= uint(a.Width) || uint(y) >= uint(a.Height) {
		return -1
	}
	return y*a.Width + x
}
