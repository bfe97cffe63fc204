package settings

import "github.com/hajimehoshi/ebiten/v2"

// Control is a key, by its place on the keyboard, or a button of the mouse.
type Control uint16

// mouseFirst is the first button of the mouse; keys come before, from 1.
const mouseFirst = 0x200

// The controls that are no keys.
const (
	NoControl   Control = 0
	MouseLeft   Control = mouseFirst + Control(ebiten.MouseButton0)
	MouseRight  Control = mouseFirst + Control(ebiten.MouseButton2)
	MouseMiddle Control = mouseFirst + Control(ebiten.MouseButton1)
	MouseFourth Control = mouseFirst + Control(ebiten.MouseButton3)
	MouseFifth  Control = mouseFirst + Control(ebiten.MouseButton4)
)

var mouseNames = map[Control]string{
	MouseLeft: "MouseLeft", MouseRight: "MouseRight", MouseMiddle: "MouseMiddle",
	MouseFourth: "MouseFourth", MouseFifth: "MouseFifth",
}

// KeyControl returns the control that is k.
func KeyControl(k ebiten.Key) Control { return Control(k) + 1 }

// Key returns the key that c is, or that it is none.
func (c Control) Key() (ebiten.Key, bool) {
	if c == NoControl || c >= mouseFirst {
		return 0, false
	}
	return ebiten.Key(c - 1), true
}

// Mouse returns the button of the mouse that c is, or that it is none.
func (c Control) Mouse() (ebiten.MouseButton, bool) {
	if c < mouseFirst {
		return 0, false
	}
	return ebiten.MouseButton(c - mouseFirst), true
}

// String returns the control's name in the text, empty for none.
func (c Control) String() string {
	if k, ok := c.Key(); ok {
		return k.String()
	}
	return mouseNames[c]
}

// controlByName returns the control of that name.
func controlByName(name string) (Control, bool) {
	for c, n := range mouseNames {
		if n == name {
			return c, true
		}
	}
	var k ebiten.Key
	if err := k.UnmarshalText([]byte(name)); err != nil {
		return NoControl, false
	}
	return KeyControl(k), true
}

// Button is a button of a pad in the standard layout, as it is called on the most
// common ones.
type Button uint8

// The buttons.
const (
	NoButton Button = iota
	PadA
	PadB
	PadX
	PadY
	PadLB
	PadRB
	PadLT
	PadRT
	PadBack
	PadStart
	PadLS
	PadRS
	PadUp
	PadDown
	PadLeft
	PadRight
	PadHome
	Buttons
)

var buttonNames = [Buttons]string{"", "A", "B", "X", "Y", "LB", "RB", "LT", "RT", "Back", "Start", "LS", "RS", "Up", "Down", "Left", "Right", "Home"}

// String returns the button's name, empty for none.
func (b Button) String() string {
	if b >= Buttons {
		return ""
	}
	return buttonNames[b]
}

// Standard returns the engine's name of b, which is not NoButton.
func (b Button) Standard() ebiten.StandardGamepadButton {
	return ebiten.StandardGamepadButton(b - 1) // in the order of the W3C's standard layout, as both are
}

// FromStandard returns the button that the engine calls b.
func FromStandard(b ebiten.StandardGamepadButton) Button { return Button(b) + 1 }

func buttonByName(name string) (Button, bool) {
	for b, n := range buttonNames {
		if n == name {
			return Button(b), true
		}
	}
	return NoButton, false
}
