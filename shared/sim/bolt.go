package sim

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

// Advance moves b by one tick of its own flight: walls, bounces and expiry. It
// returns false when the bolt is no more.
func (b *Bolt) Advance(a *Arena) (alive bool) {
	b.Life--
	if b.Life == 0 {
		return false
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

// stepBolts flies every bolt and lets those that meet a ship hit it. A bolt is
// shorter per tick than the disc it meets, so looking at where it is suffices.
func (w *World) stepBolts() {
	kept := w.Bolts[:0]
	for i := range w.Bolts {
		b := w.Bolts[i]
		if !b.Advance(w.Arena) {
			continue
		}
		if victim := w.struck(&b); victim != nil {
			w.hit(victim, &b)
			continue
		}
		kept = append(kept, b)
	}
	w.Bolts = kept
}

// struck returns the ship with the lowest id that b meets, or nil.
func (w *World) struck(b *Bolt) *Ship {
	victim := NoPlayer
	for id := range w.grid.near(b.Pos) {
		if id < victim && w.Alive(id) && b.Meets(&w.Ships[id]) {
			victim = id
		}
	}
	return w.Ship(victim)
}

// Meets reports whether b is inside the disc of s. A bolt never meets the ship
// that fired it.
func (b *Bolt) Meets(s *Ship) bool {
	if s.ID == b.Owner {
		return false
	}
	reach := int64(Hulls[s.Hull].Radius + Shots[b.Kind].Radius)
	return s.Pos.Sub(b.Pos).Len2() <= reach*reach
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
