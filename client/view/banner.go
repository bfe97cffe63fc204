package view

import (
	"time"

	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

const (
	bannerSpan  = 2.6 // seconds a banner stays
	bannerFade  = 0.25
	bannerQueue = 3
)

// banners are short words across the top: the match begins, it is about to end,
// something happened that everybody has to know. They come one after the other
// and never flash.
type banners struct {
	queue [bannerQueue]banner
	count int
	age   float64

	left   time.Duration // in the phase, when last seen
	phase  sim.Phase
	point  bool // match point has been told
	learnt bool
}

// banner is one of them.
type banner struct {
	key   words.Key
	sub   words.Key // a second line, if second
	name  string    // in key
	side  sim.Team  // whose colour it has, and who is named in key
	warns bool      // in the colour of warnings, where it is not a side's
	grave bool      // in the colour of warnings whosever it is
	plain bool      // without a second line
}

// say puts a banner behind those that wait; if too many do, the last of them goes.
func (q *banners) say(b banner) {
	if q.count == bannerQueue {
		q.count--
	}
	q.queue[q.count] = b
	q.count++
}

// step looks for what there is to tell.
func (q *banners) step(scene *replica.Scene, dt float64) {
	if q.count > 0 {
		if q.age += dt; q.age >= bannerSpan {
			copy(q.queue[:], q.queue[1:])
			q.count, q.age = q.count-1, 0
		}
	}
	for i := range scene.Effects {
		q.react(scene, &scene.Effects[i])
	}
	m := &scene.Match
	if !q.learnt || q.phase != m.Phase {
		if q.learnt && m.Phase == sim.Results {
			q.count, q.age = 0, 0 // the podium says the rest
		}
		q.phase, q.left, q.learnt, q.point = m.Phase, scene.Left, true, false
	}
	if m.Phase == sim.Live {
		if q.left > time.Minute && scene.Left <= time.Minute {
			q.say(banner{key: words.OneMinute, warns: true, plain: true})
		}
		if !q.point {
			q.matchPoint(scene)
		}
	}
	q.left = scene.Left
}

// matchPoint tells once a match when somebody needs one more point.
func (q *banners) matchPoint(scene *replica.Scene) {
	limit := scene.ScoreLimit
	if limit < 3 {
		return
	}
	if scene.Teams == 0 {
		if len(scene.Players) > 0 && scene.Players[0].Score >= limit-1 {
			q.point = true
			q.say(banner{key: words.MatchPoint, name: scene.Players[0].Name, warns: true})
		}
		return
	}
	for _, t := range [...]sim.Team{sim.TeamIon, sim.TeamEmber} {
		if teamScore(scene, t) >= limit-1 {
			q.point = true
			q.say(banner{key: words.MatchPoint, side: t, warns: true})
			return
		}
	}
}

// react tells of what happened to the match and to the cores.
func (q *banners) react(scene *replica.Scene, e *replica.Effect) {
	switch e.Kind {
	case replica.MatchBegan:
		q.say(banner{key: words.MatchBegan, sub: modeLine(scene.Mode)})
	case replica.CoreTaken:
		if e.Team == scene.Team {
			q.say(banner{key: words.OurCoreTaken, side: e.Team, grave: true, plain: true})
		}
	case replica.CoreCaptured:
		by := e.Team.Other()
		q.say(banner{key: words.TeamScores, side: by, plain: true, grave: by != scene.Team && scene.Team != sim.NoTeam})
	}
}

// draw draws the banner whose turn it is.
func (q *banners) draw(p *pane) {
	if q.count == 0 {
		return
	}
	n, r, u := &q.queue[0], p.f.banner(), p.f.unit
	k := float32(between(min(q.age, bannerSpan-q.age)/bannerFade, 0, 1))
	x, y := r.x+r.w/2, r.y+26*u
	ink := n.ink(&p.livery.palette)
	if n.side != sim.NoTeam && !n.grave {
		ink = p.livery.side(n.side)
	}
	p.shade(x, r.y+r.h/2, 1.5*r.w, 3*r.h, 0.6*k)
	name := n.name
	if n.side != sim.NoTeam {
		name = p.say(teamKey(n.side))
	}
	s := p.piece(n.key, name, 28*u, r.w)
	w := p.write(&s, x, y, centre, ink.mix(inkWhite, 0.25), ink, k)
	wing := min(70*u, (r.w-w)/2-10*u) * float64(k)
	for _, sign := range [...]float64{-1, 1} {
		if x0 := x + sign*(w/2+14*u); wing > 8*u {
			p.line(beamShape, x0, y-10*u, x0+sign*wing, y-10*u, 7*u, ink.light(0.9*k), ink.light(0))
		}
	}
	q.drawSecond(p, n, x, y+22*u, r.w, k)
}

// ink is the colour of a banner that is no side's.
func (n *banner) ink(c *palette) hue {
	if n.warns || n.grave {
		return c.warn
	}
	return c.own
}

// drawSecond writes the second line.
func (q *banners) drawSecond(p *pane, n *banner, x, y, room float64, k float32) {
	u := p.f.unit
	switch {
	case n.plain:
	case n.sub != 0:
		text := p.say(n.sub)
		p.lit(text, x, y, p.fit(text, 15*u, room, medium), medium, centre, inkText, k)
	case n.side != sim.NoTeam:
		p.lit(p.say(teamKey(n.side)), x, y, 16*u, bold, centre, p.livery.side(n.side), k)
	case n.name != "":
		p.lit(shortName(n.name, NameRunes), x, y, 16*u, bold, centre, p.livery.others[0].mix(inkText, 0.5), k)
	}
}
