//go:build !js

package lab_test

import (
	"sync"
	"time"

	"ionwake/shared/sim"
)

// truth is what really happened in a room, tick by tick, for as long as anybody may
// ask.
type truth struct {
	start time.Time

	mu     sync.Mutex // held only for a look
	newest sim.Tick
	ring   [4096]past
}

// past is one tick.
type past struct {
	tick  sim.Tick
	at    time.Duration // when it was stepped
	ships []sim.Ship    // by PlayerID
	life  []int         // by PlayerID: how often it had died before; -1: not flying
}

func newTruth(start time.Time) *truth { return &truth{start: start} }

// witness is a mode that tells the truth.
type witness struct {
	sim.Mode
	truth *truth
}

// Step is the last thing in a tick.
func (m witness) Step(w *sim.World) {
	m.Mode.Step(w)
	m.truth.keep(w)
}

func (t *truth) keep(w *sim.World) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := &t.ring[w.Tick%sim.Tick(len(t.ring))]
	p.tick, p.at = w.Tick, time.Since(t.start)
	p.ships = append(p.ships[:0], w.Ships...)
	p.life = p.life[:0]
	for i := range w.Players {
		life := -1
		if w.Players[i].Status == sim.Flying {
			life = int(w.Players[i].Deaths)
		}
		p.life = append(p.life, life)
	}
	t.newest = w.Tick
}

// latest returns the newest tick there is.
func (t *truth) latest() sim.Tick {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.newest
}

// ship returns a ship as it was in a tick, and which of its lives that was.
func (t *truth) ship(tick sim.Tick, id sim.PlayerID) (s sim.Ship, life int, at time.Duration, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := &t.ring[tick%sim.Tick(len(t.ring))]
	if p.tick != tick || int(id) >= len(p.life) || p.life[id] < 0 {
		return s, 0, p.at, false
	}
	return p.ships[id], p.life[id], p.at, true
}

// place returns where a ship was at a moment between two ticks, in world units, if
// it flew through both in one life.
func (t *truth) place(tick float64, id sim.PlayerID) (p point, ok bool) {
	whole := sim.Tick(tick)
	a, life, _, ok := t.ship(whole, id)
	b, same, _, too := t.ship(whole+1, id)
	if !ok || !too || life != same {
		return point{}, false
	}
	return mid(a.Pos, b.Pos, tick-float64(whole)), true
}

// point is a place in world units.
type point struct{ x, y float64 }

func mid(a, b sim.Vec, share float64) point {
	ax, ay := a.X.Float(), a.Y.Float()
	return point{ax + (b.X.Float()-ax)*share, ay + (b.Y.Float()-ay)*share}
}
