package view

import (
	"ionwake/client/replica"
	"ionwake/client/view/words"
)

// menuPage is the menu in play.
func (g *Game) menuPage() *page {
	pg := &page{shape: dialogPage, head: words.MenuTitle}
	pg.lines = func(b *brush) string {
		switch {
		case g.place.Replay != "":
			return ""
		case g.status.Stage == Spectating:
			return b.say(words.MatchGoesOn)
		}
		return b.say(words.FliesOn)
	}
	pg.build = func(pg *page) {
		pg.add(item{kind: doItem, key: words.Resume, do: g.menus.clear})
		switch {
		case g.place.Replay != "":
		case g.status.Stage == Spectating:
			pg.add(item{kind: doItem, key: words.JoinMatch, do: g.takeShip})
		default:
			pg.add(item{kind: doItem, key: words.HullAndTeam, do: func() { g.menus.open(g.hullPage()) }})
		}
		pg.add(item{kind: doItem, key: words.SettingsTitle, do: func() { g.menus.open(g.settingsPage()) }})
		if g.place.Replay != "" && g.status.Link != "" {
			pg.add(item{kind: doItem, key: words.CopyLink, do: func() { g.copyLink(pg) }})
		}
		if g.place.Practice == nil && g.place.Replay == "" {
			if g.hands.device == pad { // others have a key or a button for it
				pg.add(item{kind: doItem, key: words.ChatTitle, do: func() { g.menus.open(g.chatPage()) }})
			}
			pg.add(item{kind: doItem, key: words.CallVote, do: func() { g.menus.open(g.votePage()) }})
			if g.cfg.Ladder != nil {
				pg.add(item{kind: doItem, key: words.CareerTitle, do: func() { g.menus.open(g.careerPage()) }})
			}
			if g.status.Stage == Playing {
				pg.add(item{kind: doItem, key: words.Watch, do: g.watchInstead})
			}
			if g.status.Link != "" {
				pg.add(item{kind: doItem, key: words.CopyLink, do: func() { g.copyLink(pg) }})
			}
		}
		pg.add(item{kind: doItem, key: words.Leave, do: func() { g.menus.clear(); g.leave() }})
	}
	return pg
}

// watchInstead gives the ship back and stays to watch; takeShip takes one again.
func (g *Game) watchInstead() { g.change(true) }
func (g *Game) takeShip()     { g.change(false) }

// change plays at the same place in another way.
func (g *Game) change(spectate bool) {
	at := g.status.Place
	if at == (Place{}) {
		at = g.place
	}
	at.Spectate = spectate
	g.play(at)
}

// copyLink puts the room's link where the system keeps what is copied.
func (g *Game) copyLink(pg *page) {
	link := g.status.Link
	if g.cfg.Clipboard == nil {
		pg.say(g.brush.lang.Fill(words.LinkShown, link))
		return
	}
	g.cfg.Clipboard.Copy(link)
	pg.say(g.brush.lang.Fill(words.LinkCopied, link))
}

// votePage calls a vote: for somebody to go, or for another arena.
func (g *Game) votePage() *page {
	pg := &page{head: words.CallVote}
	pg.build = func(pg *page) {
		pg.add(item{kind: headItem, key: words.VoteKickMenu})
		people := 0
		for i := range g.people() {
			p := g.people()[i]
			if p.Bot || p.ID == g.scene.Self {
				continue
			}
			people++
			pg.add(item{kind: doItem, text: shortName(p.Name, NameRunes), value: blank, do: func() {
				g.cfg.Session.CallVote(replica.VoteKick, p.ID, p.Name)
				g.menus.clear()
			}})
		}
		if people == 0 {
			pg.add(item{kind: noteItem, key: words.VoteNobody})
		}
		if g.cfg.Arenas == nil || g.scene == nil {
			return
		}
		if arenas := g.cfg.Arenas(g.scene.Mode); len(arenas) > 0 {
			pg.add(item{kind: headItem, key: words.VoteMapMenu})
			for _, name := range arenas {
				pg.add(item{kind: doItem, text: g.brush.arenaName(name), value: blank, do: func() {
					g.cfg.Session.CallVote(replica.VoteMap, 0, name)
					g.menus.clear()
				}})
			}
		}
	}
	return pg
}

// blank is the value of a row that has none but should look like one.
func blank(*brush) string { return "" }

// people returns everybody with a ship, or nobody before there is a scene.
func (g *Game) people() []replica.PlayerView {
	if g.scene == nil {
		return nil
	}
	return g.scene.Players
}
