package view

import (
	"strings"
	"unicode/utf8"

	"ionwake/client/view/settings"
	"ionwake/client/view/words"
)

// The page a player meets first: a name, a button that flies, and the way to all
// the rest, over ships that fly in the dark.

// titlePage returns that page.
func (g *Game) titlePage() *page {
	name := newField(g.name, NameRunes)
	pg := &page{shape: titlePage, only: true, focus: 1}
	pg.build = func(pg *page) {
		pg.add(item{kind: boxItem, small: true, key: words.Pilot, field: name, do: func() { g.fly(name, g.cfg.Place) }})
		pg.add(item{kind: doItem, key: words.Play, do: func() { g.fly(name, g.cfg.Place) }})
		pg.add(item{kind: doItem, key: hullNames[g.settings.Hull], do: func() { g.menus.open(g.hullPage()) }})
		pg.add(item{kind: doItem, key: words.Practice, do: func() { g.menus.open(g.practicePage(name)) }})
		if g.cfg.Lobby != nil {
			pg.add(item{kind: doItem, key: words.Servers, do: func() { g.menus.open(g.serversPage(name)) }})
		}
		if g.cfg.Ladder != nil {
			pg.add(item{kind: doItem, key: words.CareerTitle, do: func() { g.menus.open(g.careerPage()) }})
		}
		pg.add(item{kind: doItem, key: words.SettingsTitle, do: func() { g.menus.open(g.settingsPage()) }})
		if g.cfg.Quit {
			pg.add(item{kind: doItem, key: words.Quit, do: func() { g.quit = true }})
		}
	}
	pg.each = func(float64) { g.startTyping(pg, name) }
	return pg
}

// startTyping moves to the name box when somebody simply types.
func (g *Game) startTyping(pg *page, name *field) {
	if pg.focus == 0 {
		return
	}
	for _, r := range g.poll.runes {
		if r > ' ' {
			pg.focusOn(0)
			name.insert(string(r))
		}
	}
}

// fly goes to play with the name that a box holds.
func (g *Game) fly(name *field, at Place) {
	name.close()
	chosen := strings.TrimSpace(name.text)
	if chosen == "" {
		chosen = g.cfg.Name
		name.set(chosen)
	}
	g.name = chosen
	g.settings.Name = chosen
	g.save()
	g.play(at)
}

// play goes to a place.
func (g *Game) play(at Place) {
	g.menus.clear()
	g.place = at
	g.cfg.Session.Choose(hullOf(g.settings.Hull), g.team)
	g.cfg.Session.Play(g.name, at)
	if at.Practice == nil && at.Address+at.Room != "" {
		g.settings.Visit(g.known(settings.Place{Address: at.Address, Room: at.Room}))
		g.save()
	}
}

// known is p as favourites and history have it: wherever the program is started
// from, the address is the same.
func (g *Game) known(p settings.Place) settings.Place {
	if p.Address == "" {
		p.Address = g.cfg.Here
	}
	return p
}

// layTitle places the parts of the title page.
func (pg *page) layTitle(f *frame) {
	_, name, play := f.menu()
	u := f.unit
	for i := range pg.items {
		pg.items[i].shown = true
	}
	rest := pg.items[2:]
	n := len(rest)
	w, h, space := 150*u, max(40*u, fingerFor(f)), 12*u
	across := n
	for across > 1 && float64(across)*w+float64(across-1)*space > f.width-2*f.margin() {
		across = (across + 1) / 2
		if across == 1 || float64(across)*w+float64(across-1)*space <= f.width-2*f.margin() {
			break
		}
	}
	rows := float64((n + across - 1) / across)
	y := play.y + play.h + 44*u
	if over := y + rows*(h+space) - f.height + f.margin() - space; over > 0 {
		gap := min(over, 24*u) // words are large here: everything moves up and together
		y -= over
		play.y -= over - gap
		name.y -= over - gap/2
	}
	pg.items[0].place, pg.items[1].place = name, play
	for i := range rest {
		row := i / across
		in := min(across, n-row*across)
		x := (f.width - float64(in)*w - float64(in-1)*space) / 2
		rest[i].place = rectangle{x + float64(i%across)*(w+space), y + float64(row)*(h+space), w, h}
	}
}

// fingerFor is the least height of what is pressed on the device in use.
func fingerFor(f *frame) float64 {
	if f.thumbs {
		return f.finger()
	}
	return 0
}

// drawTitlePage draws what is around the buttons.
func (pg *page) drawTitlePage(b *brush, f *frame) {
	u := f.unit
	title, _, _ := f.menu()
	name, play := pg.items[0].place, pg.items[1].place
	motto := true
	if room := name.y - 34*u - f.margin(); title.y+title.h+20*u > name.y-20*u { // large words: the name makes way
		k := min(1, room/title.h)
		title = rectangle{title.x + title.w*(1-k)/2, f.margin() + max(0, room-title.h*k)/2, title.w * k, title.h * k}
		motto = title.y+title.h+20*u <= name.y-20*u
	}
	x, y := title.middle()
	b.stretched(softShape, x, y, 0, title.w*1.25/64/b.sheet.zoom, title.h*2.2/64/b.sheet.zoom, inkSpace.solid(0.85))
	x, _ = play.middle()
	b.stretched(softShape, x, name.y+name.h, 0, 860*u/64/b.sheet.zoom, 560*u/64/b.sheet.zoom, inkSpace.solid(0.9))
	drawTitle(b, title, pg.clock)
	if motto {
		b.fitted(b.say(words.Motto), f.width/2, title.y+title.h+8*u, f.width-2*f.margin(), 17*u, medium, centre, inkText.solid(0.8))
	}
	pg.drawName(b, f, name)
}

// drawName draws what is around the name box and, once it is full, says so.
func (pg *page) drawName(b *brush, f *frame, r rectangle) {
	u := f.unit
	box := pg.items[0].field
	label := inkDim
	if pg.focus == 0 {
		label = inkIon
	}
	used := utf8.RuneCountInString(box.text)
	b.text(b.say(words.Pilot), r.x, r.y-8*u, 13*u, bold, left, label.solid(1))
	switch {
	case box.full > 0:
		b.fitted(pg.full.Number(b.lang, words.NameTooLong, NameRunes), r.x+r.w, r.y-8*u, r.w*0.7, 13*u, medium, right, inkWarn.solid(1))
	case pg.focus == 0:
		ink := inkDim
		if used >= NameRunes {
			ink = inkWarn
		}
		b.text(pg.used.Numbers(b.lang, words.OfMany, used, NameRunes), r.x+r.w, r.y-8*u, 13*u, medium, right, ink.solid(1))
	}
}
