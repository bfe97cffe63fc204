package view

import (
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// careerPage is the ladder of a server, and what the player has done there.
func (g *Game) careerPage() *page {
	pg := &page{head: words.CareerTitle}
	q := LadderQuery{}
	if g.status.playing() {
		q.Address = g.place.Address
	}
	mode, seen := 0, 0
	modes := append([]string{""}, sim.ModeNames()...)
	ask := func() { q.Mode = modes[mode]; g.cfg.Ladder.Ask(q) }
	ask()
	pg.build = func(pg *page) {
		pg.add(item{kind: turnItem, key: words.CareerOf, value: func(b *brush) string {
			if q.Season {
				return b.say(words.CareerSeason)
			}
			return b.say(words.CareerAllTime)
		}, turn: func(int) { q.Season = !q.Season; ask() }})
		pg.add(item{kind: turnItem, key: words.Mode, value: func(b *brush) string {
			if mode == 0 {
				return b.say(words.CareerAllModes)
			}
			return b.modeName(modes[mode])
		}, turn: func(by int) { mode = (mode + by + len(modes)) % len(modes); ask() }})
		answer, version := g.cfg.Ladder.Answer()
		seen = version
		g.addStandings(pg, &answer)
		if answer.State == LadderFailed {
			pg.add(item{kind: doItem, key: words.Refresh, do: ask})
		}
	}
	pg.each = func(float64) {
		if _, version := g.cfg.Ladder.Answer(); version != seen {
			pg.rebuild()
		}
	}
	return pg
}

// addStandings puts what a server answered on the page.
func (g *Game) addStandings(pg *page, a *LadderAnswer) {
	switch a.State {
	case LadderAsking:
		pg.add(item{kind: noteItem, key: words.ListLoading})
		return
	case LadderNone:
		pg.add(item{kind: noteItem, key: words.CareerNone})
		return
	case LadderFailed:
		pg.add(item{kind: noteItem, key: words.CareerFailed})
		return
	}
	pg.add(item{kind: headItem, key: words.CareerOwn, draw: g.drawColumns})
	if a.Own.Place > 0 {
		g.addRung(pg, &a.Own, true)
		l := g.brush.lang
		pg.add(item{kind: noteItem, text: l.Fill(words.CareerMore, a.Own.Best, a.Own.Seconds/3600, a.Own.Seconds/60%60)})
	} else {
		pg.add(item{kind: noteItem, key: words.CareerOwnNone})
	}
	pg.add(item{kind: headItem, key: words.CareerBest})
	for i := range a.Rungs {
		r := &a.Rungs[i]
		g.addRung(pg, r, r.Person != "" && r.Person == a.Own.Person)
	}
	if len(a.Rungs) == 0 {
		pg.add(item{kind: noteItem, key: words.CareerEmpty})
	}
}

// rungCells are the numbers of a place, as rungColumns names them.
type rungCells [len(rungColumns)]string

// rungColumns stand from the right to the left; a narrow list has the last ones alone.
var rungColumns = [...]words.Key{words.ColumnDeaths, words.ColumnKills, words.ColumnWins, words.ColumnGames, words.ColumnScore}

// narrowColumns are left out where there is little room.
const narrowColumns = 2

// rungEdges returns how far apart the columns of a list in r end, and the first of them
// that is shown.
func rungEdges(r rectangle, u float64) (step float64, first int) {
	if r.w < 520*u {
		return min(64*u, r.w*0.17), narrowColumns
	}
	return min(78*u, r.w*0.125), 0
}

// addRung puts a place of the ladder on the page; own is the player's.
func (g *Game) addRung(pg *page, r *Rung, own bool) {
	cells := rungCells{number(r.Deaths), number(r.Kills), number(r.Wins), number(r.Games), number(r.Score)}
	place, name := number(r.Place), shortName(r.Name, NameRunes)
	pg.add(item{
		kind: cardItem, text: place + ". " + name, height: 34,
		value: func(b *brush) string { return b.say(words.ColumnScore) + " " + cells[len(cells)-1] },
		draw: func(b *brush, area rectangle, _ *item, focus bool) {
			g.drawRung(b, area, place, name, &cells, own, focus, pg.clock)
		},
	})
}

// drawColumns draws what the columns are called, above them.
func (g *Game) drawColumns(b *brush, r rectangle, _ *item, _ bool) {
	u := g.frame.unit
	step, first := rungEdges(r, u)
	x := r.x + r.w - 16*u
	for i := first; i < len(rungColumns); i++ {
		b.fitted(b.say(rungColumns[i]), x, r.y+r.h-9*u, step-8*u, 13*u, medium, right, inkDim.solid(1))
		x -= step
	}
}

// drawRung draws a place of the ladder.
func (g *Game) drawRung(b *brush, r rectangle, place, name string, cells *rungCells, own, focus bool, clock float64) {
	u := g.frame.unit
	ink := frameRow(b, r, u, focus, clock)
	if own {
		b.slope(r.x+8*u, r.y+2*u, r.w-16*u, r.h-4*u, inkIon.solid(0.24), inkIon.solid(0.05))
	}
	y := r.y + r.h/2 + 5.5*u
	b.fitted(place, r.x+46*u, y, 38*u, 15*u, medium, right, inkDim.solid(1))
	step, first := rungEdges(r, u)
	x := r.x + r.w - 16*u
	for i := first; i < len(cells); i++ {
		w, tone := medium, inkDim.mix(inkText, 0.6).solid(1)
		if i == len(cells)-1 {
			w, tone = bold, inkWhite.solid(1)
		}
		b.fitted(cells[i], x, y, step-8*u, 15.5*u, w, right, tone)
		x -= step
	}
	b.fitted(name, r.x+60*u, y, x-r.x-66*u, 16*u, bold, left, ink)
}
