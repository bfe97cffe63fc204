//go:build !js

package lab_test

import (
	"time"

	"ionwake/shared/sim"
)

// classic is how most games draw others: between two snapshots that have arrived, a
// fixed number of sends behind the newest. It is given what our client is given, at
// the same moments: the exact places at every send, as a snapshot would have them.
type classic struct {
	behind int // sends
	newest sim.Tick
	offset float64 // server tick less 60 * seconds, smoothed
	begun  bool
}

// guess is where classic interpolation draws a ship, and for which tick.
type guess struct {
	tick float64
	at   point
	ok   bool
}

// classicFigures are those of one buffer length.
type classicFigures struct {
	present spread // against truth at the tick the own ship is drawn at
	then    spread // against truth at the tick it shows
	age     spread // ms from the one to the other
}

// name is that of the i-th.
func (*classicFigures) name(i int) string {
	return [...]string{"2 sends behind,", "3 sends behind,"}[i]
}

const (
	sendTicks  = 2   // between two snapshots
	clockShare = 0.1 // of a new snapshot's word on what time it is
	carryOn    = 15  // ticks that a ship is carried on when nothing has come
)

// hear takes a snapshot, if one has come.
func (c *classic) hear(now time.Duration, tick sim.Tick) {
	if tick == c.newest {
		return
	}
	c.newest = tick
	sample := float64(tick) - now.Seconds()*sim.TickRate
	if !c.begun {
		c.begun, c.offset = true, sample
	}
	c.offset += (sample - c.offset) * clockShare
}

// draw interpolates a ship; where snapshots lack it is carried on at its speed.
func (c *classic) draw(now time.Duration, t *truth, id sim.PlayerID) (g guess) {
	g.tick = c.offset + now.Seconds()*sim.TickRate - float64(c.behind*sendTicks)
	newest := float64(c.newest)
	if g.tick >= newest {
		s, _, _, ok := t.ship(c.newest, id)
		ahead := min(g.tick-newest, carryOn)
		g.at = point{s.Pos.X.Float() + s.Vel.X.Float()*ahead, s.Pos.Y.Float() + s.Vel.Y.Float()*ahead}
		g.ok = ok
		return g
	}
	from := sim.Tick(g.tick) / sendTicks * sendTicks
	a, life, _, ok := t.ship(from, id)
	b, same, _, too := t.ship(from+sendTicks, id)
	g.at = mid(a.Pos, b.Pos, (g.tick-float64(from))/sendTicks)
	g.ok = ok && too && life == same
	return g
}

// take compares what would have been drawn with the truth.
func (f *classicFigures) take(t *truth, d *drawn, g guess, present point) {
	if !g.ok {
		return
	}
	f.present.add(apart(g.at, present))
	if p, ok := t.place(g.tick, d.id); ok {
		f.then.add(apart(g.at, p))
	}
	f.age.addTime(ticks(d.tick - g.tick))
}
