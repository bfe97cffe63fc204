package view

import (
	"math"
	"testing"
	"time"
)

func seen(limit flashLimit) *flashGate {
	return &flashGate{limit: limit, width: viewWidth, height: viewHeight}
}

// most returns the most of the given moments in any second.
func most(shown []time.Duration) (n int) {
	for i := range shown {
		j := i
		for j < len(shown) && shown[j]-shown[i] < time.Second {
			j++
		}
		n = max(n, j-i)
	}
	return n
}

// TestFlashGate asks sixty times a second for five seconds and counts how many
// large flashes any second had.
func TestFlashGate(t *testing.T) {
	for _, tt := range []struct {
		name        string
		limit       flashLimit
		most, least int // in a second; in five
	}{{"limited", flashFull, flashesGranted, 9}, {"few", flashLess, 1, 5}, {"none", flashNone, 0, 0}} {
		for what, ask := range map[string]func(f *flashGate, now time.Duration) float32{
			"the whole screen": func(f *flashGate, now time.Duration) float32 { return f.askAll(now) },
			"a large disc":     func(f *flashGate, now time.Duration) float32 { return f.ask(now, 0, 0, 150, 0.8) },
		} {
			f := seen(tt.limit)
			var shown []time.Duration
			for now := time.Duration(0); now < 5*time.Second; now += time.Second / 60 {
				if ask(f, now) > 0 {
					shown = append(shown, now)
				}
			}
			if most(shown) > tt.most || len(shown) < tt.least {
				t.Errorf("%s, %s: %d in a second, %d in five", tt.name, what, most(shown), len(shown))
			}
		}
	}
}

// TestNothingFlashesInARush asks while the picture rushes by, and after.
func TestNothingFlashesInARush(t *testing.T) {
	f := seen(flashFull)
	f.pause(time.Second)
	if k := f.ask(time.Second+rushRest/2, 0, 0, 150, 0.8); k > 0 {
		t.Errorf("a large disc may shed %g of its light", k)
	}
	if k := f.ask(time.Second+rushRest, 900, 0, 150, 0.8); k == 0 {
		t.Error("nothing may flash after the rush")
	}
}

// TestSmallLightsTogetherAreAFlash lights up small discs, near each other and far
// apart.
func TestSmallLightsTogetherAreAFlash(t *testing.T) {
	count := func(gap float64) (lit int) {
		f := seen(flashFull)
		for i := range 60 { // six a moment, ten moments a second
			if f.ask(time.Duration(i/6)*100*time.Millisecond, float64(i%6)*gap, 0, 40, 0.8) > 0 {
				lit++
			}
		}
		return lit
	}
	if n := count(600); n != 60 {
		t.Errorf("of sixty small lights far apart %d are let through", n)
	}
	if n := count(10); n > 45 || n < 3 {
		t.Errorf("of sixty lights in one place %d are let through", n)
	}
}

func TestShakeIsBoundedAndEnds(t *testing.T) {
	for _, strength := range []float64{1, 0.5, 0} {
		s := shakeGate{strength: strength}
		for range 50 {
			s.add(1)
		}
		furthest := 0.0
		for i := range 120 {
			x, y := s.step(1.0 / 60)
			furthest = max(furthest, math.Abs(x), math.Abs(y))
			if i == 119 && (x != 0 || y != 0) {
				t.Errorf("after two seconds it still moves by %g, %g", x, y)
			}
		}
		if furthest > shakeReach*strength || strength > 0 && furthest == 0 {
			t.Errorf("with strength %g the picture moved by %g", strength, furthest)
		}
	}
}

// TestShakingWearies lets ships break up nearby all the time.
func TestShakingWearies(t *testing.T) {
	s := shakeGate{strength: 1}
	first, last := 0.0, 0.0
	for i := range 6 * 60 {
		if i%6 == 0 {
			s.add(0.5)
		}
		switch x, y := s.step(1.0 / 60); {
		case i < 30:
			first = max(first, math.Hypot(x, y))
		case i > 3*60:
			last = max(last, math.Hypot(x, y))
		}
	}
	if first < shakeReach/3 || last > shakeReach/4 || last == 0 {
		t.Errorf("the picture moves by %g units at first, and by %g after three seconds", first, last)
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
