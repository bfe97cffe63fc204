package view

import (
	"math"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// podium is how many are celebrated when a match is over.
const podium = 3

// drawBoard draws the scoreboard. Own line always shows: it takes the last place
// if the list is longer than the window.
func drawBoard(b *brush, f *frame, scene *replica.Scene, t float64) {
	r, fit := f.board(len(scene.Players))
	u, row := f.unit, f.boardRow()
	results := scene.Match.Phase == sim.Results
	if results {
		r.y = max(f.height*0.32, f.podiumRoom())
		fit = max(1, min(fit, int((f.height-r.y-84*u-f.margin())/row)))
		r.h = 84*u + row*float64(fit)
		drawPodium(b, f, scene, t)
	}
	panel(b, r, u, inkPanel.solid(0.9), inkWall.light(0.8))
	title := "SCORES"
	if results {
		title = "FINAL SCORES"
	}
	b.text(title, r.x+22*u, r.y+32*u, 18*u, bold, left, inkIon.solid(1))
	b.text(headcount(scene), r.x+r.w-22*u, r.y+32*u, 14*u, medium, right, inkDim.solid(1))
	c := boardColumns(r, u)
	y := r.y + 60*u
	head := inkDim.solid(0.9)
	b.text("pilot", c.name, y, 12*u, medium, left, head)
	for _, h := range [...]struct {
		x    float64
		text string
	}{{c.score, "score"}, {c.kills, "kills"}, {c.deaths, "deaths"}, {c.ping, "ping"}} {
		b.text(h.text, h.x, y, 12*u, medium, right, head)
	}
	own := ownPlace(scene)
	for i := range fit {
		place := i
		if i == fit-1 && own > place {
			place = own
		}
		y += row
		drawBoardLine(b, r, u, c, y, place, &scene.Players[place], scene.Self)
	}
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
	if people == 1 {
		return "1 pilot, " + number(len(scene.Players)-people) + " bots"
	}
	return number(people) + " pilots, " + number(len(scene.Players)-people) + " bots"
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

func drawBoardLine(b *brush, r rectangle, u float64, c columns, y float64, place int, p *replica.PlayerView, self sim.PlayerID) {
	own := p.ID == self
	if own {
		b.slope(r.x+8*u, y-17*u, r.w-16*u, 24*u, inkIon.solid(0.20), inkIon.solid(0.05))
	} else if place%2 == 1 {
		b.rect(r.x+8*u, y-17*u, r.w-16*u, 24*u, inkWall.solid(0.05))
	}
	ink, size := inkText.solid(0.95), 16*u
	colour := hueOf(p.ID, own)
	b.text(number(place+1), c.place, y, size, medium, right, inkDim.solid(1))
	b.sprite(dartGlow, c.place+14*u, y-5*u, -math.Pi/2, 0.34*u/b.sheet.zoom, colour.light(1))
	w := b.text(shortName(p.Name, NameRunes), c.name, y, size, bold, left, colour.mix(inkWhite, 0.15).solid(1))
	b.text(number(p.Score), c.score, y, size, bold, right, inkWhite.solid(1))
	b.text(number(p.Kills), c.kills, y, size, medium, right, ink)
	b.text(number(p.Deaths), c.deaths, y, size, medium, right, ink)
	switch {
	case p.Away:
		b.text("away", c.name+w+10*u, y, 12*u, medium, left, inkWarn.solid(1))
		b.text("-", c.ping, y, size, medium, right, inkFaint.solid(1))
	case p.Bot:
		b.text("bot", c.ping, y, 13*u, medium, right, inkFaint.mix(inkDim, 0.4).solid(1))
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
	low := max(f.height*0.32, f.podiumRoom()) - 10*u
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
		b.sprite(dartFill, x, low-h-40*u+bob, -math.Pi/2, 0.62*scale, colour.solid(1))
		b.sprite(dartGlow, x, low-h-40*u+bob, -math.Pi/2, 0.62*scale, colour.light(1))
	}
}
