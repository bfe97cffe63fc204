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
	case own.State == sim.Carried && (p.defends(me) || p.stops(me, own.Pos, theirs.Home)):
		e.kind, e.at, e.leash = hunt, p.ahead(v, own, theirs.Home), 500*sim.One
	case theirs.State == sim.Carried:
		p.escort(v, me, theirs, home)
	case p.defends(me):
		e.kind, e.at, e.leash = watch, home, defence
	default:
		e.kind, e.at = steal, p.lane(v, me, home, theirs.Pos)
	}
}

// lane returns where an attacker flies to next: by a way of its own, drawn once a
// life, and from there, not alone if mates come soon, straight to the core.
func (p *Pilot) lane(v *belief.View, me *sim.Ship, home, core sim.Vec) sim.Vec {
	e := &p.errand
	if !e.laned {
		e.laned, e.charge, e.via = true, 0, p.flank(v, home, core)
	}
	switch {
	case e.charges:
	case within(core.Sub(me.Pos), min(core.Sub(e.via).Len(), 500*sim.One)):
		e.charges = true // past it already
	case within(e.via.Sub(me.Pos), 5*arrived):
		if e.charge == 0 {
			e.charge = p.now + 90 + uint32(p.skill.wit)
		}
		e.charges = me.Energy > p.craft.hull.EnergyMax/2 && (p.eye.mates > 1 || p.now > e.charge)
	}
	if e.charges {
		return core
	}
	return e.via
}

// call is for how many ticks the attackers of a side go the same way.
const call = 20 * sim.TickRate

// flank draws a place between the middle and the core, often far aside. Whoever is
// good at it goes where mates who enter about now go, as if one had called it.
func (p *Pilot) flank(v *belief.View, home, core sim.Vec) sim.Vec {
	r := &p.rand
	if p.rand.Intn(256) < p.skill.wit {
		called := sim.Rand(uint64(v.Tick/call)<<16 + uint64(v.Match.Number)<<8 + uint64(v.Team))
		r = &called
	}
	way := core.Sub(home)
	side := sim.Vec{X: -way.Y, Y: way.X}
	for range 8 {
		aside := sim.Unit(r.Intn(int(way.Len()))) - way.Len()/2
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

// stops reports whether an attacker turns to the thief of the own core: who is near,
// or stands where it has to come.
func (p *Pilot) stops(me *sim.Ship, thief, to sim.Vec) bool {
	if within(thief.Sub(me.Pos), sim.Units(150+2*p.skill.wit)) {
		return true
	}
	return p.skill.wit > 100 && within(to.Sub(me.Pos), 550*sim.One) && to.Sub(me.Pos).Len2() < to.Sub(thief).Len2()
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
