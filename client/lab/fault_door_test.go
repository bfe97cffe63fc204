//go:build !js

package lab_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ionwake/client/link"
	"ionwake/client/session"
	"ionwake/server/room"
)

// TestFault_N3_ComesInOverATerribleLine joins at a second and a half of round trip with
// one packet in four lost, where what a client says first often comes too late for a
// server: each gets in by itself, is told meanwhile what is the matter, and leaves no
// seats behind.
func TestFault_N3_ComesInOverATerribleLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMatch(t, room.Config{Seed: 5, Bots: 4})
		const people = 6
		for i := range people {
			l := buffered(line(1500, 100, 25))
			l.Seed += uint64(i)
			m.join(l, 0)
		}
		late, first := 0, make([]time.Duration, people)
		for m.now() < 3*time.Minute && m.seated() < people {
			m.play(100 * time.Millisecond)
			for i, p := range m.people {
				st := p.ses.Status(m.now())
				switch {
				case st.Stage == session.Playing && first[i] == 0:
					first[i] = m.now()
				case st.Stage == session.Refused:
					t.Fatalf("player %d gave up: %+v", i, st)
				case st.Stage == session.Lost && st.Code == link.CodeLate:
					if late++; !strings.Contains(st.Message, "too slow") || st.RetryIn > 9*time.Second {
						t.Fatalf("while it waits player %d reads %q, for %v", i, st.Message, st.RetryIn)
					}
				}
			}
		}
		dials := 0
		for _, p := range m.people {
			dials += p.dials
		}
		t.Logf("in after %v, %d connections in all", first, dials)
		if m.seated() < people || late == 0 {
			t.Errorf("%d of %d came in; they were too late in %d looks, want some", m.seated(), people, late)
		}
		m.play(20 * time.Second) // seats that nobody took are free by then
		if n := m.hall.Stats()[0].Players; n > people {
			t.Errorf("the room keeps %d seats for %d people", n, people)
		}
		m.heal()
		m.play(20 * time.Second)
		m.wantPeople(people)
		for i, p := range m.people {
			if n := p.net(); n.StateMismatches+n.Mispredictions > 0 {
				t.Errorf("player %d: %d states other than the server's, %d moves unexplained", i, n.StateMismatches, n.Mispredictions)
			}
		}
		m.end()
	})
}
