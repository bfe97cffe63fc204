package view

import (
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// drawEye says to a spectator, where a pilot has energy, whom one watches and how to
// watch somebody else.
func drawEye(p *pane, w *watch) {
	if p.scene.Watcher {
		drawWatched(p, w)
		drawEyeKeys(p, p.f.eye(), w, true)
	}
}

// drawWatched says whom one watches, with hull and energy.
func drawWatched(p *pane, w *watch) {
	r, u := p.f.eye(), p.f.unit
	x, y := p.f.width/2, r.y+20*u
	p.shade(x, y+10*u, 1.3*r.w, 170*u, 0.65)
	if w.free {
		p.lit(p.say(words.FreeCamera), x, y, 18*u, bold, centre, inkText, 1)
		return
	}
	pilot := player(p.scene, w.id)
	if pilot == nil {
		p.lit(p.say(words.WatchNobody), x, y, 17*u, medium, centre, inkText, 1)
		return
	}
	ink := p.livery.of(pilot.ID)
	s := p.piece(words.Watching, pilot.Name, 18*u, r.w-160*u)
	half := p.write(&s, x, y, centre, inkText, ink, 1) / 2
	p.hullMark(pilot.Hull, x-half-20*u, y-6*u, 12*u, ink)
	if ship := p.scene.Ship(pilot.ID); ship != nil {
		bar := rectangle{x + half + 14*u, y - 9*u, 64 * u, 7 * u}
		p.rect(bar.x-2*u, bar.y-2*u, bar.w+4*u, bar.h+4*u, inkPanel.solid(0.8))
		p.slope(bar.x, bar.y, bar.w*between(ship.Energy, 0, 1), bar.h, ink.mix(inkMetal, 0.5).solid(0.9), ink.solid(0.9))
	}
}

// eyeKeys are what one without a ship can do, in their order.
var eyeKeys = [...]struct {
	act action
	do  deed
	say words.Key
	who eyeOwner
}{
	{chooseHull, doHull, words.HullButton, theDead},
	{previousPilot, doPrevious, words.EyePrevious, anybody},
	{nextPilot, doNext, words.EyeNext, anybody},
	{freeLook, doFree, words.ActWatchFree, anybody},
	{joinIn, doJoin, words.JoinMatch, watchers},
}

// eyeOwner says for whom a key is.
type eyeOwner uint8

const (
	anybody eyeOwner = iota
	theDead
	watchers
)

// mayUse reports whether entry i of eyeKeys is for who has no seat, or else for who
// waits for a ship.
func (p *pane) mayUse(i int, joins bool) bool {
	if p.replay && eyeKeys[i].do == doJoin {
		return false
	}
	return eyeKeys[i].who == anybody || (eyeKeys[i].who == watchers) == joins
}

// drawEyeKeys draws what one can do into the foot of r: with its key, or as a button
// for a finger.
func drawEyeKeys(p *pane, r rectangle, w *watch, joins bool) {
	u, size := p.f.unit, 13*p.f.unit
	gap, total := 16*u, 0.0
	for i := range eyeKeys {
		if k := &eyeKeys[i]; p.mayUse(i, joins) {
			total += p.keyWidth(k.act, p.say(eyeSays(i, w)), size) + gap
		}
	}
	if room := r.w + 2*gap; total > room {
		size, gap = size*room/total, gap*room/total
		total = room
	}
	x, y := r.x+(r.w-total+gap)/2, r.y+r.h-8*u
	if p.device == touch {
		y = r.y + r.h - p.f.finger()/2 + 5*u
	}
	for i := range eyeKeys {
		k := &eyeKeys[i]
		if !p.mayUse(i, joins) {
			continue
		}
		text := p.say(eyeSays(i, w))
		wide := p.keyWidth(k.act, text, size)
		area := rectangle{x, y - size*1.25, wide, size * 1.8}
		p.press(area, k.do, 0)
		ink := inkText
		if k.do == doJoin {
			ink = p.livery.own
		}
		p.keyed(k.act, text, x, y, size, ink)
		x += wide + gap
	}
}

// eyeSays is what entry i of eyeKeys is called now.
func eyeSays(i int, w *watch) words.Key {
	if eyeKeys[i].act == freeLook && w.free {
		return words.Follow
	}
	return eyeKeys[i].say
}

// watches reports whether the eye is the player's to turn.
func watches(g *Game) bool {
	s := g.scene
	return s != nil && s.Arena != nil && g.status.playing() && (s.Watcher || !s.Alive && s.Self != sim.NoPlayer)
}
