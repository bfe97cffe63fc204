package replica

import "ionwake/shared/sim"

// fired shows a shot leaving the guns.
func (e *effects) fired(r *Replica, b *sim.Bolt, t sim.Tick) {
	e.foresee(r.ofBolt(ShotFired, b, 0.3), shotName(b), t)
}

// beam shows a beam at once: it is never in flight.
func (e *effects) beam(r *Replica, b *sim.Bolt, end sim.Vec, t sim.Tick) {
	x := r.ofBolt(BeamFired, b, 0.6)
	x.End = point(end)
	e.foresee(x, shotName(b), t)
}

// pulse shows a knock-back pulse at once.
func (e *effects) pulse(r *Replica, b *sim.Bolt, t sim.Tick) {
	e.foresee(r.ofBolt(PulseFired, b, 1), shotName(b), t)
}

// ended shows the end of a bolt that met nobody: after is where it exploded, before
// where it was.
func (e *effects) ended(r *Replica, after, before *sim.Bolt, t sim.Tick) {
	if after.Explodes() {
		e.explosion(r, after, t)
		return
	}
	e.foresee(r.ofBolt(ShotFaded, before, 0.2), uint32(before.Key()), t)
}

// hit shows b meeting s.
func (e *effects) hit(r *Replica, b *sim.Bolt, s *sim.Ship, t sim.Tick) {
	if sim.Shots[b.Kind].Damage > 0 {
		e.blow(r, b, s, b.Blow(), t)
	}
	if b.Explodes() {
		e.explosion(r, b, t)
	}
}

// explosion shows b going off and whom that reaches.
func (e *effects) explosion(r *Replica, b *sim.Bolt, t sim.Tick) {
	x := r.ofBolt(Exploded, b, 0.8)
	x.Dir = Point{}
	e.foresee(x, uint32(b.Key()), t)
	ships := r.ahead.next.ships
	for _, l := range r.ahead.lanes.within(b.Pos.X, sim.Shots[b.Kind].Splash+sim.WidestHull) {
		if blow, reaches := b.Blast(r.arena, &ships[l.ship]); reaches {
			e.blow(r, b, &ships[l.ship], blow, t)
		}
	}
}

// blow shows what a blow of b does to s, which stays as it is.
func (e *effects) blow(r *Replica, b *sim.Bolt, s *sim.Ship, blow sim.Blow, t sim.Tick) {
	after := *s
	outcome := after.Take(r.arena, blow, r.board.match.Phase == sim.Results)
	x := r.landed(b, s.ID, outcome)
	if blow.Along != b.Vel { // a blast comes to the ship's near side
		x.Pos, x.Dir = point(s.Pos), unit(blow.Along)
	}
	e.foresee(x, hitName(b, s.ID), t)
}

// hitName names what b does to a ship. The kinds of hit share it: only one of them
// is true.
func hitName(b *sim.Bolt, victim sim.PlayerID) uint32 {
	return uint32(b.Key())<<9 ^ uint32(victim)
}

// landed is the effect of b on its victim.
func (r *Replica) landed(b *sim.Bolt, victim sim.PlayerID, outcome sim.Outcome) Effect {
	kind, size := ShotHit, 0.6
	switch outcome {
	case sim.Stopped:
		kind = ShotBlocked
	case sim.Spared:
		size = 0.2
	}
	x := r.ofBolt(kind, b, size)
	x.Who, x.Own = victim, x.Own || victim == r.welcome.ID
	return x
}

func (e *effects) ricochet(r *Replica, b *sim.Bolt, t sim.Tick) {
	e.foresee(r.ofBolt(ShotBounced, b, 0.2), uint32(b.Key())<<8|uint32(b.Bounces), t)
}

// ofBolt is an effect of a bolt where it is.
func (r *Replica) ofBolt(kind EffectKind, b *sim.Bolt, size float64) Effect {
	return Effect{
		Kind: kind, Who: b.Owner, By: b.Owner, Weapon: b.Kind, Team: b.Team, Pos: point(b.Pos), Dir: unit(b.Vel),
		Size: size, Own: b.Owner == r.welcome.ID,
	}
}

// born shows the shots that others fired in the span of the newest frame: what was
// not foreseen because their triggers were not held yet.
func (e *effects) born(r *Replica, span int) {
	for i := range r.cells {
		bolts := r.cells[i].Bolts
		for j := range bolts {
			b := &bolts[j]
			age := int(sim.Shots[b.Kind].Life) - int(b.Life)
			if age <= span && age >= 0 && e.once(ShotFired, shotName(b), r.tick-sim.Tick(age)) {
				e.add(r.ofBolt(ShotFired, b, 0.3))
			}
		}
	}
}

func abs(n int32) int32 { return max(n, -n) }
