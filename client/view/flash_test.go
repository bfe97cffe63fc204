package view

import (
	"testing"
	"time"
)

// TestFlashGate asks sixty times a second for five seconds and counts how many
// flashes any second had.
func TestFlashGate(t *testing.T) {
	var f flashGate
	var shown []time.Duration
	for now := time.Duration(0); now < 5*time.Second; now += time.Second / 60 {
		if f.allow(now) {
			shown = append(shown, now)
		}
	}
	if len(shown) < 13 {
		t.Errorf("%d flashes in five seconds: the gate is shut", len(shown))
	}
	for i := flashesPerSecond; i < len(shown); i++ {
		if d := shown[i] - shown[i-flashesPerSecond]; d < time.Second {
			t.Errorf("four flashes within %v", d)
		}
	}
}

func TestCalmHasNoFlashAndNoShake(t *testing.T) {
	f, s := flashGate{calm: true}, shakeGate{calm: true}
	s.add(1)
	if x, y := s.step(0.01); f.allow(0) || x != 0 || y != 0 {
		t.Error("calm is not calm")
	}
}

func TestShakeIsBoundedAndEnds(t *testing.T) {
	var s shakeGate
	for range 50 {
		s.add(1)
	}
	for i := range 120 {
		x, y := s.step(1.0 / 60)
		if x > shakeReach || x < -shakeReach || y > shakeReach || y < -shakeReach {
			t.Fatalf("the picture moved by %g, %g", x, y)
		}
		if i == 119 && (x != 0 || y != 0) {
			t.Errorf("after two seconds it still moves by %g, %g", x, y)
		}
	}
}

func TestPaceGivesUpBloomOnlyWhenSlowForLong(t *testing.T) {
	run := func(dt float64, seconds float64) *pace {
		p := &pace{}
		for range int(seconds / dt) {
			p.step(dt)
		}
		return p
	}
	for _, c := range []struct {
		name string
		p    *pace
		g    Glow
		w    float64
		want bool
	}{
		{"fast", run(1.0/60, 10), GlowAuto, 1280, true},
		{"slow for a moment", run(1.0/30, 1.5), GlowAuto, 1280, true},
		{"slow", run(1.0/30, 8), GlowAuto, 1280, false},
		{"slow but wanted", run(1.0/30, 8), GlowBloom, 1280, true},
		{"small", run(1.0/60, 1), GlowAuto, 640, false},
		{"not wanted", run(1.0/60, 1), GlowPlain, 1280, false},
		{"hidden", run(0.5, 60), GlowAuto, 1280, true},
	} {
		if got := c.p.bloom(c.g, c.w, c.w*9/16); got != c.want {
			t.Errorf("%s: bloom %v", c.name, got)
		}
	}
}
