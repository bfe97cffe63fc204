package belief_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// remembered is how many sends are kept for watchers that fall behind.
const remembered = 32

// sights is what has to have happened for the test to mean something.
type sights struct {
	entities, frames, keys, backlogs, restarts     int
	shielded, harmless, deaths, abroad, left, came int
}

func (s *sights) add(o sights) {
	s.entities += o.entities
	s.frames += o.frames
	s.keys += o.keys
	s.backlogs += o.backlogs
	s.restarts += o.restarts
	s.shielded += o.shielded
	s.harmless += o.harmless
	s.deaths += o.deaths
	s.abroad += o.abroad
	s.left += o.left
	s.came += o.came
}

// watcher is one who is told of the cells around the ship it follows, whenever its
// line takes a frame.
type watcher struct {
	codec  belief.Codec
	follow sim.PlayerID
	eye    sim.Vec
	cells  []belief.Cell
	known  []bool
	behind int // sends not told yet
	stall  int // sends for which the line is stuck
}

// broadcast is a match, its watchers and the chunks of the last sends.
type broadcast struct {
	*match
	steps    int
	writer   belief.Codec
	ring     [remembered][][]byte // by send, then by cell
	sends    int
	watchers []*watcher
	seen     sights
}

func newBroadcast(m *match, steps, watchers int) *broadcast {
	b := &broadcast{match: m, steps: steps}
	b.writer = belief.Codec{Arena: m.world.Arena, Grid: m.grid}
	for i := range b.ring {
		b.ring[i] = make([][]byte, m.grid.Len())
	}
	for i := range watchers {
		b.watchers = append(b.watchers, &watcher{
			codec:  belief.Codec{Arena: m.world.Arena, Grid: m.grid, Watch: sim.PlayerID(i)},
			follow: sim.PlayerID(i), cells: make([]belief.Cell, m.grid.Len()), known: make([]bool, m.grid.Len()),
		})
	}
	return b
}

// send lets a span pass and tells everybody whose line is free.
func (b *broadcast) send(t *testing.T) {
	t.Helper()
	was := slices.Clone(b.world.Players)
	b.run(b.steps)
	b.count(was)
	b.sends++
	slot := b.ring[b.sends%remembered]
	for id := range b.now {
		slot[id] = b.writer.Diff(slot[id][:0], belief.CellID(id), &b.before[id], &b.now[id], b.span)
	}
	for _, w := range b.watchers {
		w.behind++
		if w.stall > 0 {
			w.stall--
			continue
		}
		b.tell(t, w)
		b.compare(t, w)
		if b.rng.Intn(60) == 0 {
			w.stall = b.rng.Intn(40)
		}
	}
}

// tell brings w up to date: cells it lost sight of are forgotten, those it knows
// are followed send by send, those new to it come whole.
func (b *broadcast) tell(t *testing.T, w *watcher) {
	t.Helper()
	if ship := b.world.Ship(w.follow); ship != nil {
		w.eye = ship.Pos
	}
	if w.behind >= remembered {
		b.seen.restarts++
		clear(w.known)
	} else if w.behind > 1 {
		b.seen.backlogs++
	}
	for id := range w.known {
		w.known[id] = w.known[id] && b.sees(w, id)
	}
	for back := w.behind - 1; back >= 0; back-- {
		for id, known := range w.known {
			if !known {
				continue
			}
			chunk := b.ring[(b.sends-back)%remembered][id]
			if err := w.codec.Apply(belief.CellID(id), &w.cells[id], b.steps, chunk); err != nil {
				t.Fatalf("send %d, %d back, cell %d: %v", b.sends, back, id, err)
			}
		}
	}
	for id := range w.known {
		if w.known[id] || !b.sees(w, id) {
			continue
		}
		chunk := b.writer.Keyframe(nil, belief.CellID(id), &b.now[id])
		w.cells[id], w.known[id] = belief.Cell{}, true
		if err := w.codec.Apply(belief.CellID(id), &w.cells[id], 0, chunk); err != nil {
			t.Fatalf("send %d, keyframe of cell %d: %v", b.sends, id, err)
		}
		b.seen.keys++
	}
	w.behind = 0
}

// sees reports whether cell id touches the picture of w.
func (b *broadcast) sees(w *watcher, id int) bool {
	const sight = 300 * sim.One
	corner, side := b.grid.Origin(belief.CellID(id)), b.grid.Side()
	return corner.X-sight <= w.eye.X && w.eye.X < corner.X+side+sight &&
		corner.Y-sight <= w.eye.Y && w.eye.Y < corner.Y+side+sight
}

func (b *broadcast) compare(t *testing.T, w *watcher) {
	t.Helper()
	b.seen.frames++
	for id, known := range w.known {
		if !known {
			continue
		}
		b.seen.entities += len(b.now[id].Ships) + len(b.now[id].Bolts)
		if !same(&w.cells[id], &b.now[id]) {
			t.Fatalf("send %d, cell %d: belief\n%+v\nis not truth\n%+v", b.sends, id, w.cells[id], b.now[id])
		}
	}
}

// count notes what happened in the last span.
func (b *broadcast) count(was []sim.Player) {
	if b.span.Harmless {
		b.seen.harmless++
	}
	for i := range b.now {
		for _, s := range b.now[i].Ships {
			if s.Shield > 0 {
				b.seen.shielded++
			}
		}
	}
	for _, e := range b.world.Events { // of the span's last tick
		if e.Kind != sim.Killed {
			continue
		}
		b.seen.deaths++
		victim, killer := b.world.Ships[e.Who].Pos, b.world.Ships[e.By].Pos
		if b.grid.At(victim) != b.grid.At(killer) {
			b.seen.abroad++
		}
	}
	for id := range was {
		now := b.world.Players[id].Status
		if was[id].Status == sim.Absent && now != sim.Absent {
			b.seen.came++
		} else if was[id].Status != sim.Absent && now == sim.Absent {
			b.seen.left++
		}
	}
}

// TestApplyMakesBeliefTruth follows random matches and matches of bots over several
// arenas, sizes of cells and send intervals, with views that move, lines that stall,
// and players who come and go. After every frame each field of each ship and bolt
// in sight must be the truth: a million of them.
func TestApplyMakesBeliefTruth(t *testing.T) {
	var all sights
	began := time.Now()
	arenas := []*sim.Arena{box(t, 36, 24), readArena(t, "foundry"), readArena(t, "closet")}
	for n, side := range []sim.Unit{0, 128 * sim.One, 256 * sim.One, 512 * sim.One} {
		for steps := 1; steps <= belief.MaxSteps; steps++ {
			a, flown := arenas[(n+steps)%3], (n+steps/3)%2 == 0
			players := 20 + 28*((n*5+steps)%4)
			t.Run(fmt.Sprintf("%s/side%d/steps%d/players%d/bots=%t", a.Name, side/sim.One, steps, players, flown), func(t *testing.T) {
				b := newBroadcast(newMatch(a, side, players, uint64(side)+uint64(steps), flown), steps, 3)
				for range effort(3200 / steps) {
					b.send(t)
				}
				all.add(b.seen)
			})
		}
	}
	t.Logf("%+v in %v", all, time.Since(began).Round(time.Millisecond))
	if want := effort(1_000_000); all.entities < want {
		t.Errorf("%d entities compared, want %d", all.entities, want)
	}
	for _, n := range []int{
		all.keys, all.backlogs, all.restarts, all.shielded, all.harmless, all.deaths, all.abroad, all.left, all.came,
	} {
		if n == 0 {
			t.Errorf("something never happened: %+v", all)
		}
	}
}
