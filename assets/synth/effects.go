package synth

import "ionwake/assets/clip"

// effect is a row of the table of sounds.
type effect struct {
	name string
	loop bool
	make func() line
}

// effects are all of them. The game asks for them by name.
var effects = []effect{
	{"bolt", false, bolt},
	{"scatter", false, scatter},
	{"bouncer", false, bouncer},
	{"mine", false, mineLaid},
	{"beam", false, beam},
	{"pulse", false, pulse},
	{"shell", false, shell},

	{"given", false, given},
	{"taken", false, taken},
	{"hit", false, otherHit},
	{"ricochet", false, ricochet},
	{"fizzle", false, fizzle},
	{"bump", false, bump},
	{"explosion", false, explosion},
	{"breakup", false, breakup},
	{"death", false, death},
	{"kill", false, kill},
	{"blocked", false, blocked},

	{"enter", false, enter},
	{"guard", false, guard},
	{"dash", false, dash},
	{"low", false, lowEnergy},
	{"thrust", true, thrust},
	{"draft", true, draft},
	{"beep", false, mineBeep},

	{"surge", false, surge},
	{"overdrive", false, overdrive},
	{"aegis", false, aegis},
	{"afterburner", false, afterburner},

	{"seized", false, func() line { return call(seizedCall) }},
	{"stolen", false, func() line { return call(stolenCall) }},
	{"let-go", false, func() line { return call(letGoCall) }},
	{"lost", false, func() line { return call(lostCall) }},
	{"home", false, func() line { return call(homeCall) }},
	{"theirs-home", false, func() line { return call(theirsHomeCall) }},
	{"captured", false, func() line { return call(capturedCall) }},
	{"conceded", false, func() line { return call(concededCall) }},
	{"beacon", false, func() line { return call(beaconCall) }},
	{"beacon-theirs", false, func() line { return call(beaconTheirsCall) }},
	{"beacon-free", false, func() line { return call(beaconFreeCall) }},

	{"began", false, began},
	{"won", false, func() line { return call(wonCall) }},
	{"beaten", false, func() line { return call(beatenCall) }},
	{"minute", false, func() line { return call(minuteCall) }},
	{"count", false, count},

	{"vote", false, func() line { return call(voteCall) }},
	{"chat", false, chat},
	{"signal", false, signal},
	{"move", false, move},
	{"confirm", false, confirm},
	{"back", false, back},
	{"error", false, wrong},
}

// Effects returns all effects, equally loud.
func Effects() []clip.Clip {
	clips := make([]clip.Clip, len(effects))
	for i, e := range effects {
		l := e.make()
		if !e.loop {
			l = l.trimmed(0.0006, 0.012)
		}
		clips[i] = l.even().mono(e.name, e.loop)
	}
	return clips
}

// loopLength is a length near s that a clip which goes round may have.
func loopLength(s float64) int { return seconds(s) / clip.Block * clip.Block }
