package sim

// Blow is what a shot does to a ship.
type Blow struct {
	Damage int32
	Push   Vec // speed gained
	Along  Vec // the way it came, of any length
}

// Outcome says what became of a blow.
type Outcome uint8

// The outcomes.
const (
	Spared  Outcome = iota // spawn protection, a safe zone or a harmless phase
	Stopped                // by a guard or an aegis
	Struck                 // energy was lost
	Broken                 // all of it: the ship is no more
)

// Blow returns what b does to the ship it meets.
func (b *Bolt) Blow() Blow {
	shot := &Shots[b.Kind]
	return Blow{Damage: shot.Damage, Push: b.Vel.Div(shot.Knock), Along: b.Vel}
}

// Blast returns what the explosion or the pulse of b does to s: all of it where
// the middle of s is in its middle, nothing where the hull is beyond its rim. Mates
// are left alone, and so are its owner and who is behind a wall.
func (b *Bolt) Blast(a *Arena, s *Ship) (blow Blow, reaches bool) {
	shot := &Shots[b.Kind]
	if s.ID == b.Owner || s.Team.Mates(b.Team) {
		return Blow{}, false
	}
	rim := shot.Splash + shot.Reach + Hulls[s.Hull].Radius
	gap := s.Pos.Sub(b.Pos)
	if gap.Len2() >= int64(rim)*int64(rim) {
		return Blow{}, false
	}
	if a.between(b.Pos, gap) {
		return Blow{}, false
	}
	far := int64(gap.Len())
	share := (int64(rim) - far) * 256 / int64(rim)
	blow.Damage = int32(int64(shot.SplashDamage) * share / 256)
	if b.Kind == Pulse {
		blow.Damage = shot.Damage
	}
	blow.Along = gap
	if far > 0 {
		push := int64(shot.SplashKnock) * share / 256
		blow.Push = Vec{Unit(int64(gap.X) * push / far), Unit(int64(gap.Y) * push / far)}
	}
	return blow, true
}

// Repel turns o, a bolt of somebody else within the reach of the pulse b, away from
// its middle.
func (b *Bolt) Repel(o *Bolt) {
	if o.Owner == b.Owner || o.Team.Mates(b.Team) {
		return
	}
	gap, reach := o.Pos.Sub(b.Pos), int64(Shots[b.Kind].Reach)
	if gap.Len2() >= (reach+1)*(reach+1) {
		return // most are: told without a root
	}
	if far := int64(gap.Len()); far > 0 {
		speed := int64(Shots[o.Kind].Speed)
		o.Vel = Vec{Unit(int64(gap.X) * speed / far), Unit(int64(gap.Y) * speed / far)}.clampLen(Unit(speed))
	}
}

// Crosses reports whether the beam b, at most reach long, passes through s, and how
// far along it is nearest to the middle of s.
func (b *Bolt) Crosses(s *Ship, reach Unit) (at Unit, hit bool) {
	if s.ID == b.Owner || s.Team.Mates(b.Team) {
		return 0, false
	}
	gap := s.Pos.Sub(b.Pos)
	at = Unit(gap.Dot(b.Vel) / int64(Shots[b.Kind].Speed))
	if at < 0 || at > reach {
		return 0, false
	}
	width := int64(Hulls[s.Hull].Radius + Shots[b.Kind].Radius)
	across := (int64(gap.X)*int64(b.Vel.Y) - int64(gap.Y)*int64(b.Vel.X)) / int64(Shots[b.Kind].Speed)
	return at, across <= width && across >= -width
}

// Trace returns how far a beam from p along dir gets before a wall, at most reach.
// dir is as long as the speed of Beam.
func (a *Arena) Trace(p, dir Vec, reach Unit) Unit {
	const stride = 4 // to one length of dir
	step := dir.Div(stride)
	length := Shots[Beam].Speed / stride
	for far := Unit(0); far < reach; far += length {
		if p = p.Add(step); a.SolidAt(p) {
			return far
		}
	}
	return reach
}

// Along returns the place so far along the beam b.
func (b *Bolt) Along(far Unit) Vec {
	speed := int64(Shots[b.Kind].Speed)
	return b.Pos.Add(Vec{Unit(int64(b.Vel.X) * int64(far) / speed), Unit(int64(b.Vel.Y) * int64(far) / speed)})
}

// between reports whether a wall stands between p and the end of gap. What is this
// near needs few looks.
func (a *Arena) between(p, gap Vec) bool {
	for i := Unit(1); i < 4; i++ {
		if a.SolidAt(p.Add(Vec{gap.X * i / 4, gap.Y * i / 4})) {
			return true
		}
	}
	return false
}

// Take lets a blow fall on s: knock-back and, unless something saves it, the loss of
// energy.
func (s *Ship) Take(a *Arena, b Blow, harmless bool) Outcome {
	if !s.Shoots(a) {
		return Spared
	}
	hull := &Hulls[s.Hull]
	s.Vel = s.Vel.Add(b.Push).clampLen(hull.MaxSpeed)
	switch {
	case s.Shield > 0 || harmless || b.Damage == 0:
		return Spared
	case s.Boost == Aegis:
		s.BoostFor = min(s.BoostFor, aegisBurst)
		return Stopped
	case s.Guards() && s.faces(b.Along):
		if s.Energy = max(1, s.Energy-b.Damage*guardTakes/256); s.Energy < guardFloor {
			s.Recharge = guardRepair
		}
		return Stopped
	}
	s.Energy -= b.Damage
	if s.Energy <= 0 {
		return Broken
	}
	return Struck
}

// faces reports whether what comes along that way meets the guard of s.
func (s *Ship) faces(along Vec) bool {
	off := s.Aim.Delta(Vec{-along.X, -along.Y}.Angle())
	return off <= guardArc && off >= -guardArc
}
