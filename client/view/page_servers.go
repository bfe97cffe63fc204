package view

import (
	"strings"
	"time"

	"ionwake/client/view/settings"
	"ionwake/client/view/words"
)

// serverTab is one of the lists of servers.
type serverTab int

const (
	roomsTab serverTab = iota
	favouritesTab
	historyTab
	serverTabs
)

var tabNames = [serverTabs]words.Key{words.Rooms, words.Favourites, words.History}

// addressRunes is the longest address that can be entered.
const addressRunes = 120

// serversPage lists where one can play.
func (g *Game) serversPage(name *field) *page {
	pg := &page{head: words.Servers}
	filter, address := newField("", NameRunes), newField("", addressRunes)
	tab, seen, filtered := roomsTab, -1, ""
	refresh := func() {
		g.cfg.Lobby.Ask(append(append([]settings.Place(nil), g.settings.Favourites...), g.settings.History...))
	}
	refresh()
	pg.build = func(pg *page) {
		for t := range serverTabs {
			pg.add(item{kind: doItem, key: tabNames[t], span: 1.0 / 3, on: func() bool { return tab == t }, do: func() { tab = t; pg.rebuild() }})
		}
		pg.add(item{kind: boxItem, key: words.Filter, field: filter, span: 0.5})
		pg.add(item{kind: doItem, key: words.Refresh, span: 0.5, do: refresh})
		s := &g.settings
		pg.add(item{kind: switchItem, key: words.HideFull, span: 0.5, on: func() bool { return s.HideFull }, do: func() { s.HideFull = !s.HideFull; g.save(); pg.rebuild() }})
		pg.add(item{kind: switchItem, key: words.HideEmpty, span: 0.5, on: func() bool { return s.HideEmpty }, do: func() { s.HideEmpty = !s.HideEmpty; g.save(); pg.rebuild() }})
		g.addListings(pg, name, tab, filter.text)
		pg.add(item{kind: headItem, key: words.AddAddress})
		add := func() { g.addAddress(pg, address) }
		pg.add(item{kind: boxItem, key: words.AddressBox, field: address, do: add})
		pg.add(item{kind: doItem, key: words.AddFavourite, do: add})
	}
	pg.each = func(float64) {
		if _, version := g.cfg.Lobby.List(); version != seen || filter.text != filtered {
			seen, filtered = version, filter.text
			pg.rebuild()
		}
	}
	return pg
}

// addListings puts what is known of a tab's places on the page.
func (g *Game) addListings(pg *page, name *field, tab serverTab, filter string) {
	list, _ := g.cfg.Lobby.List()
	there, shown := 0, 0
	add := func(l Listing) {
		there++
		if !g.passes(&l, filter) {
			return
		}
		shown++
		pg.add(item{
			kind: cardItem, text: l.title(), height: 54,
			do: func() { g.menus.open(g.listingPage(l, name)) },
			mark: func() {
				g.settings.Like(g.known(l.Place), !g.settings.IsFavourite(g.known(l.Place)))
				g.save()
				pg.rebuild()
			},
			draw: func(b *brush, r rectangle, _ *item, focus bool) { g.drawListing(b, r, &l, focus, pg.clock) },
		})
	}
	switch tab {
	case roomsTab:
		for i := range list {
			if list[i].Here {
				add(list[i])
			}
		}
	case favouritesTab:
		for _, p := range g.settings.Favourites {
			add(g.listingOf(list, p))
		}
	default:
		for _, p := range g.settings.History {
			add(g.listingOf(list, p))
		}
	}
	switch state := g.cfg.Lobby.State(); {
	case shown > 0:
	case there > 0:
		pg.add(item{kind: noteItem, key: words.ListFiltered})
	case tab == roomsTab && state == LobbyAsking:
		pg.add(item{kind: noteItem, key: words.ListLoading})
	case tab == roomsTab && state == LobbyFailed:
		pg.add(item{kind: noteItem, key: words.ListFailed})
	default:
		pg.add(item{kind: noteItem, key: words.ListEmpty})
	}
}

