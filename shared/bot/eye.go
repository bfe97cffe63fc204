package bot

import (
	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

const (
	screen   = 900 * sim.One // about as far as a person's screen shows
	memory   = 12            // sends that an eye looks back, more than any reaction
	ticksPer = 2             // ticks between two sends at the usual rate
)

// eye watches one enemy, and knows of it what was to be seen a reaction ago.
type eye struct {
	on     sim.PlayerID // sim.NoPlayer: nobody
	since  uint32       // the send of the first look
	sight  bool         // no wall between
	ship   sim.Ship     // as the belief has it now
	past   [memory]sighting
	glance uint32 // the send of the next look around for a better target
	cell   int    // where in the view the watched ship was
	crowd  int    // enemies right around at the last look around
	mates  int    // mates about at the same time
}

type sighting struct{ pos, vel sim.Vec }

// watch keeps up with the watched ship and looks around for another now and
// then, or at once where there is none.
func (p *Pilot) watch(v *belief.View, me *sim.Ship) {
	e := &p.eye
	s := (*sim.Ship)(nil)
	if e.on != sim.NoPlayer {
		s = find(v, e.on, &e.cell)
	}
	if p.now >= e.glance {
		if best := p.choose(v, me); best != nil && (s == nil || best.ID != e.on) {
			s = best
			e.on, e.since = best.ID, p.now
		}
		e.glance = p.now + 9
	}
	if s == nil || !within(s.Pos.Sub(me.Pos), screen*3/2) {
		e.glance = min(e.glance, p.now+3)
		e.on, e.sight = sim.NoPlayer, false
		return
	}
	e.ship = *s
	e.past[p.now%memory] = sighting{s.Pos, s.Vel}
	e.sight = within(s.Pos.Sub(me.Pos), screen) && sees(v.Arena, me.Pos, s.Pos)
}

// find returns the ship of id, or nil. It looks first where it was the last time.
func find(v *belief.View, id sim.PlayerID, at *int) *sim.Ship {
	if *at < len(v.Cells) {
		if s := v.Cells[*at].Find(id); s != nil {
			return s
		}
	}
	for i, c := range v.Cells {
		if s := c.Find(id); s != nil {
			*at = i
			return s
		}
	}
	return nil
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

// nearby is the three enemies nearest to a ship.
type nearby struct {
	ships [3]*sim.Ship
	gaps  [3]int64 // squared
}

func (n *nearby) add(s *sim.Ship, gap int64) {
	for i := range n.ships {
		if n.ships[i] == nil || gap < n.gaps[i] {
			n.ships[i], s, n.gaps[i], gap = s, n.ships[i], gap, n.gaps[i]
		}
		if s == nil {
			return
		}
	}
}

const (
	crowding = 130 * sim.One // how near an enemy is right around
	company  = 600 * sim.One // how near a mate is about
)

// choose returns the most tempting enemy in v, or nil: near, in sight, weak, and
// preferably the one already watched. Only the three nearest are looked at closely,
// so that a crowd costs no more than a duel, and whoever carries a core.
func (p *Pilot) choose(v *belief.View, me *sim.Ship) *sim.Ship {
	var near nearby
	var thief *sim.Ship
	p.eye.crowd, p.eye.mates = 0, 0
	for _, c := range v.Cells {
		for i := range c.Ships {
			s := &c.Ships[i]
			if s.ID == me.ID {
				continue
			}
			gap := s.Pos.Sub(me.Pos).Len2()
			if s.Team.Mates(me.Team) {
				if gap < int64(company)*int64(company) {
					p.eye.mates++
				}
				continue
			}
			if gap > int64(screen)*int64(screen) {
				continue
			}
			if s.Carries {
				thief = s
			}
			near.add(s, gap)
			if gap < int64(crowding)*int64(crowding) {
				p.eye.crowd++
			}
		}
	}
	best, least := thief, sim.Unit(0)
	if thief != nil {
		least = p.reluctance(v, me, thief) - 500*sim.One
	}
	for _, s := range near.ships {
		if s == nil {
			break
		}
		if cost := p.reluctance(v, me, s); best == nil || cost < least {
			best, least = s, cost
		}
	}
	return best
}

// reluctance is how far away a target feels.
func (p *Pilot) reluctance(v *belief.View, me, s *sim.Ship) sim.Unit {
	far := s.Pos.Sub(me.Pos).Len()
	if far > screen || !sees(v.Arena, me.Pos, s.Pos) {
		far += 400 * sim.One
	}
	if s.Shield > 20 {
		far += 200 * sim.One
	}
	if !s.Shoots(v.Arena) {
		far += 700 * sim.One // safe
	}
	if s.ID == p.eye.on {
		far -= 120 * sim.One
	}
	weak := 150 * sim.One
	if me.Team != sim.NoTeam {
		weak = 260 * sim.One // what mates have hurt is finished together
	}
	if p.errand.leash > 0 {
		far += max(0, s.Pos.Sub(p.errand.at).Len()-p.errand.leash)
	}
	full := sim.Unit(sim.Hulls[s.Hull].EnergyMax)
	return far + weak/full*sim.Unit(s.Energy)
}

// intercept returns where a bolt of the given speed that leaves from now meets
// what is seen, if that keeps its velocity. A share below 256 leads too little; a
// speed of 0 is that of light.
func intercept(from sim.Vec, seen sighting, speed sim.Unit, share int64) sim.Vec {
	at := seen.pos
	if speed == 0 {
		return at
	}
	for range 2 {
		ticks := int64(at.Sub(from).Len() / speed)
		at = seen.pos.Add(sim.Vec{
			X: sim.Unit(int64(seen.vel.X) * ticks * share / 256),
			Y: sim.Unit(int64(seen.vel.Y) * ticks * share / 256),
		})
	}
	return at
}
