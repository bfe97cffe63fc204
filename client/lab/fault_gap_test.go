//go:build !js

package lab_test

import (
	"testing"
	"testing/synctest"
	"time"

	"ionwake/client/replica"
	"ionwake/client/session"
	"ionwake/server/room"
	"ionwake/shared/lab"
	"ionwake/shared/sim"
)

// dark makes every line of a player, those there are and those to come, swallow all;
// light heals the newest.
func (p *player) dark() {
	p.blind = true
	p.conn.Blackhole(true)
}

func (p *player) light() {
	p.blind = false
	p.conn.Blackhole(false)
}

func (p *player) self() (id sim.PlayerID) {
	p.ses.Inspect(func(r *replica.Replica) { id = r.Self() })
	return id
}

// back wants a player to be in a seat again, within so long; it returns after how long
// that was.
func (p *player) back(within time.Duration) time.Duration {
	p.m.t.Helper()
	begin := p.m.now()
	for p.m.now() < begin+within {
		p.m.play(50 * time.Millisecond)
		if p.stage() == session.Playing && int32(p.m.truth.latest()-p.seen) < sim.TickRate/2 {
			return p.m.now() - begin
		}
	}
	p.m.t.Errorf("not back after %v: %+v", within, p.ses.Status(p.m.now()))
	return within
}

// wantPeople wants the room to know so many people, and all of them connected.
func (m *match) wantPeople(n int) {
	m.t.Helper()
	m.play(time.Second)
	if st := m.hall.Stats()[0]; st.Players != n || st.Connected != n {
		m.t.Errorf("the room knows %d people, %d connected, want %d", st.Players, st.Connected, n)
	}
}

// TestFault_N6_NoLineForSeconds swallows everything for 3, 10 and 50 s. Who comes back
// in time has the same ship; after 30 s the seat is gone and a new one is taken.
func TestFault_N6_NoLineForSeconds(t *testing.T) {
	for _, row := range []struct {
		gap    time.Duration
		within time.Duration
		same   bool
	}{{3 * time.Second, time.Second, true}, {10 * time.Second, 9 * time.Second, true}, {50 * time.Second, 12 * time.Second, false}} {
		synctest.Test(t, func(t *testing.T) {
			m := newMatch(t, room.Config{Seed: 6, Bots: 6})
			m.crowd(3, buffered(line(80, 10, 0)))
			p := m.people[1]
			m.play(4 * time.Second)
			self, score := p.self(), p.deaths()
			p.dark()
			m.play(row.gap)
			p.light()
			took := p.back(row.within)
			if same := p.self() == self && p.deaths() >= score; row.same != same {
				t.Errorf("after %v the same seat: %v, want %v", row.gap, same, row.same)
			}
			if n := p.net(); n.StateMismatches+n.Mispredictions > 0 {
				t.Errorf("after %v: %d states other than the server's, %d moves unexplained", row.gap, n.StateMismatches, n.Mispredictions)
			}
			t.Logf("after %v: back within %v, on connection %d", row.gap, took, p.dials)
			m.wantPeople(3)
			m.end()
		})
	}
}

// deaths is how often the player's ship has broken up.
func (p *player) deaths() int {
	s := p.ses.Step(p.m.now(), p.held)
	for i := range s.Players {
		if s.Players[i].ID == s.Self {
			return s.Players[i].Deaths
		}
	}
	return -1
}