// listingOf returns what is known of a place, which may be its name alone.
func (g *Game) listingOf(list []Listing, p settings.Place) Listing {
	for i := range list {
		if l := &list[i]; !l.Here && l.Place.Address == p.Address && l.Place.Room == p.Room {
			return *l
		}
	}
	for i := range list {
		if l := &list[i]; p.Address == g.cfg.Here && l.Here && l.Place.Room == p.Room {
			return *l
		}
	}
	return Listing{Place: p}
}

// passes reports whether the filters let l show.
func (g *Game) passes(l *Listing, filter string) bool {
	if l.Max > 0 && (g.settings.HideFull && l.Players >= l.Max || g.settings.HideEmpty && l.Players == 0) {
		return false
	}
	filter = strings.ToLower(strings.TrimSpace(filter))
	for _, text := range [...]string{l.Place.Name, l.Place.Room, l.Place.Address, l.Mode, l.Arena, g.brush.modeName(l.Mode)} {
		if strings.Contains(strings.ToLower(text), filter) {
			return true
		}
	}
	return false
}

// title is what a row is called.
func (l *Listing) title() string {
	switch {
	case l.Here && l.Place.Room != "", l.Place.Name == "" && l.Place.Address == "":
		return l.Place.Room
	case l.Place.Name == "":
		return l.Place.Address
	}
	return l.Place.Name
}

// drawListing draws a row of the list.
func (g *Game) drawListing(b *brush, r rectangle, l *Listing, focus bool, clock float64) {
	u := g.frame.unit
	ink := frameRow(b, r, u, focus, clock)
	title := l.title()
	star := r.x + r.w - 24*u
	mark, markInk := "☆", inkDim
	if g.settings.IsFavourite(g.known(l.Place)) {
		mark, markInk = "★", inkWarn
	}
	b.text(mark, star, r.y+r.h/2+7*u, 20*u, medium, centre, markInk.solid(1))
	wide := r.w - 250*u
	b.fitted(title, r.x+16*u, r.y+22*u, wide, 17*u, bold, left, ink)
	under := g.under.of(b, l)
	b.fitted(under, r.x+16*u, r.y+r.h-12*u, wide, 13.5*u, medium, left, inkDim.solid(1))
	if l.Max > 0 {
		b.text(g.under.seats(b, l), star-98*u, r.y+22*u, 16*u, bold, right, ink)
		if l.Bots > 0 {
			b.text(g.under.bots(b, l), star-98*u, r.y+r.h-12*u, 13*u, medium, right, inkDim.solid(1))
		}
	}
	ping, pingTint := "", inkDim.solid(1)
	switch {
	case l.Ping < 0:
		ping = b.say(words.PingNone)
	case l.Ping > 0:
		ping, pingTint = g.under.ping(b, l), g.stage.livery.pingInk(l.Ping)
	case g.cfg.Lobby.State() == LobbyAsking:
		ping = b.say(words.PingWait)
	}
	b.fitted(ping, star-22*u, r.y+r.h/2+6*u, 72*u, 15*u, medium, right, pingTint)
}

// listingTexts keeps the words of the rows: they change when the list does.
type listingTexts struct{ texts map[listingText]string }

type listingText struct {
	lang words.Language
	what int
	name string
	n, m int
}

func (t *listingTexts) get(key listingText, say func() string) string {
	if t.texts == nil || len(t.texts) > 1000 {
		t.texts = map[listingText]string{}
	}
	text, known := t.texts[key]
	if !known {
		text = say()
		t.texts[key] = text
	}
	return text
}

func (t *listingTexts) of(b *brush, l *Listing) string {
	locked := 0
	if l.Locked {
		locked = 1
	}
	return t.get(listingText{b.lang, 0, l.Mode + "\x00" + l.Arena + "\x00" + l.Place.Address + "\x00" + l.Place.Room, locked, 0}, func() string {
		var parts []string
		if l.Mode != "" {
			parts = append(parts, b.modeName(l.Mode))
		}
		if l.Arena != "" {
			parts = append(parts, b.arenaName(l.Arena))
		}
		if l.Locked {
			parts = append(parts, b.say(words.PasswordBox))
		}
		if !l.Here && l.Place.Room != "" {
			parts = append(parts, b.lang.Fill(words.RoomPlace, l.Place.Room))
		}
		if l.Place.Address != "" && l.Place.Name != "" {
			parts = append(parts, l.Place.Address)
		}
		return strings.Join(parts, " · ")
	})
}

