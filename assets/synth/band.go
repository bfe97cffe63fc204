package synth

import "math"

// The instruments. Each returns one note as it sounds alone.

// kick is a floor that falls, and the beater.
func kickDrum(hard float64) line {
	var low wave
	tick := noise{50}
	var dull filter
	return play(0.34, func(t float64) float64 {
		v := low.sine(47+115*fade(t, 0.028)) * strike(t, 0.001, 0.13) * 1.5
		return drive(v+0.35*dull.low(tick.next(), 3500, 0.7)*fade(t, 0.004), 1.4) * hard
	}).trimmed(0, 0.05)
}

// snare is a skin and wires, in a room that is shut early.
func snareDrum(hard float64) line {
	var skin, ring wave
	wires := noise{51}
	var mouth filter
	l := play(0.26, func(t float64) float64 {
		v := skin.sine(178+60*fade(t, 0.02))*strike(t, 0.001, 0.06) + 0.4*ring.sine(331)*strike(t, 0.001, 0.035)
		return drive(v+1.1*mouth.band(wires.next(), 2700, 0.6)*strike(t, 0.001, 0.075), 1.3) * hard
	}).roomy(0.9, 0.35)
	for i := range l {
		l[i] *= min(1, max(0, (0.34-float64(i)/Rate)/0.05))
	}
	return l[:seconds(0.34)]
}

func hatCymbal(hard, tau float64) line {
	hiss := noise{52}
	var thin, air filter
	return play(tau*6, func(t float64) float64 {
		return air.low(thin.high(hiss.next(), 7200, 0.8), 13000, 0.7) * strike(t, 0.001, tau) * hard
	})
}

func crashCymbal() line {
	hiss := noise{53}
	var thin, ring filter
	return play(2.4, func(t float64) float64 {
		v := hiss.next()
		return (thin.high(v, 4800, 0.7) + 0.6*ring.band(v, 6300, 6)) * strike(t, 0.002, 0.5)
	}).trimmed(0, 0.2)
}

func tomDrum(hard float64) line {
	var skin wave
	return play(0.4, func(t float64) float64 {
		f := 70 + 75*hard
		return drive(skin.sine(f*(1+0.6*fade(t, 0.04)))*strike(t, 0.001, 0.12)*1.4, 1.3)
	}).trimmed(0, 0.05).roomy(0.6, 0.2)
}

// bassNote is two saws and a square an octave below, behind a filter that shuts.
func bassNote(pitch, length, bright float64) line {
	var a, b, sub wave
	var one, two filter
	hertz := note(pitch)
	return play(length+0.05, func(t float64) float64 {
		v := a.saw(hertz*1.003) + b.saw(hertz*0.997)
		cut := 140 + hertz*2 + (500+1900*bright)*fade(t, 0.07)
		v = two.low(one.low(v*0.5, cut, 0.8), cut*1.2, 1.1)
		v += 0.55 * sub.sine(hertz)
		return drive(v, 1.7) * min(t/0.002, 1) * fade(max(t-length, 0), 0.012)
	})
}

// arpNote is a plucked pulse.
func arpNote(pitch, bright float64) line {
	var a, b wave
	var mouth filter
	hertz := note(pitch)
	return play(0.42, func(t float64) float64 {
		v := a.pulse(hertz, 0.3) + 0.6*b.saw(hertz*1.004)
		cut := hertz*0.8 + (1000+6000*bright)*fade(t, 0.07)
		return mouth.low(v*0.4, cut, 1.7) * strike(t, 0.002, 0.1)
	}).trimmed(0, 0.05)
}

// padNote is four saws that drift, left and right. It lasts length seconds and
// overlaps what follows.
func padNote(pitch, length, from, to float64) (l, r line) {
	hertz := note(pitch)
	side := func(spread float64) line {
		var a, b wave
		a.phase, b.phase = pitch*0.37-math.Floor(pitch*0.37), 0.5+spread*20
		var mouth filter
		return play(length+0.5, func(t float64) float64 {
			v := a.saw(hertz*(1+spread)) + b.saw(hertz*(1-spread*0.7))
			cut := glide(from, to, t, length)
			return mouth.low(v*0.5, cut, 0.8) * min(t/0.25, 1) * fade(max(t-length, 0), 0.14)
		})
	}
	return side(0.0035), side(-0.0042)
}

// leadNote is a saw and a pulse with a late vibrato, sliding in from the note
// before.
func leadNote(before, pitch, length float64) line {
	var a, b, c, waver wave
	var mouth filter
	return play(length+0.2, func(t float64) float64 {
		at := pitch + (before-pitch)*fade(t, 0.018)
		hertz := note(at + 0.16*min(max(t-0.25, 0)*3, 1)*waver.sine(5.4))
		v := a.saw(hertz) + 0.7*b.pulse(hertz*1.005, 0.42) + 0.5*c.saw(hertz*0.5)
		cut := 1000 + hertz*3 + 2500*fade(t, 0.25)
		return mouth.low(v*0.35, cut, 1.2) * min(t/0.012, 1) * fade(max(t-length+0.02, 0), 0.05)
	})
}

// riser is noise that climbs.
func riser(length float64) line {
	air := noise{54}
	var mouth filter
	return play(length, func(t float64) float64 {
		up := t / length
		return mouth.band(air.next(), glide(300, 6500, t, length), 1.6) * up * up
	}).trimmed(0.1, 0.02)
}
