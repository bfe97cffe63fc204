package view

import (
	"math"

	"ionwake/shared/sim"
)

// ace chases the nearest enemy, or goes where the mode wants it, and uses all that
// its hull has.
func ace(w *sim.World, self sim.PlayerID) sim.Input {
	s := w.Ship(self)
	if s == nil {
		return sim.Input{}
	}
	var prey *sim.Ship
	best := int64(math.MaxInt64)
	for id := range w.Players {
		o := w.Ship(sim.PlayerID(id))
		if o == nil || o.ID == self || o.Team.Mates(s.Team) {
			continue
		}
		if d := o.Pos.Sub(s.Pos).Len2(); d < best {
			best, prey = d, o
		}
	}
	if prey == nil {
		return sim.Input{Aim: s.Held.Aim}
	}
	near := func(units int) bool { return best < int64(sim.Units(units))*int64(sim.Units(units)) }
	to := prey.Pos.Sub(s.Pos)
	goal, errand := errandOf(w, s)
	if !errand {
		goal = prey.Pos
	}
	way := goal.Sub(s.Pos)
	swirl := math.Sin(float64(w.Tick)/40+float64(self)) * 1.2
	if !errand && near(230) {
		swirl += 1.4
	}
	angle := math.Atan2(float64(way.Y), float64(way.X)) + swirl
	in := sim.Input{Aim: to.Angle(), Buttons: eightWays(math.Cos(angle), math.Sin(angle), 0.1)}
	in.Aim = in.Aim.Turn(int(30 * math.Sin(float64(w.Tick)/17+float64(self)*2)))
	phase := int(w.Tick)/30 + int(self)
	if near(420) && s.Energy > 4000 && phase%3 != 0 {
		in.Buttons |= sim.Fire
	}
	if near(300) && s.Energy > 5000 && phase%5 == 1 {
		in.Buttons |= sim.Alt
	}
	if s.Energy > 7000 && phase%7 == 2 {
		in.Buttons |= sim.Dash
	}
	return in
}

// errandOf says where the mode wants s, if anywhere.
func errandOf(w *sim.World, s *sim.Ship) (sim.Vec, bool) {
	for i := range w.Objectives {
		o := &w.Objectives[i]
		switch {
		case o.Kind == sim.Beacon && s.ID%3 != 0:
			return o.Pos, true
		case o.Kind == sim.Core && s.Carries && o.Team == s.Team:
			return o.Home, true
		case o.Kind == sim.Core && !s.Carries && o.Team != s.Team && o.State != sim.Carried && s.ID%3 == 0:
			return o.Pos, true
		}
	}
	return sim.Vec{}, false
}
