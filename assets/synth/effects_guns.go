package synth

// What the guns say. Those that fire often are short and soft above; the dear ones
// have weight.

// bolt is a dry falling blip: it is heard eight times a second.
func bolt() line {
	var tone, body wave
	var dull filter
	click := noise{1}
	return play(0.15, func(t float64) float64 {
		f := glide(1150, 300, t, 0.09)
		v := 0.55*tone.pulse(f, 0.35) + 0.7*body.sine(f/2)
		v = v*strike(t, 0.0015, 0.032) + 0.3*click.next()*fade(t, 0.003)
		return dull.low(v, 4600*fade(t, 0.12)+600, 0.8)
	})
}

// scatter is a dry burst of many small ones.
func scatter() line {
	grains, air := noise{2}, noise{3}
	var mouth, dull filter
	var thump wave
	return play(0.3, func(t float64) float64 {
		burst := strike(t, 0.001, 0.03) + 0.5*strike(max(t-0.022, 0), 0.001, 0.03) + 0.35*strike(max(t-0.047, 0), 0.001, 0.04)
		v := mouth.band(grains.next(), glide(2300, 700, t, 0.18), 1.4) * burst * 1.6
		v += dull.low(air.next(), 900, 0.7) * fade(t, 0.07)
		return drive(v+0.9*thump.sine(glide(210, 70, t, 0.1))*strike(t, 0.002, 0.05), 1.3)
	})
}

// bouncer is a round "pwoing": a bell-like pair whose upper voice wavers.
func bouncer() line {
	var low, high, waver wave
	return play(0.26, func(t float64) float64 {
		f := glide(620, 410, t, 0.12) * (1 + 0.03*waver.sine(31))
		bend := high.sine(f*1.41) * fade(t, 0.05) * 1.2
		return low.sine(f+f*bend*0.6) * strike(t, 0.003, 0.065)
	})
}

// mineLaid is a clunk and two blips: armed.
func mineLaid() line {
	var clunk, blip wave
	scrape := noise{4}
	var dull filter
	return play(0.42, func(t float64) float64 {
		v := clunk.sine(glide(190, 75, t, 0.08)) * strike(t, 0.001, 0.06)
		v += 0.5 * dull.band(scrape.next(), 1100, 3) * fade(t, 0.02)
		tone := blip.sine(940)
		return v + 0.28*tone*(hold(t, 0.2, 0.04)+hold(t, 0.29, 0.05))
	})
}

// beam cuts: a hard edge, then a hum that closes.
func beam() line {
	var a, b, c wave
	var mouth filter
	spark := noise{5}
	l := play(0.42, func(t float64) float64 {
		f := glide(520, 165, t, 0.3)
		v := a.saw(f) + b.saw(f*1.007) + 0.7*c.pulse(f/2, 0.5)
		v = v*0.4 + 0.5*spark.next()*fade(t, 0.012)
		v = mouth.low(v, glide(9000, 700, t, 0.3), 2)
		return drive(v*strike(t, 0.001, 0.12), 1.6)
	})
	return l.roomy(0.35, 0.12)
}

// pulse pushes: a wave of air with the floor falling away below it.
func pulse() line {
	var floor wave
	air := noise{6}
	var mouth filter
	l := play(0.6, func(t float64) float64 {
		v := 1.2 * floor.sine(glide(150, 34, t, 0.4)) * strike(t, 0.012, 0.16)
		v += mouth.band(air.next(), glide(420, 1500, t, 0.25), 1.1) * swell(t, 0.34) * 0.9
		return drive(v, 1.5)
	})
	return l.roomy(0.4, 0.1)
}

// shell is a cannon.
func shell() line {
	var barrel, ring wave
	blast := noise{7}
	var dull filter
	l := play(0.5, func(t float64) float64 {
		v := 1.3 * barrel.sine(glide(175, 42, t, 0.13)) * strike(t, 0.001, 0.13)
		v += 1.7 * dull.low(blast.next(), glide(5200, 300, t, 0.25), 0.8) * strike(t, 0.001, 0.085)
		v += 0.25 * ring.triangle(92) * strike(t, 0.005, 0.17)
		return drive(v, 2.1)
	})
	return l.roomy(0.3, 0.08)
}
