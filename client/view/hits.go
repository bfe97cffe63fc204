package view

import (
	"math"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

const (
	hitSpan   = 1.1  // seconds that the mark of a hit stays
	hitReach  = 62.0 // units from own ship to the mark
	hitSpread = 0.30 // radians to either side
)

// hits are from where one was struck of late: an arc around own ship for each.
type hits struct {
	marks [6]hitMark
	next  int
}

// hitMark is from where somebody struck. It follows who did while they are seen.
type hitMark struct {
	by    sim.PlayerID
	angle float64
	left  float64 // seconds
}

// step takes this frame's hits. Another hit by the same renews the mark.
func (h *hits) step(scene *replica.Scene, dt float64) {
	own := scene.OwnShip()
	for i := range h.marks {
		m := &h.marks[i]
		if m.left = max(0, m.left-dt); m.left > 0 && own != nil {
			if s := scene.Ship(m.by); s != nil {
				m.angle = math.Atan2(s.Pos.Y-own.Pos.Y, s.Pos.X-own.Pos.X)
			}
		}
	}
	if own == nil {
		return
	}
	for i := range scene.Effects {
		if e := &scene.Effects[i]; e.Kind == replica.ShotHit && e.Who == scene.Self && e.By != scene.Self {
			h.strike(scene, own, e)
		}
	}
}

func (h *hits) strike(scene *replica.Scene, own *replica.ShipView, e *replica.Effect) {
	angle := math.Atan2(-e.Dir.Y, -e.Dir.X)
	if s := scene.Ship(e.By); s != nil {
		angle = math.Atan2(s.Pos.Y-own.Pos.Y, s.Pos.X-own.Pos.X)
	} else if e.Dir == (replica.Point{}) {
		return // nobody knows
	}
	for i := range h.marks {
		if m := &h.marks[i]; m.left > 0 && m.by == e.By {
			m.angle, m.left = angle, hitSpan
			return
		}
	}
	h.marks[h.next] = hitMark{by: e.By, angle: angle, left: hitSpan}
	h.next = (h.next + 1) % len(h.marks)
}

// draw draws the marks around own ship.
func (h *hits) draw(p *pane) {
	own := p.scene.OwnShip()
	if own == nil {
		return
	}
	x, y := p.camera.at(own.Pos)
	for i := range h.marks {
		m := &h.marks[i]
		if m.left <= 0 {
			continue
		}
		k := m.left / hitSpan
		radius := (hitReach + 10*(1-k)) * p.camera.zoom
		ink := p.livery.bad.light(float32(min(1, 1.6*k)))
		p.arc(beamShape, x, y, radius, 15*p.camera.zoom, m.angle-hitSpread, m.angle+hitSpread, ink)
		sin, cos := math.Sincos(m.angle)
		p.mark(arrowShape, 6, x+cos*(radius+11*p.camera.zoom), y+sin*(radius+11*p.camera.zoom), 7*p.camera.zoom, m.angle, ink)
	}
}
