package e2e

import "testing"

// TestInputMethod writes Japanese by an input method, into the name and the chat, and
// another page reads it.
func TestInputMethod(t *testing.T) {
	t.Parallel()
	s := startServer(t, "--bots", "0")
	b := enterGame(t, s.url()+"?name=Bob")
	a := openTab(t, s.url()+"?name=A")
	a.awaitScreen("title")
	a.awaitFrames(3)
	a.seekBy("Pilot", "ArrowUp")
	a.press("Backspace")
	a.compose("ほし")
	a.await("what is not decided yet", func(s stats) bool { return s.Writing == "ほし" })
	a.screenshot("composing.png")
	a.commit("星の海")
	a.await("the name", func(s stats) bool { return s.Writing == "星の海" })
	a.press("Enter")
	a.awaitShip()

	a.press("Enter")
	a.awaitScreen("chat")
	a.compose("こんにち")
	a.commit("こんにちは、世界")
	a.await("the line", func(s stats) bool { return s.Writing == "こんにちは、世界" })
	a.press("Enter")
	b.await("the line in the other page", func(s stats) bool { return s.heard("星の海", "こんにちは、世界") })
	b.awaitFrames(5)
	b.screenshot("chat.png")
	a.clean()
	b.clean()
}
