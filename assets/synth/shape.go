package synth

import "math"

// fade dies away: after tau seconds 37 % are left.
func fade(t, tau float64) float64 { return math.Exp(-t / tau) }

// strike rises within attack seconds and dies away.
func strike(t, attack, tau float64) float64 {
	return min(t/attack, 1) * fade(max(t-attack, 0), tau)
}

// swell rises and falls within length seconds, fastest in the middle.
func swell(t, length float64) float64 {
	if t < 0 || t > length {
		return 0
	}
	s := math.Sin(math.Pi * t / length)
	return s * s
}

// hold is 1 from start on for length seconds, with soft ends.
func hold(t, start, length float64) float64 {
	const soft = 0.004
	return min(max(min(t-start, start+length-t)/soft, 0), 1)
}

// drive bends v as a valve does: the more, the harsher. Small ones stay.
func drive(v, by float64) float64 { return math.Tanh(v*by) / by }

// filter is a state-variable filter (Simper, Solving the continuous SVF equations
// using trapezoidal integration, 2013). One call passes one frame.
type filter struct{ a, b float64 }

// pass returns the parts of v below, around and above a frequency in hertz;
// resonance 0.5 is flat, 10 rings.
func (f *filter) pass(v, hertz, resonance float64) (low, band, high float64) {
	g := math.Tan(math.Pi * min(max(hertz, 10), Rate*0.48) / Rate)
	k := 1 / resonance
	h := 1 / (1 + g*(g+k))
	d := v - f.b
	band = h * (f.a + g*d)
	low = f.b + g*band
	f.a, f.b = 2*band-f.a, 2*low-f.b
	return low, band * k, v - k*band - low
}

func (f *filter) low(v, hertz, resonance float64) float64 {
	l, _, _ := f.pass(v, hertz, resonance)
	return l
}

func (f *filter) band(v, hertz, resonance float64) float64 {
	_, b, _ := f.pass(v, hertz, resonance)
	return b
}

func (f *filter) high(v, hertz, resonance float64) float64 {
	_, _, h := f.pass(v, hertz, resonance)
	return h
}
