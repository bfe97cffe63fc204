package sim

// PlayerID names a seat of a World, 0 to MaxPlayers-1. A ship has its player's id.
type PlayerID uint16

// NoPlayer is nobody.
const NoPlayer PlayerID = 0xffff

// HullKind is a row of Hulls.
type HullKind uint8

// The hulls.
const (
	Dart HullKind = iota
	Corsair
	Lancer
	Bastion
)

// Ship is the whole public state of one living ship: everything Advance needs
// and nothing else. Every field travels to those who may see the ship.
type Ship struct {
	ID       PlayerID
	Hull     HullKind
	Team     Team
	Held     Input // what is held since the last change
	Aim      Angle // where the guns point: Held.Aim, or on its way there
	Pos      Vec
	Vel      Vec
	Energy   int32    // 1..EnergyMax: health, ammunition and boost at once
	Reload   uint8    // ticks until the primary may fire
	Recharge uint8    // ticks until the secondary may be used
	DashIn   uint8    // ticks until the ship may dash
	Shield   uint8    // ticks of spawn protection left; ends with the first shot
	Boost    ItemKind // Overdrive, Aegis or Afterburner while it lasts, else NoItem
	BoostFor uint16   // ticks that Boost lasts
	Drafts   bool     // flies in a fresh wake: Step's word, Advance honours it
	Carries  bool     // the enemy's core is aboard: Step's word, Advance honours it
	NextSeq  uint8    // number of the next shot
}

// Advance moves s by one tick of its own motion: held buttons, aim, drag, wells,
// walls, timers, refill and triggers. It looks at nothing but s and the arena, so
// that a belief can follow it without knowing anybody else. What leaves the guns in
// this tick is appended to born; it begins to fly, or acts, when everybody has
// moved.
func (s *Ship) Advance(a *Arena, born []Bolt) []Bolt {
	hull := &Hulls[s.Hull]
	s.turn(hull)
	s.dash()
	s.thrust(hull)
	s.Vel = s.Vel.Add(a.PullAt(s.Pos)).clampLen(hull.MaxSpeed)
	s.Pos, s.Vel = a.slide(s.Pos, s.Vel, hull.Box)
	s.count()
	s.refill(hull)
	if s.Shoots(a) {
		born = s.use(a, &hull.Primary, Fire, &s.Reload, born)
		if !hull.Guard {
			born = s.use(a, &hull.Secondary, Alt, &s.Recharge, born)
		}
	}
	return born
}

// turn brings the guns towards where the hand points.
func (s *Ship) turn(hull *Hull) {
	off := s.Aim.Delta(s.Held.Aim)
	s.Aim = s.Aim.Turn(min(max(off, -hull.Turn), hull.Turn))
}

// dash gives a burst in the held direction.
func (s *Ship) dash() {
	x, y := s.Held.Buttons.direction()
	if s.Held.Buttons&Dash == 0 || s.DashIn > 0 || s.Energy <= dashCost || s.Carries || x == 0 && y == 0 {
		return
	}
	s.Energy -= dashCost
	s.DashIn = dashReload
	power := dashSpeed
	if x != 0 && y != 0 {
		power = power * diagonal / 256
	}
	s.Vel = s.Vel.Add(Vec{x * power, y * power})
}

// diagonal is 1/sqrt(2) in 1/256, rounded.
const diagonal = 181

func (s *Ship) thrust(hull *Hull) {
	x, y := s.Held.Buttons.direction()
	power := hull.Thrust
	if x != 0 && y != 0 {
		power = power * diagonal / 256
	}
	if s.Carries {
		power = power * carryThrust / 256
	}
	if s.Boost == Afterburner {
		power = power * burnThrust / 256
	}
	s.Vel.X += x*power - drag(s.Vel.X, hull.Drag)
	s.Vel.Y += y*power - drag(s.Vel.Y, hull.Drag)
}

// drag returns the part of v lost in one tick, rounded away from zero so that a
// coasting ship comes to rest.
func drag(v, divisor Unit) Unit {
	if v > 0 {
		return (v + divisor - 1) / divisor
	}
	return (v - divisor + 1) / divisor
}

// count lets the timers run.
func (s *Ship) count() {
	for _, timer := range [...]*uint8{&s.Shield, &s.Reload, &s.Recharge, &s.DashIn} {
		if *timer > 0 {
			*timer--
		}
	}
	if s.BoostFor > 0 {
		if s.BoostFor--; s.BoostFor == 0 {
			s.Boost = NoItem
		}
	}
}

func (s *Ship) refill(hull *Hull) {
	gain := hull.EnergyRefill
	if s.Drafts {
		gain *= 2
	}
	guards := s.Guards()
	if guards {
		gain -= hull.Secondary.Cost
	}
	s.Energy = min(s.Energy+gain, hull.EnergyMax)
	if guards && s.Energy < guardFloor {
		s.Recharge = guardRepair
	}
}

// Guards reports whether the ship's shield is up.
func (s *Ship) Guards() bool {
	return Hulls[s.Hull].Guard && s.Held.Buttons&Alt != 0 && s.Recharge == 0 && s.Energy >= guardFloor
}

// Shoots reports whether the guns work where s is.
func (s *Ship) Shoots(a *Arena) bool { return s.Carries || !a.SafeAt(s.Pos) }

// Dashing reports whether s is in the burst of a dash.
func (s *Ship) Dashing() bool { return s.DashIn > dashReload-TickRate/5 }

// use fires t if its button is held, it is ready and there is energy to spare.
func (s *Ship) use(a *Arena, t *Trigger, button Buttons, reload *uint8, born []Bolt) []Bolt {
	if s.Held.Buttons&button == 0 || *reload > 0 || s.Energy <= t.Cost {
		return born
	}
	s.Energy -= t.Cost
	s.Shield = 0
	*reload = t.Reload
	if s.Boost == Overdrive {
		*reload = Overdriven(t.Reload)
	}
	count := max(t.Count, 1)
	for i := range count {
		born = append(born, s.fire(a, t.Shot, s.Aim.Turn((2*i-count+1)*t.Spread/2)))
	}
	return born
}

func (s *Ship) fire(a *Arena, kind BoltKind, aim Angle) Bolt {
	shot := &Shots[kind]
	muzzle := s.Pos.Add(aim.Vec(Hulls[s.Hull].Radius))
	if a.SolidAt(muzzle) || kind == Pulse {
		muzzle = s.Pos // pressed against a wall: the shot leaves from within
	}
	b := Bolt{
		Owner: s.ID, Seq: s.NextSeq, Kind: kind, Team: s.Team,
		Pos: muzzle, Vel: aim.Vec(shot.Speed),
		Life: shot.Life, Bounces: shot.Bounces,
	}
	s.NextSeq++
	return b
}
