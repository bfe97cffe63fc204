package view

import (
	"slices"
	"testing"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/view/settings"
)

// projector notes what it is told.
type projector struct {
	reel Reel
	told []string
	to   time.Duration
}

func (p *projector) Reel() (Reel, bool) { return p.reel, true }
func (p *projector) Hold()              { p.told = append(p.told, "hold") }
func (p *projector) Tempo(by int) {
	p.told = append(p.told, map[int]string{-1: "slower", 1: "faster", -3: "slowest"}[by])
}
func (p *projector) Seek(to time.Duration) { p.told, p.to = append(p.told, "seek"), to }

// TestReelKeys: keys and buttons do to a replay what they are for, and nothing where
// none is watched.
func TestReelKeys(t *testing.T) {
	pr := &projector{reel: Reel{At: 30 * time.Second, Length: time.Minute, Tempo: 1}}
	g := New(Config{Session: still{}, Projector: pr, Place: Place{Replay: "beef"}})
	if g.cfg.Place.Replay != "" || g.place.Replay != "beef" {
		t.Fatalf("Play goes to %+v, the page to %+v", g.cfg.Place, g.place)
	}
	for _, c := range []struct {
		key    ebiten.Key
		button settings.Button
		want   string
		to     time.Duration
	}{
		{ebiten.KeySpace, settings.PadA, "hold", 0},
		{ebiten.KeyComma, settings.PadLeft, "seek", 20 * time.Second},
		{ebiten.KeyPeriod, settings.PadRight, "seek", 40 * time.Second},
		{ebiten.KeyEqual, settings.PadX, "faster", 0},
		{ebiten.KeyMinus, settings.NoButton, "slower", 0},
	} {
		for _, byPad := range []bool{false, true} {
			var p poll
			if byPad && c.button == settings.NoButton {
				continue
			}
			if byPad {
				p.pad.strokes[c.button.Standard()] = true
			} else {
				p.strokes[c.key] = true
			}
			pr.told, pr.to = nil, 0
			g.stepReel(&p)
			if !slices.Equal(pr.told, []string{c.want}) || pr.to != c.to {
				t.Errorf("key %v, pad %v: told %q to %v, want %q to %v", c.key, byPad, pr.told, pr.to, c.want, c.to)
			}
		}
	}
	pr.reel.Tempo, pr.told = 4, nil
	if g.reelDo(reelTempo); !slices.Equal(pr.told, []string{"faster", "slowest"}) {
		t.Errorf("behind the fastest comes %q", pr.told)
	}
	if g.reelDo(reelSlots / 2); pr.to != 30*time.Second {
		t.Errorf("the middle of the bar is %v", pr.to)
	}
	g.place, pr.told = Place{}, nil
	var p poll
	p.strokes[ebiten.KeySpace] = true
	if g.stepReel(&p); pr.told != nil || !p.strokes[ebiten.KeySpace] {
		t.Errorf("in a match it is told %q", pr.told)
	}
}
