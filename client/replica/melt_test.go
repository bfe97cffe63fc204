package replica

import (
	"math"
	"testing"
	"time"

	"ionwake/shared/sim"
)

// corrected moves ship 3, drawn at 100, 100, so far to the right by a frame that
// came at moment zero.
func corrected(by float64) *Replica {
	r := &Replica{}
	at := sim.Vec{X: sim.Units(100), Y: sim.Units(100)}
	r.ahead.now.ships = []sim.Ship{{ID: 3, Pos: at}}
	r.ahead.next.ships = []sim.Ship{{ID: 3, Pos: at}}
	r.melt.keep(r, 0)
	at.X += sim.Unit(by * float64(sim.One))
	r.ahead.now.ships[0].Pos, r.ahead.next.ships[0].Pos = at, at
	r.melt.take(r, 0)
	return r
}

// TestMelt corrects a ship by little and by much: the picture does not jump, and
// is right 300 ms later; a wider jump is shown as one.
func TestMelt(t *testing.T) {
	for _, by := range []float64{-meltLimit, -20, 0, 0.5, 32, meltLimit} {
		r := corrected(by)
		if p := r.melt.drawn(&r.ahead, 0); math.Abs(p.X-100) > 0.01 || p.Y != 100 {
			t.Errorf("corrected by %.1f: drawn at %+v at once, want 100, 100", by, p)
		}
		was := math.Abs(by)
		for ms := 10; ms <= 300; ms += 10 {
			r.melt.decay(time.Duration(ms) * time.Millisecond)
			off := math.Abs(r.melt.off[3].X)
			if off > was || off == was && off > 0 {
				t.Errorf("corrected by %.1f: off by %.2f after %d ms, by %.2f before", by, off, ms, was)
			}
			was = off
		}
		if was >= 0.5 {
			t.Errorf("corrected by %.1f: still off by %.2f after 300 ms", by, was)
		}
		r.melt.decay(time.Second)
		if off := r.melt.off[3]; off != (Point{}) {
			t.Errorf("corrected by %.1f: off by %+v after a second", by, off)
		}
	}
}

func TestMeltShowsJumps(t *testing.T) {
	for _, by := range []float64{meltLimit + 1, -500, 5000} {
		r := corrected(by)
		if p := r.melt.drawn(&r.ahead, 0); math.Abs(p.X-100-by) > 0.01 {
			t.Errorf("a jump by %.0f is drawn at %+v", by, p)
		}
	}
}

// TestMeltForgetsTheGone lets a ship come back where it never was.
func TestMeltForgetsTheGone(t *testing.T) {
	r := corrected(32)
	ships := r.ahead.now.ships
	r.ahead.now.ships = nil
	r.melt.keep(r, 10*time.Millisecond)
	r.ahead.now.ships = ships
	r.melt.take(r, 10*time.Millisecond)
	if off := r.melt.off[3]; off != (Point{}) {
		t.Errorf("a ship that was not drawn is off by %+v", off)
	}
}
