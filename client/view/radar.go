package view

import (
	"math"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// radar is the small map: walls as blocks of tiles, found once for an arena, and
// ships as points.
type radar struct {
	arena  *sim.Arena
	blocks []wallBlock
	hidden float64 // 0..1: how far it has made way for a ship below it
}

// wallBlock is a rectangle of solid tiles.
type wallBlock struct{ x, y, w, h int }

const (
	radarFade  = 5.0  // per second: how fast it makes way
	radarFaint = 0.22 // of its light is left then
)

// maxWallBlocks bounds what a strange arena can cost in each frame.
const maxWallBlocks = 4096

// learn finds the blocks of a: runs of a row, grown downwards while the next row has
// the same run.
func (r *radar) learn(a *sim.Arena) {
	if r.arena == a {
		return
	}
	r.arena, r.blocks = a, r.blocks[:0]
	growing := make([]int, a.Width) // by column: 1 + the block that begins there and ends in the row above
	for y := range a.Height {
		for x := 0; x < a.Width && len(r.blocks) < maxWallBlocks; x++ {
			n := 0
			for x+n < a.Width && a.Solid(x+n, y) {
				n++
			}
			if n == 0 {
				growing[x] = 0
				continue
			}
			if at := growing[x] - 1; at >= 0 && r.blocks[at].w == n && r.blocks[at].y+r.blocks[at].h == y {
				r.blocks[at].h++
			} else {
				r.blocks = append(r.blocks, wallBlock{x, y, n, 1})
				growing[x] = len(r.blocks)
			}
			x += n
		}
	}
}

// radarPoint returns where a world point is on the radar.
func radarPoint(area rectangle, a *sim.Arena, p replica.Point) (x, y float64) {
	size := a.Size()
	return area.x + area.w*between(p.X/size.X.Float(), 0, 1), area.y + area.h*between(p.Y/size.Y.Float(), 0, 1)
}

// draw draws the map, what the window shows of it, and everything that is known.
// It fades while a ship is below it.
func (r *radar) draw(p *pane) {
	a := p.scene.Arena
	r.learn(a)
	area := p.f.radar(float64(a.Width), float64(a.Height))
	u := p.f.unit
	toward := -radarFade * p.dt
	if covers(area, p.camera, p.scene.Ships) {
		toward = radarFade * p.dt
	}
	r.hidden = between(r.hidden+toward, 0, 1)
	light := float32(1 - r.hidden*(1-radarFaint))
	p.rect(area.x-3*u, area.y-3*u, area.w+6*u, area.h+6*u, inkPanel.solid(0.66*light))
	r.drawGround(p, area, light)
	hw, hh := p.camera.half()
	x0, y0 := radarPoint(area, a, replica.Point{X: p.camera.x - hw, Y: p.camera.y - hh})
	x1, y1 := radarPoint(area, a, replica.Point{X: p.camera.x + hw, Y: p.camera.y + hh})
	outline(p.brush, rectangle{x0, y0, x1 - x0, y1 - y0}, max(1, u*0.8), inkText.solid(0.28*light))
	r.drawThings(p, area, light)
	r.drawShips(p, area, light)
}

// drawGround draws walls, safe zones, gravity wells and bases.
func (r *radar) drawGround(p *pane, area rectangle, light float32) {
	a, u := p.scene.Arena, p.f.unit
	tile := area.w / float64(a.Width)
	for i := range a.Zones {
		z := &a.Zones[i]
		at := rectangle{area.x + float64(z.X)*tile, area.y + float64(z.Y)*tile, float64(z.Width) * tile, float64(z.Height) * tile}
		p.rect(at.x, at.y, at.w, at.h, p.livery.good.solid(0.12*light))
		outline(p.brush, at, max(1, 0.7*u), p.livery.good.solid(0.45*light))
	}
	ink := p.livery.wall.solid(0.55 * light)
	for _, b := range r.blocks {
		p.rect(area.x+float64(b.x)*tile, area.y+float64(b.y)*tile, float64(b.w)*tile, float64(b.h)*tile, ink)
	}
	for i := range a.Wells {
		w := &a.Wells[i]
		x, y := radarPoint(area, a, replica.Point{X: w.Pos.X.Float(), Y: w.Pos.Y.Float()})
		radius := w.Radius.Float() / 32 * tile
		p.arc(hairShape, x, y, radius*0.55, 3*u, 0, 2*math.Pi, inkViolet.mix(inkText, 0.3).solid(0.5*light))
		p.arc(hairShape, x, y, radius*0.2, 3*u, 0, 2*math.Pi, inkViolet.mix(inkText, 0.3).solid(0.7*light))
	}
}

// drawThings draws pick-ups, cores, bases and the beacon.
func (r *radar) drawThings(p *pane, area rectangle, light float32) {
	a, u := p.scene.Arena, p.f.unit
	for i := range p.scene.Items {
		it := &p.scene.Items[i]
		x, y := radarPoint(area, a, it.Pos)
		if !it.Here {
			p.rect(x-0.7*u, y-0.7*u, 1.4*u, 1.4*u, inkDim.solid(0.5*light))
			continue
		}
		ink := p.livery.items[min(it.Kind, sim.Afterburner)].solid(0.6 * light)
		p.rect(x-2.2*u, y-0.6*u, 4.4*u, 1.2*u, ink)
		p.rect(x-0.6*u, y-2.2*u, 1.2*u, 4.4*u, ink)
	}
	for i := range p.scene.Objectives {
		o := &p.scene.Objectives[i]
		x, y := radarPoint(area, a, o.Pos)
		ink := p.livery.side(o.Team)
		if o.Kind == sim.Beacon {
			if o.State == sim.Contested {
				ink = p.livery.warn
			}
			p.mark(beaconShape, 16, x, y, 7*u, 0, ink.light(light))
			p.arc(hairShape, x, y, 8*u, 3*u, 0, 2*math.Pi, ink.solid(0.8*light))
			continue
		}
		hx, hy := radarPoint(area, a, o.Home)
		outline(p.brush, rectangle{hx - 5*u, hy - 5*u, 10 * u, 10 * u}, max(1, u), ink.solid(0.75*light))
		beat := light
		if o.State != sim.AtHome {
			beat *= float32(0.7 + 0.3*math.Sin(p.t*6))
		}
		p.coreMark(o.Team, x, y, 5*u, ink.light(beat))
	}
}

// drawShips draws the ships: own side with its mark, the other with its own, and
// without sides everybody as a point. Own ship shows where it points.
func (r *radar) drawShips(p *pane, area rectangle, light float32) {
	a, u := p.scene.Arena, p.f.unit
	for i := range p.scene.Ships {
		s := &p.scene.Ships[i]
		x, y := radarPoint(area, a, s.Pos)
		ink := p.livery.ofShip(s)
		switch {
		case s.Own:
			p.mark(haloShape, 32, x, y, 10*u, 0, ink.light(light))
			p.mark(arrowShape, 6, x, y, 5.5*u, s.Aim, inkWhite.light(light))
		case s.Team != sim.NoTeam:
			p.sideMark(s.Team, x, y, 4*u, ink.light(light))
		default:
			p.rect(x-2.6*u, y-2.6*u, 5.2*u, 5.2*u, ink.solid(light))
		}
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
