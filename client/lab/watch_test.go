//go:build !js

package lab_test

import (
	"math"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// figures are what was measured in a match, of all who were watched together.
// Lengths are world units (a ship is 32 wide), times milliseconds.
type figures struct {
	remote  spread // others: drawn against truth at the drawn tick
	own     spread // own ship: the same, fights and all
	told    spread // how far a frame moved what was foreseen of another ship
	jump    spread // how much farther a ship moved between two frames than it can
	lead    spread // from the newest tick told to the drawn one
	gap     spread // between two frames of the server, as frames of the screen see it
	server  spread // from a key to the tick in which the server acts on it
	screen  spread // and to the first frame on another's screen that knows of it
	classic [2]classicFigures

	ghosts  int // ships drawn that were no more, or not yet
	ticks   int // of own ships in flight
	starved int // of those: the server acted on another input than the player's

	judged     int // frames in which the own ship was compared with what was foreseen
	late       int // of those: elsewhere because inputs came late
	strange    int // of those: elsewhere though nothing explains it
	mismatches int // own ship other than the server's
	skipped    int // sends left out
	frames     int // sends that came

	bytes float64 // that came to one of them, a second
}

// watch looks over a player's shoulder.
type watch struct {
	p    *player
	fig  *figures
	done sim.Tick      // truth has been compared with the inputs up to here
	told sim.Tick      // the belief of the frame before
	came time.Duration // when it was new

	drawn   []drawn // waits for its truth
	last    map[sim.PlayerID]drawn
	classic [2]classic
	press   press
	awaited []event // on the way to this screen
}

// drawn is a ship as it was drawn.
type drawn struct {
	tick    float64
	at      point
	id      sim.PlayerID
	own     bool
	life    int
	classic [2]guess
}

// watchAll begins to measure everybody.
func (m *match) watchAll() *figures { return m.watchThem(m.people...) }

// watchThem begins to measure some.
func (m *match) watchThem(people ...*player) *figures {
	f := &figures{}
	for _, p := range people {
		w := &watch{p: p, fig: f, done: m.truth.latest(), last: make(map[sim.PlayerID]drawn)}
		w.classic[0].behind, w.classic[1].behind = 2, 3
		p.watch = w
		f.count(p.net(), -1)
	}
	return f
}

// tally ends the measuring.
func (f *figures) tally(m *match) {
	for _, p := range m.people {
		if p.watch != nil && p.watch.fig == f {
			f.count(p.net(), 1)
			p.watch = nil
		}
	}
}

func (f *figures) count(n replica.NetView, sign int) {
	f.judged += sign * n.Judged
	f.late += sign * n.Late
	f.strange += sign * n.Mispredictions
	f.mismatches += sign * n.StateMismatches
	f.skipped += sign * n.FramesSkipped
	f.frames += sign * n.FramesIn
}

// frame takes a drawn frame.
func (w *watch) frame(now time.Duration, s *replica.Scene) {
	w.compare()
	w.inputs()
	w.pressed(now)
	w.arrived(now)
	for i := range w.classic {
		w.classic[i].hear(now, w.p.seen)
	}
	w.fig.lead.addTime(ticks(s.Tick - float64(w.p.seen)))
	for i := range s.Ships {
		w.ship(now, s, &s.Ships[i])
	}
	if w.told != w.p.seen {
		if w.came > 0 {
			w.fig.gap.addTime(now - w.came)
		}
		w.told, w.came = w.p.seen, now
	}
}

func ticks(n float64) time.Duration { return time.Duration(n / sim.TickRate * float64(time.Second)) }

func (w *watch) ship(now time.Duration, s *replica.Scene, v *replica.ShipView) {
	_, life, _, _ := w.p.m.truth.ship(w.p.seen, v.ID)
	d := drawn{tick: s.Tick, id: v.ID, own: v.Own, life: life, at: point{v.Pos.X, v.Pos.Y}}
	if !v.Own {
		w.corrected(s, v.ID)
		for i := range w.classic {
			d.classic[i] = w.classic[i].draw(now, w.p.m.truth, v.ID)
		}
	}
	w.drawn = append(w.drawn, d)
	w.jumped(d)
}

// corrected measures how far a frame that came moved what is foreseen of a ship.
func (w *watch) corrected(s *replica.Scene, id sim.PlayerID) {
	if w.p.seen == w.told {
		return
	}
	to := sim.Tick(s.Tick)
	was, life, _, ok := w.p.m.truth.ship(w.told, id)
	is, same, _, too := w.p.m.truth.ship(w.p.seen, id)
	if ok && too && life == same {
		foresee(s.Arena, &was, w.told, to)
		foresee(s.Arena, &is, w.p.seen, to)
		w.fig.told.add(was.Pos.Sub(is.Pos).Len().Float())
	}
}

// foresee takes a ship from one tick to another as the client does.
func foresee(a *sim.Arena, s *sim.Ship, from, to sim.Tick) {
	for t := from + 1; int32(to-t) >= 0; t++ {
		s.Foresee(a, t-from, nil)
	}
}

// jumped measures how much farther a ship went since the last frame than it can have:
// at top speed through the time that was drawn, but one tick at least.
func (w *watch) jumped(d drawn) {
	was, known := w.last[d.id]
	w.last[d.id] = d
	if !known || was.life != d.life || d.tick-was.tick > sim.TickRate/4 {
		return
	}
	top := sim.Hulls[sim.Dart].MaxSpeed.Float() // that of all hulls
	w.fig.jump.add(max(0, apart(d.at, was.at)-top*max(d.tick-was.tick, 1)))
}

func apart(a, b point) float64 { return math.Hypot(a.x-b.x, a.y-b.y) }

// compare looks at what was drawn of ticks that have come to pass since.
func (w *watch) compare() {
	t := w.p.m.truth
	newest := float64(t.latest())
	kept := w.drawn[:0]
	for _, d := range w.drawn {
		if d.tick >= newest {
			kept = append(kept, d)
			continue
		}
		p, ok := t.place(d.tick, d.id)
		switch {
		case !ok:
			w.fig.ghosts++
		case d.own:
			w.fig.own.add(apart(d.at, p))
		default:
			w.fig.remote.add(apart(d.at, p))
			for i := range d.classic {
				w.fig.classic[i].take(t, &d, d.classic[i], p)
			}
		}
	}
	w.drawn = kept
}
