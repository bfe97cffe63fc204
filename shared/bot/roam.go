package bot

import "ionwake/shared/sim"

// roam is what a pilot does with nobody in sight, and how it gets about.
type roam struct {
	goal   sim.Vec
	until  uint32    // the send at which it goes elsewhere
	mark   sim.Angle // where it looks meanwhile
	look   uint32    // the send at which it looks elsewhere
	post   sim.Vec   // where it was at the last check
	check  uint32    // the send of the next check for being stuck
	astray uint32    // until this send it flies anywhere to get free
	way    sim.Vec

	clear  bool    // the straight way to peered is
	peered sim.Vec // where it looked last
	peer   uint32  // the send at which it looks again

	aside  sim.Vec // where it stays, from the place it keeps
	shift  uint32  // the send at which it shifts
	spoil  sim.Vec // a pick-up it did not get at
	spoilt uint32  // the send until which it lets that be
}

// wander returns the velocity to one of the places where there will be somebody:
// where ships enter, where pick-ups lie.
func (p *Pilot) wander(me *sim.Ship) sim.Vec {
	r := &p.roam
	if p.now >= r.until || within(r.goal.Sub(me.Pos), 2*arrived) {
		r.goal = p.haunt()
		r.until = p.now + 300
	}
	return p.travel(me, r.goal)
}

// haunt draws such a place.
func (p *Pilot) haunt() sim.Vec {
	a := p.arena
	if n := len(a.Items); n > 0 && p.rand.Intn(2) == 0 {
		return a.Items[p.rand.Intn(n)].Pos
	}
	at := a.Spawns[p.rand.Intn(len(a.Spawns))].Pos
	if a.SafeAt(at) {
		return a.Size().Div(2) // or on the way there: nobody is to be met in a safe zone
	}
	return at
}

// travel returns the velocity to goal, round the walls.
func (p *Pilot) travel(me *sim.Ship, goal sim.Vec) sim.Vec {
	if way, astray := p.free(me); astray {
		return way
	}
	gap, rush := goal.Sub(me.Pos), p.craft.rush
	if p.straight(me, goal) {
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

// straight reports whether nothing is in the straight way to goal. It looks a few
// times a second.
func (p *Pilot) straight(me *sim.Ship, goal sim.Vec) bool {
	r := &p.roam
	if p.now < r.peer && within(goal.Sub(r.peered), sim.TileSize*2) {
		return r.clear
	}
	r.clear = within(goal.Sub(me.Pos), 700*sim.One) && passable(p.arena, me.Pos, goal) && placid(p.arena, me.Pos, goal)
	r.peer, r.peered = p.now+4, goal
	return r.clear
}

// free notices once a second that the ship has not come far, and then lets it fly
// anywhere for a while.
func (p *Pilot) free(me *sim.Ship) (way sim.Vec, astray bool) {
	r := &p.roam
	if p.now >= r.check {
		if r.check != 0 && p.now-r.check < 3 && within(me.Pos.Sub(r.post), 40*sim.One) {
			r.way = sim.Angle(p.rand.Intn(sim.AngleSteps)).Vec(p.craft.cruise)
			r.astray = p.now + 15
			if p.errand.kind == fetch {
				r.spoil, r.spoilt = p.errand.at, p.now+300
			}
			p.route.drop()
		}
		r.post, r.check = me.Pos, p.now+30
	}
	return r.way, p.now < r.astray
}
