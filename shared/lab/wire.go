package lab

import (
	"math/rand/v2"
	"sync"
	"time"
)

// wire is what the two ends of a connection share. One lock guards both
// directions, and nobody keeps it while waiting for time to pass: a goroutine
// that waits for a mutex would stop the clock of a synctest bubble for ever.
type wire struct {
	mu    sync.Mutex
	moved sync.Cond // something happened, or may have
	birth time.Time
	flows [2]flow // 0 is sent by the client, 1 by the server

	waiting int
	timer   *time.Timer
	limits  [4]time.Duration // deadlines of the four waits: 2*flow for readers, 2*flow+1 for writers; 0 is none
	writing [2]bool          // somebody is inside Write
}

func newWire(line Line) *wire {
	w := &wire{birth: time.Now()}
	w.moved.L = &w.mu
	line = line.withDefaults()
	for i := range w.flows {
		w.flows[i].line = line
		w.flows[i].rng = rand.New(rand.NewPCG(line.Seed, uint64(i)))
	}
	return w
}

// settle plays both directions up to the present and says when that is. It is
// called first by everything that looks at the wire.
func (w *wire) settle() time.Duration {
	now := time.Since(w.birth)
	happened := false
	for again := true; again; {
		again = false
		for i := range w.flows {
			again = w.flows[i].advance(now) || again
			w.crossOver(i)
		}
		happened = happened || again
	}
	if happened {
		w.moved.Broadcast()
	}
	return now
}

// crossOver carries over what happened in flow i and concerns the other one: a
// broken connection is broken both ways, and bytes that reach an end which has
// closed are answered with a reset.
func (w *wire) crossOver(i int) {
	f, back := &w.flows[i], &w.flows[1-i]
	if f.reset && !back.reset {
		back.reset = true
	}
	if f.refused > 0 && back.resetAt == 0 {
		back.resetAt = max(f.refused+back.line.RTT/2, back.latest) // it overtakes nothing
	}
}

// wait gives up the lock until something may have changed. The caller has
// settled the wire at now, and looks again afterwards.
func (w *wire) wait(now time.Duration) {
	w.waiting++
	w.arm(now)
	w.moved.Wait()
	w.waiting--
}

// stir makes everybody who waits look again, and set the timer anew.
func (w *wire) stir() {
	if w.waiting > 0 {
		w.moved.Broadcast()
	}
}

// arm sets the timer to the next moment at which anything happens.
func (w *wire) arm(now time.Duration) {
	at, found := time.Duration(0), false
	for i := range w.flows {
		if what, t := w.flows[i].next(); what != nothing && (!found || t < at) {
			at, found = t, true
		}
	}
	for _, t := range w.limits {
		if t > now && (!found || t < at) {
			at, found = t, true
		}
	}
	switch {
	case !found:
		return
	case w.timer == nil:
		w.timer = time.AfterFunc(at-now, w.ring)
	default:
		w.timer.Reset(at - now)
	}
}

// ring is the timer's call.
func (w *wire) ring() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.settle()
	w.stir()
}

// setLimit sets one of the four deadlines; the zero time removes it. A deadline
// that has passed is kept as the smallest time there is, so that 0 can mean none.
func (w *wire) setLimit(index int, t time.Time) {
	w.limits[index] = 0
	if !t.IsZero() {
		w.limits[index] = max(t.Sub(w.birth), 1)
	}
	w.moved.Broadcast()
}

func (w *wire) expired(index int, now time.Duration) bool {
	return w.limits[index] > 0 && w.limits[index] <= now
}
