package replica

import "ionwake/shared/sim"

// play advances next by one tick, to t, in the order of sim.World.Step: every ship
// by itself, then bolts, then what leaves the guns. What is done to ships is for the
// server to say: bolts that reach one are taken out of the picture, and that is all.
// Only what the own ship picks up is foreseen too.
func (r *Replica) play(t sim.Tick) {
	a := &r.ahead
	a.assumed = r.holding(t)
	a.born = a.born[:0]
	for i := range a.next.ships {
		r.playShip(&a.next.ships[i], t)
	}
	a.next.beam = a.beams(r.welcome.ID)
	a.lanes.sort(a.next.ships)
	r.playBolts(t)
	r.launch(t)
	if r.board.match.Phase == sim.Live {
		a.next.things.advance(r.arena, 1)
	}
	if own := a.next.ship(r.welcome.ID); own != nil {
		r.pickUp(own, t)
	}
}

func (r *Replica) playShip(s *sim.Ship, t sim.Tick) {
	a := &r.ahead
	speed, dash, first := s.Vel, s.DashIn, len(a.born)
	if s.ID == r.welcome.ID {
		s.Held = a.assumed
		a.born = s.Advance(r.arena, a.born)
	} else {
		a.born = s.Foresee(r.arena, t-r.tick, a.born)
	}
	for i := first; i < len(a.born); i++ {
		if k := a.born[i].Kind; k != sim.Beam && k != sim.Pulse {
			r.effect.fired(r, &a.born[i], t)
		}
	}
	if s.DashIn > dash { // a burst is no bounce
		r.effect.dashed(r, s, t)
	} else {
		r.effect.bounced(r, s, speed, t)
	}
}

func (r *Replica) playBolts(t sim.Tick) {
	a := &r.ahead
	kept := a.next.bolts[:0]
	for _, b := range a.next.bolts {
		before := b
		if !b.Advance(r.arena) {
			r.effect.ended(r, &b, &before, t)
			continue
		}
		if b.Bounces != before.Bounces {
			r.effect.ricochet(r, &b, t)
		}
		if sim.Shots[b.Kind].Seeks > 0 && b.Armed() {
			if prey := a.prey(&b); prey != nil {
				b.Chase(prey.Pos)
			}
		}
		if victim := a.struck(&b); victim != nil {
			r.effect.hit(r, &b, victim, t)
			continue
		}
		kept = append(kept, b)
	}
	a.next.bolts = kept
}

// struck returns the ship with the lowest id that b meets, or nil.
func (a *ahead) struck(b *sim.Bolt) *sim.Ship {
	var victim *sim.Ship
	for _, l := range a.lanes.within(b.Pos.X, sim.Contact) {
		if s := &a.next.ships[l.ship]; (victim == nil || s.ID < victim.ID) && b.Meets(s) {
			victim = s
		}
	}
	return victim
}

// prey returns the nearest ship that b chases, of equals that with the lowest id,
// or nil.
func (a *ahead) prey(b *sim.Bolt) *sim.Ship {
	var prey *sim.Ship
	var nearest int64
	for _, l := range a.lanes.within(b.Pos.X, sim.Shots[b.Kind].Seeks) {
		s := &a.next.ships[l.ship]
		if gap, yes := b.Smells(s); yes && (prey == nil || gap < nearest || gap == nearest && s.ID < prey.ID) {
			prey, nearest = s, gap
		}
	}
	return prey
}

// launch puts what left the guns in this tick among the bolts, or shows what it
// does at once.
func (r *Replica) launch(t sim.Tick) {
	next := &r.ahead.next
	for i := range r.ahead.born {
		b := &r.ahead.born[i]
		switch b.Kind {
		case sim.Beam:
			r.playBeam(b, t)
		case sim.Pulse:
			r.effect.pulse(r, b, t)
			for j := range next.bolts {
				b.Repel(&next.bolts[j])
			}
		default:
			next.bolts = sim.LaunchBolt(next.bolts, *b)
		}
	}
}

// playBeam shows a beam up to the first ship or wall in its way.
func (r *Replica) playBeam(b *sim.Bolt, t sim.Tick) {
	next := &r.ahead.next
	ray := b.Ray(r.arena)
	for i := range next.ships {
		ray.Meet(&next.ships[i])
	}
	end := *b
	end.Pos = b.Along(ray.Far)
	r.effect.beam(r, b, end.Pos, t)
	if s := next.ship(ray.Victim); s != nil {
		r.effect.hit(r, &end, s, t)
	}
}

// pickUp foresees that the own ship takes what it flies over.
func (r *Replica) pickUp(own *sim.Ship, t sim.Tick) {
	g := &r.ahead.next.things
	for i := range g.items {
		it := &g.items[i]
		if !lies(*it, t) || !near(own.Pos, r.arena.Items[i].Pos) {
			continue
		}
		own.Boosted(it.Kind)
		r.effect.taken(r, it.Kind, i, t)
		it.Back = t + sim.TickRate // until the server says when
	}
	if r.board.match.Phase != sim.Live {
		return
	}
	for i := range g.objectives {
		o := &g.objectives[i]
		if o.Kind != sim.Core || o.State == sim.Carried || own.Team.Mates(o.Team) || !near(own.Pos, o.Pos) {
			continue
		}
		own.TakesCore()
		o.State, o.Carrier = sim.Carried, own.ID
		r.effect.coreTaken(r, own, o.Team, t)
	}
}

// near reports whether a ship at p touches what lies at q.
func near(p, q sim.Vec) bool {
	return p.Sub(q).Len2() <= int64(sim.ItemReach)*int64(sim.ItemReach)
}
