package view

import (
	"math"

	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// gauges are how one's own ship stands: energy, what can be fired and used, and
// what is special now.
type gauges struct {
	drained float64 // the energy shown behind the bar, which follows slowly
	ready   [3]float64
	was     [3]float64 // how far each was from ready a frame ago
	id      sim.PlayerID
}

const (
	gaugeRadius = 15.0 // points
	readyGlow   = 0.35 // seconds that a gauge shines when it is full again
)

// draw draws energy along the bottom, weapons on its left, dash and boost on its
// right and what is special above it.
func (g *gauges) draw(p *pane) {
	ship := p.scene.OwnShip()
	if !p.scene.Alive {
		ship = nil
	}
	g.drawEnergy(p, ship)
	if ship == nil {
		g.was = [3]float64{}
		return
	}
	hull := &sim.Hulls[min(ship.Hull, sim.Bastion)]
	second := weaponEmblem(hull.Secondary.Shot)
	if hull.Guard {
		second = emblemGuard
	}
	r, u := p.f.energy(), p.f.unit
	step, y := 2*gaugeRadius*u+8*u, r.y+r.h/2
	x := r.x - 8*u - gaugeRadius*u
	usable := !ship.Safe || ship.Carries
	g.drawGauge(p, 1, x, y, ship.Recharge, usable && p.affords(ship, hull.Secondary.Cost), second)
	g.drawGauge(p, 0, x-step, y, ship.Reload, usable && p.affords(ship, hull.Primary.Cost), weaponEmblem(hull.Primary.Shot))
	x = r.x + r.w + 8*u + gaugeRadius*u
	g.drawGauge(p, 2, x, y, ship.DashIn, !ship.Carries, emblemDash)
	if ship.Boost != sim.NoItem {
		g.drawBoost(p, ship, x+step, y)
	}
	drawChips(p, ship)
}

// affords reports whether the ship has the energy that a shot takes.
func (p *pane) affords(s *replica.ShipView, cost int32) bool {
	return s.Energy*float64(sim.Hulls[min(s.Hull, sim.Bastion)].EnergyMax) > float64(cost)
}

// drawGauge draws one thing to use: its ring fills as it gets ready, and it is
// dark while it cannot be used.
func (g *gauges) drawGauge(p *pane, slot int, x, y, wait float64, usable bool, e emblem) {
	u := p.f.unit
	wait = between(wait, 0, 1)
	if wait == 0 && g.was[slot] > 0 {
		g.ready[slot] = readyGlow
	}
	g.was[slot] = wait
	g.ready[slot] = max(0, g.ready[slot]-p.dt)
	ink, light := p.livery.own, float32(1)
	if wait > 0 || !usable {
		ink, light = inkDim, 0.75
	}
	radius := gaugeRadius * u
	p.stretched(softShape, x, y, 0, radius*3.2/64/p.sheet.zoom, radius*3.2/64/p.sheet.zoom, inkPanel.solid(0.8))
	if glow := g.ready[slot] / readyGlow; glow > 0 {
		p.mark(haloShape, 32, x, y, radius*1.7, 0, p.livery.own.light(float32(0.55*glow)))
	}
	p.arc(hairShape, x, y, radius, 3.4*u, 0, 2*math.Pi, inkFaint.solid(0.55))
	if wait < 1 {
		p.arc(hairShape, x, y, radius, 5*u, -math.Pi/2, -math.Pi/2+2*math.Pi*(1-wait), ink.solid(light))
	}
	p.emblem(e, x, y, radius*0.58, 0, ink.solid(light))
}

// drawBoost draws the pick-up that is at work, with the time that is left.
func (g *gauges) drawBoost(p *pane, s *replica.ShipView, x, y float64) {
	u, radius := p.f.unit, gaugeRadius*p.f.unit
	ink := p.livery.items[min(s.Boost, sim.Afterburner)]
	light := float32(1)
	if s.BoostFor < 0.25 {
		light = float32(0.65 + 0.35*math.Sin(p.t*10))
	}
	p.stretched(softShape, x, y, 0, radius*3.2/64/p.sheet.zoom, radius*3.2/64/p.sheet.zoom, inkPanel.solid(0.8))
	p.arc(hairShape, x, y, radius, 5*u, -math.Pi/2, -math.Pi/2+2*math.Pi*between(s.BoostFor, 0, 1), ink.solid(light))
	p.itemMark(s.Boost, x, y, radius*0.62, ink.light(light))
	text := p.say(itemKey(s.Boost))
	if room := p.f.width - p.f.margin() - x - radius - 6*u; p.textWidth(text, 12*u, bold) < room && !p.f.thumbs && !p.f.narrow() {
		p.lit(text, x+radius+6*u, y+4.5*u, 12*u, bold, left, ink, light)
	}
}

func itemKey(k sim.ItemKind) words.Key {
	switch k {
	case sim.Surge:
		return words.ItemSurge
	case sim.Overdrive:
		return words.ItemOverdrive
	case sim.Aegis:
		return words.ItemAegis
	}
	return words.ItemAfterburner
}

// drawChips says above the bar what is special: a core aboard, a wake, a safe
// place.
func drawChips(p *pane, s *replica.ShipView) {
	var marks [3]chip
	n := 0
	if s.Carries {
		_, other := sides(p.scene)
		marks[n], n = chip{words.Carrying, p.livery.side(other), emblems, other}, n+1
	}
	if s.Drafts {
		marks[n], n = chip{words.Drafting, p.livery.good, emblemWake, sim.NoTeam}, n+1
	}
	if s.Safe {
		marks[n], n = chip{words.SafeZone, p.livery.good, emblemSafe, sim.NoTeam}, n+1
	}
	u, total := p.f.unit, 0.0
	for i := range n {
		total += p.chipWidth(&marks[i]) + 8*u
	}
	r := p.f.chips()
	x := r.x + (r.w-total+8*u)/2
	for i := range n {
		x += p.drawChip(&marks[i], x, r) + 8*u
	}
}

// chip is a word with a drawing.
type chip struct {
	key  words.Key
	ink  hue
	mark emblem // emblems: the core of side instead
	side sim.Team
}

func (p *pane) chipWidth(c *chip) float64 {
	return p.textWidth(p.say(c.key), 13*p.f.unit, bold) + 34*p.f.unit
}

func (p *pane) drawChip(c *chip, x float64, r rectangle) float64 {
	u, w := p.f.unit, p.chipWidth(c)
	panel(p.brush, rectangle{x, r.y, w, r.h}, u*0.6, inkPanel.mix(c.ink, 0.1).solid(0.8), c.ink.light(0.6))
	if c.mark == emblems {
		p.coreMark(c.side, x+15*u, r.y+r.h/2, 7*u, c.ink.light(1))
	} else {
		p.emblem(c.mark, x+15*u, r.y+r.h/2, 7*u, 0, c.ink.solid(1))
	}
	p.text(p.say(c.key), x+27*u, r.y+r.h/2+4.6*u, 13*u, bold, left, c.ink.mix(inkWhite, 0.25).solid(1))
	return w
}

// drawEnergy draws own energy along the bottom, with what was just lost. Marks
// stand where five more shots are spent.
func (g *gauges) drawEnergy(p *pane, ship *replica.ShipView) {
	energy, hull := 0.0, sim.Dart
	if ship != nil {
		energy, hull = between(ship.Energy, 0, 1), min(ship.Hull, sim.Bastion)
		if g.id != ship.ID {
			g.id, g.drained = ship.ID, energy
		}
	}
	g.drained = max(energy, g.drained-0.6*p.dt)
	r, u := p.f.energy(), p.f.unit
	panel(p.brush, rectangle{r.x - 6*u, r.y - 5*u, r.w + 12*u, r.h + 10*u}, u*0.7, inkPanel.solid(0.75), p.livery.wall.light(0.35))
	ink, light := p.livery.own, float32(0.92)
	if energy < lowEnergy {
		ink, light = p.livery.bad, float32(0.75+0.25*math.Sin(p.t*9))
	}
	p.rect(r.x+r.w*energy, r.y, r.w*(g.drained-energy), r.h, inkWake.solid(0.7))
	p.slope(r.x, r.y, r.w*energy, r.h, ink.mix(inkMetal, 0.5).solid(light), ink.solid(light))
	cost := float64(sim.Hulls[hull].Primary.Cost) / float64(sim.Hulls[hull].EnergyMax)
	for x := cost * 5; cost > 0 && x < 1; x += cost * 5 {
		p.rect(r.x+r.w*x, r.y, max(1, u), r.h, inkPanel.solid(0.75))
	}
}
