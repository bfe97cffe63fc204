package synth

// What the game calls out: objectives, the match, words, and the menu's keys. Good
// news rises in major, bad news falls in minor, so that a player knows before
// reading; the weight of the voice says how much it matters.

// tone is a note of a call.
type tone struct{ at, pitch, length float64 }

// voice is who plays it.
type voice uint8

const (
	chime voice = iota // a bell
	horn               // saws behind a filter: weight
	alarm              // a pulse: attention
)

type score struct {
	voice voice
	tones []tone
	tail  float64 // seconds of hall
}

var (
	seizedCall     = score{horn, []tone{{0, 57, 0.12}, {0.12, 64, 0.3}}, 0.5}
	stolenCall     = score{alarm, []tone{{0, 68, 0.1}, {0.13, 65, 0.1}, {0.26, 68, 0.1}, {0.39, 65, 0.16}}, 0.3}
	letGoCall      = score{chime, []tone{{0, 76, 0.1}, {0.1, 73, 0.25}}, 0.4}
	lostCall       = score{horn, []tone{{0, 60, 0.12}, {0.12, 56, 0.3}}, 0.4}
	homeCall       = score{chime, []tone{{0, 69, 0.1}, {0.1, 76, 0.1}, {0.2, 81, 0.3}}, 0.5}
	theirsHomeCall = score{chime, []tone{{0, 72, 0.1}, {0.1, 68, 0.1}, {0.2, 65, 0.3}}, 0.5}
	capturedCall   = score{horn, []tone{{0, 57, 0.14}, {0.14, 61, 0.14}, {0.28, 64, 0.14}, {0.42, 69, 0.6}, {0.42, 61, 0.6}, {0.42, 52, 0.6}}, 0.8}
	concededCall   = score{horn, []tone{{0, 60, 0.2}, {0.2, 56, 0.2}, {0.4, 53, 0.6}, {0.4, 41, 0.6}}, 0.8}

	beaconCall       = score{chime, []tone{{0, 64, 0.1}, {0, 76, 0.1}, {0.14, 71, 0.3}, {0.14, 83, 0.3}}, 0.5}
	beaconTheirsCall = score{alarm, []tone{{0, 63, 0.14}, {0.17, 58, 0.24}}, 0.4}
	beaconFreeCall   = score{chime, []tone{{0, 62, 0.3}}, 0.4}

	wonCall    = score{horn, []tone{{0, 57, 0.16}, {0.16, 57, 0.08}, {0.24, 57, 0.16}, {0.42, 61, 0.2}, {0.62, 64, 0.2}, {0.84, 69, 0.9}, {0.84, 64, 0.9}, {0.84, 49, 0.9}, {0.84, 45, 0.9}}, 1.0}
	beatenCall = score{horn, []tone{{0, 60, 0.3}, {0.3, 59, 0.3}, {0.6, 57, 0.3}, {0.9, 52, 0.8}, {0.9, 40, 0.8}, {0.9, 55, 0.8}}, 1.0}
	minuteCall = score{alarm, []tone{{0, 69, 0.09}, {0.16, 69, 0.09}, {0.32, 76, 0.22}}, 0.4}
	voteCall   = score{chime, []tone{{0, 71, 0.12}, {0.13, 74, 0.12}, {0.26, 71, 0.25}}, 0.3}
)

func call(s score) line {
	var l line
	for _, n := range s.tones {
		l = l.mix(s.voice.sing(note(n.pitch), n.length), n.at, 0.6)
	}
	return l.roomy(s.tail, 0.13)
}

func (v voice) sing(hertz, length float64) line {
	switch v {
	case horn:
		var a, b, c wave
		var mouth filter
		return play(length+0.15, func(t float64) float64 {
			s := a.saw(hertz*1.004) + b.saw(hertz*0.996) + 0.5*c.pulse(hertz/2, 0.5)
			open := min(t/0.03, 1) * fade(max(t-0.05, 0), 0.4)
			return mouth.low(s*0.4, 300+hertz*6*open, 1.1) * min(t/0.008, 1) * fade(max(t-length, 0), 0.04)
		}).trimmed(0, 0.03)
	case alarm:
		var a, b wave
		return play(length+0.06, func(t float64) float64 {
			return (a.pulse(hertz, 0.3) + 0.5*b.pulse(hertz*2, 0.5)) * 0.5 * min(t/0.004, 1) * fade(max(t-length, 0), 0.015)
		}).dulled(2600)
	}
	return bell(hertz, length+0.35, length*0.6+0.05)
}

// began opens the match: a chord that hits after a breath of air.
func began() line {
	air := noise{40}
	var mouth filter
	l := play(0.35, func(t float64) float64 {
		return mouth.band(air.next(), glide(400, 4000, t, 0.35), 1.5) * t / 0.35 * t / 0.35
	}).trimmed(0.01, 0.01)
	for _, n := range []float64{45, 57, 64, 69, 72} {
		l = l.mix(horn.sing(note(n), 0.55), 0.34, 0.35)
	}
	return l.mix(blast(0.7, 41, 900, 80, 0.14), 0.34, 0.5).roomy(0.9, 0.14)
}

func count() line {
	var a, b wave
	return play(0.16, func(t float64) float64 {
		return (a.sine(880) + 0.3*b.sine(1760)) * strike(t, 0.002, 0.04)
	})
}

func chat() line {
	l := bell(note(81), 0.2, 0.04)
	return l.mix(bell(note(78), 0.2, 0.05), 0.06, 0.8)
}

func signal() line { return bell(note(74), 0.3, 0.07).roomy(0.3, 0.1) }

// The menu's keys are the quietest and shortest of all.

func move() line {
	var a wave
	return play(0.05, func(t float64) float64 { return a.sine(720) * strike(t, 0.001, 0.009) })
}

func confirm() line {
	var a, b wave
	return play(0.16, func(t float64) float64 {
		return a.triangle(660)*strike(t, 0.001, 0.02) + b.triangle(990)*hold(t, 0.05, 1)*strike(max(t-0.05, 0), 0.001, 0.03)
	})
}

func back() line {
	var a, b wave
	return play(0.16, func(t float64) float64 {
		return a.triangle(660)*strike(t, 0.001, 0.02) + b.triangle(440)*hold(t, 0.05, 1)*strike(max(t-0.05, 0), 0.001, 0.035)
	})
}

func wrong() line {
	var a, b wave
	return play(0.22, func(t float64) float64 {
		return (a.pulse(196, 0.5) + b.pulse(207, 0.5)) * (hold(t, 0, 0.07) + hold(t, 0.1, 0.09)) * 0.5
	}).dulled(1500)
}
