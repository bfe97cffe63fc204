package view

import (
	"image"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/exp/textinput"
)

// field is one line of text being edited, with an input method if the platform
// has one. The caret is in bytes and always between runes.
type field struct {
	text    string
	caret   int
	limit   int // runes
	full    float64
	preedit string // what the input method has not committed yet
	hidden  bool   // shown as dots

	// clipboard is where Ctrl+V takes from where the platform's own text input does
	// not; nil: nowhere.
	clipboard Clipboard
	pasting   bool

	composer textinput.Composer
	place    image.Rectangle // of the caret, where candidates are shown
	open     bool
	ended    bool // the platform ended the input: its keyboard was put away
}

// newField returns a field of at most limit runes.
func newField(text string, limit int) *field {
	f := &field{limit: limit}
	f.set(text)
	f.composer.OnNewSession = func() *textinput.SessionOptions {
		return &textinput.SessionOptions{
			CaretBounds: f.place, TextBeforeCaret: f.text[:f.caret], TextAfterCaret: f.text[f.caret:],
		}
	}
	f.composer.OnComposition = func(c *textinput.Composition) { f.preedit = c.Text() }
	f.composer.OnCommit = f.commit
	f.composer.OnEndByUser = func() { f.ended = true }
	return f
}

// set replaces the text.
func (f *field) set(text string) {
	f.text, f.caret = "", 0
	f.insert(text)
	f.full = 0
}

// commit takes what the input method has decided.
func (f *field) commit(c *textinput.Commit) {
	if before, after := c.IsSurroundingTextReplaced(); before || after {
		newBefore, newAfter := c.SurroundingText()
		f.set(newBefore + c.Text() + newAfter)
		f.caret = min(len(f.text), len(newBefore)+len(c.Text()))
		return
	}
	f.insert(c.Text())
}

// insert puts s at the caret, without control characters and as far as there is
// room. Where there is none, the field says so.
func (f *field) insert(s string) {
	room := f.limit - utf8.RuneCountInString(f.text)
	var kept strings.Builder
	for _, r := range s {
		if unicode.IsControl(r) || r == utf8.RuneError {
			continue
		}
		if room == 0 {
			f.full = 1
			break
		}
		kept.WriteRune(r)
		room--
	}
	f.text = f.text[:f.caret] + kept.String() + f.text[f.caret:]
	f.caret += kept.Len()
}

// edit is a key's work on a field.
type edit uint8

const (
	eraseBack edit = iota
	eraseForward
	goLeft
	goRight
	goHome
	goEnd
	eraseAll
)

// apply does an edit.
func (f *field) apply(e edit) {
	before, after := f.text[:f.caret], f.text[f.caret:]
	_, last := utf8.DecodeLastRuneInString(before)
	_, first := utf8.DecodeRuneInString(after)
	switch e {
	case eraseBack:
		f.text, f.caret = before[:len(before)-last]+after, f.caret-last
	case eraseForward:
		f.text = before + after[first:]
	case goLeft:
		f.caret -= last
	case goRight:
		f.caret += first
	case goHome:
		f.caret = 0
	case goEnd:
		f.caret = len(f.text)
	case eraseAll:
		f.text, f.caret = "", 0
	}
}

// editKeys are the keys that edit.
var editKeys = [...]struct {
	key ebiten.Key
	do  edit
}{
	{ebiten.KeyBackspace, eraseBack},
	{ebiten.KeyDelete, eraseForward},
	{ebiten.KeyArrowLeft, goLeft},
	{ebiten.KeyArrowRight, goRight},
	{ebiten.KeyHome, goHome},
	{ebiten.KeyEnd, goEnd},
}

// step takes this frame's typing. It returns true if the input method used it:
// then no key of this frame is meant for anything else.
func (f *field) step(p *poll, dt float64) (used bool) {
	f.open = true
	f.full = max(0, f.full-1.6*dt)
	if p.live {
		if used, err := f.composer.Update(); used && err == nil {
			return true
		}
	}
	control := p.keys[ebiten.KeyControl] || p.keys[ebiten.KeyMeta]
	f.paste(control && p.strokes[ebiten.KeyV])
	if control && p.repeats[ebiten.KeyBackspace] {
		f.composer.Confirm()
		f.apply(eraseAll)
		return false
	}
	for _, k := range editKeys {
		if p.repeats[k.key] {
			f.composer.Confirm() // editing under a live session would misplace what it commits
			f.apply(k.do)
		}
	}
	return false
}

// paste asks for what was copied, and takes it when it has come.
func (f *field) paste(asked bool) {
	if f.clipboard == nil {
		return
	}
	if asked {
		f.clipboard.Ask()
		f.pasting = true
	}
	if !f.pasting {
		return
	}
	if text, ok := f.clipboard.Pasted(); ok {
		f.composer.Confirm()
		f.insert(text)
		f.pasting = false
	}
}

// close ends the input method's session, keeping what it was about to commit.
func (f *field) close() {
	if f.open {
		f.composer.Confirm()
		f.open, f.ended = false, false
	}
}

// shown returns what is to be seen, and where in it the caret is.
func (f *field) shown() (text string, at int) {
	if f.hidden {
		n := utf8.RuneCountInString(f.text[:f.caret])
		return strings.Repeat("•", utf8.RuneCountInString(f.text)), n * len("•")
	}
	return f.text[:f.caret] + f.preedit + f.text[f.caret:], f.caret + len(f.preedit)
}

// draw writes the text with its caret into area and remembers the caret's place
// for the input method. What does not fit is cut on the left.
func (f *field) draw(b *brush, area rectangle, size float64, w weight, focused bool, blink float64, c tint) {
	shown, at := f.shown()
	for start := 0; b.textWidth(shown, size, w) > area.w && start < at; {
		_, n := utf8.DecodeRuneInString(shown)
		shown, at = shown[n:], at-n
	}
	base := area.y + area.h/2 + size*0.34
	b.text(shown, area.x, base, size, w, left, c)
	x := area.x + b.textWidth(shown[:at], size, w)
	if f.preedit != "" {
		from := x - b.textWidth(f.preedit, size, w)
		b.rect(from, base+size*0.18, x-from, max(1, size*0.08), inkWake.solid(1))
	}
	if focused && math.Mod(blink, 1) < 0.6 {
		b.rect(math.Round(x)+1, base-size*0.82, max(1.5, size*0.09), size*1.08, inkIon.solid(1))
	}
	f.place = image.Rect(int(x), int(base-size), int(x)+1, int(base+size*0.3))
}
