package synth

import "math"

// What a ship says of itself.

// enter is a ship that comes into being: a chord rising out of air.
func enter() line {
	var a, b, c wave
	air := noise{30}
	var mouth filter
	l := play(0.75, func(t float64) float64 {
		up := glide(0.5, 1, t, 0.35)
		env := min(t/0.3, 1) * fade(max(t-0.3, 0), 0.12)
		v := a.sine(note(69)*up) + 0.7*b.sine(note(76)*up) + 0.4*c.triangle(note(81)*up)
		return (v*0.4 + 0.5*mouth.band(air.next(), glide(500, 3200, t, 0.4), 2)) * env
	})
	return l.roomy(0.6, 0.14)
}

// guard is the shield that snaps up.
func guard() line {
	var a, b wave
	var mouth filter
	return play(0.3, func(t float64) float64 {
		v := a.saw(glide(70, 140, t, 0.07)) + b.pulse(glide(141, 281, t, 0.07), 0.4)*0.6
		return mouth.low(v, 300+2400*strike(t, 0.05, 0.06), 3) * strike(t, 0.004, 0.09)
	})
}

func dash() line {
	air := noise{31}
	var mouth, thin filter
	var low wave
	return play(0.42, func(t float64) float64 {
		v := mouth.band(air.next(), 350+2300*swell(t, 0.3), 1.3) * strike(t, 0.02, 0.09) * 1.5
		v += thin.high(air.next(), 5000, 0.7) * swell(t, 0.16) * 0.15
		return drive(v+0.8*low.sine(glide(190, 60, t, 0.2))*strike(t, 0.004, 0.07), 1.4)
	})
}

// lowEnergy warns: two short falling notes, not shrill.
func lowEnergy() line {
	var a, b wave
	return play(0.3, func(t float64) float64 {
		v := a.pulse(587, 0.5)*hold(t, 0, 0.07) + b.pulse(440, 0.5)*hold(t, 0.11, 0.09)*fade(max(t-0.11, 0), 0.09)
		return v * 0.5
	}).dulled(2400)
}

// dulled takes away what is above a frequency.
func (l line) dulled(hertz float64) line {
	var f filter
	for i, v := range l {
		l[i] = f.low(v, hertz, 0.7)
	}
	return l
}

// thrust is the engine of one's own ship: low air with a slow beat in it. It is
// heard for minutes, so there is little to notice.
func thrust() line {
	air, grit := noise{32}, noise{33}
	var dull, deep filter
	n, overlap := loopLength(2.2), seconds(0.3)
	length := float64(n+overlap) / Rate
	var low, beat wave
	l := play(length, func(t float64) float64 {
		v := dull.low(air.next(), 700, 0.7) * 1.2
		v += deep.band(grit.next(), 140, 1.5) * 0.9
		return v*(0.85+0.15*beat.sine(7)) + 0.35*low.triangle(55)
	})
	return l.round(overlap)
}

// draft is another's wake: a thin singing of air.
func draft() line {
	air := noise{34}
	var one, two filter
	var slow, a, b wave
	n, overlap := loopLength(2.6), seconds(0.5)
	l := play(float64(n+overlap)/Rate, func(t float64) float64 {
		sway := 1 + 0.06*slow.sine(0.8)
		v := one.band(air.next(), 880*sway, 9)*2 + two.band(air.next(), 1320*sway, 9)*1.4
		return v + 0.06*a.sine(440) + 0.05*b.sine(661)
	})
	return l.round(overlap)
}

// mineBeep is what an enemy's mine says when one is near.
func mineBeep() line {
	var a wave
	return play(0.09, func(t float64) float64 {
		return a.pulse(1320, 0.5) * strike(t, 0.002, 0.03)
	}).dulled(3200)
}

// The pick-ups: all rise, each in its own way.

// surge is a quick run upwards.
func surge() line {
	var l line
	for i, n := range []float64{69, 73, 76, 81, 85} {
		l = l.mix(bell(note(n), 0.3, 0.07), float64(i)*0.042, 0.8)
	}
	return l.roomy(0.35, 0.1)
}

// overdrive revs up.
func overdrive() line {
	var a, b, trill wave
	var mouth filter
	return play(0.6, func(t float64) float64 {
		f := glide(110, 330, t, 0.35) * math.Exp2(0.08*trill.pulse(16, 0.5))
		v := a.saw(f) + b.saw(f*1.5)*0.6
		return drive(mouth.low(v, glide(500, 3400, t, 0.35), 2)*min(t/0.02, 1)*fade(max(t-0.36, 0), 0.07), 1.5)
	})
}

// aegis closes around the ship: a soft chord that opens.
func aegis() line {
	voices := make([]wave, 6)
	var mouth filter
	l := play(0.8, func(t float64) float64 {
		v := 0.0
		for i, n := range []float64{57, 64, 69} {
			v += voices[2*i].saw(note(n)*1.003) + voices[2*i+1].saw(note(n)*0.997)
		}
		return mouth.low(v*0.2, glide(300, 2600, t, 0.3), 1) * min(t/0.12, 1) * fade(max(t-0.25, 0), 0.16)
	})
	return l.roomy(0.6, 0.15)
}

// afterburner lights.
func afterburner() line {
	air := noise{35}
	var mouth filter
	var low wave
	return play(0.7, func(t float64) float64 {
		env := min(t/0.06, 1) * fade(max(t-0.25, 0), 0.14)
		v := mouth.band(air.next(), glide(300, 2400, t, 0.3), 1.6)*1.6 + 0.7*low.saw(glide(60, 180, t, 0.35))
		return drive(v*env, 1.6)
	})
}
