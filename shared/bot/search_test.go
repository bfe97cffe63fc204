package bot

import (
	"testing"

	"pgregory.net/rapid"

	"ionwake/shared/sim"
)

// maze draws an arena with closed borders and random walls inside; its one spawn
// point is where the search begins.
func maze(t *rapid.T, maxSide int) *sim.Arena {
	width, height := rapid.IntRange(4, maxSide).Draw(t, "width"), rapid.IntRange(4, maxSide).Draw(t, "height")
	share := rapid.IntRange(0, 45).Draw(t, "walls in 100")
	r := sim.Rand(rapid.Uint64().Draw(t, "seed"))
	solid := make([]bool, width*height)
	for i := range solid {
		x, y := i%width, i/width
		solid[i] = x == 0 || y == 0 || x == width-1 || y == height-1 || r.Intn(100) < share
	}
	start := tile{int16(1 + r.Intn(width-2)), int16(1 + r.Intn(height-2))}
	solid[int(start.y)*width+int(start.x)] = false
	a, err := sim.NewArena(sim.Plan{Name: "maze", Width: width, Height: height, Walls: solid, Spawns: []sim.Spawn{{Pos: start.centre()}}})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// reached floods a from t by steps a ship can take.
func reached(a *sim.Arena, from tile) map[tile]bool {
	seen, open := map[tile]bool{from: true}, []tile{from}
	for len(open) > 0 {
		at := open[len(open)-1]
		open = open[:len(open)-1]
		for d := 0; d < 8; d += 2 { // what can be reached can be reached without diagonals
			next := tile{at.x + neighbourX[d], at.y + neighbourY[d]}
			if !a.Solid(int(next.x), int(next.y)) && !seen[next] {
				seen[next] = true
				open = append(open, next)
			}
		}
	}
	return seen
}

func TestSearch_FindsAWayWhereThereIsOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := maze(t, 30) // inside the window from anywhere, and below its patience
		from := tileAt(a.Spawns[0].Pos)
		goal := tile{
			int16(rapid.IntRange(0, a.Width-1).Draw(t, "goal x")),
			int16(rapid.IntRange(0, a.Height-1).Draw(t, "goal y")),
		}
		var s search
		s.begin(a, from, goal)
		for sends := 0; !s.step(searchStep); sends++ {
			if sends > patience/searchStep+1 {
				t.Fatal("does not end")
			}
		}
		var path [window]tile
		way := path[:s.way(path[:])]
		checkWay(t, a, from, way)
		end := from
		if len(way) > 0 {
			end = way[len(way)-1]
		}
		if near := reached(a, from); near[goal] && end != goal {
			t.Fatalf("from %v: ends at %v, not at the goal %v", from, end, goal)
		} else if !near[end] {
			t.Fatalf("ends at %v, which cannot be reached", end)
		}
	})
}

// checkWay fails unless way is made of single steps in the open that cut no corner.
func checkWay(t *rapid.T, a *sim.Arena, at tile, way []tile) {
	for _, next := range way {
		dx, dy := next.x-at.x, next.y-at.y
		if dx < -1 || dx > 1 || dy < -1 || dy > 1 || dx == 0 && dy == 0 {
			t.Fatalf("from %v to %v in one step", at, next)
		}
		if a.Solid(int(next.x), int(next.y)) || a.Solid(int(next.x), int(at.y)) || a.Solid(int(at.x), int(next.y)) {
			t.Fatalf("from %v to %v through a wall", at, next)
		}
		at = next
	}
}

