package synth

import "math"

// How loud each track is, in power of its loudest bars, and how much of it goes to
// the echo and the hall.
const (
	kickGain, drumGain, bassGain = 0.72, 0.62, 0.42
	arpGain, padGain, leadGain   = 0.36, 0.095, 0.38
	airGain                      = 0.34

	pumpDepth = 0.62  // how far the kick pushes the others down
	pumpTime  = 0.165 // seconds until they are back
)

// Of the whole loop. Music lies under everything: the game turns it down further.
const (
	musicLoudness = -17.0 // LKFS, over the whole
	musicPeak     = 0.93
)

// mixdown joins the tracks. It goes round twice and keeps the second time: echoes
// from the end are there at the beginning.
func (b *band) mixdown() track {
	pump := b.pump()
	dotted := newEcho(3*stepFrames, 0.42)
	tune := newEcho(4*stepFrames, 0.35)
	room := newHall(2.2, 4200)
	out := newTrack()
	for i := range 2 * songFrames {
		at := i % songFrames
		duck := pump[at]
		arpL, arpR := b.arp.l[at]*arpGain*duck, b.arp.r[at]*arpGain*duck
		lead := b.lead.l[at] * leadGain * (0.4 + 0.6*duck)
		padL, padR := b.pad.l[at]*padGain*duck, b.pad.r[at]*padGain*duck
		el, er := dotted.pass((arpL + arpR) * 0.5)
		tl, tr := tune.pass(lead)
		wetL := arpL*0.3 + el*0.4 + lead*0.35 + padL*0.5 + b.drums.l[at]*0.05 + b.air.l[at]*0.15
		wetR := arpR*0.3 + er*0.4 + lead*0.35 + padR*0.5 + b.drums.r[at]*0.05 + b.air.r[at]*0.15
		hl, hr := room.pass(wetL, wetR)
		if i < songFrames {
			continue
		}
		solid := b.kick.l[at]*kickGain + b.bass.l[at]*bassGain*(0.3+0.7*duck)
		out.l[at] = solid + b.drums.l[at]*drumGain + arpL + el*0.5 + lead + tl*0.3 + padL + hl*0.3 + b.air.l[at]*airGain
		out.r[at] = solid + b.drums.r[at]*drumGain + arpR + er*0.5 + lead + tr*0.3 + padR + hr*0.3 + b.air.r[at]*airGain
	}
	return out.master()
}

// pump is the gain that the kick leaves the others: 1 where it is silent.
func (b *band) pump() line {
	out := make(line, songFrames)
	level := 0.0
	fall := math.Exp(-1 / (pumpTime * Rate / 3))
	for i := range 2 * songFrames {
		at := i % songFrames
		level = max(level*fall, min(math.Abs(b.kick.l[at])*1.3, 1))
		out[at] = 1 - pumpDepth*level
	}
	// Without smoothing the drop itself would click.
	var soft filter
	for i := range 2 * songFrames {
		out[i%songFrames] = soft.low(out[i%songFrames], 60, 0.6)
	}
	return out
}

// master takes out rumble, brings the loop to its loudness and bends the peaks.
func (t track) master() track {
	var high [2]filter
	for i := range 2 * songFrames {
		at := i % songFrames
		if i < songFrames { // only to fill the filters
			high[0].high(t.l[at], 28, 0.7)
			high[1].high(t.r[at], 28, 0.7)
			continue
		}
		t.l[at], t.r[at] = high[0].high(t.l[at], 28, 0.7), high[1].high(t.r[at], 28, 0.7)
	}
	whole := float64(songFrames) / Rate
	power := math.Pow(10, loudness(t.l, whole)/10) + math.Pow(10, loudness(t.r, whole)/10)
	gain := math.Pow(10, (musicLoudness-10*math.Log10(power))/20)
	for _, side := range []line{t.l, t.r} {
		for i, v := range side {
			side[i] = musicPeak * bend(v*gain/musicPeak)
		}
	}
	return t
}

// bend leaves small samples as they are and keeps the largest within 1.
func bend(v float64) float64 {
	const knee = 0.6
	a := math.Abs(v)
	if a <= knee {
		return v
	}
	return math.Copysign(knee+(1-knee)*math.Tanh((a-knee)/(1-knee)), v)
}
