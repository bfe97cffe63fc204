package view

import (
	"math"
	"time"

	"ionwake/client/view/settings"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// hullNames and hullLines are what the hulls are called and what they are like, by
// settings.Hulls.
var (
	hullNames = [...]words.Key{words.HullDart, words.HullCorsair, words.HullLancer, words.HullBastion}
	hullLines = [...]words.Key{words.HullDartLine, words.HullCorsairLine, words.HullLancerLine, words.HullBastionLine}
)

// hullOf returns the hull that settings have at index i.
func hullOf(i int) sim.HullKind { return sim.HullKind(i) }

// hullPage lets choose a hull and, where there are sides, one of them. In play the
// choice holds from the next life on.
func (g *Game) hullPage() *page {
	pg := &page{head: words.HullTitle, focus: g.settings.Hull}
	inPlay := g.status.playing()
	if inPlay {
		pg.head = words.HullAndTeam
	}
	pg.build = func(pg *page) {
		for i := range settings.Hulls {
			pg.add(item{
				kind: cardItem, key: hullNames[i], span: 0.25, height: 250, help: hullLines[i],
				on: func() bool { return g.settings.Hull == i }, do: func() { g.chooseHull(i) },
				draw: func(b *brush, r rectangle, it *item, focus bool) {
					drawHullCard(b, &g.frame, r, i, it.on(), focus, g.now)
				},
			})
		}
		if inPlay && g.scene != nil && g.scene.Teams > 0 {
			pg.add(item{kind: turnItem, key: words.Team, value: func(b *brush) string { return b.say(teamNames[g.team]) }, turn: func(by int) {
				g.team = sim.Team((int(g.team) + by + len(teamNames)) % len(teamNames))
				g.cfg.Session.Choose(hullOf(g.settings.Hull), g.team)
			}})
		}
		if inPlay {
			pg.add(item{kind: noteItem, key: words.HullNextLife})
			pg.add(item{kind: doItem, key: words.Resume, do: func() { g.menus.clear() }})
		}
	}
	return pg
}

// teamNames are what the sides are called, by sim.Team: after their marks, a ring and a
// chevron, and by no colour, for palettes paint one's own side alike on both.
var teamNames = [...]words.Key{sim.NoTeam: words.TeamAny, sim.TeamIon: words.TeamIon, sim.TeamEmber: words.TeamEmber}

// chooseHull takes a hull and, before play, goes back: it is all one came for.
func (g *Game) chooseHull(i int) {
	g.settings.Hull = i
	g.save()
	if g.status.Stage != Menu {
		g.cfg.Session.Choose(hullOf(i), g.team)
		return
	}
	g.menus.shut()
}

// drawHullCard draws a hull with its name and what it is like.
func drawHullCard(b *brush, f *frame, r rectangle, i int, chosen, focus bool, now time.Duration) {
	u := f.unit
	body, rim, ink := inkPanel.mix(inkWall, 0.05).solid(0.7), inkFaint.light(0.5), inkText
	colour := inkIon.mix(inkDim, 0.55)
	if chosen {
		rim, colour = inkIon.light(0.7), inkIon
	}
	turn := -math.Pi / 2
	if focus {
		body, rim, ink = inkPanel.mix(inkIon, 0.16).solid(0.95), inkIon.light(1), inkWhite
		turn += 0.25 * math.Sin(now.Seconds()*1.4)
	}
	panel(b, r, u, body, rim)
	x := r.x + r.w/2
	scale := min(r.w*0.0142, 2.3*u) / b.sheet.zoom
	y := r.y + 0.31*r.h
	b.sprite(softShape, x, y, 0, 2.2*scale, colour.light(0.22))
	b.sprite(dartCard+sprite(i), x, y, turn, scale, colour.solid(1))
	b.sprite(dartCardCore+sprite(i), x, y, turn, scale, inkWhite.light(1))
	b.fitted(b.say(hullNames[i]), x, r.y+0.62*r.h, r.w-12*u, 20*u, bold, centre, ink.solid(1))
	rows := b.broken(b.say(hullLines[i]), r.w-18*u, 13*u, medium, 5)
	for n, row := range rows {
		b.text(row, x, r.y+0.62*r.h+(21+16*float64(n))*u, 13*u, medium, centre, ink.mix(inkDim, 0.4).solid(1))
	}
	if chosen {
		b.text("✓", r.x+r.w-16*u, r.y+24*u, 17*u, bold, centre, inkIon.solid(1))
	}
}
