package bot

import "ionwake/shared/sim"

// guarded is how near to its place a watch stays while nothing happens.
const guarded = 220 * sim.One

// snatch is how near a core tempts whoever had better flee.
const snatch = 160 * sim.One

// steer returns the velocity that is wanted now.
func (p *Pilot) steer(me *sim.Ship) sim.Vec {
	want := p.head(me)
	if p.dodge.mined {
		if gap := me.Pos.Sub(p.dodge.mine); within(gap, berth) {
			want = want.Div(2).Add(toward(gap, p.craft.cruise))
		}
	}
	return want
}

// head decides between saving the skin, the errand and the fight.
func (p *Pilot) head(me *sim.Ship) sim.Vec {
	e, o := &p.eye, &p.errand
	fights := e.sight && within(e.ship.Pos.Sub(me.Pos), p.craft.gun+80*sim.One)
	switch {
	case p.dodge.active(p.now):
		return p.dodge.way
	case o.kind == carry:
		return p.travel(me, o.at)
	case o.kind == hunt:
		return p.intercepts(me, fights)
	case o.kind == fetch && (o.duty || p.scared || !fights):
		return p.travel(me, o.at)
	case p.scared && e.on != sim.NoPlayer && !(o.kind == steal && (o.charges || within(o.at.Sub(me.Pos), snatch))):
		return p.flee(me)
	case o.kind == steal && (o.duty && p.ready(me) || !fights):
		return p.travel(me, o.at)
	case o.kind == hold:
		return p.holds(me, fights)
	case o.kind == watch:
		return p.watches(me, fights)
	case fights:
		p.route.drop()
		return p.duel(me)
	case e.on != sim.NoPlayer:
		return p.chase(me)
	default:
		return p.wander(me)
	}
}

// ready reports whether a thief would have the energy to get away.
func (p *Pilot) ready(me *sim.Ship) bool {
	return p.skill.wit < 100 || me.Energy > p.craft.hull.EnergyMax*5/8 || !within(p.errand.at.Sub(me.Pos), 600*sim.One)
}

// intercepts goes for whoever carries the own core.
func (p *Pilot) intercepts(me *sim.Ship, fights bool) sim.Vec {
	switch {
	case p.eye.on == sim.NoPlayer || !p.eye.ship.Carries:
		return p.travel(me, p.errand.at)
	case fights:
		p.route.drop()
		return p.duel(me)
	}
	return p.chase(me)
}

// holds stays at the beacon and fights there.
func (p *Pilot) holds(me *sim.Ship, fights bool) sim.Vec {
	at, near := p.errand.at, within(p.errand.at.Sub(me.Pos), 2*sim.BeaconReach)
	switch {
	case fights && near:
		p.route.drop()
		return p.tethered(me, p.duel(me), at, sim.BeaconReach*4/5)
	case fights && !p.errand.duty:
		p.route.drop()
		return p.duel(me)
	}
	return p.keep(me, at, sim.BeaconReach)
}

// watches stays about a place, or a mate, and fights whoever comes near it.
func (p *Pilot) watches(me *sim.Ship, fights bool) sim.Vec {
	o := &p.errand
	known := p.eye.on != sim.NoPlayer && within(p.eye.ship.Pos.Sub(o.at), o.leash)
	switch {
	case fights && known:
		p.route.drop()
		return p.tethered(me, p.duel(me), o.at, o.leash)
	case known:
		return p.chase(me)
	}
	return p.keep(me, o.at, guarded)
}
