package bot

import "ionwake/shared/sim"

// tile names a tile of an arena.
type tile struct{ x, y int16 }

func tileAt(p sim.Vec) tile { return tile{int16(p.X / sim.TileSize), int16(p.Y / sim.TileSize)} }

func (t tile) centre() sim.Vec {
	return sim.Vec{X: sim.Unit(t.x)*sim.TileSize + sim.TileSize/2, Y: sim.Unit(t.y)*sim.TileSize + sim.TileSize/2}
}

const (
	windowSide = 64 // tiles: what is farther than half of it is flown to in stages
	window     = windowSide * windowSide
	heapSize   = 1024 // open ways kept; when full, new ones are forgotten
	patience   = 1600 // tiles looked at before the search settles for the nearest
)

// search is A* (Hart, Nilsson, Raphael: A formal basis for the heuristic
// determination of minimum cost paths, 1968) over the tiles of a window around
// the ship, done a few tiles at a time. It ends at the goal, where that is out of
// the window at its rim, and where it is out of reach at the tile nearest to it that
// was found.
type search struct {
	running bool
	arena   *sim.Arena
	corner  tile // upper left of the window
	goal    tile
	afar    bool   // the goal is beyond the window
	start   uint32 // the window's index of where it began

	best     uint32 // the tile nearest to the goal so far
	bestLeft uint32 // its distance
	looked   int

	round uint16 // marks what this search has reached, so that nothing is cleared
	mark  [window]uint16
	cost  [window]uint16
	from  [window]uint8    // the direction it was reached in
	heap  [heapSize]uint32 // estimate<<12 | index: a binary heap, smallest first
	ways  int              // entries of heap
}

// The eight neighbours, clockwise from the right, and what a step costs.
var (
	neighbourX = [8]int16{1, 1, 0, -1, -1, -1, 0, 1}
	neighbourY = [8]int16{0, 1, 1, 1, 0, -1, -1, -1}
	stepCost   = [8]uint16{10, 14, 10, 14, 10, 14, 10, 14}
)

// begin starts a search and forgets the one before.
func (s *search) begin(a *sim.Arena, from, to tile) {
	if s.round++; s.round == 0 {
		s.mark = [window]uint16{}
		s.round = 1
	}
	s.arena, s.goal, s.running, s.looked = a, to, true, 0
	s.corner = tile{from.x - windowSide/2, from.y - windowSide/2}
	s.start = windowSide/2*windowSide + windowSide/2
	s.ways = 0
	x, y := to.x-s.corner.x, to.y-s.corner.y
	s.afar = x < 0 || y < 0 || x >= windowSide || y >= windowSide
	s.best, s.bestLeft = s.start, s.left(from)
	s.reach(s.start, 0, 0, s.bestLeft)
}

// step looks at up to the given number of tiles and reports whether the search
// is over.
func (s *search) step(tiles int) (over bool) {
	for ; tiles > 0; tiles-- {
		if s.ways == 0 || s.bestLeft == 0 || s.looked >= patience {
			s.running = false
			return true
		}
		s.looked++
		at := s.pop() % window
		if s.afar && rim(at) {
			s.best, s.running = at, false // from here on, the next search
			return true
		}
		s.expand(at)
	}
	return false
}

// rim reports whether a tile is on the rim of the window.
func rim(at uint32) bool {
	x, y := at%windowSide, at/windowSide
	return x == 0 || y == 0 || x == windowSide-1 || y == windowSide-1
}

func (s *search) expand(at uint32) {
	here := s.tile(at)
	open, walls := s.around(here)
	for d := range open {
		// No cutting of corners: a ship is nearly as wide as a tile.
		if !open[d] || d%2 == 1 && !(open[d-1] && open[(d+1)%8]) {
			continue
		}
		to := tile{here.x + neighbourX[d], here.y + neighbourY[d]}
		x, y := to.x-s.corner.x, to.y-s.corner.y
		if x < 0 || y < 0 || x >= windowSide || y >= windowSide {
			continue
		}
		next := uint32(y)*windowSide + uint32(x)
		cost := s.cost[at] + stepCost[d] + 2*walls + s.drag(to)
		if s.mark[next] == s.round && s.cost[next] <= cost {
			continue
		}
		left := s.left(to)
		if left < s.bestLeft {
			s.best, s.bestLeft = next, left
		}
		s.reach(next, cost, uint8(d), left)
	}
}

// around tells which of the neighbours of t are open, and how many are not.
func (s *search) around(t tile) (open [8]bool, walls uint16) {
	a := s.arena
	x, y := int(t.x), int(t.y)
	if x < 1 || y < 1 || x >= a.Width-1 || y >= a.Height-1 {
		return open, 8
	}
	i := y*a.Width + x
	above, row, below := a.Walls[i-a.Width-1:i-a.Width+2], a.Walls[i-1:i+2], a.Walls[i+a.Width-1:i+a.Width+2]
	open = [8]bool{!row[2], !below[2], !below[1], !below[0], !row[0], !above[0], !above[1], !above[2]}
	for _, free := range open {
		if !free {
			walls++
		}
	}
	return open, walls
}

// drag is what a well at t costs.
func (s *search) drag(t tile) uint16 {
	if len(s.arena.Wells) == 0 {
		return 0
	}
	pull := s.arena.PullAt(t.centre())
	return uint16(max(absolute(pull.X), absolute(pull.Y)) / 4)
}

func (s *search) reach(at uint32, cost uint16, from uint8, left uint32) {
	s.mark[at], s.cost[at], s.from[at] = s.round, cost, from
	// Distances weigh half more than they are: a much quicker search for a way
	// that is hardly longer.
	s.push((uint32(cost)+left*3/2)<<12 | at)
}

func (s *search) tile(at uint32) tile {
	return tile{s.corner.x + int16(at%windowSide), s.corner.y + int16(at/windowSide)}
}

// left is the least cost from t to the goal.
func (s *search) left(t tile) uint32 {
	dx, dy := t.x-s.goal.x, t.y-s.goal.y
	dx, dy = max(dx, -dx), max(dy, -dy)
	return uint32(max(dx, dy))*10 + uint32(min(dx, dy))*4
}

// way writes the tiles from the start to the best into path, as many as fit, and
// returns their number.
func (s *search) way(path []tile) int {
	length := 0
	for at := s.best; at != s.start; at = s.before(at) {
		length++
	}
	i := length
	for at := s.best; at != s.start; at = s.before(at) {
		if i--; i < len(path) {
			path[i] = s.tile(at)
		}
	}
	return min(length, len(path))
}

func (s *search) before(at uint32) uint32 {
	d := s.from[at]
	return uint32(int32(at) - int32(neighbourY[d])*windowSide - int32(neighbourX[d]))
}

func (s *search) push(entry uint32) {
	if s.ways == heapSize {
		return
	}
	i := s.ways
	s.heap[i] = entry
	s.ways++
	for i > 0 {
		up := (i - 1) / 2
		if s.heap[up] <= s.heap[i] {
			return
		}
		s.heap[up], s.heap[i] = s.heap[i], s.heap[up]
		i = up
	}
}

func (s *search) pop() uint32 {
	s.ways--
	top, last := s.heap[0], s.ways
	s.heap[0] = s.heap[last]
	for i := 0; ; {
		small := 2*i + 1
		if small >= last {
			return top
		}
		if small+1 < last && s.heap[small+1] < s.heap[small] {
			small++
		}
		if s.heap[i] <= s.heap[small] {
			return top
		}
		s.heap[i], s.heap[small] = s.heap[small], s.heap[i]
		i = small
	}
}
