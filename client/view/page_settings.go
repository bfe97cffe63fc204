package view

import (
	"ionwake/client/view/settings"
	"ionwake/client/view/words"
)

// settingsPage leads to the pages of the settings.
func (g *Game) settingsPage() *page {
	pg := &page{head: words.SettingsTitle}
	pg.build = func(pg *page) {
		for _, p := range [...]struct {
			key  words.Key
			page func() *page
		}{
			{words.PageGame, g.gamePage}, {words.PageControls, g.keysPage}, {words.PagePad, g.padPage}, {words.PageSound, g.soundPage},
			{words.PagePicture, g.picturePage}, {words.PageAccess, g.accessPage}, {words.PageLanguage, g.languagePage}, {words.PageText, g.textPage},
			{words.PageIdentity, g.identityPage},
		} {
			if p.key == words.PageIdentity && g.cfg.Identity == nil {
				continue
			}
			pg.add(item{kind: doItem, key: p.key, value: onwards, do: func() { g.menus.open(p.page()) }})
		}
	}
	return pg
}

// onwards marks a row that leads to another page.
func onwards(*brush) string { return "›" }

// page returns a page of settings: what fill puts on it and a button that sets it
// back.
func (g *Game) page(head words.Key, of settings.Page, fill func(pg *page)) *page {
	pg := &page{head: head, done: g.save}
	pg.build = func(pg *page) {
		fill(pg)
		pg.add(item{kind: doItem, key: words.ResetPage, value: blank, do: func() {
			g.settings.Reset(of)
			g.changed()
			pg.say(g.brush.say(words.ResetDone))
		}})
	}
	return pg
}

// onOff puts a switch on a page.
func (g *Game) onOff(pg *page, key words.Key, at *bool, help words.Key) {
	flip := func() { *at = !*at; g.changed() }
	pg.add(item{kind: switchItem, key: key, help: help, on: func() bool { return *at }, do: flip, turn: func(int) { flip() }})
}

// percent puts a number on a page.
func (g *Game) percent(pg *page, key words.Key, at *int, low, high int, help words.Key) {
	var line words.Line
	set := func(v int) {
		if v = max(low, min(high, v)); v != *at {
			*at = v
			g.changed()
		}
	}
	pg.add(item{
		kind: slideItem, key: key, help: help,
		value: func(b *brush) string { return line.Number(b.lang, words.Percent, *at) },
		share: func() float64 { return float64(*at-low) / float64(high-low) },
		slide: func(share float64) { set((low + int(share*float64(high-low)) + 2) / 5 * 5) },
		turn:  func(by int) { set(*at + 5*by) },
	})
}

// oneOf puts a choice on a page.
func oneOf[T ~int | ~uint8](g *Game, pg *page, key words.Key, at *T, names []words.Key, help words.Key) {
	pg.add(item{
		kind: turnItem, key: key, help: help,
		value: func(b *brush) string { return b.say(names[*at]) },
		turn:  func(by int) { *at = T((int(*at) + by + len(names)) % len(names)); g.changed() },
	})
}

func (g *Game) gamePage() *page {
	s := &g.settings
	return g.page(words.PageGame, settings.Game, func(pg *page) {
		name := newField(s.Name, NameRunes)
		if s.Name == "" {
			name.set(g.name)
		}
		keep := func() {
			name.close()
			if name.text != "" {
				s.Name, g.name = name.text, name.text
				g.changed()
			}
		}
		pg.add(item{kind: boxItem, key: words.NamePlain, field: name, do: func() { keep(); pg.move(0, 1) }})
		pg.done = func() { keep(); g.save() }
		oneOf(g, pg, words.HullButton, &s.Hull, hullNames[:], words.Nothing)
		g.onOff(pg, words.SetNames, &s.Names, words.Nothing)
		g.onOff(pg, words.SetNetGraph, &s.NetGraph, words.Nothing)
		pg.add(item{kind: doItem, key: words.SetHintsAgain, value: blank, do: func() {
			s.Hints, s.Skipped = nil, false
			g.changed()
			pg.say(g.brush.say(words.HintsAgainDone))
		}})
		pg.add(item{kind: doItem, key: words.SetMuted, value: func(*brush) string { return number(len(s.Muted)) }, do: func() { g.menus.open(g.mutedPage()) }})
	})
}

