package view

import (
	"slices"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/inpututil"
)

const (
	keyCount     = int(ebiten.KeyMax) + 1
	mouseButtons = int(ebiten.MouseButtonMax) + 1
)

// poll is what every device says in one frame. The rest of the package decides
// from it alone, so that a test can be a player.
type poll struct {
	bound *bound // the player's keys; nil: as at first

	keys    [keyCount]bool // down now
	strokes [keyCount]bool // went down in this frame
	repeats [keyCount]bool // went down, or is held long enough to type again

	runes []rune // typed, while no text field is open

	cursorX, cursorY float64
	cursorMoved      bool
	placed           bool               // the cursor was looked at before
	mouse            [mouseButtons]bool // down now
	clicks           [mouseButtons]bool // went down in this frame
	click            bool               // the left one did
	mouseOff         bool               // the player's keys on the mouse do nothing: fingers play
	roll             float64            // of the wheel, upwards

	pad     padState
	touches []touchPoint
	taps    []ebiten.TouchID // began in this frame

	live    bool // read from devices: text comes from the platform too
	missed  bool // a frame was skipped: what was struck in it still counts
	scratch []ebiten.Key
	ids     []ebiten.TouchID
}

// touchPoint is a finger on the screen.
type touchPoint struct {
	id   ebiten.TouchID
	x, y float64
}

const (
	repeatAfter = 24 // frames a key is held before it types again
	repeatEvery = 2
)

// read asks the devices. What was struck in a skipped frame is struck in this.
func (p *poll) read() {
	if !p.missed {
		clear(p.strokes[:])
		clear(p.repeats[:])
		clear(p.clicks[:])
		clear(p.pad.strokes[:])
		p.runes, p.taps, p.roll, p.cursorMoved = p.runes[:0], p.taps[:0], 0, false
	}
	p.missed, p.live = false, true
	clear(p.keys[:])
	p.scratch = inpututil.AppendPressedKeys(p.scratch[:0])
	for _, k := range p.scratch {
		p.keys[k] = true
		if d := inpututil.KeyPressDuration(k); d > repeatAfter && (d-repeatAfter)%repeatEvery == 0 {
			p.repeats[k] = true
		}
	}
	p.scratch = inpututil.AppendJustPressedKeys(p.scratch[:0])
	for _, k := range p.scratch {
		p.keys[k], p.strokes[k], p.repeats[k] = true, true, true
	}
	p.runes = ebiten.AppendInputChars(p.runes)
	p.readMouse()
	p.pad.read()
	p.readTouches()
}

func (p *poll) readMouse() {
	x, y := ebiten.CursorPosition()
	// Where the cursor stands at first is nobody's move.
	p.cursorMoved = p.cursorMoved || p.placed && (float64(x) != p.cursorX || float64(y) != p.cursorY)
	p.placed = true
	p.cursorX, p.cursorY = float64(x), float64(y)
	for m := range p.mouse {
		struck := inpututil.IsMouseButtonJustPressed(ebiten.MouseButton(m))
		p.clicks[m] = p.clicks[m] || struck
		p.mouse[m] = struck || ebiten.IsMouseButtonPressed(ebiten.MouseButton(m))
	}
	p.click = p.clicks[ebiten.MouseButtonLeft]
	_, roll := ebiten.Wheel()
	p.roll += roll
}

func (p *poll) readTouches() {
	p.touches = p.touches[:0]
	p.ids = ebiten.AppendTouchIDs(p.ids[:0])
	for _, id := range p.ids {
		x, y := ebiten.TouchPosition(id)
		p.touches = append(p.touches, touchPoint{id, float64(x), float64(y)})
	}
	p.taps = inpututil.AppendJustPressedTouchIDs(p.taps)
}

// press returns where the mouse was clicked or a finger put down in this frame.
func (p *poll) press() (x, y float64, ok bool) {
	if p.click {
		return p.cursorX, p.cursorY, true
	}
	for _, t := range p.touches {
		if p.tapped(t.id) {
			return t.x, t.y, true
		}
	}
	return 0, 0, false
}

// tapped reports whether the finger id was put down in this frame.
func (p *poll) tapped(id ebiten.TouchID) bool {
	return slices.Contains(p.taps, id)
}

// typing reports whether any key was struck.
func (p *poll) typing() bool {
	return slices.Contains(p.strokes[:], true)
}

// flies reports whether a key was struck that moves a ship or uses what it has.
func (p *poll) flies() bool {
	for a := thrustUp; a <= dash; a++ {
		if p.struck(a) {
			return true
		}
	}
	return false
}
