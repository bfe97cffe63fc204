package view

import (
	"math"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// podium is how many are celebrated when a match is over.
const podium = 3

// drawBoard draws the scoreboard. Own line always shows, and if the list is
// longer than the window, a line says how many are left out.
func drawBoard(b *brush, f *frame, scene *replica.Scene, t float64) {
	results := scene.Match.Phase == sim.Results
	r, fit, feast := f.board(len(scene.Players), results)
	u, row := f.unit, f.boardRow()
	body, title := inkPanel.solid(0.9), "SCORES"
	if results {
		body, title = inkPanel.solid(0.7), "FINAL SCORES" // one still flies
	}
	if feast {
		drawPodium(b, f, scene, t)
	}
	panel(b, r, u, body, inkWall.light(0.8))
	b.text(title, r.x+22*u, r.y+32*u, 18*u, bold, left, inkIon.solid(1))
	b.text(headcount(scene), r.x+r.w-22*u, r.y+32*u, 14*u, medium, right, inkDim.solid(1))
	c := boardColumns(r, u)
	y := r.y + 60*u
	head := inkDim.solid(1)
	b.text("pilot", c.name, y, 12*u, medium, left, head)
	for _, h := range [...]struct {
		x    float64
		text string
	}{{c.score, "score"}, {c.kills, "kills"}, {c.deaths, "deaths"}, {c.ping, "ping"}} {
		b.text(h.text, h.x, y, 12*u, medium, right, head)
	}
	own := ownPlace(scene)
	for i := range fit {
		y += row
		place := boardPlace(i, fit, len(scene.Players), own)
		if place == none {
			b.text(others(len(scene.Players)-fit+1), c.name, y, 14*u, medium, left, inkDim.solid(1))
			continue
		}
		drawBoardLine(b, r, u, c, y, i, rank(scene, place), &scene.Players[place], scene.Self)
	}
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

// others says how many are not on the board.
func others(n int) string { return "\u2026 " + number(n) + " more" }

// rank returns the place of a line, which equals share: 1 for the best, 0 while
// nobody has scored.
func rank(scene *replica.Scene, line int) int {
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

// ownPlace returns the index of own line, or none.
func ownPlace(scene *replica.Scene) int {
	for i := range scene.Players {
		if scene.Players[i].ID == scene.Self {
			return i
		}
	}
	return none
}

func headcount(scene *replica.Scene) string {
	people := 0
	for i := range scene.Players {
		if !scene.Players[i].Bot {
			people++
		}
	}
	return count(people, "pilot") + ", " + count(len(scene.Players)-people, "bot")
}

// columns are where the columns of the scoreboard end (the name: begins).
type columns struct{ place, name, score, kills, deaths, ping float64 }

func boardColumns(r rectangle, u float64) columns {
	right := r.x + r.w - 22*u
	step := min(82*u, r.w*0.13)
	return columns{
		place: r.x + 44*u, name: r.x + 74*u,
		score: right - 3*step, kills: right - 2*step, deaths: right - step, ping: right,
	}
}

func drawBoardLine(b *brush, r rectangle, u float64, c columns, y float64, line, rank int, p *replica.PlayerView, self sim.PlayerID) {
	own := p.ID == self
	if own {
		b.slope(r.x+8*u, y-17*u, r.w-16*u, 24*u, inkIon.solid(0.20), inkIon.solid(0.05))
	} else if line%2 == 1 {
		b.rect(r.x+8*u, y-17*u, r.w-16*u, 24*u, inkWall.solid(0.05))
	}
	ink, size := inkText.solid(0.95), 16*u
	colour := hueOf(p.ID, own)
	if rank > 0 {
		b.text(number(rank), c.place, y, size, medium, right, inkDim.solid(1))
	}
	b.sprite(dartBody, c.place+14*u, y-5*u, -math.Pi/2, 0.34*u/b.sheet.zoom, colour.light(1))
	w := b.text(shortName(p.Name, NameRunes), c.name, y, size, bold, left, colour.mix(inkWhite, 0.15).solid(1))
	b.text(number(p.Score), c.score, y, size, bold, right, inkWhite.solid(1))
	b.text(number(p.Kills), c.kills, y, size, medium, right, ink)
	b.text(number(p.Deaths), c.deaths, y, size, medium, right, ink)
	switch {
	case p.Away:
		b.text("away", c.name+w+10*u, y, 12*u, medium, left, inkWarn.solid(1))
		b.text("-", c.ping, y, size, medium, right, inkDim.solid(1))
	case p.Bot:
		b.text("bot", c.ping, y, 13*u, medium, right, inkDim.solid(1))
	default:
		b.text(number(int(p.Ping/time.Millisecond)), c.ping, y, size, medium, right, pingInk(p.Ping))
	}
}

func pingInk(d time.Duration) tint {
	switch {
	case d < 80*time.Millisecond:
		return inkGood.solid(0.95)
	case d < 180*time.Millisecond:
		return inkWarn.solid(0.95)
	default:
		return inkBad.solid(0.95)
	}
}

// drawPodium celebrates the best: the first in the middle, higher and larger.
func drawPodium(b *brush, f *frame, scene *replica.Scene, t float64) {
	u := f.unit
	low := f.podiumFoot() - 10*u
	heights := [podium]float64{74, 50, 34}
	sides := [podium]float64{0, -1, 1}
	step := min(178*u, f.width*0.31)
	for i := range min(podium, len(scene.Players)) {
		p := &scene.Players[i]
		colour := hueOf(p.ID, p.ID == scene.Self)
		x, h := f.width/2+sides[i]*step, heights[i]*u
		half := step * 0.45
		b.fan(inkPanel.mix(colour, 0.16).solid(0.85), x-half, low-h, x+half, low-h, x+half, low, x-half, low)
		b.line(beamShape, x-half, low-h, x+half, low-h, 10*u, colour.light(1), colour.light(1))
		b.line(beamShape, x-half, low-h, x-half, low, 6*u, colour.light(0.6), colour.light(0))
		b.line(beamShape, x+half, low-h, x+half, low, 6*u, colour.light(0.6), colour.light(0))
		b.text(number(p.Score), x, low-h+28*u, 22*u, bold, centre, inkWhite.solid(1))
		b.text(shortName(p.Name, NameRunes), x, low-h-8*u, 15*u, bold, centre, colour.mix(inkWhite, 0.25).solid(1))
		bob := 2 * math.Sin(t*2+float64(i)) * u
		scale := (1.5 - 0.25*float64(i)) * u / b.sheet.zoom
		if i == 0 {
			b.sprite(crownShape, x, low-h-66*u+bob, 0, 0.95*u/b.sheet.zoom, inkWarn.mix(inkWhite, 0.3).light(1))
		}
		b.sprite(dartBody, x, low-h-40*u+bob, -math.Pi/2, 0.62*scale, colour.solid(1))
	}
}
