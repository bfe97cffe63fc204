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
	case own.State == sim.Carried && (p.defends(me) || within(own.Pos.Sub(me.Pos), 300*sim.One)):
		e.kind, e.at, e.leash = hunt, p.ahead(v, own, theirs.Home), 500*sim.One
	case theirs.State == sim.Carried:
		p.escort(v, me, theirs, home)
	case p.defends(me):
		e.kind, e.at, e.leash = watch, home, defence
	default:
		e.kind, e.at = steal, p.lane(me, home, theirs.Pos)
	}
}

// lane returns where an attacker flies to next: by a way of its own, drawn once a
// life, and from there, not alone if mates come soon, straight to the core.
func (p *Pilot) lane(me *sim.Ship, home, core sim.Vec) sim.Vec {
	e := &p.errand
	if !e.laned {
		e.laned, e.charge, e.via = true, 0, p.flank(home, core)
	}
	switch {
	case e.charges:
	case within(core.Sub(me.Pos), min(core.Sub(e.via).Len(), 500*sim.One)):
		e.charges = true // past it already
	case within(e.via.Sub(me.Pos), 5*arrived):
		if e.charge == 0 {
			e.charge = p.now + 150
		}
		e.charges = me.Energy > p.craft.hull.EnergyMax*3/4 && (p.eye.mates > 1 || p.now > e.charge)
	}
	if e.charges {
		return core
	}
	return e.via
}

// flank draws a place between the middle and the core, often far aside.
func (p *Pilot) flank(home, core sim.Vec) sim.Vec {
	way := core.Sub(home)
	side := sim.Vec{X: -way.Y, Y: way.X}
	for range 8 {
		aside := sim.Unit(p.rand.Intn(int(way.Len()))) - way.Len()/2
		at := home.Add(way.Div(4).Add(way.Div(2))).Add(toward(side, aside))
		if !p.arena.SolidAt(at) && within(p.arena.PullAt(at), heavy) {
			return at
		}
	}
	return core
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

// defends reports whether the pilot stays at home, which one seat in four of a side
// does. When nobody comes for long, it goes out as well.
func (p *Pilot) defends(me *sim.Ship) bool {
	if (me.ID>>1)%4 != 1 {
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
