package room

import (
	"testing"

	"ionwake/shared/belief"
)

// TestFirstTickIsKnownAsItself seats somebody in the first tick of a room and in the ones
// after it, which may send or not: each knows from the first frame on which tick it is.
func TestFirstTickIsKnownAsItself(t *testing.T) {
	for stagger := range 2 {
		for late := range 4 {
			r := New(Config{Arena: arena(t, "closet")})
			r.Stagger(stagger)
			play(r, late)
			g := enter(t, r, "Ann", false)
			for range 7 {
				r.Tick()
				told := g.rep.Belief(func(belief.CellID, *belief.Cell) {})
				if want := r.tempo.newest; g.frames > 0 && told != want {
					t.Fatalf("staggered by %d, in tick %d: knows it as %d", stagger, want, told)
				}
			}
			if g.frames < 3 {
				t.Fatalf("%d frames show nothing", g.frames)
			}
		}
	}
}
