package replica

import (
	"slices"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// ahead is the world at the tick the player acts in, and one tick on: the belief,
// advanced; the own ship with the inputs the server does not know of yet.
//
// Others are advanced, and not interpolated between what has come, by the figures of
// client/lab. At 100 ms and 20 ms jitter, twelve pilots fighting, they are drawn 0
// units (median) and 15 (99th percentile) from where they are at the drawn tick;
// interpolation two sends behind draws them 34 and 77 units from there, as they were
// 207 ms ago. At 200 ms it is 2 and 38 against 51 and 114.
type ahead struct {
	tick    sim.Tick // of now
	before  []placed // the ships one tick before now, by id
	now     moment
	next    moment    // now, one tick on
	assumed sim.Input // what next takes the player to hold
	born    []sim.Bolt
	lanes   lanes
	past    [historyTicks]foreseen // the own ship as predicted
	alone   alone
}

// moment is everything at one tick.
type moment struct {
	ships  []sim.Ship // by id
	bolts  []sim.Bolt // by key
	things things
	beam   bool // a beam left the guns of the own ship in this tick
}

func (m *moment) copy(from *moment) {
	m.ships = append(m.ships[:0], from.ships...)
	m.bolts = append(m.bolts[:0], from.bolts...)
	m.things.copy(&from.things)
}

func (m *moment) ship(id sim.PlayerID) *sim.Ship {
	i, found := slices.BinarySearchFunc(m.ships, id, func(s sim.Ship, id sim.PlayerID) int { return int(s.ID) - int(id) })
	if !found {
		return nil
	}
	return &m.ships[i]
}

// placed is a ship's place.
type placed struct {
	id sim.PlayerID
	at sim.Vec
}

// place returns where the i-th ship of now is at a share of a tick, -1 to 1, from now.
func (a *ahead) place(i int, share float64) Point {
	s := &a.now.ships[i]
	switch {
	case share < 0:
		return between(s.Pos, a.placeBefore(s), -share)
	case i < len(a.next.ships) && a.next.ships[i].ID == s.ID:
		return between(s.Pos, a.next.ships[i].Pos, share)
	}
	return point(s.Pos)
}

// placeBefore returns where a ship of now was one tick before; if it was not there, or
// that is not known, where it is.
func (a *ahead) placeBefore(s *sim.Ship) sim.Vec {
	i, found := slices.BinarySearchFunc(a.before, s.ID, func(p placed, id sim.PlayerID) int { return int(p.id) - int(id) })
	if !found {
		return s.Pos
	}
	return a.before[i].at
}

// remember keeps the places of the ships of now.
func (a *ahead) remember() {
	a.before = a.before[:0]
	for i := range a.now.ships {
		a.before = append(a.before, placed{a.now.ships[i].ID, a.now.ships[i].Pos})
	}
}

// beams reports whether a beam of id is among what has just left the guns.
func (a *ahead) beams(id sim.PlayerID) bool {
	for i := range a.born {
		if b := &a.born[i]; b.Kind == sim.Beam && b.Owner == id {
			return true
		}
	}
	return false
}

// forget drops what was foreseen on another ground.
func (a *ahead) forget() { clear(a.past[:]) }

// foreseen is the own ship as it was predicted for a tick.
type foreseen struct {
	tick sim.Tick
	ship sim.Ship
}

// rebuild starts again from the belief and advances to the present.
func (r *Replica) rebuild() {
	a := &r.ahead
	a.next.ships, a.next.bolts, a.next.beam = a.next.ships[:0], a.next.bolts[:0], false
	for i := range r.cells {
		a.next.ships = append(a.next.ships, r.cells[i].Ships...)
		a.next.bolts = append(a.next.bolts, r.cells[i].Bolts...)
	}
	if len(r.cells) > 1 {
		slices.SortFunc(a.next.ships, func(s, t sim.Ship) int { return int(s.ID) - int(t.ID) })
		slices.SortFunc(a.next.bolts, func(s, t sim.Bolt) int { return int(s.Key()) - int(t.Key()) })
	}
	a.next.things.copy(&r.things)
	a.tick = r.tick - 1
	a.now.ships = a.now.ships[:0] // of another picture
	r.effect.drop()
	r.forward()
	r.advance()
}

// advance brings now to the last latched tick.
func (r *Replica) advance() {
	if r.cfg.Crowd != nil {
		r.advanceAlone()
		return
	}
	a := &r.ahead
	if r.hands.begun && wire.Before(a.tick, r.hands.tick) && r.holding(a.tick+1) != a.assumed {
		a.next.copy(&a.now)
		r.effect.drop()
		r.play(a.tick + 1)
	}
	if r.hands.begun && int32(r.hands.tick-a.tick) > historyTicks {
		a.tick = r.hands.tick - 1 // slept through: there is nothing to see of it
	}
	for r.hands.begun && wire.Before(a.tick, r.hands.tick) {
		r.forward()
	}
}

// forward lets one tick pass.
func (r *Replica) forward() {
	a := &r.ahead
	a.remember()
	a.now, a.next = a.next, a.now
	a.tick++
	r.effect.commit()
	if s := a.now.ship(r.welcome.ID); s != nil {
		a.past[a.tick%historyTicks] = foreseen{a.tick, *s}
	}
	a.next.copy(&a.now)
	r.play(a.tick + 1)
}

// holding returns what the player holds in tick t; after the last latched tick,
// the same as in it.
func (r *Replica) holding(t sim.Tick) sim.Input {
	h := &r.hands
	if in, ok := h.at(t); ok {
		return in
	}
	if h.begun && wire.Before(h.tick, t) {
		return h.ring[h.tick%historyTicks]
	}
	if s := r.own(); s != nil {
		return s.Held
	}
	return sim.Input{}
}
