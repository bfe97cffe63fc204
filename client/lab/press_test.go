//go:build !js

package lab_test

import (
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// press is a change of the held buttons on its way to the server.
type press struct {
	waits   bool
	latched bool // in a tick that the server has come to
	at      time.Duration
	buttons sim.Buttons
}

// event is something that began at a moment with a press and took effect in a tick.
type event struct {
	tick sim.Tick
	at   time.Duration
}

// inputs compares, tick by tick, what the player held with what the server acted on.
func (w *watch) inputs() {
	t := w.p.m.truth
	for newest := t.latest(); w.done < newest; w.done++ {
		tick := w.done + 1
		var held sim.Input
		var self sim.PlayerID
		known := false
		w.p.ses.Inspect(func(r *replica.Replica) {
			held, known = r.Held(tick)
			self = r.Self()
		})
		ship, _, at, flew := t.ship(tick, self)
		if !flew {
			w.press.waits = false // a key that is pressed at the end of a life says nothing
			continue
		}
		w.fig.ticks++
		if !known || ship.Held != held {
			w.fig.starved++
		}
		if w.press.waits && at >= w.press.at {
			w.follow(tick, at, held.Buttons, ship.Held.Buttons)
		}
	}
}

// pressed notes that a key went down or up, which the next Step will be given.
func (w *watch) pressed(now time.Duration) {
	held := w.p.held.Buttons
	if !w.press.waits && held != w.press.buttons {
		w.press = press{waits: true, at: now, buttons: held}
	}
}

// follow looks at a tick in which the player wanted some buttons to be held and the
// server acted on others, or the same. When it acts on the press, that is on its way to
// all other screens.
func (w *watch) follow(tick sim.Tick, at time.Duration, wanted, acted sim.Buttons) {
	switch {
	case wanted == w.press.buttons:
		w.press.latched = true
	case w.press.latched:
		w.press.waits = false // overtaken by another before the server heard of it
		return
	}
	if !w.press.latched || acted != w.press.buttons {
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
