package room

import (
	"testing"

	"ionwake/shared/sim"
)

// TestNarrow_KnowsAStallFromANarrowLine leaves sends out as lines do.
func TestNarrow_KnowsAStallFromANarrowLine(t *testing.T) {
	for _, row := range []struct {
		what  string
		taken func(send int) bool
		level uint8
	}{
		{"a fast line", func(int) bool { return true }, 0},
		{"a stall of three seconds", func(i int) bool { return i < 90 || i >= 180 }, 0},
		{"a lost packet every two seconds", func(i int) bool { return i%60 >= 5 }, 0},
		{"a line that takes every other send", func(i int) bool { return i%2 == 0 }, maxNarrow},
		{"a line that takes two frames a second", func(i int) bool { return i%15 == 0 }, maxNarrow},
		{"a line that was narrow for a second", func(i int) bool { return i >= 30 || i%2 == 0 }, 0},
	} {
		var n narrow
		for i := range 900 {
			n.note(row.taken(i))
		}
		if n.level != row.level {
			t.Errorf("%s: %d quarters of the view are left out, want %d", row.what, n.level, row.level)
		}
	}
}

// TestNarrow_TriesSeldomer has a line that takes three quarters of a view and no more: it
// is tried again and again, each time after longer.
func TestNarrow_TriesSeldomer(t *testing.T) {
	var n narrow
	for i := range firstLook {
		n.note(i%2 == 0)
	}
	var tries []int
	for i := range 60 * 30 {
		was := n.level
		n.note(n.level > 0 || i%2 == 0)
		if n.level < was {
			tries = append(tries, i)
		}
	}
	for i := 2; i < len(tries); i++ {
		if tries[i]-tries[i-1] < tries[i-1]-tries[i-2] && tries[i]-tries[i-1] < mostDoubt*nextLook {
			t.Errorf("tried after %v sends: not ever later", tries)
		}
	}
	if len(tries) < 3 || len(tries) > 8 {
		t.Errorf("tried %d times in a minute, want some times: %v", len(tries), tries)
	}
	for range 5 * mostDoubt * nextLook {
		n.note(true)
	}
	if n.level > 0 || n.known() {
		t.Errorf("a line that takes everything is still remembered: %+v", n)
	}
}

// TestNarrow_HomeIsAlwaysTold moves an eye through a crowd, with jumps, over lines of all
// kinds: the cell it is in is in each frame, nothing out of sight is, and where the line
// allows it the whole view is there soon.
func TestNarrow_HomeIsAlwaysTold(t *testing.T) {
	r := New(Config{Arena: arena(t, "foundry"), CellSide: 256 * sim.One, Bots: 128, BotsAlways: true, Seed: 5})
	for range 120 {
		r.Tick()
	}
	size, rng := r.ground().Arena.Size(), sim.Rand(7)
	s, whole := &seat{eye: size.Div(2)}, 0
	for range 4000 {
		if s.eye.X = (s.eye.X + 9*sim.One) % size.X; rng.Intn(100) == 0 {
			s.eye = sim.Vec{X: sim.Unit(rng.Intn(int(size.X))), Y: sim.Unit(rng.Intn(int(size.Y)))}
		}
		s.skipped = rng.Intn(40) - 37
		if s.skipped = max(s.skipped, 0); rng.Intn(200) == 0 {
			s.narrow = narrow{level: uint8(rng.Intn(maxNarrow + 1)), doubt: uint8(rng.Intn(2))}
		}
		was, now := s.watched, r.sight(s)
		got := r.revealed(s, was.both(now), now)
		if !r.within(got, r.grid.At(s.eye)) {
			t.Fatalf("at %v the eye's own cell is not told: %+v of %+v", s.eye, got, now)
		}
		if got.both(now) != got {
			t.Fatalf("at %v what is out of sight is told: %+v of %+v", s.eye, got, now)
		}
		if got == now {
			whole++
		}
		if got != was {
			s.watched, s.settled = got, r.history.newest
		}
		r.history.newest++ // nothing moves, but sends pass
	}
	if whole < 2000 {
		t.Errorf("the view was whole in %d sends of 4,000", whole)
	}
}
