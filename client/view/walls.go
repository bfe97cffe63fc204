package view

import (
	"math"

	"ionwake/shared/sim"
)

// tileSide is the side of an arena tile in world units.
const tileSide = float64(sim.TileSize) / float64(sim.One)

// tileMask tells which of the nine tiles around and including one are solid,
// row by row from the upper left in the lowest bit.
type tileMask uint16

// maskAll is the inside of a wall.
const maskAll tileMask = 1<<9 - 1

// maskAt returns the surroundings of tile (x, y).
func maskAt(a *sim.Arena, x, y int) (m tileMask) {
	for i := range 9 {
		if a.Solid(x+i%3-1, y+i/3-1) {
			m |= 1 << i
		}
	}
	return m
}

// tile returns the picture of a tile with surroundings m, painting it if it has
// not been seen before. No light reaches further than a tile, so the
// surroundings decide everything and neighbours fit without a seam.
func (s *sheet) tile(m tileMask) region {
	if r, ok := s.tiles[m]; ok {
		return r
	}
	r, at, ok := s.room(tileSide, tileSide, s.zoom)
	if ok {
		s.paint(at, tileSide, tileSide, s.zoom, false, func(p dot2, px float64) tint { return paintTile(m, p, px, &s.stone) })
	}
	s.tiles[m] = r
	return r
}

// stone is what walls are made of.
type stone struct {
	edge, body hue
	glow       float64 // how much light they shed
}

// stoneOf returns that of a palette.
func stoneOf(p *palette) stone {
	if p.plain {
		return stone{p.wall, p.metal, 0.12}
	}
	return stone{p.wall, p.metal, 0.34}
}

// hew makes walls of another stone from now on.
func (s *sheet) hew(k stone) {
	if s.stone != k {
		s.stone = k
		clear(s.tiles)
	}
}

// paintTile returns the colour at p, relative to the middle of the tile.
func paintTile(m tileMask, p dot2, px float64, k *stone) tint {
	column := min(2, max(0, int(math.Floor(p.x/tileSide+1.5))))
	row := min(2, max(0, int(math.Floor(p.y/tileSide+1.5))))
	solid := m&(1<<(3*row+column)) != 0
	d := tileSide
	for i := range 9 {
		if (m&(1<<i) != 0) == solid {
			continue
		}
		x, y := float64(i%3-1)*tileSide, float64(i/3-1)*tileSide
		dx := max(0, math.Abs(p.x-x)-tileSide/2)
		dy := max(0, math.Abs(p.y-y)-tileSide/2)
		d = min(d, math.Hypot(dx, dy))
	}
	line := float32(stroke(d, 2.6, px))
	edge := k.edge.mix(inkWhite, 0.1).solid(line)
	if !solid {
		glow := k.edge.light(float32(k.glow*halo(d, 24)) * (1 - line))
		return tint{edge.r + glow.r, edge.g + glow.g, edge.b + glow.b, edge.a}
	}
	// The pattern repeats every 16 units, so that it runs on from tile to tile.
	diagonal := math.Abs(wrap(p.x+p.y, 16) - 8)
	hatch := 0.05 * stroke(diagonal, 1.6, px*1.5) * min(1, d/10)
	body := k.body.solid(1 - line)
	glow := k.edge.light(float32(k.glow*halo(d, 26)+hatch) * (1 - line))
	return tint{edge.r + body.r + glow.r, edge.g + body.g + glow.g, edge.b + body.b + glow.b, 1}
}

// walls knows the surroundings of every tile of an arena, found once.
type walls struct {
	arena *sim.Arena
	masks []tileMask // row by row
}

// learn finds the surroundings of the tiles of a.
func (w *walls) learn(a *sim.Arena) {
	if w.arena == a {
		return
	}
	w.arena, w.masks = a, w.masks[:0]
	for y := range a.Height {
		for x := range a.Width {
			w.masks = append(w.masks, maskAt(a, x, y))
		}
	}
}

// at returns the surroundings of a tile. The border is closed, so that outside
// everything is solid.
func (w *walls) at(x, y int) tileMask {
	if x < 0 || y < 0 || x >= w.arena.Width || y >= w.arena.Height {
		return maskAll
	}
	return w.masks[y*w.arena.Width+x]
}

// draw draws the tiles of a in sight.
func (w *walls) draw(b *brush, c *camera, a *sim.Arena) {
	w.learn(a)
	hw, hh := c.half()
	const slack = shakeReach + 1
	x0, x1 := int(math.Floor((c.x-hw-slack)/tileSide)), int(math.Floor((c.x+hw+slack)/tileSide))
	y0, y1 := int(math.Floor((c.y-hh-slack)/tileSide)), int(math.Floor((c.y+hh+slack)/tileSide))
	plain := inkWhite.solid(1)
	for y := y0; y <= y1; y++ {
		_, top := c.px(0, float64(y)*tileSide)
		_, low := c.px(0, float64(y+1)*tileSide)
		for x := x0; x <= x1; x++ {
			m := w.at(x, y)
			if m == 0 {
				continue
			}
			r := b.sheet.tile(m)
			l, _ := c.px(float64(x)*tileSide, 0)
			e, _ := c.px(float64(x+1)*tileSide, 0)
			b.box(&r, l, top, e, low, plain)
		}
	}
}
