package e2e

import (
	"strings"
	"time"
	"unicode"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// tap is how long a key or button is held to be seen for certain: the game asks
// once per Update, and there may be few of them in a second here.
const tap = 200 * time.Millisecond

// key is one key of a keyboard; its text is what it types, if anything.
type key struct {
	code, key, text string
	virtual         int64 // Windows virtual key code
}

var namedKeys = map[string]key{
	"ArrowDown":    {"ArrowDown", "ArrowDown", "", 40},
	"ArrowLeft":    {"ArrowLeft", "ArrowLeft", "", 37},
	"ArrowRight":   {"ArrowRight", "ArrowRight", "", 39},
	"ArrowUp":      {"ArrowUp", "ArrowUp", "", 38},
	"Backspace":    {"Backspace", "Backspace", "", 8},
	"Comma":        {"Comma", ",", ",", 188},
	"Period":       {"Period", ".", ".", 190},
	"BracketLeft":  {"BracketLeft", "[", "[", 219},
	"BracketRight": {"BracketRight", "]", "]", 221},
	"Enter":        {"Enter", "Enter", "\r", 13},
	"Escape":       {"Escape", "Escape", "", 27},
	"F1":           {"F1", "F1", "", 112},
	"F3":           {"F3", "F3", "", 114},
	"ShiftLeft":    {"ShiftLeft", "Shift", "", 16},
	"Space":        {"Space", " ", " ", 32},
	"Tab":          {"Tab", "Tab", "", 9},
}

// keyOf takes a name of KeyboardEvent.code ("KeyW", "Space") or a character.
// A character of no key here has no code, as from a keyboard laid out otherwise.
func keyOf(name string) key {
	if k, ok := namedKeys[name]; ok {
		return k
	}
	if letter, ok := strings.CutPrefix(name, "Key"); ok && len(letter) == 1 {
		low := strings.ToLower(letter)
		return key{name, low, low, int64(letter[0])}
	}
	if digit, ok := strings.CutPrefix(name, "Digit"); ok && len(digit) == 1 {
		return key{name, digit, digit, int64(digit[0])}
	}
	k := key{key: name, text: name}
	switch r := []rune(name)[0]; {
	case r == ' ':
		return namedKeys["Space"]
	case r < unicode.MaxASCII && unicode.IsLetter(r):
		k.virtual = int64(unicode.ToUpper(r))
		k.code = "Key" + strings.ToUpper(name)
	case unicode.IsDigit(r):
		k.virtual = int64(r)
		k.code = "Digit" + name
	}
	return k
}

func (p *tab) keyDown(name string) {
	p.t.Helper()
	k := keyOf(name)
	kind := input.DispatchKeyEventTypeKeyDown
	if k.text == "" {
		kind = input.DispatchKeyEventTypeRawKeyDown
	}
	p.sendKey(kind, k)
}

func (p *tab) keyUp(name string) {
	p.t.Helper()
	k := keyOf(name)
	k.text = ""
	p.sendKey(input.DispatchKeyEventTypeKeyUp, k)
}

func (p *tab) sendKey(kind input.DispatchKeyEventType, k key) {
	p.t.Helper()
	params := input.DispatchKeyEventParams{Type: kind, Code: k.code, Key: k.key, Text: k.text, WindowsVirtualKeyCode: k.virtual}
	if _, err := chromedp.Call(p.ctx, input.DispatchKeyEvent, params); err != nil {
		p.t.Fatalf("send key %s: %v", k.key, err)
	}
}

// hold keeps keys down together for d.
func (p *tab) hold(d time.Duration, names ...string) {
	p.t.Helper()
	for _, name := range names {
		p.keyDown(name)
	}
	time.Sleep(d)
	for _, name := range names {
		p.keyUp(name)
	}
}

// press holds one key for as many frames as it takes to be seen.
func (p *tab) press(names ...string) {
	p.t.Helper()
	for _, name := range names {
		p.keyDown(name)
		p.awaitFrames(2)
		p.keyUp(name)
		p.awaitFrames(2)
	}
}

// typeText types text character by character.
func (p *tab) typeText(text string) {
	p.t.Helper()
	for _, r := range text {
		p.press(string(r))
	}
}

// compose shows text as an input method does that is not sure yet; commit decides.
func (p *tab) compose(text string) {
	p.t.Helper()
	n := int64(len([]rune(text)))
	params := input.ImeSetCompositionParams{Text: text, SelectionStart: n, SelectionEnd: n}
	if _, err := chromedp.Call(p.ctx, input.ImeSetComposition, params); err != nil {
		p.t.Fatalf("compose %s: %v", text, err)
	}
	p.awaitFrames(3)
}

func (p *tab) commit(text string) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		p.t.Fatalf("commit %s: %v", text, err)
	}
	p.awaitFrames(3)
}

// click holds the left button at a point in CSS pixels as long as it takes to
// be seen.
func (p *tab) click(x, y float64) {
	p.t.Helper()
	p.mouse(input.DispatchMouseEventParams{Type: chromedp.MouseMoved, X: x, Y: y})
	p.mouse(input.DispatchMouseEventParams{Type: chromedp.MousePressed, X: x, Y: y, Button: "left", Buttons: 1, ClickCount: 1})
	time.Sleep(tap)
	p.mouse(input.DispatchMouseEventParams{Type: chromedp.MouseReleased, X: x, Y: y, Button: "left", ClickCount: 1})
}

// pointAt moves the mouse without a button.
func (p *tab) pointAt(x, y float64) {
	p.t.Helper()
	p.mouse(input.DispatchMouseEventParams{Type: chromedp.MouseMoved, X: x, Y: y})
}

func (p *tab) mouse(params input.DispatchMouseEventParams) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, input.DispatchMouseEvent, params); err != nil {
		p.t.Fatalf("send mouse event %s: %v", params.Type, err)
	}
}
