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
	Drafts   bool     // flies in a fresh wake: the server's word
	Carries  bool     // the enemy's core is aboard: the server's word
	NextSeq  uint8    // number of the next shot
}

// Advance moves s by one tick of its own motion: held buttons, aim, drag, walls,
// timers, refill and trigger. It looks at nothing but s and the arena, so that a
// belief can follow it without knowing anybody else. A shot that leaves in this
// tick is returned and begins to fly in the next.
func (s *Ship) Advance(a *Arena) (shot Bolt, fired bool) {
	hull := &Hulls[s.Hull]
	s.thrust(hull)
	s.Pos, s.Vel = a.slide(s.Pos, s.Vel, hull.Box)
	if s.Shield > 0 {
		s.Shield--
	}
	if s.Reload > 0 {
		s.Reload--
	}
	s.Energy = min(s.Energy+hull.EnergyRefill, hull.EnergyMax)
	if s.Held.Buttons&Fire == 0 || s.Reload > 0 || s.Energy <= hull.ShotCost {
		return Bolt{}, false
	}
	return s.fire(a, hull), true
}

// diagonal is 1/sqrt(2) in 1/256, rounded.
const diagonal = 181

func (s *Ship) thrust(hull *Hull) {
	x, y := s.Held.Buttons.direction()
	power := hull.Thrust
	if x != 0 && y != 0 {
		power = power * diagonal / 256
	}
	s.Vel.X += x*power - drag(s.Vel.X, hull.Drag)
	s.Vel.Y += y*power - drag(s.Vel.Y, hull.Drag)
	s.Vel = s.Vel.clampLen(hull.MaxDash)
}

// drag returns the part of v lost in one tick, rounded away from zero so that a
// coasting ship comes to rest.
func drag(v, divisor Unit) Unit {
	if v > 0 {
		return (v + divisor - 1) / divisor
	}
	return (v - divisor + 1) / divisor
}

func (s *Ship) fire(a *Arena, hull *Hull) Bolt {
	shot := &Shots[hull.Shot]
	s.Energy -= hull.ShotCost
	s.Reload = hull.ShotReload
	s.Shield = 0
	muzzle := s.Pos.Add(s.Held.Aim.Vec(hull.Radius))
	if a.SolidAt(muzzle) {
		muzzle = s.Pos // pressed against a wall: the shot leaves from within
	}
	b := Bolt{
		Owner: s.ID, Seq: s.NextSeq, Kind: hull.Shot,
		Pos: muzzle, Vel: s.Held.Aim.Vec(shot.Speed),
		Life: shot.Life, Bounces: shot.Bounces,
	}
	s.NextSeq++
	return b
}
