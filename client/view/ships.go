package view

import (
	"math"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

const (
	hitGlow    = 180 * time.Millisecond // how long a hit lights up a hull
	ringRadius = 29.0                   // of the energy ring, in units
	lowEnergy  = 0.3                    // below this the ring warns
)

// fleet draws the ships.
type fleet struct {
	hitAt [sim.MaxPlayers]time.Duration // zero: not hit yet
}

// hit marks a ship as struck at now.
func (f *fleet) hit(id sim.PlayerID, now time.Duration) {
	if int(id) < len(f.hitAt) {
		f.hitAt[id] = now
	}
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

func (f *fleet) drawShip(b *brush, c *camera, s *replica.ShipView, now time.Duration) {
	x, y := c.at(s.Pos)
	colour := hueOf(s.ID, s.Own)
	t := now.Seconds()
	drawFlame(b, x, y, c.zoom, s, t, colour)
	b.sprite(softShape, x, y, 0, 1.15, colour.light(0.20))
	b.sprite(dartFill, x, y, s.Aim, 1, colour.solid(1))
	b.sprite(dartGlow, x, y, s.Aim, 1, colour.light(0.95))
	b.sprite(dartCore, x, y, s.Aim, 1, colour.mix(inkWhite, 0.7).light(0.8))
	if int(s.ID) < len(f.hitAt) && f.hitAt[s.ID] != 0 {
		if since := now - f.hitAt[s.ID]; since < hitGlow {
			k := 1 - float32(since)/float32(hitGlow)
			b.sprite(dartGlow, x, y, s.Aim, 1.1, inkWhite.light(k))
			b.sprite(dartFill, x, y, s.Aim, 1, inkWhite.solid(k*0.7))
		}
	}
	drawEnergy(b, c, s, x, y, t, colour)
	if s.Shielded {
		pulse := float32(0.55 + 0.25*math.Sin(t*9))
		b.sprite(shieldShape, x, y, t*0.9, 1, colour.mix(inkWhite, 0.35).light(pulse))
		b.sprite(shieldShape, x, y, -t*1.3, 0.86, colour.light(pulse*0.5))
	}
}

// drawFlame draws the thrust that the held buttons give, opposite to where the
// ship is pushed.
func drawFlame(b *brush, x, y, zoom float64, s *replica.ShipView, t float64, colour hue) {
	dx, dy := thrustOf(s.Buttons)
	if dx == 0 && dy == 0 {
		return
	}
	angle := math.Atan2(-dy, -dx)
	sin, cos := math.Sincos(angle)
	flicker := 0.9 + 0.14*math.Sin(t*61+float64(s.ID)) + 0.1*math.Sin(t*97+float64(s.ID)*2)
	reach := 27 * zoom
	fx, fy := x+cos*reach, y+sin*reach
	b.stretched(flameShape, fx, fy, angle, flicker, 1.05, colour.mix(inkWake, 0.25).light(0.9))
	b.stretched(flameShape, fx-cos*4*zoom, fy-sin*4*zoom, angle, flicker*0.72, 0.55, inkWhite.light(0.75))
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

// drawEnergy draws the ring that is health and ammunition at once.
func drawEnergy(b *brush, c *camera, s *replica.ShipView, x, y, t float64, colour hue) {
	const top = -math.Pi / 2
	energy := min(1, max(0, s.Energy))
	full, shape, width, light := colour, hairShape, 4.2, float32(0.55)
	if s.Own {
		shape, width, light = beamShape, 15, 1
	}
	if energy < lowEnergy {
		full = inkBad
		if s.Own {
			light *= float32(0.75 + 0.25*math.Sin(t*12))
		}
	}
	radius := ringRadius * c.zoom
	if s.Own {
		b.arc(hairShape, x, y, radius, 4*c.zoom, top, top+2*math.Pi, colour.light(0.16))
	}
	if energy > 0.005 {
		b.arc(shape, x, y, radius, max(3, width*c.zoom), top, top+2*math.Pi*energy, full.light(light))
	}
}
