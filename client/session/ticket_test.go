//go:build !js

package session_test

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"ionwake/client/link"
	"ionwake/client/session"
	"ionwake/server/hall"
	"ionwake/server/room"
	"ionwake/shared/lab"
	"ionwake/shared/wire"
)

// booth takes one ticket, once.
type booth struct {
	mu    sync.Mutex
	good  string
	shown []string
}

func (b *booth) Take(ticket, _ string) (who hall.Bearer, why hall.Refusal, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.shown = append(b.shown, ticket)
	if ticket != b.good {
		return who, hall.Refusal{Reject: wire.Reject{Code: wire.CloseDenied, Message: "No."}}, false
	}
	b.good = ""
	return hall.Bearer{Device: []byte("Ann's"), Return: func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.good = ticket
	}}, why, true
}

// sell makes another ticket the good one.
func (b *booth) sell(ticket string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.good = ticket
}

func (b *booth) tickets() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.shown)
}

// A ticket is shown until it has got its bearer a seat, and never again: who was in comes
// back by their seat, and is asked for another when that is gone.
func TestTicketIsShownForOneSeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		doors := &booth{good: "ann's"}
		m := newAsking(t, room.Config{Arena: ground(t, "closet"), MaxPlayers: 1, ResumeFor: 10 * 60}, doors)
		p := m.player("Ann", lab.Line{Seed: 1})
		try := func(ticket string) session.Status {
			p.ses.Play("Ann", session.Place{URL: "ws://lab/play?room=main", Ticket: ticket})
			m.play(2*time.Second, p)
			return p.ses.Status(m.now())
		}
		for _, wrong := range []string{"", "forged"} {
			if st := try(wrong); st.Stage != session.Refused || st.Code != link.CodeAuth || !st.CanRetry {
				t.Errorf("with %q: %+v", wrong, st)
			}
		}
		if st := try("ann's"); st.Stage != session.Playing {
			t.Fatalf("with the right one: %+v", st)
		}
		p.conn.Cut()
		m.play(5*time.Second, p)
		if st := p.ses.Status(m.now()); st.Stage != session.Playing {
			t.Errorf("after a broken line: %+v", st)
		}
		if got, want := doors.tickets(), []string{"forged", "ann's"}; !slices.Equal(got, want) {
			t.Errorf("shown %q, want %q", got, want)
		}
		p.conn.Cut()
		time.Sleep(20 * time.Second) // nobody steps: the seat is given away
		m.play(5*time.Second, p)
		if st := p.ses.Status(m.now()); st.Stage != session.Refused || st.Code != link.CodeAuth {
			t.Errorf("after the seat was given away: %+v", st)
		}
		if got := doors.tickets(); len(got) != 2 {
			t.Errorf("a used ticket was shown again: %q", got)
		}
		m.end(p)
	})
}

// In a full room the ticket is shown again each time the client tries by itself, until
// there is a place.
func TestTicketOutlastsAFullRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		doors := &booth{good: "bob's"}
		m := newAsking(t, room.Config{Arena: ground(t, "closet"), MaxPlayers: 1}, doors)
		bob, ann := m.player("Bob", lab.Line{Seed: 1}), m.player("Ann", lab.Line{Seed: 2})
		bob.ses.Play("Bob", session.Place{URL: "ws://lab/play?room=main", Ticket: "bob's"})
		m.play(2*time.Second, bob)
		doors.sell("ann's")
		ann.ses.Play("Ann", session.Place{URL: "ws://lab/play?room=main", Ticket: "ann's"})
		m.play(12*time.Second, bob, ann)
		if st := ann.ses.Status(m.now()); st.Stage != session.Lost || st.Code != link.CodeFull {
			t.Errorf("at a full room: %+v", st)
		}
		bob.ses.Leave()
		m.play(12*time.Second, ann)
		if st := ann.ses.Status(m.now()); st.Stage != session.Playing {
			t.Errorf("once there is a place: %+v", st)
		}
		m.end(ann)
	})
}
