package e2e

import (
	"testing"

	"ionwake/client/view/words"
)

// TestSpectate watches from the page's address: pilots in turn, and freely; then
// takes a seat, and watches again from the menu.
func TestSpectate(t *testing.T) {
	s := startServer(t, "--bots", "6", "--map", "closet")
	p := openTab(t, s.url()+"?spectate=1&name=Eye")
	p.awaitScreen("title")
	p.press("Enter")
	st := p.await("to watch a pilot", func(s stats) bool {
		return s.State == "spectating" && len(s.Ships) > 1 && s.named("Eye").ID == 0 && s.ship(s.Watching) != place{}
	})
	p.awaitFrames(3)
	p.screenshot("follow.png")
	p.press("BracketRight")
	next := p.await("another pilot", func(s stats) bool { return s.Watching != st.Watching })
	p.press("BracketLeft")
	p.await("the one before", func(s stats) bool { return s.Watching != next.Watching })
	p.press("KeyF")
	p.await("a free eye", func(s stats) bool { return s.Free })
	p.keyDown("KeyD")
	p.awaitFrames(10)
	p.keyUp("KeyD")
	p.screenshot("free.png")
	p.press("KeyF")
	p.await("a pilot again", func(s stats) bool { return !s.Free })

	p.press("KeyJ")
	p.awaitShip()
	p.press("Escape")
	p.awaitScreen("menu")
	p.choose(words.Watch)
	p.await("to watch", func(s stats) bool { return s.State == "spectating" && s.Watchers == 1 })
	p.clean()
}

// TestDeathAndWatch waits for the end: the screen says by whom, and the eye may follow
// others until the next life.
func TestDeathAndWatch(t *testing.T) {
	t.Parallel()
	s := startServer(t, "--bots", "10", "--map", "closet")
	p := enterGame(t, s.url())
	p.await("the end", func(s stats) bool { return s.State == "playing" && !s.Alive && s.line().Deaths > 0 })
	p.press("BracketRight")
	p.screenshot("death.png")
	p.awaitShip()
	p.clean()
}
