package view

import (
	"time"

	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// draw draws the scoreboard: one list, or one for each side, beside each other where
// there is room. Own line always shows, and if a list is longer than its room, a
// line says how many are left out.
func (d *board) draw(p *pane) {
	scene := p.scene
	results := scene.Match.Phase == sim.Results
	lists := d.group(scene)
	sided := lists > 1
	beside := sided && p.f.boardWidth(true) >= 640*p.f.unit
	lines := d.count(lists, beside)
	if len(scene.Watchers) > 0 {
		lines++
	}
	r, fit, feast := p.f.board(lines, results, sided)
	if len(scene.Watchers) > 0 {
		fit--
	}
	u := p.f.unit
	body, title := inkPanel.solid(0.92), words.Scores
	if results {
		body, title = inkPanel.solid(0.78), words.FinalScores // one still flies
	}
	if results {
		a := p.camera.area
		p.rect(a.x, a.y, a.w, a.h, inkSpace.solid(0.5)) // the flight goes on below, and is not what one reads
		drawFinale(p, feast)
	}
	panel(p.brush, r, u, body, p.livery.wall.light(0.8))
	p.glass.add(r, doNothing, sim.NoPlayer, 0)
	p.text(p.say(title), r.x+22*u, r.y+32*u, 18*u, bold, left, p.livery.own.solid(1))
	d.drawHead(p, r, title)
	d.order = d.order[:0]
	top := r.y + 44*u
	switch {
	case !sided:
		d.drawList(p, rectangle{r.x, top, r.w, r.h}, sim.NoTeam, 0, fit)
	case beside:
		half := r.w/2 - 6*u
		own, other := sides(scene)
		d.drawList(p, rectangle{r.x, top, half, r.h}, own, 0, fit)
		d.drawList(p, rectangle{r.x + r.w - half, top, half, r.h}, other, 1, fit)
	default:
		own, other := sides(scene)
		fit -= sideLines
		first := share(fit, len(d.groups[0])+1, len(d.groups[1])+1)
		y := d.drawList(p, rectangle{r.x, top, r.w, r.h}, own, 0, first)
		d.drawList(p, rectangle{r.x, y, r.w, r.h}, other, 1, fit-first)
	}
	d.drawWatchers(p, r)
	if d.menu.open {
		if line, ok := d.place(d.menu.of); ok {
			d.menu.draw(p, line, r)
		}
	}
}

// sideLines is the room, in lines, that the heads of two lists above each other
// take beside their names.
const sideLines = 2

// drawWatchers names those without a ship in the last line, as far as there is room.
func (d *board) drawWatchers(p *pane, r rectangle) {
	if len(p.scene.Watchers) == 0 {
		return
	}
	u, size := p.f.unit, 14*p.f.unit
	x, y := r.x+22*u, r.y+r.h-14*u
	x += p.text(d.head[2].Number(p.lang, words.Watchers, len(p.scene.Watchers)), x, y, size, medium, left, inkDim.solid(1)) + 14*u
	for i := range p.scene.Watchers {
		v := &p.scene.Watchers[i]
		name := shortName(v.Name, NameRunes)
		w := p.textWidth(name, size, bold)
		if x+w > r.x+r.w-22*u {
			return
		}
		area := rectangle{x - 5*u, y - 17*u, w + 10*u, p.f.boardRow() - u}
		ink := inkText
		if v.Muted {
			ink = p.livery.warn
		}
		if d.pinned && d.chosen == v.ID {
			outline(p.brush, area, max(1, u), p.livery.own.solid(0.9))
		}
		p.text(name, x, y, size, bold, left, ink.solid(0.95))
		p.glass.add(area, doChooseLine, v.ID, 0)
		d.order = append(d.order, boardLine{v.ID, area})
		x += w + 18*u
	}
}

// share divides fit lines among two lists of a and b lines.
func share(fit, a, b int) int {
	if a+b <= fit {
		return a
	}
	return min(max(2, fit-b, fit*a/(a+b)), max(2, fit-2))
}

// group sorts everybody into lists and returns how many there are.
func (d *board) group(scene *replica.Scene) int {
	for i := range d.groups {
		d.groups[i] = d.groups[i][:0]
	}
	own, _ := sides(scene)
	for i := range scene.Players {
		list := 0
		if scene.Teams > 0 && scene.Players[i].Team != own {
			list = 1
		}
		d.groups[list] = append(d.groups[list], i)
	}
	if scene.Teams > 0 {
		return 2
	}
	return 1
}

// count returns how many lines there are to show, with those of the sides.
func (d *board) count(lists int, beside bool) int {
	a, b := len(d.groups[0]), len(d.groups[1])
	switch {
	case lists == 1:
		return a
	case beside:
		return max(a, b) + 1
	}
	return a + b + 2 + sideLines
}

// drawHead says how many are here and, between matches, what is next.
func (d *board) drawHead(p *pane, r rectangle, title words.Key) {
	scene, u := p.scene, p.f.unit
	people, bots := 0, 0
	for i := range scene.Players {
		if scene.Players[i].Bot {
			bots++
		} else {
			people++
		}
	}
	x, y, size := r.x+r.w-22*u, r.y+32*u, 13.5*u
	gap := 14 * u
	room := x - r.x - 44*u - p.textWidth(p.say(title), 18*u, bold)
	tell := func(text string) {
		if w := p.textWidth(text, size, medium); w <= room {
			p.text(text, x, y, size, medium, right, inkText.solid(0.85))
			x, room = x-w-gap, room-w-gap
		}
	}
	if bots > 0 {
		tell(d.head[1].Count(p.lang, words.Bots, bots))
	}
	tell(d.head[0].Count(p.lang, words.Pilots, people))
}

// columns are where the columns of a list end (hull and name: begin).
type columns struct {
	place, hull, name          float64
	score, kills, deaths, ping float64
	step                       float64
}

func boardColumns(r rectangle, u float64, sided bool) columns {
	edge := r.x + r.w - 20*u
	step := min(82*u, r.w*0.128)
	c := columns{
		place: r.x + 42*u, hull: r.x + 60*u, name: r.x + 76*u, step: step,
		score: edge - 3*step, kills: edge - 2*step, deaths: edge - step, ping: edge,
	}
	if sided {
		c.hull, c.name = r.x+26*u, r.x+42*u
	}
	return c
}

// drawList draws one list into the upper part of r and returns where the next may
// begin. With a side, its name and score stand above.
func (d *board) drawList(p *pane, r rectangle, side sim.Team, list, fit int) float64 {
	u, row := p.f.unit, p.f.boardRow()
	c := boardColumns(r, u, side != sim.NoTeam)
	y := r.y + 16*u
	if side != sim.NoTeam {
		fit--
		drawSideHead(p, r, c, side, r.y+20*u)
		y = r.y + 41*u
	}
	head := inkDim.solid(1)
	if side == sim.NoTeam {
		p.text(p.say(words.ColumnPilot), c.name, y, 12*u, medium, left, head)
	}
	for _, h := range [...]struct {
		x    float64
		text words.Key
	}{{c.score, words.ColumnScore}, {c.kills, words.ColumnKills}, {c.deaths, words.ColumnDeaths}, {c.ping, words.ColumnPing}} {
		text := p.say(h.text)
		size := p.fit(text, 12*u, c.step-6*u, medium)
		if p.textWidth(text, size, medium) > c.step {
			text = shortName(text, 1) // words are never smaller than can be read
		}
		p.text(text, h.x, y, size, medium, right, head)
	}
	lines := d.groups[list]
	own := none
	for i, at := range lines {
		if p.scene.Players[at].ID == p.scene.Self {
			own = i
		}
	}
	fit = min(fit, len(lines))
	for i := range fit {
		y += row
		at := boardPlace(i, fit, len(lines), own)
		if at == none {
			p.text(d.left.Number(p.lang, words.MorePilots, len(lines)-fit+1), c.name, y, 14*u, medium, left, inkDim.solid(1))
			continue
		}
		area := rectangle{r.x + 8*u, y - 17*u, r.w - 16*u, row - u}
		d.drawLine(p, area, c, y, i, lines[at], side)
	}
	return y + row - 8*u
}

// drawSideHead draws a side's mark, name and score above its list.
func drawSideHead(p *pane, r rectangle, c columns, side sim.Team, y float64) {
	u, ink := p.f.unit, p.livery.side(side)
	p.slope(r.x+8*u, y-19*u, r.w-16*u, 27*u, ink.solid(0.22), ink.solid(0.04))
	p.sideMark(side, c.hull, y-6*u, 9*u, ink.light(1))
	w := p.text(p.say(teamKey(side)), c.name, y, 18*u, bold, left, ink.mix(inkWhite, 0.2).solid(1))
	p.text(number(teamScore(p.scene, side)), c.name+w+14*u, y+u, 22*u, bold, left, inkWhite.solid(1))
}

// drawLine draws a pilot's line.
func (d *board) drawLine(p *pane, area rectangle, c columns, y float64, line, at int, side sim.Team) {
	u, v := p.f.unit, &p.scene.Players[at]
	own := v.ID == p.scene.Self
	colour := p.livery.of(v.ID)
	switch {
	case d.pinned && v.ID == d.chosen:
		p.rect(area.x, area.y, area.w, area.h, p.livery.own.solid(0.16))
		outline(p.brush, area, max(1, u), p.livery.own.solid(0.9))
	case own:
		p.slope(area.x, area.y, area.w, area.h, p.livery.own.solid(0.22), p.livery.own.solid(0.05))
	case line%2 == 1:
		p.rect(area.x, area.y, area.w, area.h, inkWall.solid(0.06))
	}
	p.glass.add(area, doChooseLine, v.ID, 0)
	d.order = append(d.order, boardLine{v.ID, area})
	ink, size := inkText.solid(0.95), 16*u
	if place := rank(p.scene, at); side == sim.NoTeam && place > 0 {
		p.text(number(place), c.place, y, size, medium, right, inkDim.solid(1))
	}
	p.hullMark(v.Hull, c.hull, y-5*u, 10*u, colour)
	name := shortName(v.Name, NameRunes)
	room := c.score - c.step*0.62 - c.name
	note := lineNote(v)
	if note != 0 {
		room -= p.textWidth(p.say(note), 12*u, medium) + 8*u
	}
	w := p.text(name, c.name, y, p.fit(name, size, room, bold), bold, left, colour.mix(inkWhite, 0.15).solid(1))
	if note != 0 {
		p.text(p.say(note), c.name+w+8*u, y, 12*u, medium, left, p.livery.warn.solid(1))
	}
	if !v.Uncounted {
		p.text(number(v.Score), c.score, y, size, bold, right, inkWhite.solid(1))
		p.text(number(v.Kills), c.kills, y, size, medium, right, ink)
		p.text(number(v.Deaths), c.deaths, y, size, medium, right, ink)
	}
	switch {
	case v.Away, v.Uncounted && !v.Bot:
		p.text("–", c.ping, y, size, medium, right, inkDim.solid(1))
	case v.Bot:
		text := p.say(words.Bot)
		p.text(text, c.ping, y, p.fit(text, 13*u, c.step-4*u, medium), medium, right, inkDim.solid(1))
	default:
		p.text(number(int(v.Ping/time.Millisecond)), c.ping, y, size, medium, right, p.livery.pingInk(v.Ping))
	}
}

// lineNote returns what stands beside a name, or 0.
func lineNote(v *replica.PlayerView) words.Key {
	switch {
	case v.Muted:
		return words.Muted
	case v.Away:
		return words.Away
	}
	return 0
}

// boardPlace returns who stands on line i of fit when n are to be shown, or none
// on the line that says how many are left out.
func boardPlace(i, fit, n, own int) int {
	if n <= fit {
		return i
	}
	cut := fit - 1 // the line that stands for those left out
	if own >= cut {
		if i == fit-1 {
			return own
		}
		cut--
	}
	if i == cut && fit >= 3 {
		return none
	}
	return i
}

// rank returns the place of a line, which equals share: 1 for the best, 0 while
// nobody has scored.
func rank(scene *replica.Scene, line int) int {
	if of := &scene.Players[line]; of.Place > 0 {
		return of.Place
	} else if of.Uncounted {
		return 0
	}
	place, scored := 1, false
	for i := range scene.Players {
		scored = scored || scene.Players[i].Score != 0
		if scene.Players[i].Score > scene.Players[line].Score {
			place++
		}
	}
	if !scored {
		return 0
	}
	return place
}
