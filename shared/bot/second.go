package bot

import "ionwake/shared/sim"

// tricks are the uses of the secondary and of the dash that a pilot thinks of.
type tricks struct {
	second uint32 // the send before which it does not think of the secondary again
	dash   uint32 // the same of the dash
	guard  uint32 // the send until which the guard is held
}

// thinks draws whether the pilot thinks of something now. When it does not, it
// will not for a while.
func (p *Pilot) thinks(next *uint32) bool {
	if p.now < *next {
		return false
	}
	if p.rand.Intn(256) < p.skill.wit {
		return true
	}
	*next = p.now + 12
	return false
}

// second decides whether the secondary is held.
func (p *Pilot) second(me *sim.Ship, phase sim.Phase) bool {
	if phase == sim.Results || me.Shield > 0 || !me.Shoots(p.arena) {
		return false
	}
	if p.craft.hull.Guard {
		return p.guard(me)
	}
	t := &p.craft.hull.Secondary
	if me.Recharge > 0 || me.Energy <= t.Cost+p.craft.hull.EnergyMax/10 || p.now < p.tricks.second {
		return false
	}
	use := false
	switch t.Shot {
	case sim.Pellet:
		use = p.scatters(me)
	case sim.Mine:
		use = p.mines(me)
	case sim.Pulse:
		use = p.pulses(me)
	}
	return use && p.thinks(&p.tricks.second)
}

// foe returns the watched enemy if it can be fought, and how far it is.
func (p *Pilot) foe(me *sim.Ship) (s *sim.Ship, far sim.Unit) {
	e := &p.eye
	if !e.sight || !e.knows(&p.skill, p.now) || p.spared(me) {
		return nil, 0
	}
	return &e.ship, e.ship.Pos.Sub(me.Pos).Len()
}

// scatters: close up and pointing at them.
func (p *Pilot) scatters(me *sim.Ship) bool {
	s, far := p.foe(me)
	if s == nil || far > 130*sim.One {
		return false
	}
	off := me.Aim.Delta(s.Pos.Sub(me.Pos).Angle())
	return max(off, -off) < 60 && (!p.scared || s.Energy < 4000)
}

// mines: behind oneself when chased, at close quarters, in corridors, and where the
// enemy will come.
func (p *Pilot) mines(me *sim.Ship) bool {
	if s, far := p.foe(me); s != nil {
		if far < 110*sim.One {
			return !p.saving
		}
		// It comes after me: it will fly into it.
		gap := me.Pos.Sub(s.Pos)
		return far < 330*sim.One && gap.Dot(s.Vel) > 0 && gap.Dot(me.Vel) > 0
	}
	if p.dodge.laid >= sim.Shots[sim.Mine].Limit-1 || me.Energy < p.craft.hull.EnergyMax*7/8 || p.now%8 != 0 {
		return false
	}
	if p.errand.kind == hold || p.errand.kind == watch {
		return p.dodge.laid == 0 && p.rand.Intn(4) == 0
	}
	return p.narrow(me.Pos) && p.rand.Intn(12) == 0
}

// narrow reports whether walls are near on two opposite sides of at.
func (p *Pilot) narrow(at sim.Vec) bool {
	const side = 80 * sim.One
	wall := func(x, y sim.Unit) bool { return !sees(p.arena, at, at.Add(sim.Vec{X: x, Y: y})) }
	return wall(side, 0) && wall(-side, 0) || wall(0, side) && wall(0, -side)
}

// pulses: against a crowd, somebody on the skin, and what is about to hit.
func (p *Pilot) pulses(me *sim.Ship) bool {
	if p.eye.crowd > 1 || p.dodge.ticks < 7 && p.now%2 == 0 && me.Energy < p.craft.hull.EnergyMax*3/4 {
		return true
	}
	s, far := p.foe(me)
	return s != nil && far < 110*sim.One && me.Reload > 10
}

// guard decides whether the guard is up: while it stops what would hit.
func (p *Pilot) guard(me *sim.Ship) bool {
	t := &p.tricks
	if me.Recharge > 0 || me.Energy < p.craft.hull.EnergyMax/6 {
		t.guard = p.now
		return false
	}
	if p.now < t.guard {
		return true
	}
	if p.dodge.ticks > 16 || me.Energy > p.craft.hull.EnergyMax*15/16 || !fronts(me, p.dodge.threat.Vel) || !p.thinks(&t.second) {
		return false
	}
	t.guard = p.now + uint32(p.dodge.ticks/ticksPer) + 4
	return true
}

// shielded reports whether the guard takes care of the threat.
func (p *Pilot) shielded(me *sim.Ship) bool {
	return p.craft.hull.Guard && me.Guards() && fronts(me, p.dodge.threat.Vel)
}

// fronts reports whether what flies that way comes at the guard of me.
func fronts(me *sim.Ship, vel sim.Vec) bool {
	off := me.Aim.Delta(sim.Vec{X: -vel.X, Y: -vel.Y}.Angle())
	return max(off, -off) < sim.AngleSteps/7
}

// dashes decides whether to dash along what is held: out of the way, after somebody
// who gets away, home with what hurts behind.
func (p *Pilot) dashes(me *sim.Ship, want sim.Vec) bool {
	if me.DashIn > 0 || me.Carries || p.keys.flight == 0 || p.now < p.tricks.dash ||
		towards(want) != p.keys.flight || me.Energy < sim.DashCost*3/2 {
		return false
	}
	if !p.hurries(me) || !sees(p.arena, me.Pos, me.Pos.Add(toward(want, 200*sim.One))) {
		return false
	}
	if !p.thinks(&p.tricks.dash) {
		return false
	}
	p.tricks.dash = p.now + 20 + uint32(p.rand.Intn(60))
	return true
}

// hurries reports whether now is a moment for a dash.
func (p *Pilot) hurries(me *sim.Ship) bool {
	full := p.craft.hull.EnergyMax
	if p.dodge.active(p.now) {
		return p.dodge.ticks < 12 && me.Energy > full/2
	}
	e := &p.eye
	if e.on == sim.NoPlayer {
		return p.errand.urgent() && me.Energy > full*7/8
	}
	gap := e.ship.Pos.Sub(me.Pos)
	far := gap.Len()
	switch {
	case p.scared:
		return far < 300*sim.One && me.Energy > full/4 && gap.Dot(me.Vel) < 0
	case e.ship.Carries:
		return far > 60*sim.One && far < 600*sim.One && me.Energy > full/3
	case e.ship.Energy < me.Energy/3:
		return far > p.craft.near+60*sim.One && far < 450*sim.One && me.Energy > full*2/3 && gap.Dot(me.Vel) > 0
	}
	return p.errand.urgent() && me.Energy > full*7/8
}
