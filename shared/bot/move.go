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
	gap := p.eye.ship.Pos.Sub(me.Pos)
	closing := min(max((gap.Len()-p.skill.near)/24, -cruise), cruise)
	want := toward(gap, closing).Add(toward(sim.Vec{X: -gap.Y * f.side, Y: gap.X * f.side}, cruise*3/4))
	if f.until-p.now > 6 && !sees(p.arena, me.Pos, me.Pos.Add(toward(want, 80*sim.One))) {
		f.until = p.now + 6 // a wall is in the way: turn round soon
		f.side = -f.side
	}
	return want
}

// refuge is the place a scared pilot makes for.
type refuge struct {
	at    sim.Vec
	until uint32 // the send at which it thinks again
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
		if worth > bestWorth {
			best, bestWorth = at, worth
		}
	}
	return best
}

// roam is what a pilot does with nobody in sight.
type roam struct {
	goal   sim.Vec
	until  uint32    // the send at which it goes elsewhere
	mark   sim.Angle // where it looks meanwhile
	look   uint32    // the send at which it looks elsewhere
	post   sim.Vec   // where it was at the last check
	check  uint32    // the send of the next check for being stuck
	astray uint32    // until this send it flies anywhere to get free
	way    sim.Vec
}

// wander returns the velocity to one of the places where ships enter: there will
// be somebody.
func (p *Pilot) wander(me *sim.Ship) sim.Vec {
	r := &p.roam
	if p.now >= r.until || within(r.goal.Sub(me.Pos), 2*arrived) {
		r.goal = p.arena.Spawns[p.rand.Intn(len(p.arena.Spawns))].Pos
		r.until = p.now + 300
	}
	return p.travel(me, r.goal)
}

// travel returns the velocity to goal, round the walls.
func (p *Pilot) travel(me *sim.Ship, goal sim.Vec) sim.Vec {
	if way, astray := p.free(me); astray {
		return way
	}
	gap := goal.Sub(me.Pos)
	if within(gap, 500*sim.One) && passable(p.arena, me.Pos, goal) {
		p.route.drop()
		return toward(gap, rush)
	}
	p.route.seek(p.arena, me.Pos, goal)
	if to, ok := p.route.follow(p.arena, me.Pos); ok {
		return toward(to.Sub(me.Pos), rush)
	}
	if way := toward(gap, 120*sim.One); sees(p.arena, me.Pos, me.Pos.Add(way)) {
		return toward(gap, rush) // roughly there, while it thinks
	}
	return me.Vel
}

// free notices once a second that the ship has not come far, and then lets it fly
// anywhere for a while.
func (p *Pilot) free(me *sim.Ship) (way sim.Vec, astray bool) {
	r := &p.roam
	if p.now >= r.check {
		if r.check != 0 && p.now-r.check < 3 && within(me.Pos.Sub(r.post), 40*sim.One) {
			r.way = sim.Angle(p.rand.Intn(sim.AngleSteps)).Vec(cruise)
			r.astray = p.now + 15
			p.route.drop()
		}
		r.post, r.check = me.Pos, p.now+30
	}
	return r.way, p.now < r.astray
}
