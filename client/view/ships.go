package view

import (
	"math"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

const (
	hitGlow    = 180 * time.Millisecond // how long a hit lights up a hull
	blockGlow  = 220 * time.Millisecond // and a stopped shot the shield
	ringRadius = 29.0                   // of the energy ring, in units
	lowEnergy  = 0.3                    // below this the ring warns
)

// fleet draws the ships.
type fleet struct {
	hitAt   [sim.MaxPlayers]time.Duration // zero: not hit yet
	blockAt [sim.MaxPlayers]time.Duration // the same for shots that a guard or an aegis stopped
}

// hit marks a ship as struck at now.
func (f *fleet) hit(id sim.PlayerID, now time.Duration) {
	if int(id) < len(f.hitAt) {
		f.hitAt[id] = now
	}
}

// block marks the shield of a ship as struck at now.
func (f *fleet) block(id sim.PlayerID, now time.Duration) {
	if int(id) < len(f.blockAt) {
		f.blockAt[id] = now
	}
}

// glow returns how much of span is left since the moment kept for id, 1 to 0.
func glow(at *[sim.MaxPlayers]time.Duration, id sim.PlayerID, now, span time.Duration) float32 {
	if int(id) >= len(at) || at[id] == 0 || now-at[id] >= span {
		return 0
	}
	return 1 - float32(now-at[id])/float32(span)
}

// draw draws the ships in sight, own ship last and so on top.
func (f *fleet) draw(b *brush, c *camera, scene *replica.Scene, now time.Duration) {
	own := -1
	for i := range scene.Ships {
		s := &scene.Ships[i]
		if s.Own {
			own = i
			continue
		}
		if c.sees(s.Pos, 60) {
			f.drawShip(b, c, s, now)
		}
	}
	if own >= 0 {
		f.drawShip(b, c, &scene.Ships[own], now)
	}
}

// pose is a ship where it is drawn.
type pose struct {
	*replica.ShipView
	x, y     float64 // pixels
	sin, cos float64 // of Aim
	zoom     float64
	t        float64 // seconds
	colour   hue
	hull     sprite // 0 to 3
}

func (f *fleet) drawShip(b *brush, c *camera, s *replica.ShipView, now time.Duration) {
	p := pose{ShipView: s, zoom: c.zoom, t: now.Seconds(), colour: b.livery.ofShip(s)}
	p.x, p.y = c.at(s.Pos)
	p.sin, p.cos = math.Sincos(s.Aim)
	if int(s.Hull) < len(hullArts) {
		p.hull = sprite(s.Hull)
	}
	p.drawFlame(b)
	if s.Own && s.Hull == sim.Lancer {
		p.drawSight(b)
	}
	p.drawHull(b, glow(&f.hitAt, s.ID, now, hitGlow))
	p.drawRings(b)
	p.drawBoost(b, glow(&f.blockAt, s.ID, now, blockGlow))
	if s.Shielded {
		pulse := float32(0.75 + 0.25*math.Sin(p.t*7))
		b.sprite(shieldShape, p.x, p.y, p.t*0.9, 1.14, p.colour.mix(inkWhite, 0.45).light(pulse))
		b.sprite(shieldShape, p.x, p.y, -p.t*1.3, 1, p.colour.light(pulse*0.5))
	}
}

// drawHull draws body and heat; hit is how fresh a hit is.
func (p *pose) drawHull(b *brush, hit float32) {
	heat := float32(0.55)
	if p.Own {
		heat = 0.8
	}
	if p.Energy < lowEnergy { // an engine that stutters
		heat *= float32(0.55 + 0.45*math.Sin(p.t*23+float64(p.ID))*math.Sin(p.t*7.3))
	}
	b.turned(softShape, p.x, p.y, 1, 0, 1.15, 1.15, p.colour.light(0.2))
	b.turned(dartBody+p.hull, p.x, p.y, p.cos, p.sin, 1, 1, p.colour.solid(1))
	b.turned(dartCore+p.hull, p.x, p.y, p.cos, p.sin, 1, 1, p.colour.mix(inkWhite, 0.6).light(heat))
	if p.Hull == sim.Lancer { // the spear glows where it is about to leave
		charge := 1 - min(1, max(0, p.Reload))
		reach := (6 + 20*charge) * p.zoom
		k := 0.14 + 0.12*charge
		b.turned(haloShape, p.x+p.cos*reach, p.y+p.sin*reach, 1, 0, k, k, p.colour.mix(inkWhite, 0.6).light(float32(0.35+0.6*charge*charge)))
	}
	if hit > 0 {
		b.turned(dartBody+p.hull, p.x, p.y, p.cos, p.sin, 1.08, 1.08, inkWhite.light(hit))
	}
}

// drawSight draws where the slow gun of one's own Lancer points.
func (p *pose) drawSight(b *brush) {
	for i := range 9 {
		near, far := 40+float64(i)*26, 52+float64(i)*26
		fade := float32(0.34 * (1 - float64(i)/9))
		ink := p.colour.light(fade)
		b.line(hairShape, p.x+p.cos*near*p.zoom, p.y+p.sin*near*p.zoom, p.x+p.cos*far*p.zoom, p.y+p.sin*far*p.zoom, max(2, 2.6*p.zoom), ink, ink)
	}
}

// drawFlame draws the thrust that the held buttons give, opposite to where the
// ship is pushed: wide while it drafts, long with an afterburner or in a dash.
func (p *pose) drawFlame(b *brush) {
	dx, dy := thrustOf(p.Buttons)
	if dx == 0 && dy == 0 {
		return
	}
	if dx != 0 && dy != 0 {
		dx, dy = dx*math.Sqrt2/2, dy*math.Sqrt2/2
	}
	dx, dy = -dx, -dy
	flicker := 0.9 + 0.14*math.Sin(p.t*61+float64(p.ID)) + 0.1*math.Sin(p.t*97+float64(p.ID)*2)
	long, wide := 1.0, 1.05
	colour, hot := p.colour.mix(inkWake, 0.25), float32(0.75)
	if p.Drafts {
		long, wide, hot = 1.2, 1.75, 0.5
		colour = p.colour.mix(inkWhite, 0.1)
	}
	if p.Boost == sim.Afterburner {
		long *= 1.6
		colour = b.livery.items[sim.Afterburner]
	}
	if p.Dashing {
		long, wide = long*1.7, wide*1.2
	}
	reach := (11 + 16*long) * p.zoom
	b.turned(flameShape, p.x+dx*reach, p.y+dy*reach, dx, dy, flicker*long, wide, colour.light(0.9))
	reach = (9 + 13*long) * p.zoom
	b.turned(flameShape, p.x+dx*reach, p.y+dy*reach, dx, dy, flicker*0.72*long, 0.52*wide, inkWhite.light(hot))
}

// thrustOf returns the direction of held buttons, each axis -1, 0 or 1.
func thrustOf(held sim.Buttons) (x, y float64) {
	if held&sim.Right != 0 {
		x++
	}
	if held&sim.Left != 0 {
		x--
	}
	if held&sim.Down != 0 {
		y++
	}
	if held&sim.Up != 0 {
		y--
	}
	return x, y
}

// drawRings draws the ring that is health and ammunition at once, and around it
// how long a boost lasts.
func (p *pose) drawRings(b *brush) {
	const top = -math.Pi / 2
	energy := min(1, max(0, p.Energy))
	full, shape, light := p.colour, energyShape, float32(0.7)
	if p.Own {
		shape, light = ownRingShape, 1
		b.turned(energyShape, p.x, p.y, 1, 0, 1, 1, p.colour.light(0.14))
	}
	if energy < lowEnergy {
		full = b.livery.bad
		light *= float32(0.8 + 0.2*math.Sin(p.t*12))
	}
	b.sector(shape, p.x, p.y, 1, top, 2*math.Pi*energy, full.light(light))
	if p.Boost != sim.NoItem && int(p.Boost) < len(b.livery.items) {
		ink := b.livery.items[p.Boost].light(0.85)
		b.sector(energyShape, p.x, p.y, 1.17, top, 2*math.Pi*min(1, max(0.02, p.BoostFor)), ink)
	}
	if p.Safe {
		sin, cos := math.Sincos(p.t * 0.4)
		b.turned(dashedShape, p.x, p.y, cos, sin, 0.65, 0.65, b.livery.good.light(0.5))
	}
}

// drawBoost draws what a ship has about it: guard, aegis, overdrive. blocked is
// how fresh a stopped shot is.
func (p *pose) drawBoost(b *brush, blocked float32) {
	if p.Guard {
		light := float32(0.8+0.1*math.Sin(p.t*17)) + 0.5*blocked
		b.turned(guardShape, p.x, p.y, p.cos, p.sin, 1.06, 1.06, p.colour.mix(inkWhite, 0.25+0.5*blocked).light(light))
	}
	switch p.Boost {
	case sim.Aegis:
		sin, cos := math.Sincos(p.t * 1.1)
		colour := b.livery.items[sim.Aegis].mix(inkWhite, 0.6*blocked)
		k := 1.1 + 0.02*math.Sin(p.t*5) + 0.1*float64(blocked)
		b.turned(bubbleShape, p.x, p.y, cos, sin, k, k, colour.light(0.8+0.2*blocked))
	case sim.Overdrive:
		for i := range 2 {
			along := wrap(p.t*2.4+float64(i)*0.5, 1)
			reach := (31 + 14*along) * p.zoom
			ink := b.livery.items[sim.Overdrive].light(float32(1.1 * math.Sin(along*math.Pi)))
			b.turned(arrowShape, p.x+p.cos*reach, p.y+p.sin*reach, p.cos, p.sin, 0.9, 1.25, ink)
		}
	}
}
