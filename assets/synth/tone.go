package synth

import "math"

// wave is an oscillator: it remembers where in its period it is, 0..1.
type wave struct{ phase float64 }

// step moves on by one frame at a frequency in hertz and returns where the wave
// was, and how much of a period a frame is.
func (w *wave) step(hertz float64) (phase, width float64) {
	phase, width = w.phase, hertz/Rate
	w.phase += width
	w.phase -= math.Floor(w.phase)
	return phase, width
}

func (w *wave) sine(hertz float64) float64 {
	p, _ := w.step(hertz)
	return math.Sin(2 * math.Pi * p)
}

func (w *wave) triangle(hertz float64) float64 {
	p, _ := w.step(hertz)
	return 4*math.Abs(p-0.5) - 1
}

// saw and pulse have their edges rounded over two frames (PolyBLEP: Välimäki and
// Huovilainen, Antialiasing oscillators in subtractive synthesis, 2007).
func (w *wave) saw(hertz float64) float64 {
	p, d := w.step(hertz)
	return 2*p - 1 - edge(p, d)
}

// pulse is high for a share of its period, around the middle.
func (w *wave) pulse(hertz, share float64) float64 {
	p, d := w.step(hertz)
	v := -1.0
	if p < share {
		v = 1
	}
	fall := p - share
	fall -= math.Floor(fall)
	return v + edge(p, d) - edge(fall, d) + 1 - 2*share
}

func edge(p, d float64) float64 {
	switch {
	case p < d:
		p /= d
		return p + p - p*p - 1
	case p > 1-d:
		p = (p - 1) / d
		return p*p + p + p + 1
	}
	return 0
}

// noise is white (SplitMix64: Steele, Lea, Flood, 2014), -1..1.
type noise struct{ state uint64 }

func (n *noise) next() float64 {
	n.state += 0x9e3779b97f4a7c15
	z := n.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	z ^= z >> 31
	return float64(z>>11)/(1<<52) - 1
}

// note returns the frequency of a MIDI note: 69 is the A of 440 Hz.
func note(n float64) float64 { return 440 * math.Exp2((n-69)/12) }

// glide goes from one frequency to another in a given time, evenly to the ear.
func glide(from, to, t, length float64) float64 {
	return from * math.Pow(to/from, min(max(t/length, 0), 1))
}
