package e2e

import (
	"fmt"
	"math"
	"testing"
	"time"
)

// enterGame opens the page and takes a seat with one click.
func enterGame(t *testing.T, url string) *tab {
	t.Helper()
	p := openTab(t, url)
	p.awaitState("menu")
	p.awaitFrames(30)
	p.screenshot("menu.png")
	p.clickPlay()
	p.await("a ship", func(s stats) bool { return s.State == "playing" && s.Ship.Energy > 0 })
	return p
}

// awaitFrames waits until the page has drawn n frames more.
func (p *tab) awaitFrames(n int) {
	p.t.Helper()
	first := p.stats().Frames
	p.await("frames", func(s stats) bool { return s.Frames >= first+n })
}

// clickPlay clicks where the menu's button is: the middle of the lower half.
func (p *tab) clickPlay() {
	p.t.Helper()
	p.click(pageWidth/2, playButtonY)
}

const playButtonY = 270

// TestFirstFlight is what everybody does first: open the page, click, fly.
func TestFirstFlight(t *testing.T) {
	s := startServer(t, "--bots", "12")
	p := enterGame(t, s.url())
	before := p.stats()
	p.hold(1500*time.Millisecond, "KeyD")
	after := p.stats()
	if moved := math.Hypot(after.Ship.X-before.Ship.X, after.Ship.Y-before.Ship.Y); moved < 30 && after.Ship.Energy > 0 {
		t.Errorf("after 1.5 s of thrust the ship moved %.1f units", moved)
	}
	p.pointAt(500, 120)
	p.keyDown("Space")
	p.hold(time.Second, "KeyW", "KeyA")
	p.screenshot("fight.png")
	p.keyUp("Space")
	p.keyDown("Tab")
	time.Sleep(400 * time.Millisecond)
	p.screenshot("scoreboard.png")
	p.keyUp("Tab")
	p.press("F3")
	time.Sleep(2 * time.Second)
	p.screenshot("net.png")
	t.Logf("%+v", p.stats())
	if lines := p.complaints(); len(lines) > 0 {
		t.Errorf("the page complained: %q", lines)
	}
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
	a.hold(2*time.Second, "KeyS")
	a.hold(2*time.Second, "KeyD")
	b.awaitThat("Ada's ship to move in Bob's tab", func() (bool, string) {
		to := b.whereIs(ada)
		return to != from && to != place{}, fmt.Sprint(to)
	})
	d.awaitReport("Ada's ship to move on the desktop", func(st stats) bool {
		to := st.ship(ada)
		return to != fromD && to != place{}
	})

	a.press("Enter")
	a.awaitFrames(10) // the box opens
	a.typeText("hello wake")
	a.press("Enter")
	b.awaitThat("the chat in Bob's tab", func() (bool, string) { return b.stats().heard("Ada", "hello wake"), fmt.Sprint(b.stats().Chat) })
	d.awaitReport("the chat on the desktop", func(st stats) bool { return st.heard("Ada", "hello wake") })
	a.screenshot("ada.png")
	b.screenshot("bob.png")
	d.display.screenshot(t, "dora.png")
	for _, p := range []*tab{a, b} {
		if lines := p.complaints(); len(lines) > 0 {
			t.Errorf("a page complained: %q", lines)
		}
	}
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
	p.await("the loss in words", func(st stats) bool { return st.State == "lost" && st.Message != "" })
	time.Sleep(400 * time.Millisecond)
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
	time.Sleep(300 * time.Millisecond)
	p.screenshot("stopped.png")
	s.start()
	p.await("play to go on", func(st stats) bool { return st.State == "playing" && st.Ship.Energy > 0 })
	p.screenshot("again.png")
}
