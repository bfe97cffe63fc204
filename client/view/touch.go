package view

import (
	"math"

	"github.com/hajimehoshi/ebiten/v2"
)

// stick is a floating stick under a thumb: its middle is where the thumb came
// down, and follows when the thumb goes too far.
type stick struct {
	active bool
	id     ebiten.TouchID
	x0, y0 float64
	x, y   float64
}

// stickReach is how far a thumb moves to full deflection, in interface units.
const stickReach = 52.0

// sticks are the two thumbs: thrust on the left half, aim and fire on the right.
type sticks struct{ left, right stick }

// step follows the fingers. A finger that presses a button is none of ours.
func (s *sticks) step(p *poll, width, reach float64, taken func(x, y float64) bool) {
	s.left.follow(p, reach)
	s.right.follow(p, reach)
	for _, t := range p.touches {
		if !p.tapped(t.id) || taken(t.x, t.y) {
			continue
		}
		side := &s.right
		if t.x < width/2 {
			side = &s.left
		}
		if !side.active {
			*side = stick{active: true, id: t.id, x0: t.x, y0: t.y, x: t.x, y: t.y}
		}
	}
}

func (s *stick) follow(p *poll, reach float64) {
	if !s.active {
		return
	}
	for _, t := range p.touches {
		if t.id != s.id {
			continue
		}
		s.x, s.y = t.x, t.y
		if d := math.Hypot(s.x-s.x0, s.y-s.y0); d > reach {
			s.x0, s.y0 = s.x-(s.x-s.x0)/d*reach, s.y-(s.y-s.y0)/d*reach
		}
		return
	}
	s.active = false
}

// tilt returns the deflection, each axis -1 to 1.
func (s *stick) tilt(reach float64) (x, y float64) {
	if !s.active {
		return 0, 0
	}
	return (s.x - s.x0) / reach, (s.y - s.y0) / reach
}

// draw shows the sticks under the thumbs, or where they may go.
func (s *sticks) draw(b *brush, f *frame, hint bool) {
	reach := stickReach * f.unit
	for i, k := range [...]*stick{&s.left, &s.right} {
		x, y, light := k.x0, k.y0, float32(0.5)
		if !k.active {
			if !hint {
				continue
			}
			x, y = f.thumb(i == 1, reach)
			light = 0.22
		}
		colour := inkIon
		if i == 1 {
			colour = inkWake
		}
		b.arc(beamShape, x, y, reach, 8*f.unit, 0, 2*math.Pi, colour.light(light))
		dx, dy := k.tilt(reach)
		b.sprite(haloShape, x+dx*reach, y+dy*reach, 0, f.unit/b.sheet.zoom, colour.light(light*1.4))
	}
}
