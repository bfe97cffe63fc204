package replica

import (
	"math"
	"time"

	"ionwake/shared/sim"
)

// melt lets corrections disappear over about 100 ms, in the picture only: a ship
// is drawn where it was a moment ago, and slides to where it is.
type melt struct {
	off   [sim.MaxPlayers]Point // drawn minus true place
	was   [sim.MaxPlayers]Point // drawn place before the frame
	had   [sim.MaxPlayers]bool
	nose  [sim.MaxPlayers]float64 // drawn aim, in radians
	turn  float64                 // share of the way to the true aim to go in this frame
	at    time.Duration
	share float64 // of a tick, from now to the drawn moment
}

// drawnBehind is by how much of a tick the picture stays behind the present. Half of a
// tick of others need not be guessed then, and the own ship still answers a key in the
// frame that takes it: it is drawn on its way through the tick, not past it.
const drawnBehind = 0.5

const (
	meltTime  = 20 * time.Millisecond // to 1/e
	meltSlow  = 180                   // world units a second: none slides slower
	meltFast  = 1800                  // nor faster: in a frame at 60 Hz not as far as a ship is wide
	meltLimit = 400                   // world units: a wider jump is shown as a jump
	turnTime  = 20 * time.Millisecond // to 1/e: aims are told 30 times a second and drawn more often
)

func (m *melt) clear() { *m = melt{} }

// decay brings the offsets to a moment.
func (m *melt) decay(now time.Duration) {
	dt := max(now-m.at, 0)
	k := 1 - math.Exp(-float64(dt)/float64(meltTime))
	m.turn = 1 - math.Exp(-float64(dt)/float64(turnTime))
	m.at = now
	for i := range m.off {
		o := &m.off[i]
		left := math.Hypot(o.X, o.Y)
		slide := min(max(left*k, meltSlow*dt.Seconds()), meltFast*dt.Seconds())
		if slide >= left {
			*o = Point{}
			continue
		}
		o.X, o.Y = o.X*(1-slide/left), o.Y*(1-slide/left)
	}
}

// aim turns the drawn nose of a ship towards its true aim and returns it.
func (m *melt) aim(id sim.PlayerID, to float64) float64 {
	left := math.Remainder(to-m.nose[id], 2*math.Pi)
	m.nose[id] = math.Remainder(m.nose[id]+left*m.turn, 2*math.Pi)
	return m.nose[id]
}

// keep remembers where everybody is drawn before a frame changes it.
func (m *melt) keep(r *Replica, now time.Duration) {
	m.share = r.share(now)
	clear(m.had[:])
	a := &r.ahead
	for i := range a.now.ships {
		s := &a.now.ships[i]
		m.was[s.ID], m.had[s.ID] = m.drawn(a, i), true
	}
}

// drawn returns where the i-th ship of the present is drawn.
func (m *melt) drawn(a *ahead, i int) Point {
	p := a.place(i, m.share)
	o := m.off[a.now.ships[i].ID]
	return Point{p.X + o.X, p.Y + o.Y}
}

// take turns what the frame changed into offsets.
func (m *melt) take(r *Replica, now time.Duration) {
	m.share = r.share(now)
	a := &r.ahead
	for i := range a.now.ships {
		s := &a.now.ships[i]
		p := a.place(i, m.share)
		o := Point{}
		if m.had[s.ID] {
			o = Point{m.was[s.ID].X - p.X, m.was[s.ID].Y - p.Y}
		}
		if math.Hypot(o.X, o.Y) > meltLimit {
			o = Point{}
		}
		m.off[s.ID] = o
	}
}

// share returns how far the drawn moment is from the newest tick latched, in ticks.
func (r *Replica) share(now time.Duration) float64 {
	passed := r.clock.offset + seconds(now)*sim.TickRate - float64(r.ahead.tick)
	return min(max(passed, 0), 1) - drawnBehind
}

func point(v sim.Vec) Point { return Point{v.X.Float(), v.Y.Float()} }

// speed turns Units per tick into world units per second.
func speed(v sim.Vec) Point {
	return Point{v.X.Float() * sim.TickRate, v.Y.Float() * sim.TickRate}
}

func between(a, b sim.Vec, f float64) Point {
	p, q := point(a), point(b)
	return Point{p.X + (q.X-p.X)*f, p.Y + (q.Y-p.Y)*f}
}
