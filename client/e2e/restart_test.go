package e2e

import (
	"testing"
	"time"
)

// TestFault_R14_RestartKeepsTheShip stops the server in the middle of a match and starts
// it again on its data: the page comes back by itself to the same ship, match and score,
// within two seconds of the server's being there again.
func TestFault_R14_RestartKeepsTheShip(t *testing.T) {
	s := startServer(t, "--bots", "6", "--map", "closet", "--data", t.TempDir(), "--no-discovery")
	p := enterGame(t, s.url()+"?name=Ada")
	p.keyDown("Space")
	p.await("a first kill or death in a match", func(st stats) bool {
		l := st.line()
		return st.Phase == "live" && l.Kills+l.Deaths > 0
	})
	p.keyUp("Space")
	before := p.stats()
	if code := s.stop(); code != 0 {
		t.Errorf("the server ended with code %d", code)
	}
	s.start()
	there := time.Now()
	p.await("the game", func(st stats) bool { return st.State == "playing" && st.Tick >= before.Tick })
	if took := time.Since(there); took > 2*time.Second {
		t.Errorf("back after %v", took)
	}
	after := p.stats()
	if after.Self != before.Self || after.Match != before.Match || after.Map != before.Map || after.Phase != before.Phase || after.Hull != before.Hull {
		t.Errorf("came back to %+v, was in %+v", after, before)
	}
	if is, was := after.line(), before.line(); is.Name != "Ada" || is.Kills < was.Kills || is.Deaths < was.Deaths || is.Kills+is.Deaths > was.Kills+was.Deaths+2 {
		t.Errorf("came back as %+v, was %+v", is, was)
	}
	if after.Tick > before.Tick+5*60 {
		t.Errorf("%v ticks passed while nobody was there", after.Tick-before.Tick)
	}
	p.screenshot("back.png")
	if st := s.status(); st.Players != 1 {
		t.Errorf("the server has %d players, want the same one", st.Players)
	}
}
