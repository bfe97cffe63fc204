package sim

import "slices"

// BoltKind is a row of Shots.
type BoltKind uint8

// The bolts. Beam and Pulse act where and when they are fired and never fly.
const (
	LightBolt BoltKind = iota
	Pellet
	Bouncer
	Mine
	Beam
	Pulse
	Shell
)

// Bolt is the whole public state of one shot in flight.
type Bolt struct {
	Owner   PlayerID
	Seq     uint8 // the owner's shot number: (Owner, Seq) names a bolt
	Kind    BoltKind
	Team    Team // of its owner, when it was fired
	Pos     Vec
	Vel     Vec
	Life    uint16 // ticks left
	Bounces uint8  // walls it may still meet
}

// BoltKey orders and names bolts.
type BoltKey uint32

// Key returns the name of b.
func (b *Bolt) Key() BoltKey { return BoltKey(b.Owner)<<8 | BoltKey(b.Seq) }

// Advance moves b by one tick of its own flight: drag, wells, walls, bounces and
// expiry. It returns false when the bolt is no more; if it Explodes, it does so
// where it then is.
func (b *Bolt) Advance(a *Arena) (alive bool) {
	b.Life--
	if b.Life == 0 {
		return false
	}
	shot := &Shots[b.Kind]
	if shot.Slows > 0 {
		b.Vel.X -= drag(b.Vel.X, shot.Slows)
		b.Vel.Y -= drag(b.Vel.Y, shot.Slows)
	}
	if pull := a.PullAt(b.Pos); pull != (Vec{}) {
		b.Vel = b.Vel.Add(pull.Div(wellOnBolts)).clampLen(shot.Speed)
	}
	next := Vec{b.Pos.X + b.Vel.X, b.Pos.Y}
	if a.SolidAt(next) {
		if b.Bounces == 0 {
			return false
		}
		b.Bounces--
		b.Vel.X = -b.Vel.X
		next.X = b.Pos.X
	}
	b.Pos.X = next.X
	next.Y += b.Vel.Y
	if a.SolidAt(next) {
		if b.Bounces == 0 {
			return false
		}
		b.Bounces--
		b.Vel.Y = -b.Vel.Y
		next.Y = b.Pos.Y
	}
	b.Pos.Y = next.Y
	return true
}

// Armed reports whether b is past the moment after it was laid in which it does
// nothing.
func (b *Bolt) Armed() bool {
	shot := &Shots[b.Kind]
	return shot.Life-b.Life >= shot.Arm
}

// Explodes reports whether b ends in an explosion.
func (b *Bolt) Explodes() bool { return Shots[b.Kind].Splash > 0 }

// Meets reports whether b is inside the disc of s. A bolt never meets the ship
// that fired it, nor that ship's mates.
func (b *Bolt) Meets(s *Ship) bool {
	if s.ID == b.Owner || s.Team.Mates(b.Team) || !b.Armed() {
		return false
	}
	reach := int64(Hulls[s.Hull].Radius + Shots[b.Kind].Radius)
	return s.Pos.Sub(b.Pos).Len2() <= reach*reach
}

// Smells returns the squared distance to s if b would chase it.
func (b *Bolt) Smells(s *Ship) (gap int64, yes bool) {
	if s.ID == b.Owner || s.Team.Mates(b.Team) {
		return 0, false
	}
	reach := int64(Shots[b.Kind].Seeks)
	gap = s.Pos.Sub(b.Pos).Len2()
	return gap, gap <= reach*reach
}

// Chase turns b towards prey.
func (b *Bolt) Chase(prey Vec) {
	gap := prey.Sub(b.Pos)
	if far := int64(gap.Len()); far > 0 {
		b.Vel = b.Vel.Add(Vec{
			Unit(int64(gap.X) * seekThrust / far),
			Unit(int64(gap.Y) * seekThrust / far),
		}).clampLen(Shots[b.Kind].Speed)
	}
}

// InsertBolt inserts b into bolts, which are sorted by key.
func InsertBolt(bolts []Bolt, b Bolt) []Bolt {
	bolts = append(bolts, b)
	i := len(bolts) - 1
	for ; i > 0 && bolts[i-1].Key() > b.Key(); i-- {
		bolts[i] = bolts[i-1]
	}
	bolts[i] = b
	return bolts
}

// LaunchBolt puts b, which has just left the guns, among bolts, which are sorted by
// key: in place of the oldest of its kind where its owner has as many as it may.
func LaunchBolt(bolts []Bolt, b Bolt) []Bolt {
	if i := oldest(bolts, &b); i >= 0 {
		bolts = slices.Delete(bolts, i, i+1)
	}
	return InsertBolt(bolts, b)
}

// oldest returns where in bolts the one is that b pushes out, or -1.
func oldest(bolts []Bolt, b *Bolt) int {
	limit := Shots[b.Kind].Limit
	if limit == 0 {
		return -1
	}
	count, first := 0, -1
	for i := range bolts {
		if bolts[i].Owner != b.Owner || bolts[i].Kind != b.Kind {
			continue
		}
		count++
		if first < 0 || bolts[i].Life < bolts[first].Life {
			first = i
		}
	}
	if count < limit {
		return -1
	}
	return first
}
