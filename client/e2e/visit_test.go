package e2e

import (
	"strings"
	"testing"
	"time"
)

// TestFirstVisit is what everybody does first: open the page, press Enter, fly; the
// game teaches, and does not teach again what was learnt.
func TestFirstVisit(t *testing.T) {
	t.Parallel()
	s := startServer(t, "--bots", "8")
	p := openTab(t, s.url())
	p.awaitScreen("title")
	p.awaitFrames(10)
	p.screenshot("title.png")
	begin := time.Now()
	st := p.fly()
	t.Logf("a ship after %v; %d bots", time.Since(begin).Round(time.Millisecond), st.Bots)
	if st.Bots < 7 {
		t.Errorf("%d bots", st.Bots)
	}
	p.await("a first hint", func(s stats) bool { return s.Hint == "thrust" })
	p.screenshot("hint.png")
	if aloud := evaluate[string](p, "document.getElementById('aloud').textContent"); !strings.Contains(aloud, "W") {
		t.Errorf("read out is %q, want the hint about thrust", aloud)
	}
	before := p.stats()
	p.keyDown("KeyD")
	p.await("another hint", func(s stats) bool { return s.Hint != "thrust" && s.Hint != "" })
	p.keyUp("KeyD")
	if moved := distance(before, p.stats()); moved < 30 && p.stats().Alive {
		t.Errorf("thrust moved the ship %.1f units", moved)
	}
	p.pointAt(500, 120)
	p.keyDown("Space")
	p.hold(time.Second, "KeyW", "KeyA")
	p.screenshot("fight.png")
	p.keyUp("Space")
	p.keyDown("Tab")
	p.awaitScreen("scoreboard")
	p.awaitFrames(2)
	p.screenshot("scoreboard.png")
	p.keyUp("Tab")
	p.press("F3")
	p.awaitFrames(20)
	p.screenshot("net.png")
	p.press("F3")
	p.await("a hint to skip", func(s stats) bool { return s.Hint != "" && s.Alive })
	p.press("KeyH")
	p.await("no hint", func(s stats) bool { return s.Hint == "" })
	p.leaves()

	time.Sleep(time.Second) // settings are written half a second after they change
	p.goTo(s.url())
	p.fly()
	for range 20 {
		if st := p.stats(); st.Hint != "" {
			t.Fatalf("the second visit has the hint %q", st.Hint)
		}
		p.awaitFrames(3)
	}
	if st := p.stats(); st.Mispredictions > 0 {
		t.Errorf("%d mispredictions", st.Mispredictions)
	}
	p.clean()
}

// leaves goes back to the title by the menu in play.
func (p *tab) leaves() {
	p.t.Helper()
	p.backTo("menu")
	p.keyDown("ShiftLeft") // with Tab it goes back: the last button is next
	p.seekBy("Leave", "Tab")
	p.keyUp("ShiftLeft")
	p.press("Enter")
	p.awaitScreen("title")
}
