package synth

import (
	"math"
	"slices"
	"strings"
	"testing"

	"ionwake/assets/clip"
)

func TestEffectsAreEven(t *testing.T) {
	names := map[string]bool{}
	for _, c := range Effects() {
		if names[c.Name] {
			t.Errorf("there are two sounds %s", c.Name)
		}
		names[c.Name] = true
		l := make(line, len(c.Samples[0]))
		for i, v := range c.Samples[0] {
			l[i] = float64(v)
		}
		length := float64(len(l)) / Rate
		switch loud := loudness(l, evenWindow); {
		case l.peak() > evenPeak+1e-6:
			t.Errorf("%s has the peak %.2f", c.Name, l.peak())
		case loud > evenLoudness+0.1, loud < evenLoudness-0.1 && l.peak() < evenPeak-0.01:
			t.Errorf("%s has the loudness %.1f", c.Name, loud)
		case length > 3.5:
			t.Errorf("%s lasts %.1f s", c.Name, length)
		case c.Loop && len(l)%clip.Block != 0:
			t.Errorf("%s goes round after %d frames, no multiple of %d", c.Name, len(l), clip.Block)
		case !c.Loop && (math.Abs(l[0]) > 0.1*l.peak() || math.Abs(l[len(l)-1]) > 0.01):
			t.Errorf("%s begins at %.3f and ends at %.3f: it clicks", c.Name, l[0], l[len(l)-1])
		}
		middle := 0.0
		for _, v := range l {
			middle += v / float64(len(l))
		}
		if math.Abs(middle) > 0.02 {
			t.Errorf("%s is off the middle by %.3f", c.Name, middle)
		}
	}
}

// A sine of full scale has -3.01 LKFS at 997 Hz (BS.1770-5, annex 1).
func TestLoudnessIsWhatTheStandardSays(t *testing.T) {
	var w wave
	if got := loudness(play(1, func(float64) float64 { return w.sine(997) }), 0.5); math.Abs(got+3.01) > 0.05 {
		t.Errorf("997 Hz of full scale: %.2f, want -3.01", got)
	}
}

// Every pattern has a character of its alphabet for each step; the tune stays within
// its part.
func TestSongIsWellWritten(t *testing.T) {
	bars := 0
	for n := range song {
		p := &song[n]
		bars += len(p.chords)
		for what, patterns := range map[string][]string{
			"123456789": slices.Concat(p.kick, p.snare, p.hat, p.open, p.tom),
			"roqs":      p.bass,
			"012345":    p.arp,
		} {
			for _, pattern := range patterns {
				if len(pattern) != barSteps || strings.Trim(pattern, what+".") != "" {
					t.Errorf("part %d: %q is not %d of %q", n, pattern, barSteps, what)
				}
			}
		}
		end := 0
		for _, m := range p.lead {
			if m.step < end || m.step+m.length > len(p.chords)*barSteps {
				t.Errorf("part %d: the note at step %d overlaps or leaves the part", n, m.step)
			}
			end = m.step + m.length
		}
	}
	if bars != songBars {
		t.Errorf("the song has %d bars, want %d", bars, songBars)
	}
	if barFrames%clip.Block != 0 {
		t.Errorf("a bar of %d frames is no multiple of %d", barFrames, clip.Block)
	}
}

func TestMusicIsLoudEnoughAndSeamless(t *testing.T) {
	m := Music()
	if got := float64(len(m.Samples[0])) / Rate; got < 60 || got > 100 {
		t.Errorf("the loop lasts %.1f s", got)
	}
	for side, lane := range m.Samples {
		l, most := make(line, len(lane)), 0.0
		for i, v := range lane {
			l[i] = float64(v)
			if i > 0 {
				most = max(most, math.Abs(l[i]-l[i-1]))
			}
		}
		if l.peak() > musicPeak {
			t.Errorf("side %d has the peak %.2f", side, l.peak())
		}
		if got := loudness(l, float64(songFrames)/Rate); got < musicLoudness-6 || got > musicLoudness {
			t.Errorf("side %d has the loudness %.1f", side, got)
		}
		if seam := math.Abs(l[0] - l[len(l)-1]); seam > most/2 {
			t.Errorf("side %d jumps by %.2f where it goes round, by %.2f at most elsewhere", side, seam, most)
		}
	}
}

// An effect is the same each time it is made.
func TestNoiseIsNotChance(t *testing.T) {
	if !slices.Equal(scatter(), scatter()) {
		t.Errorf("two of the same sound differ")
	}
}
