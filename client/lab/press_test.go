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
			continue
		}
		w.fig.ticks++
		if !known || ship.Held != held {
			w.fig.starved++
		}
		w.reached(tick, at, ship.Held.Buttons)
	}
}

// pressed notes that a key went down or up, which the next Step will be given.
func (w *watch) pressed(now time.Duration) {
	held := w.p.held.Buttons
	if w.press.waits && now-w.press.at > 4*time.Second {
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
