package belief

import (
	"fmt"
	"slices"
	"testing"

	"ionwake/shared/sim"
)

// box returns an arena of w x h tiles with pillars.
func box(t testing.TB, w, h int) *sim.Arena {
	t.Helper()
	solid := make([]bool, w*h)
	for i := range solid {
		x, y := i%w, i/w
		solid[i] = x == 0 || y == 0 || x == w-1 || y == h-1 || x%7 == 3 && y%5 == 2
	}
	var spawns []sim.Spawn
	for i := range 12 {
		p := sim.Vec{X: sim.TileSize * sim.Unit(1+i*5%(w-2)), Y: sim.TileSize * sim.Unit(1+i*3%(h-2))}
		p = p.Add(sim.Vec{X: sim.TileSize / 2, Y: sim.TileSize / 2})
		if !solid[int(p.Y/sim.TileSize)*w+int(p.X/sim.TileSize)] {
			spawns = append(spawns, sim.Spawn{Pos: p})
		}
	}
	a, err := sim.NewArena("box", w, h, solid, spawns)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// brawl is a world of players who press random keys, and the inputs of its span.
type brawl struct {
	world *sim.World
	rng   sim.Rand
	held  []sim.Input
	span  Span
}

func newBrawl(a *sim.Arena, players int, seed uint64) *brawl {
	b := &brawl{rng: sim.Rand(seed), held: make([]sim.Input, players)}
	b.world = sim.New(a, sim.Brawl{}, sim.Rules{Warmup: 200, Live: 1500, Results: 200, ScoreLimit: 30}, seed)
	for id := range players {
		b.world.Join(sim.PlayerID(id), sim.Dart)
	}
	for range MaxSteps {
		b.span.Held = append(b.span.Held, make([]sim.Input, players))
	}
	return b
}

func (b *brawl) run(steps int) {
	b.span.Steps = steps
	b.span.Harmless = b.world.Match.Phase == sim.Results
	for i := range steps {
		for id := range b.held {
			in := &b.held[id]
			if b.rng.Intn(3) == 0 {
				in.Aim = in.Aim.Turn(b.rng.Intn(31) - 15)
			}
			if b.rng.Intn(20) == 0 {
				in.Buttons ^= 1 << b.rng.Intn(5)
			}
		}
		if b.rng.Intn(300) == 0 {
			id := sim.PlayerID(b.rng.Intn(len(b.held)))
			if b.world.Players[id].Status == sim.Absent {
				b.world.Join(id, sim.Dart)
			} else {
				b.world.Leave(id)
			}
		}
		copy(b.span.Held[i], b.held)
		b.world.Step(b.held)
	}
}

// TestApplyMakesBeliefTruth follows random matches over grids of several cell
// sizes and demands equality of every field after every chunk.
func TestApplyMakesBeliefTruth(t *testing.T) {
	for _, side := range []sim.Unit{0, 128 * sim.One, 256 * sim.One, 512 * sim.One} {
		for steps := 1; steps <= 3; steps++ {
			t.Run(fmt.Sprintf("side%d/steps%d", side/sim.One, steps), func(t *testing.T) {
				follow(t, box(t, 36, 24), side, steps, uint64(side)+uint64(steps))
			})
		}
	}
}

func follow(t *testing.T, a *sim.Arena, side sim.Unit, steps int, seed uint64) {
	g := NewGrid(a, side)
	b := newBrawl(a, 24, seed)
	writer, reader := &Codec{Arena: a, Grid: g}, &Codec{Arena: a, Grid: g}
	prev, now, known := make([]Cell, g.Len()), make([]Cell, g.Len()), make([]Cell, g.Len())
	var buf []byte
	bytes, checked := 0, 0
	for send := range 1500 {
		b.run(steps)
		g.Sort(b.world, now)
		for id := range now {
			if send%97 == 50 { // as if the cell had just come into view
				buf = writer.Keyframe(buf[:0], CellID(id), &now[id])
				known[id] = Cell{}
				if err := reader.Apply(CellID(id), &known[id], 0, buf); err != nil {
					t.Fatalf("send %d, keyframe of cell %d: %v", send, id, err)
				}
			} else {
				buf = writer.Diff(buf[:0], CellID(id), &prev[id], &now[id], b.span)
				if err := reader.Apply(CellID(id), &known[id], steps, buf); err != nil {
					t.Fatalf("send %d, cell %d: %v", send, id, err)
				}
			}
			bytes += len(buf)
			checked += len(now[id].Ships) + len(now[id].Bolts)
			if !slices.Equal(known[id].Ships, now[id].Ships) || !slices.Equal(known[id].Bolts, now[id].Bolts) {
				t.Fatalf("send %d, cell %d: belief\n%+v\nis not truth\n%+v", send, id, known[id], now[id])
			}
		}
		prev, now = now, prev
	}
	t.Logf("%d entities checked, %.1f bytes a send", checked, float64(bytes)/1500)
}
