package bot

import (
	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

const (
	defence = 620 * sim.One // defenders fight this near their base
	boredom = 300           // sends that a defender waits for somebody to come
)

// relay thinks about the cores.
func (p *Pilot) relay(v *belief.View, me *sim.Ship) {
	own, theirs := cores(v, me.Team)
	if own == nil || theirs == nil {
		return
	}
	e, home := &p.errand, own.Home
	switch {
	case me.Carries:
		e.kind, e.at = carry, home
	case own.State == sim.Dropped && (p.defends(me) || within(own.Pos.Sub(me.Pos), 1000*sim.One)):
		e.kind, e.at, e.duty = fetch, own.Pos, true
	case own.State == sim.Carried && (p.defends(me) || within(own.Pos.Sub(me.Pos), 900*sim.One)):
		e.kind, e.at, e.leash = hunt, p.ahead(v, own, theirs.Home), 500*sim.One
	case theirs.State == sim.Carried:
		p.escort(v, me, theirs, home)
	case p.defends(me):
		e.kind, e.at, e.leash = watch, home, defence
	default:
		e.kind, e.at = fetch, theirs.Pos
	}
}

// cores returns the core of team and that of the other side.
func cores(v *belief.View, team sim.Team) (own, theirs *sim.Objective) {
	for i := range v.Objectives {
		switch o := &v.Objectives[i]; {
		case o.Kind != sim.Core:
		case o.Team == team:
			own = o
		default:
			theirs = o
		}
	}
	return own, theirs
}

// defends reports whether the pilot stays at home, which one seat in three of a side
// does. When nobody comes for long, it goes out as well.
func (p *Pilot) defends(me *sim.Ship) bool {
	if (me.ID>>1)%3 != 1 {
		return false
	}
	e := &p.errand
	if p.now < e.out {
		return false
	}
	if p.eye.sight || e.idle == 0 {
		e.idle = p.now
	}
	if p.now-e.idle > boredom {
		e.out = p.now + 2*boredom
		e.idle = e.out
		return false
	}
	return true
}

// ahead returns where to go to stop whoever carries own: where it is, if that is in
// sight, else on its way from where it was told to be.
func (p *Pilot) ahead(v *belief.View, own *sim.Objective, to sim.Vec) sim.Vec {
	if s := v.Ship(own.Carrier); s != nil {
		return s.Pos
	}
	gap := to.Sub(own.Pos)
	return own.Pos.Add(toward(gap, min(gap.Len(), 150*sim.One)))
}

// escort keeps near a mate who brings the core, if it is near, and goes to meet it
// if not.
func (p *Pilot) escort(v *belief.View, me *sim.Ship, core *sim.Objective, home sim.Vec) {
	e := &p.errand
	e.at = core.Pos
	if s := v.Ship(core.Carrier); s != nil {
		e.at = s.Pos.Add(toward(home.Sub(s.Pos), 60*sim.One))
	}
	e.kind, e.leash = watch, 450*sim.One
	if !within(e.at.Sub(me.Pos), 1400*sim.One) {
		e.at = home
	}
}
