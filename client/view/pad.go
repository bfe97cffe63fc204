package view

import (
	"math"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/shared/sim"
)

const (
	padButtons  = int(ebiten.StandardGamepadButtonMax) + 1
	stickRest   = 0.28 // a stick nearer to its middle than this is at rest
	triggerRest = 0.3  // a trigger pulled less than this is not pulled
)

// padState is the first pad with the standard layout.
type padState struct {
	present        bool
	leftX, leftY   float64
	rightX, rightY float64
	buttons        [padButtons]bool
	strokes        [padButtons]bool
	ids            []ebiten.GamepadID
}

// read asks the pads; strokes are added to those that are there.
func (s *padState) read() {
	before := s.buttons
	s.present = false
	clear(s.buttons[:])
	s.leftX, s.leftY, s.rightX, s.rightY = 0, 0, 0, 0
	s.ids = ebiten.AppendGamepadIDs(s.ids[:0])
	for _, id := range s.ids {
		if !ebiten.IsStandardGamepadLayoutAvailable(id) {
			continue
		}
		s.present = true
		s.leftX = ebiten.StandardGamepadAxisValue(id, ebiten.StandardGamepadAxisLeftStickHorizontal)
		s.leftY = ebiten.StandardGamepadAxisValue(id, ebiten.StandardGamepadAxisLeftStickVertical)
		s.rightX = ebiten.StandardGamepadAxisValue(id, ebiten.StandardGamepadAxisRightStickHorizontal)
		s.rightY = ebiten.StandardGamepadAxisValue(id, ebiten.StandardGamepadAxisRightStickVertical)
		for b := range s.buttons {
			k := ebiten.StandardGamepadButton(b)
			s.buttons[b] = ebiten.IsStandardGamepadButtonPressed(id, k) ||
				ebiten.StandardGamepadButtonValue(id, k) > triggerRest
			if s.buttons[b] && !before[b] {
				s.strokes[b] = true
			}
		}
		return
	}
}

// busy reports whether the pad is being used.
func (s *padState) busy() bool {
	for _, b := range s.buttons {
		if b {
			return true
		}
	}
	return math.Hypot(s.leftX, s.leftY) > stickRest || math.Hypot(s.rightX, s.rightY) > stickRest
}

// eightWays returns the buttons of a stick's direction: one of eight, or none if
// the stick is at rest.
func eightWays(x, y, rest float64) (held sim.Buttons) {
	if math.Hypot(x, y) <= rest {
		return 0
	}
	switch wind := int(math.Round(math.Atan2(y, x)/(math.Pi/4))) & 7; wind {
	case 0:
		return sim.Right
	case 1:
		return sim.Right | sim.Down
	case 2:
		return sim.Down
	case 3:
		return sim.Down | sim.Left
	case 4:
		return sim.Left
	case 5:
		return sim.Left | sim.Up
	case 6:
		return sim.Up
	default:
		return sim.Up | sim.Right
	}
}
