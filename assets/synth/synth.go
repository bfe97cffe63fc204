// Package synth makes every sound of the game from nothing but numbers: the
// effects (effects*.go) and the music (song.go says what is played, band.go by
// whom). It runs when the assets are baked, never in the game.
//
// Everything is a function of its sources: noise comes from counters with fixed
// seeds. The same machine architecture gives the same bytes.
package synth

import (
	"math"

	"ionwake/assets/clip"
)

// Rate is how many frames a second all sounds have. What lies above 16 kHz is
// missed by nobody in a fight and costs a third of the memory.
const Rate = 32000

// line is one channel of sound.
type line []float64

// seconds returns the number of frames of a time.
func seconds(s float64) int { return int(math.Round(s * Rate)) }

// play fills a line by asking f for the sample at each moment, in seconds.
func play(length float64, f func(t float64) float64) line {
	out := make(line, seconds(length))
	for i := range out {
		out[i] = f(float64(i) / Rate)
	}
	return out
}

// mix adds other, from the moment at on and times gain, to l, which grows where it
// has to.
func (l line) mix(other line, at, gain float64) line {
	from := seconds(at)
	if more := from + len(other) - len(l); more > 0 {
		l = append(l, make(line, more)...)
	}
	for i, v := range other {
		l[from+i] += v * gain
	}
	return l
}

// trimmed fades both ends: a sound that begins or ends within a wave clicks.
func (l line) trimmed(in, out float64) line {
	a, b := seconds(in), seconds(out)
	for i := range l {
		l[i] *= min(1, float64(i+1)/float64(a+1), float64(len(l)-i)/float64(b+1))
	}
	return l
}

// round makes a line that goes round without a seam out of one that is longer by
// the overlap: its end is faded into its beginning, at equal power.
func (l line) round(overlap int) line {
	n := len(l) - overlap
	for i := range overlap {
		s, c := math.Sincos(math.Pi / 2 * (float64(i) + 0.5) / float64(overlap))
		l[i] = l[i]*s + l[n+i]*c
	}
	return l[:n]
}

func (l line) peak() float64 {
	most := 0.0
	for _, v := range l {
		most = max(most, math.Abs(v))
	}
	return most
}

func (l line) scale(by float64) line {
	for i := range l {
		l[i] *= by
	}
	return l
}

// mono makes a clip of l.
func (l line) mono(name string, loop bool) clip.Clip {
	return clip.Clip{Name: name, Rate: Rate, Loop: loop, Samples: [][]float32{l.short()}}
}

func (l line) short() []float32 {
	out := make([]float32, len(l))
	for i, v := range l {
		out[i] = float32(v)
	}
	return out
}
