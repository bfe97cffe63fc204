package view

import "math"

const (
	shakeReach = 13.0 // units at full tremor
	shakeDecay = 1.9  // tremor lost per second

	wearyAfter = 0.8  // seconds of full tremor that weary two thirds
	wearyLeast = 0.12 // of the shaking is left at least
)

// shakeGate is the one place that moves the picture: every effect adds tremor
// here, and settings make it less or stop it here.
type shakeGate struct {
	strength float64 // 0..1, a setting
	tremor   float64 // 0..1
	clock    float64
	weary    float64 // 0..1: how much it has shaken lately
}

// add adds tremor, 0 to 1.
func (s *shakeGate) add(v float64) {
	if s.strength > 0 {
		s.tremor = min(1, s.tremor+v)
	}
}

// step lets dt seconds pass and returns the offset in units. The square makes
// small tremor subtle; two sines of different pace never look like a loop. What goes
// on and on shakes less and less: in a crowd every bright edge would flicker.
func (s *shakeGate) step(dt float64) (x, y float64) {
	s.clock += dt
	s.tremor = max(0, s.tremor-shakeDecay*dt)
	s.weary += (s.tremor*s.tremor - s.weary) * min(1, dt/wearyAfter)
	k := s.tremor * s.tremor * max(wearyLeast, 1-1.6*s.weary) * shakeReach * s.strength
	return k * (math.Sin(s.clock*71) + math.Sin(s.clock*43+1)) / 2,
		k * (math.Sin(s.clock*67+2) + math.Sin(s.clock*37+3)) / 2
}
