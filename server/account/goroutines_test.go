package account

import (
	"testing"

	"go.uber.org/goleak"
)

// A store leaves nothing running, also when it could not be opened.
func TestNothingIsLeftRunning(t *testing.T) {
	eachDatabase(t, func(t *testing.T, cfg Config) {
		before := goleak.IgnoreCurrent()
		for range 3 {
			s := open(t, cfg)
			recorded(t, s, duel("m1", 1, 2))
			if _, err := Open(t.Context(), cfg); err == nil {
				t.Error("opened twice")
			}
			if _, err := s.Ladder(t.Context(), "", "", 10); err != nil {
				t.Error(err)
			}
			shut(t, s)
		}
		goleak.VerifyNone(t, before)
	})
}
