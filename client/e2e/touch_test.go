package e2e

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"ionwake/client/view/words"
)

// finger is one that is on the screen, in CSS pixels.
type finger struct{ id, x, y float64 }

// fingers puts exactly these fingers on the screen.
func (p *tab) fingers(kind input.DispatchTouchEventType, on ...finger) {
	p.t.Helper()
	params := input.DispatchTouchEventParams{Type: kind, TouchPoints: []*input.TouchPoint{}}
	for _, f := range on {
		params.TouchPoints = append(params.TouchPoints, &input.TouchPoint{X: f.x, Y: f.y, ID: &f.id})
	}
	if _, err := chromedp.Call(p.ctx, input.DispatchTouchEvent, params); err != nil {
		p.t.Fatalf("touch (%s): %v", kind, err)
	}
}

// tapAt puts a finger down and takes it away.
func (p *tab) tapAt(x, y float64) {
	p.t.Helper()
	p.fingers(input.DispatchTouchEventTypeTouchStart, finger{1, x, y})
	p.awaitFrames(2)
	p.fingers(input.DispatchTouchEventTypeTouchEnd)
	p.awaitFrames(2)
}

// tapOn taps something that the game says can be pressed.
func (p *tab) tapOn(name string) {
	p.t.Helper()
	at := p.spotOf(name)
	p.tapAt(at.X, at.Y)
}

func (p *tab) spotOf(name string) (at spot) {
	p.t.Helper()
	p.await("a place to tap for "+name, func(s stats) bool {
		for _, sp := range s.Spots {
			if sp.Name == name {
				at = sp
				return true
			}
		}
		return false
	})
	return at
}

// phone is a tab that is a phone's.
func phone(t *testing.T, width, height int64) *tab {
	t.Helper()
	p := blankTab(t)
	p.do("be a phone", chromedp.EmulateViewport(width, height, chromedp.EmulateMobile, chromedp.EmulateTouch))
	return p
}

// TestTouch plays with fingers alone, with the phone held either way.
func TestTouch(t *testing.T) {
	t.Parallel()
	s := startServer(t, "--bots", "3", "--map", "closet") // which has no safe zone
	for _, held := range []struct {
		name          string
		width, height int64
	}{{"wide", 844, 390}, {"high", 390, 844}} {
		t.Run(held.name, func(t *testing.T) {
			p := phone(t, held.width, held.height)
			p.goTo(s.url())
			p.awaitScreen("title")
			p.awaitFrames(3)
			p.screenshot("title.png")
			p.tapOn(words.English.Say(words.Play))
			p.awaitShip()
			p.await("fingers as device", func(s stats) bool { return s.Device == "touch" })
			p.thumbs(float64(held.width), float64(held.height))
			p.panels()
			p.tapOn("menu")
			p.awaitScreen("menu")
			p.awaitFrames(2)
			p.screenshot("menu.png")
			p.tapOn(words.English.Say(words.SettingsTitle))
			p.awaitScreen("settings")
			p.tapOn(words.English.Say(words.PagePicture))
			p.awaitScreen("settings.picture")
			p.awaitFrames(2)
			p.screenshot("picture.png")
			p.tapOn("back")
			p.awaitScreen("settings")
			p.tapOn("back")
			p.awaitScreen("menu")
			p.tapOn("Leave")
			p.awaitScreen("title")
			p.clean()
		})
	}
}

// thumbs flies right with the left thumb, fires with the right one, and presses the
// buttons beside it.
func (p *tab) thumbs(width, height float64) {
	p.t.Helper()
	before := p.awaitShip()
	low := height * 0.72
	p.fingers(input.DispatchTouchEventTypeTouchStart, finger{1, width * 0.2, low})
	p.awaitFrames(2)
	p.fingers(input.DispatchTouchEventTypeTouchMove, finger{1, width*0.2 + 60, low})
	p.await("the ship to fly right", func(s stats) bool { return s.Alive && s.Ship.X > before.Ship.X+20 })
	both := []finger{{1, width*0.2 + 60, low}, {2, width * 0.75, low}}
	p.fingers(input.DispatchTouchEventTypeTouchStart, both...)
	p.awaitFrames(2)
	both[1].x += 50
	p.fingers(input.DispatchTouchEventTypeTouchMove, both...)
	p.await("shots", func(s stats) bool { return s.Ship.Energy < 0.95 })
	p.awaitFrames(3)
	p.screenshot("flight.png")
	p.fingers(input.DispatchTouchEventTypeTouchEnd)
	p.awaitFrames(2)

	p.awaitShip()
	for _, name := range []string{"alt", "dash"} {
		at := p.spotOf(name)
		p.await("energy for "+name, func(s stats) bool { return s.Alive && s.Ship.Energy > 0.9 })
		p.fingers(input.DispatchTouchEventTypeTouchStart, finger{3, at.X, at.Y})
		p.await("the cost of "+name, func(s stats) bool { return s.Ship.Energy < 0.88 })
		p.fingers(input.DispatchTouchEventTypeTouchEnd)
		p.awaitFrames(2)
	}
}

// panels opens the scoreboard, the words and the chat.
func (p *tab) panels() {
	p.t.Helper()
	p.tapOn("clock")
	p.awaitScreen("scoreboard")
	p.awaitFrames(2)
	p.screenshot("scoreboard.png")
	p.tapOn("clock")
	p.awaitScreen("none")
	p.tapOn("signals")
	p.awaitScreen("signals")
	p.awaitFrames(2)
	p.screenshot("signals.png")
	p.tapOn("signals")
	p.awaitScreen("none")
	p.tapOn("chat")
	p.awaitScreen("chat")
	p.commit("hello from a phone")
	p.awaitFrames(2)
	p.screenshot("chat.png")
	p.press("Enter")
	p.await("the line", func(s stats) bool { return s.Screen == "none" && s.heard(s.line().Name, "hello from a phone") })
	p.await("still a phone", func(s stats) bool { return s.Device == "touch" })
	time.Sleep(100 * time.Millisecond)
}
