//go:build !js

package main

import (
	"time"

	"ionwake/client/link"
	"ionwake/client/session"
)

// tap stands between a player's session and its socket and notes what passes. Only the
// session calls it, under its lock.
type tap struct {
	session.Socket
	owner *player
	swarm *swarm

	opened  time.Duration // the newest connection
	first   time.Duration // message of it; 0: none yet
	heard   time.Duration // the newest message
	sent    int           // messages, since the player began
	leaving bool          // what is closed now is closed by us
	ends    []ending

	left time.Duration // when the lost connection was heard last; 0: none is lost
	away time.Duration // how long it took to come back, until that is noted
}

// ending is how a connection ended that the player did not end.
type ending struct {
	Code   link.Code `json:"code"`
	Reason string    `json:"reason"`
	before bool      // the player had a seat
}

// Poll hands on the next event.
func (t *tap) Poll() (link.Event, bool) {
	ev, ok := t.Socket.Poll()
	if !ok {
		return ev, false
	}
	now := t.swarm.now()
	switch ev.Kind {
	case link.Opened:
		t.opened, t.first, t.heard = now, 0, 0
	case link.Message:
		t.message(now)
	case link.Closed:
		if !t.leaving {
			t.lost()
			reason := ev.Reason
			if reason == "" {
				reason = ev.Code.Words()
			}
			t.ends = append(t.ends, ending{ev.Code, reason, t.owner.joined.Load()})
		}
	}
	return ev, true
}

func (t *tap) message(now time.Duration) {
	if t.first == 0 {
		t.first = now
	} else if t.swarm.measuring.Load() {
		t.swarm.groups[t.owner.kind].gap.addTime(now - t.heard)
	}
	t.heard = now
}

// Send hands a message to the socket if that takes it.
func (t *tap) Send(data []byte) bool {
	if !t.Socket.Send(data) {
		return false
	}
	t.sent++
	return true
}
