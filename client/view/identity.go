package view

import (
	"errors"
	"slices"

	"ionwake/client/identity"
	"ionwake/client/view/words"
)

// Identity is who the player is to servers: a key that this device keeps. All its
// functions are called from the goroutine that runs the game.
type Identity struct {
	// Key returns the present key; who has it is the player.
	Key func() []byte
	// Be makes the player somebody else, from the next connection on. The error says why
	// that lasts only until the program ends.
	Be func(key []byte) error
	// Save writes a text where the player finds it, and says where; nil: it cannot be.
	Save func(text string) (where string, err error)
	// Load reads the text that Save wrote; nil: it cannot be.
	Load func() (text string, err error)
	// File is what Load reads, for the player.
	File string
}

// keyRunes is the longest key that can be entered, with all that may stand around it.
const keyRunes = 80

// identityPage takes the player's key out and in. The key is shown only to who asks.
func (g *Game) identityPage() *page {
	pg := &page{head: words.PageIdentity}
	id, clip := g.cfg.Identity, g.cfg.Clipboard
	entered, shown := newField("", keyRunes), false
	take := func(text string) { g.weighKey(pg, text) }
	pg.build = func(pg *page) {
		pg.add(item{kind: noteItem, text: g.brush.lang.Fill(words.IdentityNow, identity.Mark(id.Key()))})
		pg.add(item{kind: noteItem, key: words.IdentityLine})
		pg.add(item{kind: headItem, key: words.IdentityOut})
		pg.add(item{kind: noteItem, key: words.IdentityWarning})
		show := words.IdentityShow
		if shown {
			show = words.IdentityHide
			pg.add(item{kind: noteItem, text: identity.Text(id.Key()), height: 36, loud: true})
		}
		pg.add(item{kind: doItem, key: show, value: blank, do: func() {
			shown = !shown
			pg.rebuild()
			pg.focusKey(words.IdentityShow, words.IdentityHide)
		}})
		g.addKeyWays(pg)
		pg.add(item{kind: headItem, key: words.IdentityIn})
		pg.add(item{kind: boxItem, key: words.IdentityBox, field: entered, do: func() { take(entered.text) }})
		pg.add(item{kind: doItem, key: words.IdentityUse, value: blank, do: func() { take(entered.text) }})
		if clip != nil {
			pg.add(item{kind: doItem, key: words.TextPaste, value: blank, do: func() { clip.Ask() }})
		}
		if id.Load != nil {
			pg.add(item{kind: doItem, key: words.IdentityLoad, value: func(*brush) string { return id.File }, do: func() {
				text, err := id.Load()
				if err != nil {
					pg.say(g.brush.lang.Fill(words.TextFailed, err.Error()))
					return
				}
				take(text)
			}})
		}
	}
	pg.each = func(float64) {
		if clip == nil || pg.writing() {
			return
		}
		if text, ok := clip.Pasted(); ok {
			take(text)
		}
	}
	return pg
}

// focusKey moves the focus to the first item that is called one of names.
func (pg *page) focusKey(names ...words.Key) {
	for i := range pg.items {
		if slices.Contains(names, pg.items[i].key) {
			pg.focusOn(i)
			return
		}
	}
}

// addKeyWays puts the ways in which the key leaves this device on the page.
func (g *Game) addKeyWays(pg *page) {
	id, clip := g.cfg.Identity, g.cfg.Clipboard
	if clip != nil {
		pg.add(item{kind: doItem, key: words.IdentityCopy, value: blank, do: func() {
			clip.Copy(identity.File(id.Key()))
			pg.say(g.brush.say(words.IdentityCopied))
		}})
	}
	if id.Save != nil {
		pg.add(item{kind: doItem, key: words.IdentitySave, value: blank, do: func() {
			where, err := id.Save(identity.File(id.Key()))
			if err != nil {
				pg.say(g.brush.lang.Fill(words.TextFailed, err.Error()))
				return
			}
			pg.say(g.brush.lang.Fill(words.IdentitySaved, where))
		}})
	}
}

// weighKey asks whether the player of a text is to be who plays here, or says what is
// wrong with it.
func (g *Game) weighKey(pg *page, text string) {
	key, err := identity.Parse(text)
	l, id := g.brush.lang, g.cfg.Identity
	switch {
	case errors.Is(err, identity.ErrDamaged):
		pg.say(l.Say(words.IdentityDamaged))
		return
	case err != nil:
		pg.say(l.Say(words.IdentityOther))
		return
	case string(key) == string(id.Key()):
		pg.say(l.Say(words.IdentitySame))
		return
	}
	next, now := identity.Mark(key), identity.Mark(id.Key())
	sure := &page{shape: dialogPage, head: words.IdentitySure, alarm: true, focus: 1}
	sure.lines = func(b *brush) string { return b.lang.Fill(words.IdentitySureLine, next, now) }
	sure.build = func(sure *page) {
		sure.add(item{kind: doItem, key: words.IdentityBecome, do: func() {
			err := id.Be(key)
			g.menus.shut()
			if err != nil {
				pg.say(l.Fill(words.IdentityNotKept, next))
				return
			}
			pg.say(l.Fill(words.IdentityTaken, next))
		}})
		sure.add(item{kind: doItem, key: words.Back, do: g.menus.shut})
	}
	g.menus.open(sure)
}
