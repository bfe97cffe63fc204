package replica

import (
	"math"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// effects collects what is to be seen and heard once. The same shot may be
// foreseen, foreseen again after a correction, and confirmed: it shows once.
type effects struct {
	list  []Effect
	maybe []foreseeing // of the tick that the player has not acted in yet
	told  [toldSets][toldWays]mark
	dead  []death

	claims claims
}

// foreseeing is an effect that will show when its tick is reached, unless what the
// player does meanwhile undoes it.
type foreseeing struct {
	Effect
	name uint32
	tick sim.Tick
}

const (
	toldSets   = 1024
	toldWays   = 4   // marks that may have the same hash before one makes way
	toldFor    = 150 // ticks an effect is remembered
	dashFor    = 90  // ticks in which a ship cannot dash twice
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
	if w := window(kind, name); w > 0 {
		return e.onceIn(kind, name, t, w)
	}
	m := e.place(kind, name)
	if m.key == key(kind, name) && abs(int32(t-m.tick)) < toldFor {
		return false
	}
	*m = mark{key(kind, name), t}
	return true
}

// onceIn is once for what happens again and again, but not twice in so many ticks.
// Each stretch of time has a mark of its own: what is foreseen is confirmed after more
// has been foreseen.
func (e *effects) onceIn(kind EffectKind, name uint32, t, w sim.Tick) bool {
	for near := t/w - 1; near != t/w+2; near++ {
		name := name*stretches + uint32(near)%stretches
		if m := e.place(kind, name); m.key == key(kind, name) && abs(int32(t-m.tick)) < int32(w) {
			return false
		}
	}
	name = name*stretches + uint32(t/w)%stretches
	*e.place(kind, name) = mark{key(kind, name), t}
	return true
}

// window returns within how many ticks two effects of one kind and name are one, 0 if
// each has a name of its own. A trigger does not fire twice while it reloads, so a
// shot is known by its gun and its time: a hit not foreseen may change its number.
func window(kind EffectKind, name uint32) sim.Tick {
	switch kind {
	case ShotFired, BeamFired, PulseFired:
		return reloads[name%shotKinds]
	case ShipDashed:
		return dashFor
	}
	return 0
}

// stretches is how many stretches of a window's length have marks of their own.
const stretches = 64

// shotKinds is more than there are kinds of shots.
const shotKinds = 16

// reloads says how many ticks lie between two uses of the gun of each kind of shot at
// least.
var reloads = func() (list [shotKinds]sim.Tick) {
	for _, h := range sim.Hulls {
		for _, t := range [...]sim.Trigger{h.Primary, h.Secondary} {
			list[t.Shot] = max(list[t.Shot], sim.Tick(sim.Overdriven(t.Reload)))
		}
	}
	return list
}()

// shotName names the gun that fired b.
func shotName(b *sim.Bolt) uint32 { return uint32(b.Owner)*shotKinds + uint32(b.Kind) }

// place is where an effect is remembered: its mark, or that of the oldest of those
// it may take the place of.
func (e *effects) place(kind EffectKind, name uint32) *mark {
	k := key(kind, name)
	set := &e.told[(k*2654435761)>>22%toldSets]
	oldest := &set[0]
	for i := range set {
		m := &set[i]
		if m.key == k {
			return m
		}
		if m.key == 0 || oldest.key != 0 && wire.Before(m.tick, oldest.tick) {
			oldest = m
		}
	}
	return oldest
}

func key(kind EffectKind, name uint32) uint32 { return uint32(kind)<<27 | name&(1<<27-1) }

// drop forgets what was foreseen for the next tick.
func (e *effects) drop() { e.maybe = e.maybe[:0] }

// commit shows what was foreseen for the tick just reached.
func (e *effects) commit() {
	for i := range e.maybe {
		f := &e.maybe[i]
		own := f.Own && isShot(f.Kind)
		if own {
			e.holds(f.Kind, f.name, f.tick)
		}
		if e.once(f.Kind, f.name, f.tick) {
			e.add(f.Effect)
			if own {
				e.claims.shown(f)
			}
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

// dashed shows the burst of a dash that ended tick t.
func (e *effects) dashed(r *Replica, s *sim.Ship, t sim.Tick) {
	e.foresee(r.ofDash(s), uint32(s.ID), t)
}

func (r *Replica) ofDash(s *sim.Ship) Effect {
	return Effect{
		Kind: ShipDashed, Who: s.ID, By: sim.NoPlayer, Team: s.Team, Pos: point(s.Pos), Dir: unit(s.Vel), Size: 0.5,
		Own: s.ID == r.welcome.ID,
	}
}

// dashes shows the dashes of others in the span of the newest frame that were not
// foreseen.
func (e *effects) dashes(r *Replica, span int) {
	for i := range r.cells {
		ships := r.cells[i].Ships
		for j := range ships {
			s := &ships[j]
			ago := sim.DashReload - 1 - int(s.DashIn)
			if s.DashIn > 0 && ago <= span && e.once(ShipDashed, uint32(s.ID), r.tick-sim.Tick(ago)) {
				e.add(r.ofDash(s))
			}
		}
	}
}

// taken shows the own ship taking what lies at a pick-up point.
func (e *effects) taken(r *Replica, kind sim.ItemKind, index int, t sim.Tick) {
	e.foresee(Effect{
		Kind: ItemTaken, Who: r.welcome.ID, By: sim.NoPlayer, Item: kind, Pos: point(r.arena.Items[index].Pos), Size: 1, Own: true,
	}, uint32(index), t)
}

// coreTaken shows the own ship taking the core of a team.
func (e *effects) coreTaken(r *Replica, own *sim.Ship, team sim.Team, t sim.Tick) {
	e.foresee(Effect{
		Kind: CoreTaken, Who: own.ID, By: sim.NoPlayer, Team: team, Pos: point(own.Pos), Size: 1, Own: true,
	}, coreName(own.ID, team), t)
}

func coreName(who sim.PlayerID, team sim.Team) uint32 { return uint32(who)<<2 | uint32(team) }

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
