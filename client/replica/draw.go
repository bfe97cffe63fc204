package replica

import (
	"math"
	"time"

	"ionwake/shared/sim"
)

// Scene returns what there is to draw at a moment, after Step of the same moment;
// nil before the first frame, and for one of a Crowd.
func (r *Replica) Scene(now time.Duration) *Scene {
	if r.arena == nil || r.tick == 0 || r.cfg.Crowd != nil {
		return nil
	}
	s := &r.scene
	r.melt.decay(now)
	r.melt.share = r.share(now)
	s.Tick = float64(r.ahead.tick) + r.melt.share
	s.Arena, s.Match, s.Self = r.arena, r.board.match, r.welcome.ID
	s.Mode, s.Room, s.Next = r.welcome.Mode, r.welcome.Room, r.welcome.NextArena
	s.Teams, s.ScoreLimit, s.Team = int(r.welcome.Teams), int(r.welcome.ScoreLimit), r.board.team(r.welcome.ID)
	s.Left = ticks(s.Match.Ends, s.Tick)
	s.Alive, s.Respawn, s.Watcher = false, 0, r.watcher
	r.drawShips(s)
	r.drawBolts(s)
	r.drawItems(s)
	r.drawObjectives(s)
	if !s.Alive && r.board.spawn != 0 {
		s.Respawn = ticks(r.board.spawn, s.Tick)
	}
	s.Effects = append(s.Effects[:0], r.effect.list...)
	r.effect.list = r.effect.list[:0]
	s.Death = r.grave.draw(now, s.Alive)
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
		s.Ships = append(s.Ships, ShipView{})
		v := &s.Ships[len(s.Ships)-1]
		r.drawShip(&a.now.ships[i], v)
		v.Pos = r.melt.drawn(a, i)
		if v.Own {
			s.Alive, s.Team = true, v.Team
		}
	}
}

// drawShip fills everything but the place.
func (r *Replica) drawShip(ship *sim.Ship, v *ShipView) {
	hull := &sim.Hulls[ship.Hull]
	*v = ShipView{
		ID: ship.ID, Hull: ship.Hull, Team: ship.Team, Vel: speed(ship.Vel),
		Aim:      r.melt.aim(ship.ID, r.aimOf(ship)),
		Buttons:  ship.Held.Buttons,
		Energy:   share(int(ship.Energy), int(hull.EnergyMax)),
		Shielded: ship.Shield > 0,
		Guard:    ship.Guards(),
		Drafts:   ship.Drafts,
		Dashing:  ship.Dashing(),
		Carries:  ship.Carries,
		Safe:     !ship.Shoots(r.arena),
		Boost:    ship.Boost,
		BoostFor: share(int(ship.BoostFor), int(sim.BoostTime(ship.Boost))),
		Reload:   share(int(ship.Reload), int(hull.Primary.Reload)),
		Recharge: share(int(ship.Recharge), recharge(hull)),
		DashIn:   share(int(ship.DashIn), sim.DashReload),
		Own:      ship.ID == r.welcome.ID,
	}
}

// recharge returns how many ticks the secondary of a hull takes at most.
func recharge(hull *sim.Hull) int {
	if hull.Guard {
		return sim.GuardRepair
	}
	return int(hull.Secondary.Reload)
}

// share returns part/whole, 0 to 1.
func share(part, whole int) float64 {
	if whole <= 0 {
		return 0
	}
	return min(float64(part)/float64(whole), 1)
}

// aimOf returns where the guns of a ship point, in radians. Those of the own ship
// point where its player aims at this moment, between two tellings, if they turn at
// once.
func (r *Replica) aimOf(s *sim.Ship) float64 {
	aim := s.Aim
	if s.ID == r.welcome.ID && r.hands.begun {
		turn := sim.Hulls[s.Hull].Turn
		aim = aim.Turn(min(max(aim.Delta(r.hands.live), -turn), turn))
	}
	return float64(aim) * 2 * math.Pi / sim.AngleSteps
}

func (r *Replica) drawBolts(s *Scene) {
	s.Bolts = s.Bolts[:0]
	a := &r.ahead
	for i := range a.now.bolts {
		b := &a.now.bolts[i]
		// A bolt flies straight within half a tick but for walls, which the next one shows.
		p, v := point(b.Pos), point(b.Vel)
		s.Bolts = append(s.Bolts, BoltView{
			Key: b.Key(), Owner: b.Owner, Team: b.Team, Kind: b.Kind,
			Pos:  Point{p.X + v.X*r.melt.share, p.Y + v.Y*r.melt.share},
			Vel:  speed(b.Vel),
			Life: float64(b.Life) / float64(sim.Shots[b.Kind].Life),
		})
	}
}
