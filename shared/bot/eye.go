package bot

import (
	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

const (
	screen   = 1000 * sim.One // as far as a person's screen shows
	memory   = 12             // sends that an eye looks back, more than any reaction
	ticksPer = 2              // ticks between two sends at the usual rate
)

// eye watches one other ship, and knows of it what was to be seen a reaction ago.
type eye struct {
	on     sim.PlayerID // sim.NoPlayer: nobody
	since  uint32       // the send of the first look
	sight  bool         // no wall between
	lost   uint32       // sends since the last time in sight
	ship   sim.Ship     // as the belief has it now
	past   [memory]sighting
	glance uint32 // the send of the next look around for a better target
}

type sighting struct{ pos, vel sim.Vec }

// watch keeps up with the watched ship and looks around for another now and
// then, or at once where there is none.
func (e *eye) watch(v *belief.View, me *sim.Ship, now uint32) {
	s := (*sim.Ship)(nil)
	if e.on != sim.NoPlayer {
		s = v.Ship(e.on)
	}
	if s == nil || now >= e.glance {
		if best := choose(v, me, e.on); best != nil && (s == nil || best.ID != e.on) {
			s = best
			e.on, e.since, e.lost = best.ID, now, 0
		}
		e.glance = now + 9
	}
	if s == nil {
		e.on, e.sight = sim.NoPlayer, false
		return
	}
	e.ship = *s
	e.past[now%memory] = sighting{s.Pos, s.Vel}
	e.sight = within(s.Pos.Sub(me.Pos), screen) && sees(v.Arena, me.Pos, s.Pos)
	e.lost++
	if e.sight {
		e.lost = 0
	}
}

// knows reports whether there was time to take the watched ship in.
func (e *eye) knows(s *skill, now uint32) bool {
	return e.on != sim.NoPlayer && now-e.since >= uint32(s.reaction)
}

// recall returns where the watched ship seems to be: where it was a reaction ago
// and how it flew then, continued to now.
func (e *eye) recall(s *skill, now uint32) sighting {
	age := min(uint32(s.reaction), now-e.since)
	p := e.past[(now-age)%memory]
	ticks := sim.Unit(age * ticksPer)
	p.pos = p.pos.Add(sim.Vec{X: p.vel.X * ticks, Y: p.vel.Y * ticks})
	return p
}

// choose returns the most tempting other ship in v, or nil: near, in sight, weak,
// and preferably the one already watched. Only the three nearest are looked at
// closely, so that a crowd costs no more than a duel.
func choose(v *belief.View, me *sim.Ship, watched sim.PlayerID) *sim.Ship {
	var near [3]*sim.Ship
	var gaps [3]int64
	for _, c := range v.Cells {
		for i := range c.Ships {
			s := &c.Ships[i]
			if s.ID == me.ID {
				continue
			}
			gap := s.Pos.Sub(me.Pos).Len2()
			for j := range near {
				if near[j] == nil || gap < gaps[j] {
					near[j], s, gaps[j], gap = s, near[j], gap, gaps[j]
				}
				if s == nil {
					break
				}
			}
		}
	}
	var best *sim.Ship
	var bestCost sim.Unit
	for _, s := range near {
		if s == nil {
			break
		}
		if cost := reluctance(v.Arena, me, s, watched); best == nil || cost < bestCost {
			best, bestCost = s, cost
		}
	}
	return best
}

// reluctance is how far away a target feels.
func reluctance(a *sim.Arena, me, s *sim.Ship, watched sim.PlayerID) sim.Unit {
	far := s.Pos.Sub(me.Pos).Len()
	if far > screen || !sees(a, me.Pos, s.Pos) {
		far += 400 * sim.One
	}
	if s.Shield > 20 {
		far += 200 * sim.One
	}
	if s.ID == watched {
		far -= 120 * sim.One
	}
	full := sim.Unit(sim.Hulls[s.Hull].EnergyMax)
	return far + 150*sim.One/full*sim.Unit(s.Energy)
}

// intercept returns where a bolt of the given speed that leaves from now meets
// what is seen, if that keeps its velocity. A share below 256 leads too little.
func intercept(from sim.Vec, seen sighting, speed sim.Unit, share int64) sim.Vec {
	at := seen.pos
	for range 2 {
		ticks := int64(at.Sub(from).Len() / speed)
		at = seen.pos.Add(sim.Vec{
			X: sim.Unit(int64(seen.vel.X) * ticks * share / 256),
			Y: sim.Unit(int64(seen.vel.Y) * ticks * share / 256),
		})
	}
	return at
}
