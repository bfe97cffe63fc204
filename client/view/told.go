package view

import (
	"strings"

	"ionwake/client/view/settings"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// Told is what is on the screen, in words that stay the same in every language:
// for tests, overlays and whoever cannot see the picture.
type Told struct {
	Screen   string // the page or dialog that takes the keys, such as "settings.sound"; "none" in play
	Focus    string // what on it has the focus, in English
	Value    string // its value, as shown
	Said     string // the page's answer to what was done last, as shown
	Writing  string // the text in the field that takes letters
	Language string // BCP 47
	Hint     string // the hint that is shown, such as "dash"; "" for none
	Device   string // keyboard, pad or touch
	Palette  string // as the settings' text calls it
	Scale    int    // of words and panels, in percent
	Watching sim.PlayerID
	Free     bool // the eye of one without a ship is tied to nobody
	Spots    []Spot
}

// Spot is something that can be pressed, and the middle of where it is, in
// device-independent pixels.
type Spot struct {
	Name string // in English
	X, Y float64
}

// pageNames are what Told calls the pages, by their headings.
var pageNames = map[words.Key]string{
	words.SettingsTitle: "settings", words.PageGame: "settings.game", words.PageControls: "settings.controls",
	words.PagePad: "settings.pad", words.PageSound: "settings.sound", words.PagePicture: "settings.picture",
	words.PageAccess: "settings.accessibility", words.PageLanguage: "settings.language", words.PageText: "settings.text",
	words.PageIdentity: "settings.identity", words.SetMuted: "settings.muted", words.MenuTitle: "menu", words.HullTitle: "hull", words.HullAndTeam: "hull",
	words.Practice: "practice", words.Servers: "servers", words.CallVote: "vote",
	words.Join: "room", words.CareerTitle: "career", words.ChatTitle: "chat.page",
}

// troubleNames are what Told calls the pages of what stands instead of the world.
var troubleNames = [...]string{Menu: "none", Joining: "joining", Playing: "none", Spectating: "none", Lost: "lost", Refused: "refused"}

var deviceNames = [...]string{keyboard: "keyboard", pad: "pad", touch: "touch"}

// Told returns what the screen shows. It must be called from the goroutine that
// runs the game.
func (g *Game) Told() Told {
	t := Told{
		Screen: "none", Language: g.brush.lang.Code(), Device: deviceNames[g.hands.device],
		Palette: settings.Palettes[g.settings.Palette], Scale: g.settings.Scale,
		Watching: g.stage.watch.id, Free: g.stage.watch.free,
	}
	if h := &g.hud.hints; h.open && g.playing {
		t.Hint = hintNames[h.now]
	}
	switch pg := g.onTop(); {
	case pg != nil:
		t.Screen = g.pageName(pg)
		t.Said = ""
		if pg.saidFor > 0 {
			t.Said = pg.said
		}
		if it := pg.now(); it != nil {
			t.Focus, t.Value, t.Writing = it.told(&g.brush)
		}
	case g.chat.writing:
		t.Screen, t.Writing = "chat", g.chat.field.text+g.chat.field.preedit
		t.Focus = [...]string{"all", "team", "one"}[min(g.chat.scope, 2)]
	case g.hud.wheel.open:
		t.Screen = "signals"
	case g.scene != nil && g.playing && g.boardShown():
		t.Screen = "scoreboard"
		g.tellBoard(&t)
	}
	t.Spots = g.spots()
	return t
}

// spots returns what can be pressed now: the items of the page on top, or the
// buttons for fingers.
func (g *Game) spots() (list []Spot) {
	add := func(name string, r rectangle) {
		x, y := r.middle()
		list = append(list, Spot{name, x / g.frame.density, y / g.frame.density})
	}
	if pg := g.onTop(); pg != nil {
		for i := range pg.items {
			if it := &pg.items[i]; it.shown && it.takesFocus() {
				name, _, _ := it.told(&g.brush)
				add(name, it.place)
			}
		}
		if pg.shape == listPage {
			add("back", pg.backButton(&g.frame))
		}
		return list
	}
	if g.hands.device == touch && g.playing {
		f := &g.frame
		add("menu", f.menuButton())
		add("chat", f.chatButton())
		add("signals", f.signalButton())
		add("clock", f.clock())
		for i, name := range [...]string{"alt", "dash"} {
			add(name, f.thumbKey(i))
		}
	}
	return list
}

// tellBoard tells what is chosen on the scoreboard.
func (g *Game) tellBoard(t *Told) {
	d := &g.hud.board
	if line := player(g.scene, d.chosen); d.pinned && line != nil {
		t.Focus = line.Name
	}
	if m := &d.menu; m.open {
		t.Screen, t.Value = "scoreboard.menu", m.name
		t.Focus = words.English.Say(lineOrderKeys[m.entries[m.at]])
	}
}

// onTop returns the page that takes the keys, or nil.
func (g *Game) onTop() *page {
	if pg := g.notice.page; pg != nil && !g.status.playing() && g.status.Stage != Menu {
		return pg
	}
	return g.menus.top()
}

func (g *Game) pageName(pg *page) string {
	switch name, known := pageNames[pg.head]; {
	case pg == g.notice.page:
		return troubleNames[g.status.Stage]
	case pg.shape == titlePage:
		return "title"
	case known:
		return name
	}
	return "dialog"
}

// told returns what an item is called in English, its value as shown, and the text
// in it.
func (it *item) told(b *brush) (name, value, text string) {
	if name = it.text; name == "" {
		name = words.English.Say(it.key)
	}
	value = it.worth(b)
	if it.field != nil && !it.field.hidden {
		text = it.field.text + it.field.preedit
	}
	return name, value, text
}

// worth returns an item's value as shown, or "".
func (it *item) worth(b *brush) string {
	switch {
	case it.kind == switchItem:
		if it.on() {
			return b.say(words.On)
		}
		return b.say(words.Off)
	case it.kind == cardItem && it.on != nil:
		if it.on() {
			return "✓"
		}
	case it.kind == bindItem && it.cells[it.cell] != nil:
		return it.cells[it.cell](b)
	case it.field != nil && !it.field.hidden:
		return it.field.text
	case it.value != nil:
		return it.value(b)
	}
	return ""
}

// aloud is what was last given to Config.Aloud.
type aloud struct {
	page  *page
	focus int
	value string
	said  string
	hint  hintKind
	open  bool // hint is shown
	lines int  // of chat
	last  string
	lang  words.Language
}

// speakUp tells Config.Aloud what is new on the screen, for those who listen to it.
func (g *Game) speakUp() {
	if g.cfg.Aloud == nil {
		return
	}
	now := aloud{page: g.onTop(), hint: g.hud.hints.now, lang: g.brush.lang}
	now.open = g.hud.hints.open && g.playing && now.page == nil
	if pg := now.page; pg != nil {
		now.focus = pg.focus
		if pg.saidFor > 0 {
			now.said = pg.said
		}
		if it := pg.now(); it != nil && it.kind != boxItem {
			now.value = it.worth(&g.brush)
		}
	}
	if g.scene != nil && g.playing && len(g.scene.Chat) > 0 {
		now.lines = len(g.scene.Chat)
		now.last = g.scene.Chat[now.lines-1].Text
	}
	was := g.heard
	if now == was {
		return
	}
	g.heard = now
	if text := g.news(&was, &now); text != "" {
		g.cfg.Aloud(text)
	}
}

// news returns what is said of a change.
func (g *Game) news(was, now *aloud) string {
	b := &g.brush
	var parts []string
	pg := now.page
	switch {
	case pg == nil:
		parts = g.newsOfPlay(was, now)
	case pg != was.page || now.lang != was.lang:
		if pg.shape != titlePage {
			parts = append(parts, b.say(pg.head))
		}
		if pg.lines != nil {
			parts = append(parts, pg.lines(b))
		}
		fallthrough
	default:
		if now.said != "" && now.said != was.said {
			parts = append(parts, now.said)
		}
		if it := pg.now(); it != nil {
			parts = append(parts, it.label(b), it.worth(b))
			if it.help != words.Nothing {
				parts = append(parts, b.say(it.help))
			}
		}
	}
	kept := parts[:0]
	for _, p := range parts {
		if p = strings.TrimRight(strings.TrimSpace(p), ".。"); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ". ")
}

// newsOfPlay returns what is new while no page is open: a hint, and what was said.
func (g *Game) newsOfPlay(was, now *aloud) (parts []string) {
	if now.open && (!was.open || was.hint != now.hint) {
		before, after, found := strings.Cut(g.brush.say(hintTexts[now.hint].text), "%s")
		if found {
			g.fillPane()
			before += g.pane.hintLabel(now.hint, hintTexts[now.hint].act) + after
		}
		parts = append(parts, before)
	}
	if now.lines > 0 && (now.lines > was.lines || now.last != was.last) {
		b, l := &g.brush, &g.scene.Chat[now.lines-1]
		if text := b.said(l); l.Name != "" {
			parts = append(parts, l.Name+": "+text)
		} else {
			parts = append(parts, text)
		}
	}
	return parts
}
