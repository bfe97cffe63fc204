package sim

import "iter"

// grid finds the ships near a point: buckets of 64 x 64 world units, filled anew
// each tick. Within a bucket ships are in order of their ids.
type grid struct {
	width, height int
	first         []int32 // by bucket: 1 + a PlayerID, 0 for none, so that clearing is cheap
	next          []int32 // by PlayerID, likewise
}

const bucketShift = 16 // 64 world units: more than the reach of any two discs

func newGrid(a *Arena) grid {
	size := a.Size()
	width, height := int(size.X>>bucketShift)+1, int(size.Y>>bucketShift)+1
	return grid{width: width, height: height, first: make([]int32, width*height)}
}

// reserve makes room for ids below seats.
func (g *grid) reserve(seats int) {
	for len(g.next) < seats {
		g.next = append(g.next, 0)
	}
}

// fill takes the living ships of w, from the highest id to the lowest.
func (g *grid) fill(w *World) {
	clear(g.first)
	for id := len(w.Players) - 1; id >= 0; id-- {
		if w.Players[id].Status == Flying {
			bucket := g.bucket(w.Ships[id].Pos)
			g.next[id] = g.first[bucket]
			g.first[bucket] = int32(id) + 1
		}
	}
}

func (g *grid) bucket(p Vec) int {
	x := min(max(int(p.X>>bucketShift), 0), g.width-1)
	y := min(max(int(p.Y>>bucketShift), 0), g.height-1)
	return y*g.width + x
}

// near yields the ships in the bucket of p and the eight around it.
func (g *grid) near(p Vec) iter.Seq[PlayerID] { return g.within(p, 1<<bucketShift) }

// within yields, among others, every ship at most reach from p.
func (g *grid) within(p Vec, reach Unit) iter.Seq[PlayerID] {
	return func(yield func(PlayerID) bool) {
		left, right := int((p.X-reach)>>bucketShift), int((p.X+reach)>>bucketShift)
		top, bottom := int((p.Y-reach)>>bucketShift), int((p.Y+reach)>>bucketShift)
		for by := max(top, 0); by <= min(bottom, g.height-1); by++ {
			for bx := max(left, 0); bx <= min(right, g.width-1); bx++ {
				for id := g.first[by*g.width+bx]; id > 0; id = g.next[id-1] {
					if !yield(PlayerID(id - 1)) {
						return
					}
				}
			}
		}
	}
}
