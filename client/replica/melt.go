package replica

import (
	"math"
	"time"

	"ionwake/shared/sim"
)

// melt lets corrections disappear over about 100 ms, in the picture only: a ship
// is drawn where it was a moment ago, and slides to where it is.
type melt struct {
	off  [sim.MaxPlayers]Point // drawn minus true place
	was  [sim.MaxPlayers]Point // drawn place before the frame
	had  [sim.MaxPlayers]bool
	nose [sim.MaxPlayers]float64 // drawn aim, in radians
	turn float64                 // share of the way to the true aim to go in this frame
	at   time.Duration
	frac float64
}

const (
	meltTime  = 25 * time.Millisecond // to 1/e
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
	m.frac = r.fraction(now)
	clear(m.had[:])
	a := &r.ahead
	for i := range a.now.ships {
		s := &a.now.ships[i]
		m.was[s.ID], m.had[s.ID] = m.drawn(a, i), true
	}
}

// drawn returns where the i-th ship of the present is drawn.
func (m *melt) drawn(a *ahead, i int) Point {
	s := &a.now.ships[i]
	p := between(s.Pos, a.after(i), m.frac)
	o := m.off[s.ID]
	return Point{p.X + o.X, p.Y + o.Y}
}

// take turns what the frame changed into offsets.
func (m *melt) take(r *Replica, now time.Duration) {
	m.frac = r.fraction(now)
	a := &r.ahead
	for i := range a.now.ships {
		s := &a.now.ships[i]
		p := between(s.Pos, a.after(i), m.frac)
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

// after returns where the i-th ship of now is one tick on.
func (a *ahead) after(i int) sim.Vec {
	s := &a.now.ships[i]
	if i < len(a.next.ships) && a.next.ships[i].ID == s.ID {
		return a.next.ships[i].Pos
	}
	return s.Pos
}

// fraction returns how much of the present tick has passed, 0 to 1.
func (r *Replica) fraction(now time.Duration) float64 {
	f := r.clock.offset + seconds(now)*sim.TickRate - float64(r.ahead.tick)
	return min(max(f, 0), 1)
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
