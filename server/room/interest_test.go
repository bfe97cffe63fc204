package room

import (
	"testing"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// watching updates what the seat watches for an eye at a place, and returns how many
// cells came or went.
func (r *Room) watching(s *seat, eye sim.Vec) (changes int) {
	s.eye = eye
	was, now := s.watched, r.sight(s)
	s.watched = now
	return was.size() + now.size() - 2*was.both(now).size()
}

func gridRoom(t *testing.T) (*Room, *seat) {
	r := New(Config{Arena: arena(t, "foundry"), CellSide: 256 * sim.One})
	if r.grid.Len() < 20 {
		t.Fatalf("%d cells tell nothing", r.grid.Len())
	}
	return r, &seat{}
}

// TestInterestStandsStill lets a ship sway about every place of a path across the
// arena, by just less than the margin: once it has seen both ends, no cell comes
// or goes.
func TestInterestStandsStill(t *testing.T) {
	r, s := gridRoom(t)
	size := r.ground().Arena.Size()
	for i := range sim.Unit(200) {
		at := sim.Vec{X: size.X / 200 * i, Y: size.Y / 200 * (199 - i)}
		sway := sim.Vec{X: margin/2 - 1, Y: margin/2 - 1}
		r.watching(s, at.Add(sway))
		r.watching(s, at.Sub(sway))
		for range 3 {
			if n := r.watching(s, at.Add(sway)) + r.watching(s, at.Sub(sway)); n != 0 {
				t.Fatalf("at %v: %d cells come and go", at, n)
			}
		}
	}
}

// TestInterestSeesThePicture moves an eye across the arena: every cell that its
// picture touches is watched, no cell far away is, and each comes and goes once.
func TestInterestSeesThePicture(t *testing.T) {
	r, s := gridRoom(t)
	size, side := r.ground().Arena.Size(), r.grid.Side()
	came := make([]int, r.grid.Len())
	for x := sim.Unit(0); x < size.X; x += 7 * sim.One {
		eye := sim.Vec{X: x, Y: size.Y / 2}
		was := s.watched
		r.watching(s, eye)
		for id := range r.grid.Len() {
			in, before := r.sees(s, belief.CellID(id)), r.within(was, belief.CellID(id))
			corner := r.grid.Origin(belief.CellID(id))
			dx := max(corner.X-eye.X, eye.X-corner.X-side, 0)
			dy := max(corner.Y-eye.Y, eye.Y-corner.Y-side, 0)
			if dx < sightX && dy < sightY && !in {
				t.Fatalf("at %v: cell %d is in the picture and not watched", eye, id)
			}
			if in && (dx > sightX+2*margin || dy > sightY+2*margin) {
				t.Fatalf("at %v: cell %d is far away and watched", eye, id)
			}
			if in && !before {
				came[id]++
			}
		}
	}
	for id, n := range came {
		if n > 1 {
			t.Errorf("cell %d came %d times", id, n)
		}
	}
}

// TestInterestOfOneCell watches a small arena as a whole.
func TestInterestOfOneCell(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet")})
	s := &seat{}
	if n := r.watching(s, sim.Vec{X: -1 << 24, Y: 1 << 24}); n != 1 || !r.sees(s, 0) {
		t.Errorf("%d cells of %d are watched", n, r.grid.Len())
	}
}
