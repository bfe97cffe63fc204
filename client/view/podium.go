package view

import (
	"math"

	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// podium is how many are celebrated when a match is over.
const podium = 3

// drawFinale says who has won and, if there is room, celebrates the best.
func drawFinale(p *pane, feast bool) {
	drawVerdict(p)
	if feast {
		drawPodium(p)
	}
}

// drawVerdict says below the clock who has won, and where the next match is.
func drawVerdict(p *pane) {
	scene, u := p.scene, p.f.unit
	x, y := p.f.width/2, p.f.verdict()
	room := p.f.width - 2*p.f.margin()
	p.shade(x, y-4*u, 620*u, 110*u, 0.6)
	if scene.Teams > 0 {
		ion, ember := teamScore(scene, sim.TeamIon), teamScore(scene, sim.TeamEmber)
		winner := sim.TeamIon
		if ember > ion {
			winner = sim.TeamEmber
		}
		if ion == ember {
			p.lit(p.say(words.Draw), x, y, 26*u, bold, centre, inkText, 1)
		} else {
			ink := p.livery.side(winner)
			s := p.piece(words.TeamWins, p.say(teamKey(winner)), 28*u, room)
			half := p.write(&s, x, y, centre, inkText, ink, 1) / 2
			p.sideMark(winner, x-half-20*u, y-9*u, 11*u, ink.light(1))
			p.sideMark(winner, x+half+20*u, y-9*u, 11*u, ink.light(1))
		}
	} else if len(scene.Players) > 0 && rank(scene, 0) == 1 {
		best := &scene.Players[0]
		if len(scene.Players) > 1 && scene.Players[1].Score == best.Score {
			p.lit(p.say(words.Draw), x, y, 26*u, bold, centre, inkText, 1)
		} else {
			s := p.piece(words.Wins, best.Name, 26*u, room)
			p.write(&s, x, y, centre, inkText, p.livery.of(best.ID), 1)
		}
	}
	if scene.Next != "" {
		s := p.piece(words.NextArena, p.arenaName(scene.Next), 14*u, room)
		p.write(&s, x, y+20*u, centre, inkDim, inkText, 1)
	}
}

// drawPodium celebrates the best: the first in the middle, higher and larger. Where
// there are sides, they are the best of both.
func drawPodium(p *pane) {
	u, f := p.f.unit, p.f
	low := f.podiumFoot() - 10*u
	heights := [podium]float64{70, 48, 34}
	sides := [podium]float64{0, -1, 1}
	step := min(178*u, f.width*0.31)
	for i := range min(podium, len(p.scene.Players)) {
		v := &p.scene.Players[i]
		colour := p.livery.of(v.ID)
		x, h := f.width/2+sides[i]*step, heights[i]*u
		half := step * 0.45
		p.fan(inkPanel.mix(colour, 0.16).solid(0.85), x-half, low-h, x+half, low-h, x+half, low, x-half, low)
		p.line(beamShape, x-half, low-h, x+half, low-h, 10*u, colour.light(1), colour.light(1))
		p.line(beamShape, x-half, low-h, x-half, low, 6*u, colour.light(0.6), colour.light(0))
		p.line(beamShape, x+half, low-h, x+half, low, 6*u, colour.light(0.6), colour.light(0))
		p.text(number(v.Score), x, low-h+27*u, 22*u, bold, centre, inkWhite.solid(1))
		name := shortName(v.Name, NameRunes)
		p.text(name, x, low-h-8*u, p.fit(name, 15*u, 2*half, bold), bold, centre, colour.mix(inkWhite, 0.25).solid(1))
		bob := 2 * math.Sin(p.t*2+float64(i)) * u
		if i == 0 && (len(p.scene.Players) == 1 || p.scene.Players[1].Score < v.Score) {
			p.sprite(crownShape, x, low-h-62*u+bob, 0, 0.95*u/p.sheet.zoom, p.livery.warn.mix(inkWhite, 0.3).light(1))
		}
		p.hullMark(v.Hull, x, low-h-38*u+bob, (19-3*float64(i))*u, colour)
		if v.Team != sim.NoTeam {
			p.sideMark(v.Team, x-half+10*u, low-h+14*u, 6*u, colour.light(1))
		}
	}
}
