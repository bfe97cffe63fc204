package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"

	"ionwake/shared/sim"
)

// pixelsPerTile is the scale of a picture.
const pixelsPerTile = 10

var (
	openInk = color.RGBA{14, 17, 28, 255}
	gridInk = color.RGBA{22, 27, 42, 255}
	wallInk = color.RGBA{96, 112, 150, 255}
	safeInk = color.RGBA{24, 62, 50, 255}
	wellInk = color.RGBA{130, 90, 220, 255}
	pathInk = color.RGBA{240, 230, 120, 255}
	itemInk = [...]color.RGBA{
		sim.NoItem: {230, 230, 230, 255}, sim.Surge: {90, 240, 140, 255}, sim.Overdrive: {255, 90, 120, 255},
		sim.Aegis: {110, 190, 255, 255}, sim.Afterburner: {255, 170, 60, 255},
	}
	teamInk = [...]color.RGBA{
		sim.NoTeam: {150, 150, 150, 255}, sim.TeamIon: {60, 170, 255, 255}, sim.TeamEmber: {255, 120, 40, 255},
	}
)

// picture is an arena as its maker should see it.
type picture struct {
	*image.RGBA
	a *sim.Arena
}

// writePicture draws walls, zones, wells, the beacon's path, pick-ups, bases (rings)
// and spawn points (small squares).
func writePicture(file string, a *sim.Arena) error {
	p := picture{image.NewRGBA(image.Rect(0, 0, a.Width*pixelsPerTile, a.Height*pixelsPerTile)), a}
	p.ground()
	for _, w := range a.Wells {
		p.ring(w.Pos, w.Radius, wellInk)
		p.ring(w.Pos, sim.TileSize/2, wellInk)
	}
	for i, at := range a.Path {
		p.line(at, a.Path[(i+1)%len(a.Path)], pathInk)
		p.ring(at, sim.TileSize/2, pathInk)
	}
	for _, i := range a.Items {
		p.disc(i.Pos, 2*sim.TileSize/3, itemInk[i.Kind])
	}
	if a.Bases != [sim.Teams]sim.Vec{} {
		for i, at := range a.Bases {
			p.ring(at, 2*sim.TileSize, teamInk[i+1])
			p.ring(at, 3*sim.TileSize/2, teamInk[i+1])
		}
	}
	for _, s := range a.Spawns {
		p.square(s.Pos, teamInk[s.Team])
	}
	var out bytes.Buffer
	if err := png.Encode(&out, p); err != nil {
		return fmt.Errorf("draw %s: %w", a.Name, err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the picture of %s: %w", a.Name, err)
	}
	return nil
}

func (p picture) ground() {
	for i := range p.a.Width * p.a.Height * pixelsPerTile * pixelsPerTile {
		x, y := i%(p.a.Width*pixelsPerTile), i/(p.a.Width*pixelsPerTile)
		tx, ty := x/pixelsPerTile, y/pixelsPerTile
		ink := openInk
		switch {
		case p.a.Solid(tx, ty):
			ink = wallInk
		case p.a.SafeAt(sim.Vec{X: sim.Unit(tx) * sim.TileSize, Y: sim.Unit(ty) * sim.TileSize}):
			ink = safeInk
		case x%pixelsPerTile == 0 || y%pixelsPerTile == 0:
			ink = gridInk
		}
		p.SetRGBA(x, y, ink)
	}
}

// pixel returns where a place, or a length, is in the picture.
func pixel(u sim.Unit) int { return int(int64(u) * pixelsPerTile / int64(sim.TileSize)) }

func (p picture) disc(at sim.Vec, radius sim.Unit, ink color.RGBA) {
	p.round(at, 0, pixel(radius), ink)
}

func (p picture) ring(at sim.Vec, radius sim.Unit, ink color.RGBA) {
	p.round(at, pixel(radius)-1, pixel(radius), ink)
}

func (p picture) round(at sim.Vec, inner, outer int, ink color.RGBA) {
	for y := -outer; y <= outer; y++ {
		for x := -outer; x <= outer; x++ {
			if d := x*x + y*y; d >= inner*inner && d <= outer*outer {
				p.SetRGBA(pixel(at.X)+x, pixel(at.Y)+y, ink)
			}
		}
	}
}

func (p picture) square(at sim.Vec, ink color.RGBA) {
	const half = pixelsPerTile / 3
	for y := -half; y <= half; y++ {
		for x := -half; x <= half; x++ {
			p.SetRGBA(pixel(at.X)+x, pixel(at.Y)+y, ink)
		}
	}
}

func (p picture) line(from, to sim.Vec, ink color.RGBA) {
	x, y := pixel(from.X), pixel(from.Y)
	dx, dy := pixel(to.X)-x, pixel(to.Y)-y
	steps := max(dx, -dx, dy, -dy, 1)
	for i := 0; i <= steps; i += 2 {
		p.SetRGBA(x+dx*i/steps, y+dy*i/steps, ink)
	}
}
