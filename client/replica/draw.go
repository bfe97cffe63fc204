package replica

import (
	"math"
	"time"

	"ionwake/shared/sim"
)

// Scene returns what there is to draw at a moment, after Step of the same moment;
// nil before the first frame.
func (r *Replica) Scene(now time.Duration) *Scene {
	if r.arena == nil || r.tick == 0 {
		return nil
	}
	s := &r.scene
	r.melt.decay(now)
	r.melt.frac = r.fraction(now)
	s.Tick = float64(r.ahead.tick) + r.melt.frac
	s.Arena, s.Match, s.Self = r.arena, r.board.match, r.welcome.ID
	s.Left = ticks(s.Match.Ends, s.Tick)
	s.Alive, s.Respawn, s.Watcher = false, 0, r.watcher
	r.drawShips(s)
	r.drawBolts(s)
	if !s.Alive && r.board.spawn != 0 {
		s.Respawn = ticks(r.board.spawn, s.Tick)
	}
	s.Effects = append(s.Effects[:0], r.effect.list...)
	r.effect.list = r.effect.list[:0]
	r.board.draw(now, s.Self, s)
	s.Net = r.Net(now)
	return s
}

// ticks returns the time from a drawn moment to a tick, at least 0.
func ticks(to sim.Tick, from float64) time.Duration {
	return max(time.Duration((float64(to)-from)/sim.TickRate*float64(time.Second)), 0)
}

func (r *Replica) drawShips(s *Scene) {
	s.Ships = s.Ships[:0]
	a := &r.ahead
	for i := range a.now.ships {
		ship := &a.now.ships[i]
		v := ShipView{
			ID: ship.ID, Hull: ship.Hull,
			Pos: r.melt.drawn(a, i), Vel: speed(ship.Vel),
			Aim:      r.melt.aim(ship.ID, r.aimOf(ship)),
			Buttons:  ship.Held.Buttons,
			Energy:   float64(ship.Energy) / float64(sim.Hulls[ship.Hull].EnergyMax),
			Shielded: ship.Shield > 0,
			Own:      ship.ID == r.welcome.ID,
		}
		s.Alive = s.Alive || v.Own
		s.Ships = append(s.Ships, v)
	}
}

// aimOf returns where a ship aims, in radians: for the own one where its player aims
// at this moment, between two tellings.
func (r *Replica) aimOf(s *sim.Ship) float64 {
	aim := s.Held.Aim
	if s.ID == r.welcome.ID && r.hands.begun {
		aim = r.hands.live
	}
	return float64(aim) * 2 * math.Pi / sim.AngleSteps
}

func (r *Replica) drawBolts(s *Scene) {
	s.Bolts = s.Bolts[:0]
	a := &r.ahead
	for i := range a.now.bolts {
		b := &a.now.bolts[i]
		// A bolt flies straight within a tick but for walls, which the next tick shows.
		p, v := point(b.Pos), point(b.Vel)
		s.Bolts = append(s.Bolts, BoltView{
			Key: b.Key(), Owner: b.Owner, Kind: b.Kind,
			Pos:  Point{p.X + v.X*r.melt.frac, p.Y + v.Y*r.melt.frac},
			Vel:  speed(b.Vel),
			Life: float64(b.Life) / float64(sim.Shots[b.Kind].Life),
		})
	}
}
