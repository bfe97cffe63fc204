package view

import (
	"strings"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/view/settings"
	"ionwake/client/view/words"
)

// labels are what the keys and buttons of the player's actions are called on the
// device in use: the letter that is printed on the key at that place. They are made
// anew when something they are made of changes.
type labels struct {
	of    labelsOf
	made  bool
	texts [settings.Actions]string
	steer string
}

// labelsOf is what labels are made of.
type labelsOf struct {
	lang   words.Language
	device device
	bound  bound
}

// make makes the labels, unless nothing has changed; anew: even then, since the
// system's keyboard may have another layout now.
func (l *labels) make(of labelsOf, anew bool) {
	if l.made && l.of == of && !anew {
		return
	}
	l.of, l.made = of, true
	for a := range settings.Actions {
		l.texts[a] = l.action(a)
	}
	switch of.device {
	case pad:
		l.steer = of.lang.Say(words.PadLeftStick)
	case touch:
		l.steer = of.lang.Say(words.TouchLeft)
	default:
		l.steer = l.together(thrustUp, thrustLeft, thrustDown, thrustRight)
	}
}

// action returns the label of a.
func (l *labels) action(a action) string {
	switch l.of.device {
	case pad:
		return buttonLabel(l.of.lang, l.of.bound.pad[a])
	case touch:
		switch a {
		case fire:
			return l.of.lang.Say(words.TouchRight)
		case secondary:
			return l.of.lang.Say(words.TouchAlt)
		case dash:
			return l.of.lang.Say(words.TouchDash)
		}
		return ""
	}
	for _, c := range l.of.bound.keys[a] {
		if c != settings.NoControl {
			return controlLabel(l.of.lang, c)
		}
	}
	return l.of.lang.Say(words.KeyNone)
}

// together is the labels of keys that are used as one: WASD.
func (l *labels) together(actions ...action) string {
	parts, short := make([]string, len(actions)), true
	for i, a := range actions {
		parts[i] = l.action(a)
		short = short && len([]rune(parts[i])) == 1
	}
	if short {
		return strings.Join(parts, "")
	}
	return strings.Join(parts, " ")
}

// label returns what the key or button of a is called on the device in use. On a
// screen that is touched most have none: it is empty then.
func (h *hands) label(a action) string {
	if a >= settings.Actions {
		return ""
	}
	return h.labels.texts[a]
}

// steering names what flies on the device in use.
func (h *hands) steering() string { return h.labels.steer }

// keyWords are the keys that are called by words.
var keyWords = map[ebiten.Key]words.Key{
	ebiten.KeySpace: words.KeySpace, ebiten.KeyEnter: words.KeyEnter, ebiten.KeyTab: words.KeyTab,
	ebiten.KeyEscape: words.KeyEscape, ebiten.KeyBackspace: words.KeyBackspace,
	ebiten.KeyShiftLeft: words.KeyShift, ebiten.KeyShiftRight: words.KeyRightShift,
	ebiten.KeyControlLeft: words.KeyControl, ebiten.KeyControlRight: words.KeyRightControl,
	ebiten.KeyAltLeft: words.KeyAlt, ebiten.KeyAltRight: words.KeyRightAlt,
	ebiten.KeyArrowUp: words.KeyUp, ebiten.KeyArrowDown: words.KeyDown,
	ebiten.KeyArrowLeft: words.KeyLeft, ebiten.KeyArrowRight: words.KeyRight,
}

var mouseWords = map[settings.Control]words.Key{
	settings.MouseLeft: words.MouseLeft, settings.MouseRight: words.MouseRight, settings.MouseMiddle: words.MouseMiddle,
	settings.MouseFourth: words.MouseFourth, settings.MouseFifth: words.MouseFifth,
}

// controlLabel returns what c is called on this machine.
func controlLabel(lang words.Language, c settings.Control) string {
	k, isKey := c.Key()
	if !isKey {
		if w, ok := mouseWords[c]; ok {
			return lang.Say(w)
		}
		return lang.Say(words.KeyNone)
	}
	if w, ok := keyWords[k]; ok {
		return lang.Say(w)
	}
	if name := ebiten.KeyName(k); strings.TrimSpace(name) != "" {
		return strings.ToUpper(name)
	}
	return strings.TrimPrefix(k.String(), "Digit")
}

var buttonWords = map[settings.Button]words.Key{
	settings.NoButton: words.KeyNone, settings.PadUp: words.PadUp, settings.PadDown: words.PadDown,
	settings.PadLeft: words.PadLeft, settings.PadRight: words.PadRight,
}

// buttonLabel returns what a pad's button is called.
func buttonLabel(lang words.Language, b settings.Button) string {
	if w, ok := buttonWords[b]; ok {
		return lang.Say(w)
	}
	return b.String()
}
