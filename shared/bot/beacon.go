package bot

import (
	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// beacon goes to the beacon, leading it a little, and stays there.
func (p *Pilot) beacon(v *belief.View, me *sim.Ship) {
	o := &v.Objectives[0]
	e := &p.errand
	e.kind, e.at, e.leash = hold, o.Pos, 420*sim.One
	if far := o.Pos.Sub(me.Pos).Len(); far > 2*sim.BeaconReach {
		// Where it will be when I am there.
		gap := o.Home.Sub(o.Pos)
		e.at = o.Pos.Add(toward(gap, min(gap.Len(), far/8)))
	}
}

// keep returns the velocity of one who stays within reach of a place: from one side
// of it to another, not all to the same.
func (p *Pilot) keep(me *sim.Ship, at sim.Vec, reach sim.Unit) sim.Vec {
	r := &p.roam
	if p.now >= r.shift || within(at.Add(r.aside).Sub(me.Pos), arrived) {
		for range 4 {
			r.aside = sim.Angle(p.rand.Intn(sim.AngleSteps)).Vec(reach/2 + sim.Unit(p.rand.Intn(int(reach/3))))
			if to := at.Add(r.aside); !p.arena.SolidAt(to) && sees(p.arena, at, to) {
				break
			}
		}
		r.shift = p.now + 30 + uint32(p.rand.Intn(30))
	}
	if !within(at.Sub(me.Pos), reach*2) || p.arena.SolidAt(at.Add(r.aside)) {
		return p.travel(me, at)
	}
	return p.travel(me, at.Add(r.aside))
}
