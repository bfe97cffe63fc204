package view

import (
	"math"

	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// standing is the clock at the top with the scores beside it: how one stands.
type standing struct {
	clock stamp
	limit words.Line
	state [sim.Teams]words.Line // of the things the mode is about
}

// The heights of the lines, in interface points.
const (
	topLine    = 20.0
	middleLine = 48.0
	lowLine    = 71.0
)

// draw draws phase, clock, scores and what the mode is about.
func (s *standing) draw(p *pane) {
	scene, u, x := p.scene, p.f.unit, p.f.width/2
	seconds := upSeconds(scene.Left)
	colour := inkText
	if scene.Match.Phase == sim.Live && seconds <= 10 {
		colour = p.livery.bad
	}
	p.shade(x, 30*u, 400*u, 150*u, 0.55)
	phase, ink := s.phase(p)
	aside := max(58*u, p.textWidth(phase, 11.5*u, bold)/2+14*u)
	p.shade(x, 36*u, 2*aside+210*u, 96*u, 0.6) // the digits themselves: walls may glow behind them
	p.text(phase, x, topLine*u, 11.5*u, bold, centre, ink.solid(0.95))
	p.text(s.clock.get(seconds, clockText), x, middleLine*u, 30*u, bold, centre, colour.solid(1))
	if scene.Teams == 0 {
		drawRivals(p, aside)
		return
	}
	s.drawSides(p, aside)
	s.drawObjectives(p)
}

// phase says where the match stands: while it is live, how far it goes.
func (s *standing) phase(p *pane) (string, hue) {
	switch p.scene.Match.Phase {
	case sim.Warmup:
		return p.say(words.PhaseWarmup), p.livery.warn
	case sim.Results:
		return p.say(words.PhaseResults), p.livery.warn
	case sim.Live:
		if p.scene.ScoreLimit > 0 {
			return s.limit.Number(p.lang, words.FirstTo, p.scene.ScoreLimit), p.livery.own
		}
		return p.say(words.PhaseLive), p.livery.own
	}
	return "", inkDim
}

// drawRivals draws own score on the left of the clock and the best of the others
// on its right. Nobody leads before somebody has scored.
func drawRivals(p *pane, aside float64) {
	scene, u, x := p.scene, p.f.unit, p.f.width/2
	own, rival := none, none
	for i := range scene.Players {
		if scene.Players[i].ID == scene.Self {
			own = i
		} else if rival == none {
			rival = i
		}
	}
	if own != none {
		line := &scene.Players[own]
		p.text(number(line.Score), x-aside, middleLine*u, 26*u, bold, right, p.livery.own.solid(1))
		if place := rank(scene, own); place > 0 {
			p.text(p.ordinal(place), x-aside, topLine*u, 11.5*u, bold, right, inkText.solid(0.9))
		}
	}
	if rival != none && rank(scene, rival) > 0 {
		line := &scene.Players[rival]
		ink := p.livery.of(line.ID)
		p.text(number(line.Score), x+aside, middleLine*u, 26*u, bold, left, ink.solid(1))
		p.text(shortName(line.Name, NameRunes), x+aside, topLine*u, 11.5*u, bold, left, ink.mix(inkDim, 0.3).solid(1))
	}
}

// ordinals are the places of English, which alone writes them with letters.
var ordinals = func() (o [65]string) {
	for i := range o {
		switch {
		case i%10 == 1 && i%100 != 11:
			o[i] = number(i) + "st"
		case i%10 == 2 && i%100 != 12:
			o[i] = number(i) + "nd"
		case i%10 == 3 && i%100 != 13:
			o[i] = number(i) + "rd"
		default:
			o[i] = number(i) + "th"
		}
	}
	return o
}()

// places are 1., 2., ... and 1位, 2位, ... of the other languages.
var places = func() (o [words.Languages][len(ordinals)]string) {
	for i := range ordinals {
		o[words.English][i] = ordinals[i]
		o[words.German][i] = number(i) + "."
		o[words.Japanese][i] = number(i) + "位"
	}
	return o
}()

// ordinal returns 1st, 2nd, ... in the player's language.
func (p *pane) ordinal(n int) string {
	if n >= 0 && n < len(ordinals) {
		return places[p.lang][n]
	}
	return number(n)
}

// sides returns own side and the other; for a spectator Ion is the first.
func sides(scene *replica.Scene) (own, other sim.Team) {
	if scene.Team == sim.TeamEmber {
		return sim.TeamEmber, sim.TeamIon
	}
	return sim.TeamIon, sim.TeamEmber
}

// teamKey names a side.
func teamKey(t sim.Team) words.Key {
	if t == sim.TeamEmber {
		return words.TeamEmber
	}
	return words.TeamIon
}

// teamScore returns the score of a side.
func teamScore(scene *replica.Scene, t sim.Team) int {
	if t == sim.NoTeam || int(t) > len(scene.Match.Scores) {
		return 0
	}
	return int(scene.Match.Scores[t-1])
}

// drawSides draws the two scores: own side on the left.
func (s *standing) drawSides(p *pane, aside float64) {
	u, x := p.f.unit, p.f.width/2
	own, other := sides(p.scene)
	for i, t := range [...]sim.Team{own, other} {
		sign, a := -1.0, right
		if i == 1 {
			sign, a = 1, left
		}
		colour := p.livery.side(t)
		at := x + sign*aside
		w := p.text(number(teamScore(p.scene, t)), at, middleLine*u, 30*u, bold, a, colour.solid(1))
		p.sideMark(t, at+sign*(w+16*u), (middleLine-10)*u, 9*u, colour.light(1))
		p.text(p.say(teamKey(t)), at, topLine*u, 11.5*u, bold, a, colour.mix(inkText, 0.25).solid(1))
		if t == p.scene.Team {
			edge := at + sign*(w+30*u)
			p.line(beamShape, at, (middleLine+7)*u, edge, (middleLine+7)*u, 6*u, colour.light(0.9), colour.light(0.2))
		}
	}
}

// besideClock is the room on each side of the middle below the clock.
func (p *pane) besideClock() float64 {
	room := p.f.width/2 - 10*p.f.unit
	if p.f.thumbs && !p.f.narrow() {
		m := p.f.menuButton()
		room = p.f.width/2 - m.x - m.w - 6*p.f.unit
	}
	return room
}

// drawObjectives says below the clock how the cores or the beacon stand.
func (s *standing) drawObjectives(p *pane) {
	u, x := p.f.unit, p.f.width/2
	own, _ := sides(p.scene)
	for i := range p.scene.Objectives {
		o := &p.scene.Objectives[i]
		y := lowLine * u
		switch o.Kind {
		case sim.Beacon:
			text, ink := s.beacon(p, o)
			w := p.textWidth(text, 13*u, bold)
			p.text(text, x+8*u, y, 13*u, bold, centre, ink.solid(1))
			p.mark(beaconShape, 16, x-w/2-6*u, y-5*u, 8*u, 0, ink.light(1))
		case sim.Core:
			sign, a, slot := -1.0, right, 0
			if o.Team != own {
				sign, a, slot = 1, left, 1
			}
			text, ink := s.core(p, o, slot)
			p.coreMark(o.Team, x+sign*14*u, y-5*u, 7*u, p.livery.side(o.Team).light(1))
			p.text(text, x+sign*27*u, y, p.fit(text, 12.5*u, p.besideClock()-27*u, bold), bold, a, ink)
		}
	}
}

// beacon says who holds the beacon, in whose colour.
func (s *standing) beacon(p *pane, o *replica.ObjectiveView) (string, hue) {
	switch o.State {
	case sim.Held:
		return s.state[0].Name(p.lang, words.DeedBeaconTaken, p.say(teamKey(o.Team))), p.livery.side(o.Team)
	case sim.Contested:
		return p.say(words.BeaconContested), p.livery.warn
	}
	return p.say(words.BeaconFree), p.livery.neutral
}

// core says where a core is. One's own that is away asks for attention.
func (s *standing) core(p *pane, o *replica.ObjectiveView, slot int) (string, tint) {
	alarm := p.livery.warn.solid(float32(0.75 + 0.25*math.Sin(p.t*6)))
	switch o.State {
	case sim.Carried:
		if who := player(p.scene, o.Carrier); who != nil {
			return s.state[slot].Name(p.lang, words.CoreWith, shortName(who.Name, NameRunes)), alarm
		}
		return p.say(words.CoreCarried), alarm
	case sim.Dropped:
		return s.state[slot].Number(p.lang, words.CoreBackIn, upSeconds(o.Timer)), alarm
	}
	return p.say(words.CoreHome), inkDim.solid(1)
}