// TestFault_N7_AnotherAddress lets the network of a player go without a word, and a new
// one come with another address: the new connection resumes, the old one leaves nothing
// behind.
func TestFault_N7_AnotherAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMatch(t, room.Config{Seed: 7, Bots: 6})
		m.crowd(3, buffered(line(80, 10, 0)))
		p := m.people[0]
		m.play(2 * time.Second)
		self, old := p.self(), p.server
		p.conn.Blackhole(true) // for ever: that network is gone
		p.host = 200
		m.play(5 * time.Second)
		took := p.back(30 * time.Second)
		if p.self() != self || p.dials != 2 || p.conn.RemoteAddr() == nil {
			t.Errorf("came back as %d on connection %d, was %d on the first", p.self(), p.dials, self)
		}
		t.Logf("back after %v", took+5*time.Second)
		m.play(20 * time.Second)
		if _, err := old.Read(make([]byte, 1)); err == nil {
			t.Error("the server still listens to the old address")
		}
		m.wantPeople(3)
		if n := p.net(); n.StateMismatches+n.Mispredictions > 0 {
			t.Errorf("%d states other than the server's, %d moves unexplained", n.StateMismatches, n.Mispredictions)
		}
		m.end()
	})
}

// TestFault_N8_AsleepForAnHour stops a client and its line for an hour. When it wakes
// it does not play the hour after: it finds the line dead at once and takes a new seat.
func TestFault_N8_AsleepForAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMatch(t, room.Config{Seed: 8, Bots: 6})
		m.crowd(2, buffered(line(60, 5, 0)))
		p := m.people[0]
		m.play(2 * time.Second)
		before := p.net().FramesIn
		p.hidden = true
		p.dark()
		m.play(time.Minute)
		m.wantPeople(1)
		time.Sleep(time.Hour)
		p.hidden = false
		p.light()
		took := p.back(12 * time.Second)
		if frames := p.net().FramesIn; frames > before+15*30 {
			t.Errorf("%d frames were played after, of an hour", frames-before)
		}
		t.Logf("playing %v after waking, on connection %d", took, p.dials)
		m.wantPeople(2)
		m.end()
	})
}

// TestFault_N9_HiddenTab looks away for a minute: messages are taken all the while, the
// seat is kept, and a moment after looking again all is as before.
func TestFault_N9_HiddenTab(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMatch(t, room.Config{Seed: 9, Bots: 6})
		m.crowd(2, buffered(line(60, 5, 0)))
		p := m.people[0]
		m.play(2 * time.Second)
		self, frames := p.self(), p.net().FramesIn
		p.hidden = true
		m.play(time.Minute)
		if got := p.net().FramesIn - frames; got < 60*29 {
			t.Errorf("%d frames were taken while nobody looked, want all 1,800", got)
		}
		p.hidden = false
		m.play(time.Second)
		late := p.net().Late
		m.play(3 * time.Second)
		n := p.net()
		if p.self() != self || p.dials != 1 || n.StateMismatches+n.Mispredictions > 0 {
			t.Errorf("seat %d on connection %d, was %d; %d states other than the server's, %d moves unexplained", p.self(), p.dials, self, n.StateMismatches, n.Mispredictions)
		}
		if n.Lead > 9 || n.Late > late+3 {
			t.Errorf("a second after looking again: %.1f ticks ahead, want at most 9, and %d late inputs in three seconds", n.Lead, n.Late-late)
		}
		m.end()
	})
}

// TestFault_N14_SeatOfTheVanished lets a client vanish without a word and come back as
// another program with the old one's token, a second later: it has the seat at once.
func TestFault_N14_SeatOfTheVanished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMatch(t, room.Config{Seed: 14, Bots: 6})
		m.crowd(2, buffered(line(60, 5, 0)))
		p := m.people[0]
		m.play(2 * time.Second)
		self, token := p.self(), append([]byte(nil), p.ses.Token()...)
		p.hidden = true
		p.dark()
		m.play(time.Second)
		q := m.seat(lab.Line{RTT: 60 * time.Millisecond, Seed: 5})
		q.ses.Play("Again", session.Place{URL: "ws://lab/play?room=main", Claim: token})
		if took := q.back(2 * time.Second); q.self() != self || took > 300*time.Millisecond {
			t.Errorf("seat %d after %v, want %d after four round trips at most", q.self(), took, self)
		}
		m.wantPeople(2)
		m.end()
	})
}