func (t *listingTexts) seats(b *brush, l *Listing) string {
	return t.get(listingText{b.lang, 1, "", l.Players, l.Max}, func() string { return b.lang.Fill(words.Seats, l.Players, l.Max) })
}

func (t *listingTexts) bots(b *brush, l *Listing) string {
	return t.get(listingText{b.lang, 2, "", l.Bots, 0}, func() string { return b.lang.Count(words.PlusBots, l.Bots) })
}

func (t *listingTexts) ping(b *brush, l *Listing) string {
	ms := int((l.Ping + time.Millisecond/2) / time.Millisecond)
	return t.get(listingText{b.lang, 3, "", ms, 0}, func() string { return b.lang.Fill(words.PingMs, ms) })
}

// listingPage is what one can do with a place.
func (g *Game) listingPage(l Listing, name *field) *page {
	pg := &page{shape: dialogPage, head: words.Join}
	p := g.known(l.Place)
	pg.lines = func(b *brush) string {
		if l.Place.Name != "" && !l.Here {
			return l.Place.Name
		}
		return b.lang.Fill(words.RoomPlace, p.Room)
	}
	away := p.Address != "" && !l.Here && g.cfg.OpenPage != nil
	pg.foot = func(b *brush) string {
		if away {
			return b.say(words.OpensPage)
		}
		return ""
	}
	goTo := func(watch bool) {
		if away {
			g.settings.Visit(p)
			g.flush()
			g.cfg.OpenPage(p.Address, p.Room, watch)
			return
		}
		g.fly(name, Place{Address: p.Address, Room: p.Room, Spectate: watch})
	}
	pg.build = func(pg *page) {
		pg.add(item{kind: doItem, key: words.Join, do: func() { goTo(false) }})
		pg.add(item{kind: doItem, key: words.Watch, do: func() { goTo(true) }})
		like, key := true, words.AddFavourite
		if g.settings.IsFavourite(p) {
			like, key = false, words.RemoveFavourite
		}
		pg.add(item{kind: doItem, key: key, do: func() { g.settings.Like(p, like); g.save(); g.menus.shut() }})
		pg.add(item{kind: doItem, key: words.RemoveEntry, do: func() { g.settings.Forget(p); g.settings.Like(p, false); g.save(); g.menus.shut() }})
		pg.add(item{kind: doItem, key: words.Back, do: g.menus.shut})
	}
	return pg
}

// addAddress makes what a box holds a favourite.
func (g *Game) addAddress(pg *page, box *field) {
	box.close()
	p, ok := parsePlace(box.text)
	if !ok {
		pg.say(g.brush.say(words.AddressBad))
		return
	}
	g.settings.Like(p, true)
	g.save()
	box.set("")
	g.cfg.Lobby.Ask([]settings.Place{p})
	pg.rebuild()
}

// parsePlace reads an address as people write it: a name with or without scheme,
// port and room.
func parsePlace(text string) (p settings.Place, ok bool) {
	text = strings.TrimSpace(text)
	if i := strings.Index(text, "room="); i > 0 {
		room, _, _ := strings.Cut(text[i+len("room="):], "&")
		p.Room = room
		text = text[:i]
	}
	text = strings.TrimRight(text, "/?&")
	if strings.HasSuffix(text, ":") {
		return p, false
	}
	host := text
	if scheme, rest, found := strings.Cut(text, "://"); found {
		host = rest
		if scheme == "" {
			return p, false
		}
	}
	host, _, _ = strings.Cut(host, "/")
	if host == "" || strings.ContainsAny(host, " \t\"'<>\\^`{|}@") || !strings.ContainsAny(host, ".:") && host != "localhost" {
		return p, false
	}
	p.Address = text
	return p, true
}
