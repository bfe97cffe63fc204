package view

import (
	"fmt"
	"maps"
	"testing"
)

// TestNothingStandsOnAnythingElse looks at the windows that the game is made for,
// with words as small and as large as one may choose, at what is there at the same
// time: in flight, and while one is out.
func TestNothingStandsOnAnythingElse(t *testing.T) {
	for _, w := range []struct {
		w, h   float64
		thumbs bool
	}{{1280, 720, false}, {1920, 1080, false}, {844, 390, true}, {390, 844, true}} {
		for _, k := range []float64{0.75, 1, 1.5} {
			f := newFrame(w.w, w.h, 1, w.thumbs).scaled(k)
			t.Run(fmt.Sprintf("%gx%g at %g", w.w, w.h, 100*k), func(t *testing.T) {
				always := map[string]rectangle{"clock": f.clockBox(), "radar": f.radar(96, 60), "feed": f.feedRoom()}
				if f.thumbs {
					always["clock"] = f.clock()
					always["menu"], always["chat button"], always["words"] = f.menuButton(), f.chatButton(), f.signalButton()
				}
				flight := map[string]rectangle{"banner": f.banner(), "hint": f.hint(), "status": f.statusRoom(), "chat box": f.chatBox()}
				out := map[string]rectangle{"death": f.death(), "eye": f.eye()}
				for _, now := range []map[string]rectangle{flight, out} {
					maps.Copy(now, always)
					checkApart(t, &f, now)
				}
			})
		}
	}
}

// mayTouch are pairs of which one makes way, or shows below the other for moments.
var mayTouch = map[[2]string]bool{
	{"feed", "banner"}:   true, // a banner's words end before them
	{"feed", "death"}:    true,
	{"hint", "chat box"}: true, // no hint shows while one writes
}

func checkApart(t *testing.T, f *frame, places map[string]rectangle) {
	t.Helper()
	for what, r := range places {
		if r.x < 0 || r.y < 0 || r.x+r.w > f.width+1e-6 || r.y+r.h > f.height+1e-6 {
			t.Errorf("the %s stands at %+v, beyond the window", what, r)
		}
		for other, o := range places {
			if what < other && overlap(r, o) && !mayTouch[[2]string{what, other}] && !mayTouch[[2]string{other, what}] {
				t.Errorf("the %s at %.0f stands on the %s at %.0f (unit %.2f)", what, r, other, o, f.unit)
			}
		}
	}
}
