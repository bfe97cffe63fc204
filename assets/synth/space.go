package synth

import "math"

// hall is a reverberation of eight delay lines that feed each other (Jot and
// Chaigne, Digital delay networks for designing artificial reverberators, 1991).
type hall struct {
	lines [8]line
	at    [8]int
	keep  [8]float64
	damp  [8]filter
	tone  float64 // hertz: what echoes lose above
}

// newHall returns a hall whose sound takes length seconds to fall by 60 decibels.
func newHall(length, tone float64) *hall {
	h := &hall{tone: tone}
	for i, n := range [8]int{769, 907, 1033, 1181, 1327, 1451, 1579, 1741} { // frames, with no common measure
		h.lines[i] = make(line, n)
		h.keep[i] = math.Pow(10, -3*float64(n)/Rate/length)
	}
	return h
}

func (h *hall) pass(l, r float64) (outL, outR float64) {
	var tap [8]float64
	sum := 0.0
	for i := range h.lines {
		tap[i] = h.damp[i].low(h.lines[i][h.at[i]], h.tone, 0.5) * h.keep[i]
		sum += tap[i]
	}
	for i := range h.lines {
		in := l
		if i%2 == 1 {
			in = r
		}
		// Householder's reflection: every line hears all others, nothing is lost.
		h.lines[i][h.at[i]] = in + tap[i] - sum/4
		h.at[i] = (h.at[i] + 1) % len(h.lines[i])
		sign := 1.0
		if i%4 >= 2 {
			sign = -1
		}
		if i%2 == 0 {
			outL += tap[i] * sign
		} else {
			outR += tap[i] * sign
		}
	}
	return outL / 2, outR / 2
}

// echo repeats a sound left and right in turn.
type echo struct {
	l, r line
	at   int
	back float64
	damp filter
}

func newEcho(frames int, back float64) *echo {
	return &echo{l: make(line, frames), r: make(line, frames), back: back}
}

func (e *echo) pass(v float64) (l, r float64) {
	l, r = e.l[e.at], e.r[e.at]
	e.l[e.at] = v + e.damp.low(r, 3800, 0.5)*e.back
	e.r[e.at] = l * e.back
	e.at = (e.at + 1) % len(e.l)
	return l, r
}

// roomy gives a mono effect a short tail of a hall.
func (l line) roomy(length, share float64) line {
	h := newHall(length, 5000)
	out := make(line, len(l)+seconds(length*0.7))
	for i := range out {
		v := 0.0
		if i < len(l) {
			v = l[i]
		}
		a, b := h.pass(v, v)
		out[i] = v + (a+b)*share
	}
	return out
}
