package sound

import (
	"math"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// guns are the cues of what flies. A beam and a pulse have effects of their own.
var guns = [...]Cue{
	sim.LightBolt: Bolt,
	sim.Pellet:    Scatter,
	sim.Bouncer:   Bouncer,
	sim.Mine:      MineLaid,
	sim.Beam:      Beam,
	sim.Pulse:     Pulse,
	sim.Shell:     Shell,
}

var items = [...]Cue{
	sim.NoItem:      noCue,
	sim.Surge:       Surge,
	sim.Overdrive:   Overdrive,
	sim.Aegis:       Aegis,
	sim.Afterburner: Afterburner,
}

// Decibels that others' sounds are softer than the cue's own.
const (
	othersItem  = -9
	othersEnter = -6
)

// undoneWithin is how long after a shot it may turn out not to have been, in
// seconds.
const undoneWithin = 0.5

// effect plays what one effect of the scene sounds like.
func effect(d *desk, s *replica.Scene, x *replica.Effect) {
	h := heard{cue: noCue, who: x.Who, pos: x.Pos}
	mine := x.Who == s.Self && s.Self != sim.NoPlayer
	switch x.Kind {
	case replica.ShotFired:
		h.cue, h.own = gun(x.Weapon), mine
	case replica.BeamFired:
		h.cue, h.own = Beam, mine
	case replica.PulseFired:
		h.cue, h.own = Pulse, mine
	case replica.ShotUndone:
		d.stop(gun(x.Weapon), x.Who, undoneWithin)
	case replica.ShotHit:
		h.cue, h.own = hit(s, x), x.Own
	case replica.ShotBounced:
		h.cue = Ricochet
	case replica.ShotFaded:
		h.cue = Fizzle
	case replica.ShipBounced:
		h.cue, h.own, h.gain = Bump, mine, volume(x.Size)
	case replica.ShipDied:
		h.cue = BreakUp
		if mine {
			h.cue, h.own = Death, true
		}
	case replica.ShipEntered:
		h.cue, h.own = Enter, mine
		if !mine {
			h.gain = othersEnter
		}
	case replica.Exploded:
		h.cue = Explosion
	case replica.ShotBlocked:
		h.cue, h.own = Blocked, mine
	case replica.ShipDashed:
		h.cue, h.own = Dash, mine
	case replica.ItemTaken:
		if int(x.Item) < len(items) {
			h.cue, h.own = items[x.Item], mine
		}
		if !mine {
			h.gain = othersItem
		}
	default:
		h.cue = call(s, x)
	}
	if h.cue != noCue {
		d.play(h)
	}
}

func gun(k sim.BoltKind) Cue {
	if int(k) < len(guns) {
		return guns[k]
	}
	return noCue
}

// hit tells a hit taken from one given from one among others.
func hit(s *replica.Scene, x *replica.Effect) Cue {
	switch {
	case s.Self == sim.NoPlayer:
		return Hit
	case x.Who == s.Self:
		return HitTaken
	case x.By == s.Self:
		return HitGiven
	}
	return Hit
}

// call is what the match and its objectives say. Good news and bad news of the same
// thing differ; who has no side hears everything as good.
func call(s *replica.Scene, x *replica.Effect) Cue {
	ours := x.Team == s.Team && s.Team != sim.NoTeam
	choose := func(ours bool, yes, no Cue) Cue {
		if ours {
			return yes
		}
		return no
	}
	switch x.Kind {
	case replica.CoreTaken:
		return choose(ours, Stolen, Seized)
	case replica.CoreDropped:
		return choose(ours, LetGo, Lost)
	case replica.CoreReturned:
		return choose(ours || s.Team == sim.NoTeam, Home, TheirsHome)
	case replica.CoreCaptured:
		return choose(ours, Conceded, Captured)
	case replica.BeaconTurned:
		if x.Team == sim.NoTeam {
			return BeaconFree
		}
		return choose(ours || s.Team == sim.NoTeam, BeaconOurs, BeaconTheirs)
	case replica.MatchBegan:
		return Began
	case replica.MatchEnded:
		return choose(won(s), Won, Beaten)
	}
	return noCue
}

// won reports whether there is reason to be glad: one's side leads, or oneself.
// Spectators always are.
func won(s *replica.Scene) bool {
	if s.Watcher || s.Self == sim.NoPlayer {
		return true
	}
	if s.Teams > 0 && s.Team != sim.NoTeam {
		return s.Match.Scores[s.Team-1] >= s.Match.Scores[s.Team.Other()-1]
	}
	for i := range s.Players {
		if s.Players[i].ID == s.Self {
			return s.Players[i].Score >= s.Players[0].Score
		}
	}
	return false
}

// volume turns how strong something is, 0..1, into decibels.
func volume(size float64) float32 {
	return float32(20 * math.Log10(min(max(size, 0.1), 1)))
}
