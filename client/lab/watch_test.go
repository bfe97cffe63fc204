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
	bare    spread // the same without melting
	own     spread // own ship: drawn against truth at the drawn tick
	shift   spread // by how much what was told moved another ship
	jump    spread // how much farther a ship moved between two frames than it can
	lead    spread // own tick before the newest one told
	behind  spread // drawn tick of the others before own tick
	server  spread // from pressing a key to the tick in which the server acts on it
	screen  spread // and to the first frame on another's screen that knows of it
	classic [2]classicFigures

	ghosts                                             int // ships drawn that were no more, or not yet
	ticks                                              int // of own ships in flight
	starved                                            int // of those: the server acted on another input than the player's
	judged, late, strange, mismatches, skipped, frames int
}

// watch looks over a player's shoulder.
type watch struct {
	p    *player
	fig  *figures
	done sim.Tick // truth has been compared with the inputs up to here

	drawn   []drawn // waits for its truth
	last    map[sim.PlayerID]seenShip
	lastNow time.Duration
	classic [2]classic
	press   press
	awaited []event // on the way to this screen
}

// drawn is a ship as it was drawn.
type drawn struct {
	tick    float64
	id      sim.PlayerID
	own     bool
	at      point
	off     point // of at, that is still melting
	classic [2]guess
}

// seenShip is where a ship was in the last frame.
type seenShip struct {
	at   point
	tick float64
	life int
}

// press is a change of the held buttons on its way to the server.
type press struct {
	waits   bool
	at      time.Duration
	buttons sim.Buttons
}

// event is something that began at a moment with a press and took effect in a tick.
type event struct {
	tick sim.Tick
	at   time.Duration
}

// watchAll begins to measure.
func (m *match) watchAll() *figures {
	f := &figures{}
	f.classic[0].name, f.classic[1].name = "2 sends behind", "3 sends behind"
	for _, p := range m.people {
		w := &watch{p: p, fig: f, done: m.truth.latest(), last: make(map[sim.PlayerID]seenShip)}
		w.classic[0].behind, w.classic[1].behind = 2, 3
		p.watch = w
		n := p.net()
		f.judged, f.late, f.strange, f.mismatches = f.judged-n.Judged, f.late-n.Late, f.strange-n.Mispredictions, f.mismatches-n.StateMismatches
		f.skipped, f.frames = f.skipped-n.FramesSkipped, f.frames-n.FramesIn
	}
	return f
}

// tally ends the measuring.
func (f *figures) tally(m *match) {
	for _, p := range m.people {
		n := p.net()
		f.judged, f.late, f.strange, f.mismatches = f.judged+n.Judged, f.late+n.Late, f.strange+n.Mispredictions, f.mismatches+n.StateMismatches
		f.skipped, f.frames = f.skipped+n.FramesSkipped, f.frames+n.FramesIn
		p.watch = nil
	}
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
	w.lastNow = now
}

func ticks(n float64) time.Duration { return time.Duration(n / sim.TickRate * float64(time.Second)) }

func (w *watch) ship(now time.Duration, s *replica.Scene, v *replica.ShipView) {
	d := drawn{tick: s.Tick, id: v.ID, own: v.Own, at: point{v.Pos.X, v.Pos.Y}}
	if !v.Own {
		for i := range w.classic {
			d.classic[i] = w.classic[i].draw(now, w.p.m.truth, v.ID)
		}
	}
	w.drawn = append(w.drawn, d)
	w.jumped(d)
}

// jumped measures how much farther a ship went since the last frame than it can have:
// at top speed through the time that was drawn, or through the time that passed.
func (w *watch) jumped(d drawn) {
	_, life, _, _ := w.p.m.truth.ship(w.p.seen, d.id)
	was, known := w.last[d.id]
	w.last[d.id] = seenShip{d.at, d.tick, life}
	if !known || was.life != life || d.tick-was.tick > sim.TickRate/4 {
		return
	}
	top := sim.Hulls[sim.Dart].MaxSpeed.Float() // that of all hulls
	can := top * max(d.tick-was.tick, 1)
	w.fig.jump.add(max(0, apart(d.at, was.at)-can))
}

func apart(a, b point) float64 { return math.Hypot(a.x-b.x, a.y-b.y) }

// compare looks at what was drawn of ticks that have come to pass since.
func (w *watch) compare() {
	newest := float64(w.p.m.truth.latest())
	kept := w.drawn[:0]
	for _, d := range w.drawn {
		if d.tick >= newest {
			kept = append(kept, d)
			continue
		}
		p, ok := w.p.m.truth.place(d.tick, d.id)
		switch {
		case !ok:
			w.fig.ghosts++
		case d.own:
			w.fig.own.add(apart(d.at, p))
		default:
			w.fig.remote.add(apart(d.at, p))
			for i := range d.classic {
				w.fig.classic[i].take(w.p.m.truth, &d, d.classic[i], p)
			}
		}
	}
	w.drawn = kept
}

// inputs compares, tick by tick, what the player held with what the server acted on.
func (w *watch) inputs() {
	t := w.p.m.truth
	newest := t.latest()
	for ; w.done < newest; w.done++ {
		tick := w.done + 1
		var held sim.Input
		var self sim.PlayerID
		known := false
		w.p.ses.Inspect(func(r *replica.Replica) {
			held, known = r.Held(tick)
			self = r.Self()
		})
		ship, _, at, ok := t.ship(tick, self)
		if !known {
			if ok && held != (sim.Input{}) {
				return
			}
			continue
		}
		if !ok {
			continue
		}
		w.fig.ticks++
		if ship.Held != held {
			w.fig.starved++
		}
		w.reached(tick, at, ship.Held.Buttons)
	}
}

// pressed notes that a key went down or up.
func (w *watch) pressed(now time.Duration) {
	held := w.p.held.Buttons // what the next Step will be given
	if w.press.waits && now-w.press.at > 2*time.Second {
		w.press.waits = false // it was overtaken by another
	}
	if !w.press.waits && held != w.press.buttons {
		w.press = press{true, now, held}
	}
}

// reached notes that the server acted on a press, which is now on its way to all
// other screens.
func (w *watch) reached(tick sim.Tick, at time.Duration, buttons sim.Buttons) {
	if !w.press.waits || buttons != w.press.buttons || at < w.press.at {
		return
	}
	w.press.waits = false
	w.fig.server.addTime(at - w.press.at)
	for _, p := range w.p.m.people {
		if p != w.p && p.watch != nil {
			p.watch.awaited = append(p.watch.awaited, event{tick, w.press.at})
		}
	}
}

// arrived looks which of what others did is known on this screen.
func (w *watch) arrived(now time.Duration) {
	kept := w.awaited[:0]
	for _, e := range w.awaited {
		if w.p.seen < e.tick {
			kept = append(kept, e)
			continue
		}
		w.fig.screen.addTime(now - e.at)
	}
	w.awaited = kept
}
