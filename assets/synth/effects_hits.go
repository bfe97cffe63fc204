package synth

// What meets what. Own hits are the loudest words of the game and differ the most:
// a hit given is high and clean, a hit taken low and torn.

func given() line {
	var a, b wave
	tick := noise{10}
	return play(0.11, func(t float64) float64 {
		v := a.sine(1760)*strike(t, 0.0008, 0.018) + 0.6*b.sine(2637)*strike(max(t-0.018, 0), 0.0008, 0.024)*hold(t, 0.018, 1)
		return v + 0.25*tick.next()*fade(t, 0.0015)
	})
}

func taken() line {
	var thud, buzz wave
	crack := noise{11}
	var dull filter
	return play(0.3, func(t float64) float64 {
		v := 1.2 * thud.sine(glide(165, 62, t, 0.1)) * strike(t, 0.001, 0.075)
		v += 1.1 * dull.band(crack.next(), glide(2400, 600, t, 0.12), 0.9) * strike(t, 0.001, 0.06)
		v += 0.3 * buzz.saw(131) * strike(t, 0.004, 0.08)
		return drive(v, 3)
	})
}

func otherHit() line {
	var thud wave
	crack := noise{12}
	var dull filter
	return play(0.14, func(t float64) float64 {
		v := thud.sine(glide(420, 180, t, 0.05)) * strike(t, 0.001, 0.025)
		return v + 0.7*dull.band(crack.next(), 1500, 1)*fade(t, 0.02)
	})
}

func ricochet() line {
	var a, b wave
	return play(0.13, func(t float64) float64 {
		return a.sine(glide(1250, 980, t, 0.1))*strike(t, 0.001, 0.022) + 0.4*b.sine(2140)*strike(t, 0.001, 0.012)
	})
}

func fizzle() line {
	hiss := noise{13}
	var mouth filter
	return play(0.12, func(t float64) float64 {
		return mouth.band(hiss.next(), glide(2600, 1100, t, 0.1), 1.5) * strike(t, 0.003, 0.025)
	})
}

// bump is hollow metal.
func bump() line {
	var a, b, c wave
	knock := noise{14}
	var dull filter
	return play(0.26, func(t float64) float64 {
		v := a.sine(glide(150, 105, t, 0.1))*strike(t, 0.001, 0.06) + 0.4*b.sine(331)*strike(t, 0.001, 0.035) + 0.22*c.sine(547)*strike(t, 0.001, 0.025)
		return v + 0.5*dull.low(knock.next(), 1400, 0.7)*fade(t, 0.008)
	})
}

// explosion is a shell or a mine: one push.
func explosion() line {
	return blast(0.75, 20, 2600, 130, 0.16).roomy(0.5, 0.1)
}

// breakup is a ship: a push, and what falls apart after it.
func breakup() line {
	l := blast(1.0, 21, 3400, 110, 0.22)
	debris := noise{22}
	var mouth filter
	var gate float64
	parts := play(0.9, func(t float64) float64 {
		if v := debris.next(); v > 0.9988-0.0008*t {
			gate = 1
		}
		gate *= 0.9955
		return mouth.band(debris.next(), glide(2400, 900, t, 0.9), 2.5) * gate * fade(t, 0.35)
	})
	return l.mix(parts, 0.06, 0.9).roomy(0.6, 0.14)
}

// death is one's own: the push, then the power goes.
func death() line {
	l := blast(1.3, 23, 3000, 90, 0.3)
	var a, b wave
	var dull filter
	down := play(1.4, func(t float64) float64 {
		f := glide(330, 28, t, 1.1)
		v := a.saw(f) + b.saw(f*1.012)
		return dull.low(v, 180+2200*fade(t, 0.3), 1.4) * strike(t, 0.03, 0.45)
	})
	return l.mix(down, 0.05, 0.5).roomy(0.9, 0.16)
}

// blast is noise that closes over a floor that falls.
func blast(length float64, seed uint64, from, floor, tau float64) line {
	air := noise{seed}
	var dull filter
	var low wave
	return play(length, func(t float64) float64 {
		v := dull.low(air.next(), 250+1.7*from*fade(t, tau*0.8), 0.7) * strike(t, 0.002, tau) * 2.4
		v += 0.9 * low.sine(glide(floor, floor/3, t, tau*2)) * strike(t, 0.002, tau*0.9)
		return drive(v, 2.2)
	}).trimmed(0, 0.1)
}

// kill is the reward: two notes of a bell, a fifth up.
func kill() line {
	l := bell(note(76), 0.5, 0.14)
	return l.mix(bell(note(83), 0.6, 0.2), 0.075, 1).roomy(0.5, 0.12)
}

// bell is two sines, the upper bending the lower (Chowning, The synthesis of
// complex audio spectra by means of frequency modulation, 1973).
func bell(hertz, length, tau float64) line {
	var low, high wave
	return play(length, func(t float64) float64 {
		bend := high.sine(hertz*3.01) * 0.9 * fade(t, tau*0.5)
		low.phase += bend * hertz / Rate * 1.2
		return low.sine(hertz) * strike(t, 0.002, tau)
	}).trimmed(0, 0.04)
}

// blocked is glass that holds.
func blocked() line {
	var a, b, c wave
	tick := noise{15}
	var thin filter
	l := play(0.3, func(t float64) float64 {
		v := a.sine(1180)*fade(t, 0.06) + 0.6*b.sine(1867)*fade(t, 0.045) + 0.4*c.sine(2711)*fade(t, 0.03)
		return v*min(t/0.001, 1)*0.6 + 0.4*thin.high(tick.next(), 2500, 0.7)*fade(t, 0.006)
	})
	return l.roomy(0.3, 0.1)
}
