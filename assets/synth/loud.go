package synth

import "math"

// The loudness of a sound as listeners report it: power behind the filters of
// ITU-R BS.1770-5, annex 1, here with their analogue shapes so that they fit any
// rate.

// weighting is those two filters: a shelf for what a head does, and less bass.
type weighting struct{ shelf, bass biquad }

type biquad struct{ b0, b1, b2, a1, a2, x1, x2, y1, y2 float64 }

func (q *biquad) pass(v float64) float64 {
	out := q.b0*v + q.b1*q.x1 + q.b2*q.x2 - q.a1*q.y1 - q.a2*q.y2
	q.x2, q.x1, q.y2, q.y1 = q.x1, v, q.y1, out
	return out
}

func newWeighting() *weighting {
	w := new(weighting)
	k := math.Tan(math.Pi * 1681.974450955533 / Rate)
	const q, gain = 0.7071752369554196, 1.584893192461 // +4 dB
	side := math.Pow(gain, 0.4996667741545416)
	d := 1 + k/q + k*k
	w.shelf = biquad{
		b0: (gain + side*k/q + k*k) / d, b1: 2 * (k*k - gain) / d, b2: (gain - side*k/q + k*k) / d,
		a1: 2 * (k*k - 1) / d, a2: (1 - k/q + k*k) / d,
	}
	k = math.Tan(math.Pi * 38.13547087602444 / Rate)
	const low = 0.5003270373238773
	d = 1 + k/low + k*k
	w.bass = biquad{b0: 1, b1: -2, b2: 1, a1: 2 * (k*k - 1) / d, a2: (1 - k/low + k*k) / d}
	return w
}

// loudness returns the largest loudness of any window of that many seconds, in
// decibels of full scale (LKFS for one channel).
func loudness(l line, window float64) float64 {
	w := newWeighting()
	power := make(line, len(l))
	for i, v := range l {
		y := w.bass.pass(w.shelf.pass(v))
		power[i] = y * y
	}
	n := seconds(window)
	sum, most := 0.0, 0.0
	for i := range power {
		sum += power[i]
		if i >= n {
			sum -= power[i-n]
		}
		most = max(most, sum)
	}
	return -0.691 + 10*math.Log10(most/float64(n)+1e-12)
}

// The loudness that every effect is brought to, over so long as an ear needs for
// judging a short sound. How loud each is in the game says the game.
const (
	evenLoudness = -17.0
	evenWindow   = 0.125 // seconds
	evenPeak     = 0.89  // never more: 1 dB below full scale
)

// even brings a sound to the loudness all have.
func (l line) even() line {
	gain := math.Pow(10, (evenLoudness-loudness(l, evenWindow))/20)
	if p := l.peak() * gain; p > evenPeak {
		gain *= evenPeak / p
	}
	return l.scale(gain)
}
