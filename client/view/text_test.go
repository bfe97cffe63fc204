package view

import "testing"

// luminance is that of WCAG 2.2.
func luminance(h hue) float64 {
	return 0.2126*linear(h.r) + 0.7152*linear(h.g) + 0.0722*linear(h.b)
}

// TestWordsCanBeRead asks for the contrast of WCAG 2.2, success criterion 1.4.3.
func TestWordsCanBeRead(t *testing.T) {
	inks := append([]hue{inkText, inkDim, inkIon, inkWake, inkWarn, inkBad, inkGood}, palettes[0].others[:]...)
	for _, ink := range inks {
		for _, ground := range []hue{inkPanel, inkSpace, inkMetal} {
			if c := (luminance(ink) + 0.05) / (luminance(ground) + 0.05); c < 4.5 {
				t.Errorf("%v on %v has a contrast of %.1f, want 4.5", ink, ground, c)
			}
		}
	}
}

func TestNoWordIsTiny(t *testing.T) {
	for _, density := range []float64{1, 2} {
		g := New(Config{Session: still{}})
		g.density = density
		g.resize(360*density, 640*density)
		if got := g.brush.em(3); float64(got) != leastText*density {
			t.Errorf("at a density of %g the smallest words have %d pixels", density, got)
		}
		if got := g.brush.em(40); got != 40 {
			t.Errorf("large words have %d pixels, want 40", got)
		}
	}
}
