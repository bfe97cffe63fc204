//go:build !js

package session_test

import (
	"testing"
	"testing/synctest"
	"time"

	"ionwake/client/link"
	"ionwake/client/session"
	"ionwake/server/room"
	"ionwake/shared/lab"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// porter lets nobody new in.
type porter struct{ words string }

func (porter) Person([]byte) room.PersonID { return room.PersonID{} }
func (p porter) Barred(room.Who, bool) (wire.Reject, bool) {
	return wire.Reject{Code: wire.CloseOverload, Message: p.words, RetryAfterMS: 5000}, true
}
func (porter) Silenced(room.Who, sim.Tick) string { return "" }
func (porter) Came(room.Who, string, string)      {}
func (porter) Heard(room.Said)                    {}

// A server whose host lets nobody new in is told from one that is busy.
func TestShutDoorIsNoBusyServer(t *testing.T) {
	for words, want := range map[string]link.Code{wire.ShutWords: link.CodeShut, "Very many people want in.": link.CodeOverloaded} {
		synctest.Test(t, func(t *testing.T) {
			m := newMatch(t, room.Config{Arena: ground(t, "closet"), Guard: porter{words}})
			ann := m.join("Ann", lab.Line{Seed: 1})
			m.play(time.Second, ann)
			if st := ann.ses.Status(m.now()); st.Stage != session.Lost || st.Code != want || st.RetryIn <= 0 || st.Message != words {
				t.Errorf("%q: %+v, want code %d and a countdown", words, st, want)
			}
			m.end(ann)
		})
	}
}
