package bot

import "ionwake/shared/sim"

// fight is how a duel is danced: round the other, now this way, now that.
type fight struct {
	side  sim.Unit // 1 or -1
	until uint32   // the send at which the side changes
}

// duel returns a velocity that keeps the distance and circles.
func (p *Pilot) duel(me *sim.Ship) sim.Vec {
	f := &p.fight
	if p.now >= f.until {
		f.side = sim.Unit(p.rand.Intn(2)*2 - 1)
		f.until = p.now + 18 + uint32(p.rand.Intn(36))
	}
	cruise := p.craft.cruise
	gap := p.eye.ship.Pos.Sub(me.Pos)
	closing := min(max((gap.Len()-p.distance(me))/24, -cruise), cruise)
	want := toward(gap, closing).Add(toward(sim.Vec{X: -gap.Y * f.side, Y: gap.X * f.side}, cruise*3/4))
	if f.until-p.now > 6 && !sees(p.arena, me.Pos, me.Pos.Add(toward(want, 80*sim.One))) {
		f.until = p.now + 6 // a wall is in the way: turn round soon
		f.side = -f.side
	}
	return want
}

// distance is how near the pilot wants to be to the enemy that it fights.
func (p *Pilot) distance(me *sim.Ship) sim.Unit {
	foe := &p.eye.ship
	secondary := p.craft.hull.Secondary.Shot
	switch {
	case p.craft.hull.Guard:
	case secondary == sim.Pellet && me.Recharge < 20 && foe.Energy < me.Energy/2 && p.skill.wit > 100:
		return 80 * sim.One // for the scatter
	}
	if foe.Carries {
		return 80 * sim.One
	}
	return p.craft.near
}

// tethered bends want so that the ship stays within reach of at.
func (p *Pilot) tethered(me *sim.Ship, want, at sim.Vec, reach sim.Unit) sim.Vec {
	soon := me.Pos.Add(sim.Vec{X: me.Vel.X * 14, Y: me.Vel.Y * 14})
	if within(soon.Sub(at), reach) {
		return want
	}
	return want.Div(2).Add(toward(at.Sub(me.Pos), p.craft.cruise))
}

// chase returns the velocity that follows the watched enemy: in its wake, where it
// flies away, because that refills.
func (p *Pilot) chase(me *sim.Ship) sim.Vec {
	s := &p.eye.ship
	gap := s.Pos.Sub(me.Pos)
	if !within(gap, 500*sim.One) || gap.Dot(s.Vel) <= 0 || !within(gap, 2*screen) {
		return p.travel(me, s.Pos)
	}
	// A point of its way that it passed within the last second, and ahead of me.
	back := min(gap.Len()/2/max(s.Vel.Len(), sim.One), 40)
	at := s.Pos.Sub(sim.Vec{X: s.Vel.X * back, Y: s.Vel.Y * back})
	if !sees(p.arena, s.Pos, at) {
		at = s.Pos
	}
	return p.travel(me, at)
}

// refuge is the place a scared pilot makes for.
type refuge struct {
	at    sim.Vec
	until uint32 // the send at which it thinks again
	safe  uint32 // the send at which it has rested long enough in a safe zone
}

// flee returns the velocity to somewhere the watched ship cannot shoot at.
func (p *Pilot) flee(me *sim.Ship) sim.Vec {
	r := &p.refuge
	if p.now >= r.until || within(r.at.Sub(me.Pos), arrived) {
		r.at = p.hideout(me)
		r.until = p.now + 40 + uint32(p.rand.Intn(20))
	}
	return p.travel(me, r.at)
}

// hideout picks the best of some random places nearby.
func (p *Pilot) hideout(me *sim.Ship) sim.Vec {
	foe := p.eye.ship.Pos
	best, bestWorth := me.Pos, sim.Unit(-1<<30)
	for range 6 {
		at := me.Pos.Add(sim.Angle(p.rand.Intn(sim.AngleSteps)).Vec(sim.Units(200 + p.rand.Intn(400))))
		if p.arena.SolidAt(at) {
			continue
		}
		worth := at.Sub(foe).Len()
		if !sees(p.arena, foe, at) {
			worth += 350 * sim.One
		}
		if sees(p.arena, me.Pos, at) {
			worth += 100 * sim.One
		}
		if p.arena.PullAt(at) != (sim.Vec{}) {
			worth -= 300 * sim.One
		}
		if worth > bestWorth {
			best, bestWorth = at, worth
		}
	}
	return best
}
