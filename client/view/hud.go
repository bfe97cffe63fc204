package view

import (
	"math"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// hud is what lies over the world while one plays.
type hud struct {
	radar   radar
	clock   stamp
	back    stamp
	drained float64 // the energy shown behind the bar, which follows slowly
}

// draw draws everything but chat, scoreboard and dialogs; crowded: without what
// stands where the scoreboard is.
func (h *hud) draw(b *brush, f *frame, c *camera, scene *replica.Scene, crowded bool, t, dt float64) {
	h.drawTags(b, f, c, scene)
	if !crowded {
		h.radar.draw(b, f, c, scene, dt)
		drawFeed(b, f, scene)
	}
	h.drawMatch(b, f, scene)
	if !scene.Watcher {
		h.drawEnergyBar(b, f, scene, t, dt)
	}
}

// drawTags writes the names above the other ships.
func (h *hud) drawTags(b *brush, f *frame, c *camera, scene *replica.Scene) {
	size := 12 * c.zoom
	for i := range scene.Ships {
		s := &scene.Ships[i]
		if s.Own || !c.sees(s.Pos, 40) {
			continue
		}
		p := player(scene, s.ID)
		if p == nil {
			continue
		}
		x, y := c.at(s.Pos)
		if y-38*c.zoom < c.area.y {
			continue // the name would stand in the band
		}
		ink := hueOf(s.ID, false).mix(inkText, 0.45).solid(0.85)
		if p.Away {
			ink = inkDim.solid(0.9)
		}
		name := shortName(p.Name, NameRunes)
		b.text(name, x+1, y-38*c.zoom+1, size, bold, centre, inkSpace.solid(0.85))
		b.text(name, x, y-38*c.zoom, size, bold, centre, ink)
	}
}

// player returns the line of id, or nil.
func player(scene *replica.Scene, id sim.PlayerID) *replica.PlayerView {
	for i := range scene.Players {
		if scene.Players[i].ID == id {
			return &scene.Players[i]
		}
	}
	return nil
}

var phaseNames = [...]string{sim.Warmup: "WARM-UP", sim.Live: "LIVE", sim.Results: "NEXT MATCH IN"}

// drawMatch draws phase, clock and how one stands.
func (h *hud) drawMatch(b *brush, f *frame, scene *replica.Scene) {
	u, x := f.unit, f.width/2
	seconds := upSeconds(scene.Left)
	colour := inkText
	if scene.Match.Phase == sim.Live && seconds <= 10 {
		colour = inkBad
	}
	b.stretched(softShape, x, 30*u, 0, 330*u/64/b.sheet.zoom, 120*u/64/b.sheet.zoom, inkSpace.solid(0.5))
	if int(scene.Match.Phase) < len(phaseNames) {
		phase := inkWarn
		if scene.Match.Phase == sim.Live {
			phase = inkIon
		}
		b.text(phaseNames[scene.Match.Phase], x, 20*u, 11*u, bold, centre, phase.solid(0.9))
	}
	b.text(h.clock.get(seconds, clockText), x, 48*u, 30*u, bold, centre, colour.solid(1))
	h.drawStanding(b, f, scene)
}

// drawStanding draws own score on the left of the clock and the best of the
// others on its right. Nobody leads before somebody has scored.
func (h *hud) drawStanding(b *brush, f *frame, scene *replica.Scene) {
	u, x := f.unit, f.width/2
	aside := 56 * u
	if int(scene.Match.Phase) < len(phaseNames) {
		aside = max(aside, b.textWidth(phaseNames[scene.Match.Phase], 11*u, bold)/2+12*u)
	}
	own, rival := none, none
	for i := range scene.Players {
		if scene.Players[i].ID == scene.Self {
			own = i
		} else if rival == none {
			rival = i
		}
	}
	if own != none {
		p := &scene.Players[own]
		b.text(number(p.Score), x-aside, 46*u, 24*u, bold, right, inkIon.solid(1))
		if place := rank(scene, own); place > 0 {
			b.text(ordinal(place), x-aside, 20*u, 11*u, bold, right, inkDim.solid(1))
		}
	}
	if rival != none && rank(scene, rival) > 0 {
		p := &scene.Players[rival]
		ink := hueOf(p.ID, false)
		b.text(number(p.Score), x+aside, 46*u, 24*u, bold, left, ink.solid(1))
		b.text(shortName(p.Name, NameRunes), x+aside, 20*u, 11*u, bold, left, ink.mix(inkDim, 0.4).solid(1))
	}
}

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

// ordinal returns 1st, 2nd, ...
func ordinal(n int) string {
	if n >= 0 && n < len(ordinals) {
		return ordinals[n]
	}
	return number(n)
}

// drawEnergyBar draws own energy along the bottom, with what was just lost.
func (h *hud) drawEnergyBar(b *brush, f *frame, scene *replica.Scene, t, dt float64) {
	energy := 0.0
	for i := range scene.Ships {
		if scene.Ships[i].Own && scene.Alive {
			energy = between(scene.Ships[i].Energy, 0, 1)
		}
	}
	h.drained = max(energy, h.drained-0.6*dt)
	r, u := f.energy(), f.unit
	panel(b, rectangle{r.x - 6*u, r.y - 5*u, r.w + 12*u, r.h + 10*u}, u*0.7, inkPanel.solid(0.7), inkWall.light(0.35))
	ink := inkIon
	light := float32(0.9)
	if energy < lowEnergy {
		ink, light = inkBad, float32(0.7+0.3*math.Sin(t*12))
	}
	b.rect(r.x+r.w*energy, r.y, r.w*(h.drained-energy), r.h, inkWake.solid(0.7))
	b.slope(r.x, r.y, r.w*energy, r.h, ink.mix(inkMetal, 0.55).solid(light), ink.solid(light))
	shot := float64(sim.Hulls[sim.Dart].ShotCost) / float64(sim.Hulls[sim.Dart].EnergyMax)
	for x := shot * 5; x < 1; x += shot * 5 {
		b.rect(r.x+r.w*x, r.y, max(1, u), r.h, inkPanel.solid(0.75))
	}
}

// drawDeath says who did it and when one is back.
func (h *hud) drawDeath(b *brush, f *frame, scene *replica.Scene) {
	if scene.Alive || scene.Self == sim.NoPlayer || scene.Watcher {
		return
	}
	u, x, y := f.unit, f.width/2, f.height*0.34
	b.stretched(softShape, x, y, 0, 620*u/64/b.sheet.zoom, 190*u/64/b.sheet.zoom, inkSpace.solid(0.75))
	var by *replica.KillView
	for i := range scene.Kills {
		if k := &scene.Kills[i]; k.OwnDeath && k.Age < 6*time.Second {
			by = k
		}
	}
	size := 28 * u
	switch {
	case by == nil:
		b.text("Stand by", x, y, size, bold, centre, inkText.solid(1))
	case by.Killer == "" || by.KillerID == scene.Self:
		b.text("Destroyed", x, y, size, bold, centre, inkBad.solid(1))
	default:
		const words = "Destroyed by "
		name := shortName(by.Killer, NameRunes)
		w := b.textWidth(words, size, bold)
		x0 := x - (w+b.textWidth(name, size, bold))/2
		b.text(words, x0, y, size, bold, left, inkText.solid(1))
		b.text(name, x0+w, y, size, bold, left, hueOf(by.KillerID, false).solid(1))
	}
	tenths := max(0, int((scene.Respawn+50*time.Millisecond)/(100*time.Millisecond)))
	b.text(h.back.get(tenths, backText), x, y+32*u, 19*u, medium, centre, inkIon.solid(0.95))
}

func backText(tenths int) string { return "back in " + tenthsText(tenths) }