// Over open ground the way is straight, and a goal beyond the window, or in a
// wall, is approached as far as there is a way.
func TestSearch_OverOpenGround(t *testing.T) {
	const side = 200
	solid := make([]bool, side*side)
	for i := range solid {
		x, y := i%side, i/side
		solid[i] = x == 0 || y == 0 || x == side-1 || y == side-1
	}
	from := tile{100, 100}
	a, err := sim.NewArena(sim.Plan{Name: "plain", Width: side, Height: side, Walls: solid, Spawns: []sim.Spawn{{Pos: from.centre()}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, goal := range []tile{{120, 100}, {120, 110}, {80, 125}, {100, 100}} {
		var s search
		s.begin(a, from, goal)
		for !s.step(searchStep) {
		}
		var path [window]tile
		dx, dy := goal.x-from.x, goal.y-from.y
		if got, want := s.way(path[:]), int(max(dx, -dx, dy, -dy)); got != want {
			t.Errorf("goal %v: a way of %d tiles over open ground, want %d", goal, got, want)
		}
	}
	for _, goal := range []tile{{190, 100}, {5, 5}, {199, 199}, {100, 0}} {
		var s search
		s.begin(a, from, goal)
		before := s.bestLeft
		for !s.step(searchStep) {
		}
		if s.bestLeft+200 > before {
			t.Errorf("goal %v: from %d the way leads to %d away", goal, before, s.bestLeft)
		}
	}
}

// A path that is too long for the memory keeps its beginning.
func TestSearch_WayKeepsTheBeginning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := maze(t, 30)
		var s search
		s.begin(a, tileAt(a.Spawns[0].Pos), tile{int16(a.Width - 2), int16(a.Height - 2)})
		for !s.step(searchStep) {
		}
		var all [window]tile
		var some [5]tile
		n, k := s.way(all[:]), s.way(some[:])
		if k != min(n, len(some)) {
			t.Fatalf("%d of %d tiles, want %d", k, n, min(n, len(some)))
		}
		for i := range k {
			if some[i] != all[i] {
				t.Fatalf("tile %d is %v, want %v", i, some[i], all[i])
			}
		}
	})
}

// What sight says is clear holds no wall at any of many points between.
func TestSees_ThroughNoWall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := maze(t, 20)
		size := a.Size()
		r := sim.Rand(rapid.Uint64().Draw(t, "where"))
		at := func() sim.Vec {
			return sim.Vec{X: sim.Unit(r.Intn(int(size.X))), Y: sim.Unit(r.Intn(int(size.Y)))}
		}
		from, to := at(), at()
		if !sees(a, from, to) {
			return
		}
		// A line that only grazes a corner may pass; one tile of wall may not.
		run := 0
		for i := sim.Unit(0); i <= 400; i++ {
			p := from.Add(sim.Vec{
				X: sim.Unit(int64(to.X-from.X) * int64(i) / 400),
				Y: sim.Unit(int64(to.Y-from.Y) * int64(i) / 400),
			})
			if i > 0 && a.SolidAt(p) {
				run++
			} else {
				run = 0
			}
			if length := to.Sub(from).Len() / 400 * sim.Unit(run); length > sim.TileSize {
				t.Fatalf("from %v to %v through %d Units of wall", from, to, length)
			}
		}
	})
}

func TestHand_ComesToTheMarkAndRests(t *testing.T) {
	for level := Easy; level <= Hard; level++ {
		s := skills[level.row()]
		s.error, s.tremor = 0, 0 // a steady hand, to see the movement alone
		var h hand
		r := sim.Rand(1)
		h.rest(100)
		const mark = 500
		overshot := false
		for now := range uint32(60) {
			if d := h.point(mark, &s, now, &r).Delta(mark); d < 0 {
				overshot = true
			}
		}
		first := h.point(mark, &s, 60, &r)
		if off := first.Delta(mark); off < -8 || off > 8 {
			t.Errorf("%v: after two seconds the hand is %d steps off", level, off)
		}
		if !overshot {
			t.Errorf("%v: a turn by more than a third never overshoots", level)
		}
		for now := uint32(61); now < 90; now++ {
			if got := h.point(mark, &s, now, &r); got != first {
				t.Errorf("%v: a hand at rest moves from %d to %d", level, first, got)
			}
		}
	}
}

func TestIntercept_MeetsSteadyTargets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string, limit int) sim.Unit {
			return sim.Unit(rapid.IntRange(-limit, limit).Draw(t, name))
		}
		from := sim.Vec{}
		seen := sighting{
			pos: sim.Vec{X: draw("x", 400) * sim.One, Y: draw("y", 400) * sim.One},
			vel: sim.Vec{X: draw("vx", 4000), Y: draw("vy", 4000)},
		}
		const speed = 11 * sim.One
		at := intercept(from, seen, speed, 256)
		ticks := at.Sub(from).Len() / speed
		there := seen.pos.Add(sim.Vec{X: seen.vel.X * ticks, Y: seen.vel.Y * ticks})
		if miss := there.Sub(at).Len(); miss > 90*sim.One {
			t.Fatalf("aims at %v, it will be at %v", at, there)
		}
	})
}
