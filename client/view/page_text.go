package view

import (
	"ionwake/client/view/settings"
	"ionwake/client/view/words"
)

// textPage takes all settings out as one text, and in again.
func (g *Game) textPage() *page {
	pg := &page{head: words.PageText, done: g.save}
	clip := g.cfg.Clipboard
	pg.build = func(pg *page) {
		pg.add(item{kind: noteItem, key: words.TextLine})
		if clip != nil {
			pg.add(item{kind: doItem, key: words.TextCopy, value: blank, do: func() {
				clip.Copy(g.settings.Text())
				pg.say(g.brush.say(words.TextCopied))
			}})
			pg.add(item{kind: doItem, key: words.TextPaste, value: blank, do: func() { clip.Ask() }})
		} else {
			pg.add(item{kind: noteItem, key: words.TextNoClipboard})
		}
		pg.add(item{kind: doItem, key: words.ResetAll, value: blank, do: func() {
			kept := g.settings
			g.settings = settings.Default()
			g.settings.Name, g.settings.Muted, g.settings.Favourites, g.settings.History = kept.Name, kept.Muted, kept.Favourites, kept.History
			g.changed()
			pg.say(g.brush.say(words.ResetAllDone))
		}})
		if g.cfg.Kept != "" {
			pg.add(item{kind: noteItem, text: g.brush.lang.Fill(words.TextSaved, g.cfg.Kept)})
		}
	}
	if clip != nil {
		pg.each = func(float64) {
			if text, ok := clip.Pasted(); ok {
				g.takeText(pg, text)
			}
		}
	}
	return pg
}

// takeText takes over settings from a text. One without a single setting of ours
// is some other text, and changes nothing.
func (g *Game) takeText(pg *page, text string) {
	s, said := settings.Parse(text)
	l := g.brush.lang
	if !settings.Known(text) {
		pg.say(l.Fill(words.TextFailed, l.Say(words.TextNotOurs)))
		return
	}
	g.settings = s
	g.changed()
	g.save()
	if len(said) > 0 {
		pg.say(l.Count(words.TextProblems, len(said), said[0].Error()))
		return
	}
	pg.say(l.Say(words.TextTaken))
}
