package replica

import (
	"time"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// hands latch what the player wants, tick by tick, and tell the server of changes.
type hands struct {
	ring  [historyTicks]sim.Input // what is held in each tick
	first sim.Tick                // first tick latched
	tick  sim.Tick                // last tick latched
	begun bool
	sent  sim.Input // as the server will have it
	stale bool      // the server has not been told of sent yet
	quiet int       // ticks since the last message
	echo  uint32
	buf   []byte
	live  sim.Angle // where the player aims right now
}

const (
	historyTicks = 512 // eight seconds
	keepAlive    = 12  // ticks: an input is sent at least this often
	maxCatchUp   = 30  // ticks latched at once; what is beyond was slept through
)

func (h *hands) forget() { *h = hands{echo: h.echo, buf: h.buf, stale: true} }

// at returns what is held in a tick, as far as it was latched.
func (h *hands) at(t sim.Tick) (sim.Input, bool) {
	if !h.begun || wire.Before(t, h.first) || wire.Before(h.tick, t) || h.tick-t >= historyTicks {
		return sim.Input{}, false
	}
	return h.ring[t%historyTicks], true
}

// Step lets time pass up to now with held being what the player holds, and hands
// the messages that tell the server of it to send, which may refuse (false) when
// the line is busy. It is called at least once per drawn frame; hours may lie
// between two calls.
func (r *Replica) Step(now time.Duration, held sim.Input, send func([]byte) bool) {
	if !r.joined || !r.clock.running {
		return
	}
	h := &r.hands
	h.live = held.Aim
	r.clock.resume(now, r.net.rtt)
	present := r.clock.now(now)
	target := sim.Tick(present)
	if !h.begun {
		h.begun, h.first, h.tick, h.stale = true, target, target-1, true
	}
	if gap := int32(target - h.tick); gap > maxCatchUp {
		for t := h.tick + 1; t != target; t++ {
			h.ring[t%historyTicks] = h.sent
			if target-t > historyTicks {
				t = target - historyTicks
			}
		}
		h.tick = target - 1
	}
	if wire.Before(h.tick, target) {
		r.clock.latched(present - float64(target))
	}
	for wire.Before(h.tick, target) {
		h.tick++
		h.ring[h.tick%historyTicks] = r.latch(held)
		r.advance()
		r.tell(now, send)
	}
}

// latch decides what is held in the tick just begun. Buttons act at once. The aim
// is taken in the first tick of each send interval, or when the trigger is pulled:
// it is the same to the eye, and half the news for everybody else.
func (r *Replica) latch(held sim.Input) sim.Input {
	h := &r.hands
	pulled := held.Buttons&sim.Fire != 0 && h.sent.Buttons&sim.Fire == 0
	if !pulled && !r.opens(h.tick) {
		held.Aim = h.sent.Aim
	}
	return held
}

// opens reports whether tick t is the first after a send.
func (r *Replica) opens(t sim.Tick) bool {
	into := int(int32(t-r.tick)) % r.interval
	return into == 1%r.interval || into == 1-r.interval
}

// tell sends the input of the tick just latched if it is news, or if nothing was
// said for a while. It is news, too, which picture the player lets a beam go at: the
// server judges it on that one.
func (r *Replica) tell(now time.Duration, send func([]byte) bool) {
	h := &r.hands
	held := h.ring[h.tick%historyTicks]
	h.quiet++
	if held != h.sent {
		h.sent, h.stale = held, true
	}
	if a := &r.ahead; a.tick == h.tick && a.now.beam {
		h.stale = true
	}
	if !h.stale && h.quiet < keepAlive {
		return
	}
	in := wire.Input{Tick: h.tick, Held: held, Seen: r.tick}
	r.net.ask(now, &in)
	h.buf = wire.AppendInput(h.buf[:0], in)
	if send(h.buf) {
		h.stale, h.quiet = false, 0
		r.net.sent(len(h.buf))
	}
}

// Sent counts a message that went out besides those of Step.
func (r *Replica) Sent(size int) { r.net.sent(size) }

// Mute hides, or shows again, what the person with a tag says.
func (r *Replica) Mute(tag uint64, muted bool) {
	r.board.talk.mute(tag, muted)
	r.board.changed = true
}

// Voted notes that this player has voted in the vote under way.
func (r *Replica) Voted() { r.board.talk.vote.cast() }
