package replica

import (
	"math"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// effects collects what is to be seen and heard once. The same shot may be
// foreseen, foreseen again after a correction, and confirmed: it shows once.
type effects struct {
	list []Effect
	told [toldSlots]mark
	dead []death
}

const (
	toldSlots  = 2048
	toldFor    = 150 // ticks an effect is remembered
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

// once reports whether an effect of this kind and name is new around tick t.
func (e *effects) once(kind EffectKind, name uint32, t sim.Tick) bool {
	key := uint32(kind)<<27 | name&(1<<27-1)
	m := &e.told[(key*2654435761)>>21%toldSlots]
	if m.key == key && int32(t-m.tick) < toldFor && int32(m.tick-t) < toldFor {
		return false
	}
	*m = mark{key, t}
	return true
}

func (e *effects) add(x Effect) {
	if len(e.list) < maxEffects {
		e.list = append(e.list, x)
	}
}

func (e *effects) fired(r *Replica, b *sim.Bolt, t sim.Tick) {
	if e.once(ShotFired, uint32(b.Key()), t) {
		e.add(Effect{Kind: ShotFired, Who: b.Owner, By: b.Owner, Pos: point(b.Pos), Dir: unit(b.Vel), Size: 0.3, Own: b.Owner == r.welcome.ID})
	}
}

func (e *effects) hit(r *Replica, b *sim.Bolt, victim sim.PlayerID, t sim.Tick) {
	if e.once(ShotHit, uint32(b.Key()), t) {
		own := b.Owner == r.welcome.ID || victim == r.welcome.ID
		e.add(Effect{Kind: ShotHit, Who: victim, By: b.Owner, Pos: point(b.Pos), Dir: unit(b.Vel), Size: 0.6, Own: own})
	}
}

func (e *effects) faded(r *Replica, b *sim.Bolt, t sim.Tick) {
	if e.once(ShotFaded, uint32(b.Key()), t) {
		e.add(Effect{Kind: ShotFaded, Who: b.Owner, By: b.Owner, Pos: point(b.Pos), Dir: unit(b.Vel), Size: 0.2, Own: b.Owner == r.welcome.ID})
	}
}

func (e *effects) ricochet(r *Replica, b *sim.Bolt, t sim.Tick) {
	if e.once(ShotBounced, uint32(b.Key()), t) {
		e.add(Effect{Kind: ShotBounced, Who: b.Owner, By: b.Owner, Pos: point(b.Pos), Dir: unit(b.Vel), Size: 0.2, Own: b.Owner == r.welcome.ID})
	}
}

// bounced notes a ship that a wall threw back.
func (e *effects) bounced(r *Replica, s *sim.Ship, before sim.Vec, t sim.Tick) {
	const hard = 2 * sim.One
	dx, dy := s.Vel.X-before.X, s.Vel.Y-before.Y
	if dx < hard && dx > -hard && dy < hard && dy > -hard {
		return
	}
	if e.once(ShipBounced, uint32(s.ID)<<8|uint32(t>>3)&0xff, t) {
		size := math.Hypot(dx.Float(), dy.Float()) / 12
		e.add(Effect{Kind: ShipBounced, Who: s.ID, By: sim.NoPlayer, Pos: point(s.Pos), Size: min(size, 1), Own: s.ID == r.welcome.ID})
	}
}

// note takes what the belief saw happen in one cell and one send, so many sends
// before the newest.
func (e *effects) note(r *Replica, back int) {
	begun := r.tick - sim.Tick((back+1)*r.interval)
	for _, n := range r.codec.Notes() {
		switch n.Kind {
		case belief.Struck:
			b := sim.Bolt{Owner: n.By, Seq: n.Seq, Pos: n.Pos, Vel: n.Vel}
			e.hit(r, &b, n.Ship, begun+sim.Tick(n.Tick))
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
