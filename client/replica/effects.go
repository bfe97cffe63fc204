package replica

import (
	"math"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// effects collects what is to be seen and heard once. The same shot may be
// foreseen, foreseen again after a correction, and confirmed: it shows once.
type effects struct {
	list  []Effect
	maybe []foreseeing // of the tick that the player has not acted in yet
	told  [toldSlots]mark
	dead  []death
}

// foreseeing is an effect that will show when its tick is reached, unless what the
// player does meanwhile undoes it.
type foreseeing struct {
	Effect
	name uint32
	tick sim.Tick
}

const (
	toldSlots  = 2048
	toldFor    = 150 // ticks an effect is remembered
	guessFor   = 10  // ticks a guessed hit may be off and still be the one confirmed
	maxEffects = 256 // of one frame; more are not shown
)

type mark struct {
	key  uint32
	tick sim.Tick
}

type death struct {
	who, by sim.PlayerID
	pos     sim.Vec
}

func (e *effects) begin() { e.dead = e.dead[:0] }

// once reports whether an effect of this kind and name is new around tick t, and
// remembers it.
func (e *effects) once(kind EffectKind, name uint32, t sim.Tick) bool {
	m := e.place(kind, name)
	if m.key == key(kind, name) && abs(int32(t-m.tick)) < toldFor {
		return false
	}
	*m = mark{key(kind, name), t}
	return true
}

// place is where an effect is remembered; a newer one may have taken it.
func (e *effects) place(kind EffectKind, name uint32) *mark {
	return &e.told[(key(kind, name)*2654435761)>>21%toldSlots]
}

func key(kind EffectKind, name uint32) uint32 { return uint32(kind)<<27 | name&(1<<27-1) }

// drop forgets what was foreseen for the next tick.
func (e *effects) drop() { e.maybe = e.maybe[:0] }

// commit shows what was foreseen for the tick just reached.
func (e *effects) commit() {
	for i := range e.maybe {
		if f := &e.maybe[i]; e.once(f.Kind, f.name, f.tick) {
			e.add(f.Effect)
		}
	}
	e.drop()
}

// foresee keeps an effect of the tick being played.
func (e *effects) foresee(x Effect, name uint32, t sim.Tick) {
	if len(e.maybe) < maxEffects {
		e.maybe = append(e.maybe, foreseeing{x, name, t})
	}
}

func (e *effects) add(x Effect) {
	if len(e.list) < maxEffects {
		e.list = append(e.list, x)
	}
}

func (e *effects) fired(r *Replica, b *sim.Bolt, t sim.Tick) {
	e.foresee(r.ofBolt(ShotFired, b, 0.3), uint32(b.Key()), t)
}

func (e *effects) hit(r *Replica, b *sim.Bolt, victim sim.PlayerID, t sim.Tick) {
	e.foresee(r.hit(b, victim), uint32(b.Key()), t)
}

func (e *effects) faded(r *Replica, b *sim.Bolt, t sim.Tick) {
	e.foresee(r.ofBolt(ShotFaded, b, 0.2), uint32(b.Key()), t)
}

func (e *effects) ricochet(r *Replica, b *sim.Bolt, t sim.Tick) {
	e.foresee(r.ofBolt(ShotBounced, b, 0.2), uint32(b.Key()), t)
}

// ofBolt is an effect of a bolt where it is.
func (r *Replica) ofBolt(kind EffectKind, b *sim.Bolt, size float64) Effect {
	return Effect{
		Kind: kind, Who: b.Owner, By: b.Owner, Pos: point(b.Pos), Dir: unit(b.Vel),
		Size: size, Own: b.Owner == r.welcome.ID,
	}
}

// hit is the effect of a bolt on its victim.
func (r *Replica) hit(b *sim.Bolt, victim sim.PlayerID) Effect {
	x := r.ofBolt(ShotHit, b, 0.6)
	x.Who, x.Own = victim, x.Own || victim == r.welcome.ID
	return x
}

// struck shows a hit that the belief confirms, unless it was foreseen at about that
// time: a wrong guess does not make the real hit mute.
func (e *effects) struck(r *Replica, b *sim.Bolt, victim sim.PlayerID, t sim.Tick) {
	name := uint32(b.Key())
	if m := e.place(ShotHit, name); m.key == key(ShotHit, name) && abs(int32(t-m.tick)) <= guessFor {
		return
	}
	*e.place(ShotHit, name) = mark{key(ShotHit, name), t}
	e.add(r.hit(b, victim))
}

func abs(n int32) int32 { return max(n, -n) }

// bounced notes a ship that a wall threw back.
func (e *effects) bounced(r *Replica, s *sim.Ship, before sim.Vec, t sim.Tick) {
	const hard = 2 * sim.One
	dx, dy := s.Vel.X-before.X, s.Vel.Y-before.Y
	if dx < hard && dx > -hard && dy < hard && dy > -hard {
		return
	}
	size := math.Hypot(dx.Float(), dy.Float()) / 12
	e.foresee(Effect{
		Kind: ShipBounced, Who: s.ID, By: sim.NoPlayer, Pos: point(s.Pos), Size: min(size, 1), Own: s.ID == r.welcome.ID,
	}, uint32(s.ID)<<8|uint32(t>>3)&0xff, t)
}

// note takes what the belief saw happen in one cell and one send, so many sends
// before the newest.
func (e *effects) note(r *Replica, back int) {
	begun := r.tick - sim.Tick((back+1)*r.interval)
	for _, n := range r.codec.Notes() {
		switch n.Kind {
		case belief.Struck:
			b := sim.Bolt{Owner: n.By, Seq: n.Seq, Pos: n.Pos, Vel: n.Vel}
			e.struck(r, &b, n.Ship, begun+sim.Tick(n.Tick))
		case belief.Died:
			e.dead = append(e.dead, death{n.Ship, n.By, n.Pos})
		case belief.Entered:
			s := r.cellShip(n.Ship)
			if s != nil && s.Shield > 60 && e.once(ShipEntered, uint32(n.Ship), r.tick) {
				e.add(Effect{Kind: ShipEntered, Who: n.Ship, By: sim.NoPlayer, Pos: point(n.Pos), Size: 0.5, Own: n.Ship == r.welcome.ID})
			}
		}
	}
}

// deaths shows the ships that broke up in this frame: those the belief saw die,
// and those the kill feed names, where they were last drawn.
func (e *effects) deaths(r *Replica) {
	for _, k := range r.frame.Kills {
		e.dead = append(e.dead, death{k.Who, k.By, sim.Vec{}})
	}
	for _, d := range e.dead {
		if r.cellShip(d.who) != nil && !r.killed(d.who) || !e.once(ShipDied, uint32(d.who), r.tick) {
			continue
		}
		at := point(d.pos)
		if r.melt.had[d.who] {
			at = r.melt.was[d.who]
		} else if d.pos == (sim.Vec{}) {
			continue // out of sight
		}
		e.add(Effect{Kind: ShipDied, Who: d.who, By: d.by, Pos: at, Size: 1, Own: d.who == r.welcome.ID})
	}
}

func (r *Replica) killed(id sim.PlayerID) bool {
	for _, k := range r.frame.Kills {
		if k.Who == id {
			return true
		}
	}
	return false
}

func (r *Replica) cellShip(id sim.PlayerID) *sim.Ship {
	for i := range r.cells {
		if s := r.cells[i].Find(id); s != nil {
			return s
		}
	}
	return nil
}

func unit(v sim.Vec) Point {
	x, y := v.X.Float(), v.Y.Float()
	l := math.Hypot(x, y)
	if l == 0 {
		return Point{}
	}
	return Point{x / l, y / l}
}
