package e2e

import (
	"testing"
	"time"
)

// TestPracticeByLink plays against bots at once, as a link says: the room ticks inside
// the page and leaves it time to draw, and the server knows nothing of it.
func TestPracticeByLink(t *testing.T) {
	s := startServer(t, "--bots", "0")
	p := openTab(t, s.url()+"?practice=squads&name=Ada")
	p.awaitState("menu")
	p.awaitFrames(30)
	p.press("Enter")
	p.await("a ship among bots", func(st stats) bool { return st.State == "playing" && st.Bots == 7 && st.Ship.Energy > 0 })
	before := p.stats()
	time.Sleep(5 * time.Second)
	after := p.stats()
	if ticks := after.Tick - before.Tick; ticks < 4*60 || after.Frames-before.Frames < 50 {
		t.Errorf("in five seconds %.0f ticks passed and %d frames were drawn", ticks, after.Frames-before.Frames)
	}
	if after.Mispredictions != 0 || after.Mode != "squads" {
		t.Errorf("the line within: %+v", after)
	}
	p.screenshot("practice.png")
	if st := s.status(); st.Players != 0 {
		t.Errorf("the server has %d players", st.Players)
	}
	t.Logf("%+v", after)
}

// TestReloadKeepsTheSeat loads the page again in mid-flight: the same ship flies on,
// without a click.
func TestReloadKeepsTheSeat(t *testing.T) {
	s := startServer(t, "--bots", "3")
	p := enterGame(t, s.url()+"?name=Ada")
	self := p.stats().Self
	time.Sleep(time.Second)
	p.goTo(s.url() + "?name=Ada")
	p.await("the same ship", func(st stats) bool { return st.State == "playing" && st.Self == self && st.Ship.Energy > 0 })
	if st := s.status(); st.Players != 1 {
		t.Errorf("the server has %d players, want the same one", st.Players)
	}
}
