package e2e

import (
	"fmt"
	"math"
	"testing"
	"time"
)

// enterGame opens the page and takes a seat with one key.
func enterGame(t *testing.T, url string) *tab {
	t.Helper()
	p := openTab(t, url)
	p.fly()
	return p
}

// fly plays from the title.
func (p *tab) fly() stats {
	p.t.Helper()
	p.awaitScreen("title")
	p.awaitFrames(3)
	p.press("Enter")
	return p.awaitShip()
}

func (p *tab) awaitShip() stats {
	p.t.Helper()
	return p.await("a ship", func(s stats) bool { return s.State == "playing" && s.Alive && s.Ship.Energy > 0 })
}

// awaitFrames waits until the page has drawn n frames more.
func (p *tab) awaitFrames(n int) {
	p.t.Helper()
	frames := func() int { return evaluate[int](p, "window.ionwake.stats().frames") }
	first := frames()
	p.awaitThat("frames", func() (bool, string) {
		now := frames()
		return now >= first+n, fmt.Sprintf("%d, %d at first", now, first)
	})
}

// TestTwoTabsAndADesktop is a party of three: what one player does, the others
// see, in a second tab and on the desktop; what one says, the others read.
func TestTwoTabsAndADesktop(t *testing.T) {
	s := startServer(t, "--bots", "5")
	a := enterGame(t, s.url()+"?name=Ada")
	b := enterGame(t, s.url()+"?name=Bob")
	d := startDesktop(t, clientProgram(t), "--join", s.url(), "--name", "Dora", "--report")
	d.awaitReport("playing", func(st stats) bool { return st.State == "playing" && st.Players == 3 })
	ada := int(a.await("two others", func(st stats) bool { return st.Players == 3 }).Self)

	from, fromD := b.whereIs(ada), d.whereIs(ada)
	a.hold(time.Second, "KeyS")
	a.hold(time.Second, "KeyD")
	b.awaitThat("Ada's ship to move in Bob's tab", func() (bool, string) {
		to := b.whereIs(ada)
		return to != from && to != place{}, fmt.Sprint(to)
	})
	d.awaitReport("Ada's ship to move on the desktop", func(st stats) bool {
		to := st.ship(ada)
		return to != fromD && to != place{}
	})

	a.say("hello wake")
	b.awaitThat("the chat in Bob's tab", func() (bool, string) { return b.stats().heard("Ada", "hello wake"), fmt.Sprint(b.stats().Chat) })
	d.awaitReport("the chat on the desktop", func(st stats) bool { return st.heard("Ada", "hello wake") })
	a.screenshot("ada.png")
	b.screenshot("bob.png")
	d.display.screenshot(t, "dora.png")
	a.clean()
	b.clean()
}

// say writes a line into the chat.
func (p *tab) say(text string) {
	p.t.Helper()
	p.press("Enter")
	p.awaitScreen("chat")
	p.commit(text)
	p.await("the text in the box", func(s stats) bool { return s.Writing == text })
	p.press("Enter")
	p.awaitScreen("none")
}

// TestCutAndRestart cuts the socket under a player, then stops the server and starts
// it again.
func TestCutAndRestart(t *testing.T) {
	s := startServer(t, "--bots", "6", "--map", "closet") // where nobody can hide
	wire := newCable(t, s.address())
	p := enterGame(t, wire.url()+"/?name=Ada")
	p.keyDown("Space")
	before := p.await("a first kill or death", func(st stats) bool {
		l := st.line()
		return l.Kills+l.Deaths > 0
	})
	p.keyUp("Space")

	wire.unplugged(true)
	wire.cut()
	p.await("the loss in words", func(st stats) bool { return st.State == "lost" && st.Message != "" && st.Screen == "lost" })
	p.awaitFrames(3)
	p.screenshot("lost.png")
	wire.unplugged(false)
	after := p.await("the same seat", func(st stats) bool { return st.State == "playing" && st.Tick > before.Tick })
	if after.Self != before.Self || after.line().Name != "Ada" ||
		after.line().Kills < before.line().Kills || after.line().Deaths < before.line().Deaths {
		t.Errorf("came back in seat %v as %+v, was in %v as %+v", after.Self, after.line(), before.Self, before.line())
	}

	if code := s.stop(); code != 0 {
		t.Errorf("the server ended with code %d", code)
	}
	p.await("a countdown", func(st stats) bool { return st.State == "lost" && st.Message != "" && st.RetryIn > 0 })
	p.awaitFrames(3)
	p.screenshot("stopped.png")
	s.start()
	p.awaitShip()
	p.screenshot("again.png")
}

// distance is how far a ship went between two looks.
func distance(a, b stats) float64 { return math.Hypot(b.Ship.X-a.Ship.X, b.Ship.Y-a.Ship.Y) }