// mutedPage lists the people who are not heard.
func (g *Game) mutedPage() *page {
	pg := &page{head: words.SetMuted, done: g.save}
	pg.build = func(pg *page) {
		for _, m := range g.settings.Muted {
			name := m.Name
			if name == "" {
				name = "?"
			}
			pg.add(item{kind: doItem, text: name, value: func(b *brush) string { return b.say(words.Unmute) }, do: func() {
				g.cfg.Session.Mute(m.Tag, false)
				pg.rebuild()
			}})
		}
		if len(pg.items) == 0 {
			pg.add(item{kind: noteItem, key: words.MutedNobody})
		}
	}
	return pg
}

func (g *Game) soundPage() *page {
	s := &g.settings
	return g.page(words.PageSound, settings.Sound, func(pg *page) {
		g.percent(pg, words.SetMaster, &s.Master, 0, settings.Loudest, words.Nothing)
		g.percent(pg, words.SetEffects, &s.Effects, 0, settings.Loudest, words.Nothing)
		g.percent(pg, words.SetMusic, &s.Music, 0, settings.Loudest, words.Nothing)
		g.percent(pg, words.SetInterface, &s.Interface, 0, settings.Loudest, words.Nothing)
		g.onOff(pg, words.SetMuteAway, &s.MuteAway, words.Nothing)
	})
}

var (
	paletteNames = []words.Key{words.PaletteDefault, words.PaletteDeutan, words.PaletteProtan, words.PaletteTritan, words.PaletteContrast}
	dyeNames     = []words.Key{
		words.ColourPalette, words.ColourCyan, words.ColourBlue, words.ColourGreen, words.ColourYellow, words.ColourOrange,
		words.ColourRed, words.ColourMagenta, words.ColourViolet, words.ColourWhite,
	}
	glowNames   = []words.Key{words.Automatic, words.GlowPlainWord, words.GlowFullWord}
	flashNames  = []words.Key{words.FlashLimited, words.FlashLess, words.FlashNone}
	assistNames = []words.Key{words.Off, words.Low, words.High}
)

func (g *Game) picturePage() *page {
	s := &g.settings
	return g.page(words.PagePicture, settings.Picture, func(pg *page) {
		g.percent(pg, words.SetScale, &s.Scale, settings.LeastScale, settings.MostScale, words.Nothing)
		oneOf(g, pg, words.SetPalette, &s.Palette, paletteNames, words.Nothing)
		oneOf(g, pg, words.SetOwn, &s.Own, dyeNames, words.Nothing)
		oneOf(g, pg, words.SetEnemy, &s.Enemy, dyeNames, words.Nothing)
		oneOf(g, pg, words.SetGlow, &s.Glow, glowNames, words.Nothing)
		pg.add(item{
			kind: turnItem, key: words.SetFrames,
			value: func(b *brush) string {
				if s.Cap == 0 {
					return b.say(words.Unlimited)
				}
				return number(settings.Caps[s.Cap])
			},
			turn: func(by int) { s.Cap = (s.Cap + by + len(settings.Caps)) % len(settings.Caps); g.changed() },
		})
		g.onOff(pg, words.SetFramesAway, &s.CapAway, words.Nothing)
	})
}

func (g *Game) accessPage() *page {
	s := &g.settings
	return g.page(words.PageAccess, settings.Accessibility, func(pg *page) {
		g.onOff(pg, words.SetMotion, &s.Still, words.SetMotionLine)
		g.percent(pg, words.SetShake, &s.Shake, 0, settings.MostShake, words.Nothing)
		oneOf(g, pg, words.SetFlash, &s.Flash, flashNames, words.SetFlashLine)
		g.percent(pg, words.SetScale, &s.Scale, settings.LeastScale, settings.MostScale, words.Nothing)
		oneOf(g, pg, words.SetPalette, &s.Palette, paletteNames, words.Nothing)
		oneOf(g, pg, words.SetAssist, &s.Assist, assistNames, words.SetAssistLine)
	})
}

func (g *Game) languagePage() *page {
	pg := &page{head: words.PageLanguage, done: g.save, focus: g.settings.Language}
	pg.build = func(pg *page) {
		for i := range settings.Languages {
			name := ""
			if l, known := words.Find(settings.Languages[i]); known {
				name = l.Name()
			}
			pg.add(item{
				kind: doItem, key: words.Automatic, text: name,
				value: func(*brush) string {
					if g.settings.Language == i {
						return "✓"
					}
					return ""
				},
				do: func() { g.settings.Language = i; g.changed() },
			})
		}
	}
	return pg
}
