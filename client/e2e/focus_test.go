package e2e

import (
	"ionwake/client/view/words"
)

// longestPage is more rows than any page has.
const longestPage = 80

// seek moves the focus with the arrow key until it is on the item that English
// calls name.
func (p *tab) seek(name string) { p.t.Helper(); p.seekBy(name, "ArrowDown") }

func (p *tab) seekBy(name, arrow string) {
	p.t.Helper()
	for range longestPage {
		if p.stats().Focus == name {
			return
		}
		p.press(arrow)
	}
	p.t.Fatalf("no way by %s to %q on %q; the focus is on %q", arrow, name, p.stats().Screen, p.stats().Focus)
}

// seekWide is seek where items stand beside each other too: Tab passes all of them.
func (p *tab) seekWide(name string) { p.t.Helper(); p.seekBy(name, "Tab") }

// choose goes to an item and presses Enter there.
func (p *tab) choose(k words.Key) { p.t.Helper(); p.chooseText(words.English.Say(k)) }

func (p *tab) chooseText(name string) {
	p.t.Helper()
	if s := p.stats().Screen; s == "title" || s == "menu" || s == "room" {
		p.seekWide(name)
	} else {
		p.seek(name)
	}
	p.press("Enter")
}

// awaitScreen waits until a page, or "none", takes the keys.
func (p *tab) awaitScreen(name string) stats {
	p.t.Helper()
	return p.await("the screen "+name, func(s stats) bool { return s.Screen == name })
}

// turn presses an arrow until the item with the focus has a value.
func (p *tab) turn(arrow, value string) {
	p.t.Helper()
	for range longestPage {
		if p.stats().Value == value {
			return
		}
		p.press(arrow)
	}
	p.t.Fatalf("%q has no value %q, it is at %q", p.stats().Focus, value, p.stats().Value)
}

// backTo presses Esc until a screen is there.
func (p *tab) backTo(screen string) {
	p.t.Helper()
	for range 6 {
		if p.stats().Screen == screen {
			return
		}
		p.press("Escape")
	}
	p.t.Fatalf("Esc does not lead to %q but to %q", screen, p.stats().Screen)
}
