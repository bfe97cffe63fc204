package view

import (
	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

const (
	feedSpan  = 8.0 // seconds: a line of the feed is gone after this
	feedFade  = 1.0
	feedLines = 6
)

// feed tells who destroyed whom and who did what: kills come with the scene, deeds
// are remembered here.
type feed struct {
	deeds [feedLines]deedLine
	next  int
	now   float64
}

// deedLine is something somebody did for the match.
type deedLine struct {
	key   words.Key
	who   sim.PlayerID // whose name comes first, if anybody's
	name  string
	team  sim.Team // whose core, or who holds the beacon
	since float64
	own   bool
	used  bool
}

// step remembers this frame's deeds.
func (f *feed) step(scene *replica.Scene, now float64) {
	f.now = now
	for i := range scene.Effects {
		e := &scene.Effects[i]
		key, ok := deedKey(e)
		if !ok {
			continue
		}
		d := deedLine{key: key, who: e.Who, team: e.Team, since: now, own: e.Own, used: true}
		if who := player(scene, e.Who); who != nil && namesWho(e.Kind) {
			d.name = who.Name
		}
		f.deeds[f.next] = d
		f.next = (f.next + 1) % feedLines
	}
}

// namesWho reports whether the line of a deed begins with a name.
func namesWho(k replica.EffectKind) bool {
	return k == replica.CoreTaken || k == replica.CoreDropped || k == replica.CoreCaptured
}

func deedKey(e *replica.Effect) (words.Key, bool) {
	switch e.Kind {
	case replica.CoreTaken:
		return words.DeedCoreTaken, true
	case replica.CoreDropped:
		return words.DeedCoreDropped, true
	case replica.CoreReturned:
		return words.DeedCoreReturned, true
	case replica.CoreCaptured:
		return words.DeedCoreCaptured, true
	case replica.BeaconTurned:
		if e.Team == sim.NoTeam {
			return words.DeedBeaconLost, true
		}
		return words.DeedBeaconTaken, true
	}
	return 0, false
}

// draw draws the newest lines, the newest at the bottom, below what takes up room
// in the corner.
func (f *feed) draw(p *pane, taken float64) {
	x, y := p.f.feed()
	y += taken
	kills := p.scene.Kills
	deeds := 0
	for i := range f.deeds {
		if d := &f.deeds[i]; d.used && f.now-d.since < feedSpan {
			deeds++
		}
	}
	skip := len(kills) + deeds - p.f.feedMost(taken > 0)
	k := 0
	for i := range f.deeds {
		d := &f.deeds[(f.next+i)%feedLines]
		age := f.now - d.since
		if !d.used || age >= feedSpan {
			continue
		}
		for ; k < len(kills) && kills[k].Age.Seconds() >= age; k++ {
			y, skip = f.kill(p, &kills[k], x, y, skip)
		}
		if skip > 0 {
			skip--
			continue
		}
		y = drawDeed(p, d, age, x, y)
	}
	for ; k < len(kills); k++ {
		y, skip = f.kill(p, &kills[k], x, y, skip)
	}
}

func (f *feed) kill(p *pane, k *replica.KillView, x, y float64, skip int) (float64, int) {
	if skip > 0 {
		return y, skip - 1
	}
	return drawKill(p, k, x, y), 0
}

// feedLight returns how bright a line of that age is.
func feedLight(age float64) float32 { return float32(between((feedSpan-age)/feedFade, 0, 1)) }

// drawFeedLine draws the ground of a line that ends at x and returns where its
// words begin, the baseline and the next line's y.
func drawFeedLine(p *pane, w, x, y float64, light float32, mark hue, marked bool) (x0, base, next float64) {
	u := p.f.unit
	line := rectangle{x - w - 20*u, y, w + 20*u, 24 * u}
	body, rim := inkPanel.solid(0.62*light), tint{}
	if marked {
		body, rim = inkPanel.mix(mark, 0.16).solid(0.85*light), mark.light(0.5*light)
	}
	panel(p.brush, line, u*0.7, body, rim)
	return line.x + 10*u, y + 17*u, y + 27*u
}

func drawKill(p *pane, k *replica.KillView, x, y float64) float64 {
	light := feedLight(k.Age.Seconds())
	if light == 0 {
		return y
	}
	u, size := p.f.unit, 15*p.f.unit
	killer, victim := shortName(k.Killer, NameRunes), shortName(k.Victim, NameRunes)
	if k.KillerID == k.VictimID {
		killer = ""
	}
	mark := 38 * u
	kw := p.textWidth(killer, size, bold)
	colour, ink := p.livery.of(k.VictimID), p.livery.bad
	if k.OwnKill {
		ink = p.livery.own
	}
	x0, base, next := drawFeedLine(p, kw+mark+p.textWidth(victim, size, bold), x, y, light, ink, k.OwnKill || k.OwnDeath)
	killerInk := p.livery.of(k.KillerID)
	p.text(killer, x0, base, size, bold, left, killerInk.solid(light))
	e := weaponEmblem(k.Weapon)
	if killer == "" {
		e = emblemSkull
	}
	p.emblem(e, x0+kw+mark/2, y+12*u, 9*u, 0, killerInk.mix(inkWhite, 0.35).solid(light))
	p.text(victim, x0+kw+mark, base, size, bold, left, colour.solid(light))
	return next
}

func drawDeed(p *pane, d *deedLine, age, x, y float64) float64 {
	light := feedLight(age)
	u, size := p.f.unit, 15*p.f.unit
	side := p.livery.side(d.team)
	if d.name == "" {
		s := p.piece(d.key, p.say(teamKey(d.team)), size, 400*u)
		x0, base, next := drawFeedLine(p, p.pieceWidth(&s)+24*u, x, y, light, side, d.own)
		if d.key == words.DeedCoreReturned {
			p.coreMark(d.team, x0+8*u, y+12*u, 7*u, side.light(light))
		} else {
			p.mark(beaconShape, 16, x0+8*u, y+12*u, 9*u, 0, side.light(light))
		}
		p.write(&s, x0+24*u, base, left, inkText, side, light)
		return next
	}
	name, text := shortName(d.name, NameRunes), p.say(d.key)
	nw := p.textWidth(name, size, bold)
	x0, base, next := drawFeedLine(p, nw+36*u+p.textWidth(text, size, medium), x, y, light, side, d.own)
	p.text(name, x0, base, size, bold, left, p.livery.of(d.who).solid(light))
	p.coreMark(d.team, x0+nw+17*u, y+12*u, 7*u, side.light(light))
	p.text(text, x0+nw+34*u, base, size, medium, left, inkText.solid(light))
	return next
}
