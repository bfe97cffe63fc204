package e2e

import (
	"fmt"
	"testing"

	"ionwake/client/view/words"
)

// padScript gives the page a pad of the standard layout (W3C Gamepad, section 14.1)
// that the test moves.
const padScript = `
window.testPad = {
  id: 'Test pad (STANDARD GAMEPAD)', index: 0, connected: true, mapping: 'standard', timestamp: 0,
  axes: [0, 0, 0, 0],
  buttons: Array.from({length: 17}, () => ({pressed: false, touched: false, value: 0})),
};
navigator.getGamepads = () => [window.testPad, null, null, null];
`

// Buttons of the standard layout.
const (
	padA, padB, padX, padY     = 0, 1, 2, 3
	padLB, padRB, padLT, padRT = 4, 5, 6, 7
	padStart                   = 9
	padUp, padDown             = 12, 13
	padLeft, padRight          = 14, 15
)

func (p *tab) padButton(button int, down bool) {
	p.t.Helper()
	value := 0
	if down {
		value = 1
	}
	evaluate[bool](p, fmt.Sprintf("Object.assign(testPad.buttons[%d], {pressed: %v, value: %d}) && true", button, down, value))
}

// padPress presses a button for as many frames as it takes to be seen.
func (p *tab) padPress(buttons ...int) {
	p.t.Helper()
	for _, b := range buttons {
		p.padButton(b, true)
		p.awaitFrames(2)
		p.padButton(b, false)
		p.awaitFrames(2)
	}
}

// padSticks pushes both sticks, each axis -1 to 1.
func (p *tab) padSticks(leftX, leftY, rightX, rightY float64) {
	p.t.Helper()
	evaluate[bool](p, fmt.Sprintf("(testPad.axes = [%v, %v, %v, %v]) && true", leftX, leftY, rightX, rightY))
}

// padSeek moves the focus by the cross.
func (p *tab) padSeek(name string, buttons ...int) {
	p.t.Helper()
	for i := range longestPage {
		if p.stats().Focus == name {
			return
		}
		p.padPress(buttons[i%len(buttons)])
	}
	p.t.Fatalf("no way to %q on %q", name, p.stats().Screen)
}

// TestPad plays from the title to the title by a pad alone.
func TestPad(t *testing.T) {
	t.Parallel()
	s := startServer(t, "--bots", "4")
	p := blankTab(t)
	p.before(padScript)
	p.goTo(s.url())
	p.awaitScreen("title")
	p.awaitFrames(3)
	p.padPress(padA)
	p.awaitShip()
	p.await("the pad as device", func(s stats) bool { return s.Device == "pad" })
	p.await("a hint", func(s stats) bool { return s.Hint != "" })
	p.awaitFrames(3)
	p.screenshot("flight.png")

	before := p.awaitShip()
	p.padSticks(1, 0, 0, -1)
	p.await("the ship to fly right", func(s stats) bool { return s.Alive && s.Ship.X > before.Ship.X+20 })
	p.padSticks(0, 0, 0, -1)
	p.padButton(padRT, true)
	p.await("shots", func(s stats) bool { return s.Ship.Energy < 0.9 })
	p.padButton(padRT, false)
	p.padSticks(0, 0, 0, 0)

	p.padPress(padStart)
	p.awaitScreen("menu")
	p.screenshot("menu.png")
	p.padSeek(words.English.Say(words.SettingsTitle), padDown, padRight)
	p.padPress(padA)
	p.awaitScreen("settings")
	p.padSeek(words.English.Say(words.PageSound), padDown)
	p.padPress(padA)
	p.awaitScreen("settings.sound")
	was := p.stats().Value
	p.padPress(padRight)
	if now := p.stats().Value; now == was {
		t.Errorf("the cross does not change %q", p.stats().Focus)
	}
	p.padPress(padB)
	p.awaitScreen("settings")
	p.padPress(padB)
	p.awaitScreen("menu")
	p.padPress(padB)
	p.awaitScreen("none")
	p.padPress(padDown)
	p.awaitScreen("hull")
	p.screenshot("hull.png")
	p.padPress(padB)
	p.awaitScreen("none")
	p.padPress(padStart)
	p.awaitScreen("menu")
	p.padSeek("Leave", padUp)
	p.padPress(padA)
	p.awaitScreen("title")
	p.clean()
}
