package view

import (
	"slices"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/inpututil"
)

const keyCount = int(ebiten.KeyMax) + 1

// poll is what every device says in one frame. The rest of the package decides
// from it alone, so that a test can be a player.
type poll struct {
	keys    [keyCount]bool // down now
	strokes [keyCount]bool // went down in this frame
	repeats [keyCount]bool // went down, or is held long enough to type again

	runes []rune // typed, while no text field is open

	cursorX, cursorY float64
	cursorMoved      bool
	mouse            bool // left button down
	click            bool // went down in this frame

	pad     padState
	touches []touchPoint
	taps    []ebiten.TouchID // began in this frame

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

// read asks the devices.
func (p *poll) read() {
	clear(p.keys[:])
	clear(p.strokes[:])
	clear(p.repeats[:])
	p.scratch = inpututil.AppendPressedKeys(p.scratch[:0])
	for _, k := range p.scratch {
		p.keys[k] = true
		d := inpututil.KeyPressDuration(k)
		p.repeats[k] = d > repeatAfter && (d-repeatAfter)%repeatEvery == 0
	}
	p.scratch = inpututil.AppendJustPressedKeys(p.scratch[:0])
	for _, k := range p.scratch {
		p.keys[k], p.strokes[k], p.repeats[k] = true, true, true
	}
	p.runes = ebiten.AppendInputChars(p.runes[:0])
	x, y := ebiten.CursorPosition()
	p.cursorMoved = float64(x) != p.cursorX || float64(y) != p.cursorY
	p.cursorX, p.cursorY = float64(x), float64(y)
	p.click = inpututil.IsMouseButtonJustPressed(ebiten.MouseButtonLeft)
	p.mouse = p.click || ebiten.IsMouseButtonPressed(ebiten.MouseButtonLeft)
	p.pad.read()
	p.readTouches()
}

func (p *poll) readTouches() {
	p.touches = p.touches[:0]
	p.ids = ebiten.AppendTouchIDs(p.ids[:0])
	for _, id := range p.ids {
		x, y := ebiten.TouchPosition(id)
		p.touches = append(p.touches, touchPoint{id, float64(x), float64(y)})
	}
	p.taps = inpututil.AppendJustPressedTouchIDs(p.taps[:0])
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

// leavesField reports whether a key was struck that moves on from a text field:
// left and right stay inside it.
func (p *poll) leavesField() bool {
	return p.strokes[ebiten.KeyArrowUp] || p.strokes[ebiten.KeyArrowDown] || p.strokes[ebiten.KeyTab] ||
		p.pad.strokes[ebiten.StandardGamepadButtonLeftTop] || p.pad.strokes[ebiten.StandardGamepadButtonLeftBottom]
}

// typing reports whether any key was struck.
func (p *poll) typing() bool {
	for _, s := range p.strokes {
		if s {
			return true
		}
	}
	return false
}

// flies reports whether a key was struck that moves a ship or fires.
func (p *poll) flies() bool {
	for a := thrustUp; a <= fire; a++ {
		if p.struck(a) {
			return true
		}
	}
	return false
}
