package replica

import (
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// deeds shows what the frame says was done: before the frame's news of pick-ups and
// objectives are taken, which say what lies there next.
func (e *effects) deeds(r *Replica, f *wire.Frame) {
	for i := range f.Deeds {
		d := &f.Deeds[i]
		x := Effect{Who: d.Who, By: sim.NoPlayer, Team: d.Team, Size: 1, Own: d.Who == r.welcome.ID}
		switch d.Kind {
		case sim.ItemTaken:
			if int(d.Index) >= len(r.things.items) || !e.once(ItemTaken, uint32(d.Index), r.tick-d.Ago) {
				continue
			}
			x.Kind, x.Item, x.Pos = ItemTaken, r.things.items[d.Index].Kind, point(r.arena.Items[d.Index].Pos)
		case sim.BeaconChanged:
			at, _ := r.things.beacon()
			x.Kind, x.Pos = BeaconTurned, point(at)
		default:
			if x.Kind = coreDeeds[d.Kind]; x.Kind == 0 {
				continue
			}
			if x.Kind == CoreTaken && !e.once(CoreTaken, coreName(d.Who, d.Team), r.tick-d.Ago) {
				continue
			}
			x.Pos = r.corePlace(d)
		}
		e.add(x)
	}
}

// coreDeeds are the effects of what is done with cores.
var coreDeeds = map[sim.EventKind]EffectKind{
	sim.CoreTaken:    CoreTaken,
	sim.CoreDropped:  CoreDropped,
	sim.CoreReturned: CoreReturned,
	sim.CoreCaptured: CoreCaptured,
}

// corePlace returns where d was done with a core: before the frame's news of
// objectives are taken.
func (r *Replica) corePlace(d *wire.Deed) Point {
	core, ok := r.things.core(d.Team)
	switch {
	case !ok:
		return Point{}
	case d.Kind == sim.CoreReturned:
		return point(core.Home)
	case d.Kind == sim.CoreCaptured && d.Team.Other() != sim.NoTeam:
		return point(r.arena.Bases[d.Team.Other()-1])
	case d.Kind == sim.CoreDropped:
		for _, o := range r.frame.Objectives {
			if o.Kind == sim.Core && o.Team == d.Team {
				return point(o.Pos)
			}
		}
	}
	if s := r.cellShip(d.Who); s != nil {
		return point(s.Pos)
	}
	return point(core.Pos)
}

// phases shows that a match began or ended with the frame.
func (e *effects) phases(r *Replica) {
	if !r.board.phase.began {
		return
	}
	x := Effect{Kind: MatchBegan, Who: sim.NoPlayer, By: sim.NoPlayer, Size: 1}
	switch r.board.match.Phase {
	case sim.Live:
		e.add(x)
	case sim.Results:
		x.Kind = MatchEnded
		e.add(x)
	}
}
