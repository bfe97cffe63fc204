package view

import (
	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// radar is the small map: walls as runs of tiles, found once for an arena, and
// ships as points.
type radar struct {
	arena  *sim.Arena
	runs   []wallRun
	hidden float64 // 0..1: how far it has made way for a ship below it
}

// wallRun is a row of solid tiles.
type wallRun struct{ x, y, n int }

const (
	radarFade  = 5.0  // per second: how fast it makes way
	radarFaint = 0.22 // of its light is left then
)

// maxWallRuns bounds what a strange arena can cost in each frame.
const maxWallRuns = 4096

// learn finds the runs of a.
func (r *radar) learn(a *sim.Arena) {
	if r.arena == a {
		return
	}
	r.arena, r.runs = a, r.runs[:0]
	for y := range a.Height {
		for x := 0; x < a.Width && len(r.runs) < maxWallRuns; x++ {
			n := 0
			for x+n < a.Width && a.Solid(x+n, y) {
				n++
			}
			if n > 0 {
				r.runs = append(r.runs, wallRun{x, y, n})
				x += n
			}
		}
	}
}

// radarPoint returns where a world point is on the radar.
func radarPoint(area rectangle, a *sim.Arena, p replica.Point) (x, y float64) {
	size := a.Size()
	return area.x + area.w*between(p.X/size.X.Float(), 0, 1), area.y + area.h*between(p.Y/size.Y.Float(), 0, 1)
}

// draw draws the map, what the window shows of it, and the ships that are known.
// It fades while a ship is below it.
func (r *radar) draw(b *brush, f *frame, c *camera, scene *replica.Scene, dt float64) {
	a := scene.Arena
	if a == nil {
		return
	}
	r.learn(a)
	area := f.radar(float64(a.Width), float64(a.Height))
	u := f.unit
	toward := -radarFade * dt
	if covers(area, c, scene.Ships) {
		toward = radarFade * dt
	}
	r.hidden = between(r.hidden+toward, 0, 1)
	light := float32(1 - r.hidden*(1-radarFaint))
	b.rect(area.x-3*u, area.y-3*u, area.w+6*u, area.h+6*u, inkPanel.solid(0.62*light))
	tile := area.w / float64(a.Width)
	ink := inkWall.solid(0.42 * light)
	for _, run := range r.runs {
		b.rect(area.x+float64(run.x)*tile, area.y+float64(run.y)*tile, float64(run.n)*tile, tile, ink)
	}
	hw, hh := c.half()
	x0, y0 := radarPoint(area, a, replica.Point{X: c.x - hw, Y: c.y - hh})
	x1, y1 := radarPoint(area, a, replica.Point{X: c.x + hw, Y: c.y + hh})
	outline(b, rectangle{x0, y0, x1 - x0, y1 - y0}, max(1, u*0.8), inkText.solid(0.28*light))
	for i := range scene.Ships {
		s := &scene.Ships[i]
		x, y := radarPoint(area, a, s.Pos)
		k := 1 / b.sheet.zoom * u
		if s.Own {
			b.sprite(haloShape, x, y, 0, 0.34*k, inkIon.light(light))
			b.sprite(dartCore, x, y, s.Aim, 0.4*k, inkWhite.light(light))
			continue
		}
		b.rect(x-1.6*u, y-1.6*u, 3.2*u, 3.2*u, hueOf(s.ID, false).solid(light))
	}
}

// covers reports whether a ship is drawn under the area.
func covers(area rectangle, c *camera, ships []replica.ShipView) bool {
	rim := 2 * ringRadius * c.zoom // the ring, and a moment of flight
	area = rectangle{area.x - rim, area.y - rim, area.w + 2*rim, area.h + 2*rim}
	for i := range ships {
		if area.contains(c.at(ships[i].Pos)) {
			return true
		}
	}
	return false
}

// outline draws the rim of a rectangle.
func outline(b *brush, r rectangle, w float64, c tint) {
	b.rect(r.x, r.y, r.w, w, c)
	b.rect(r.x, r.y+r.h-w, r.w, w, c)
	b.rect(r.x, r.y+w, w, r.h-2*w, c)
	b.rect(r.x+r.w-w, r.y+w, w, r.h-2*w, c)
}
