package view

import (
	"math"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/view/words"
)

// brush collects what a frame is made of as triangles over the sheet. It keeps
// its memory from frame to frame. All its places are pixels.
type brush struct {
	sheet    *sheet
	livery   *livery // who wears which colour
	least    float64 // words are never smaller
	lang     words.Language
	arenas   map[string]string // arenaName's, by what they are named
	vertices []ebiten.Vertex
	indices  []uint32
}

// flush draws what was collected onto dst and starts anew.
func (b *brush) flush(dst *ebiten.Image) {
	if len(b.indices) > 0 {
		dst.DrawTriangles32(b.vertices, b.indices, b.sheet.upload(), &ebiten.DrawTrianglesOptions{
			ColorScaleMode: ebiten.ColorScaleModePremultipliedAlpha,
			Filter:         ebiten.FilterLinear,
			DisableMipmaps: true, // the sheet changes: its mipmaps would be made again each time
		})
	}
	b.vertices, b.indices = b.vertices[:0], b.indices[:0]
}

// vertex adds a corner and returns its number.
func (b *brush) vertex(x, y, u, v float32, c tint) uint32 {
	b.vertices = append(b.vertices, ebiten.Vertex{
		DstX: x, DstY: y, SrcX: u, SrcY: v,
		ColorR: c.r, ColorG: c.g, ColorB: c.b, ColorA: c.a,
	})
	return uint32(len(b.vertices) - 1)
}

// quad joins the last four corners, given in reading order, to two triangles.
func (b *brush) quad() {
	n := uint32(len(b.vertices))
	b.indices = append(b.indices, n-4, n-3, n-2, n-3, n-2, n-1)
}

// sprite draws a shape centred on (x, y), turned by angle (radians, clockwise).
func (b *brush) sprite(k sprite, x, y, angle, scale float64, c tint) {
	b.stretched(k, x, y, angle, scale, scale, c)
}

// stretched is sprite with a scale of its own along and across the shape.
func (b *brush) stretched(k sprite, x, y, angle, along, across float64, c tint) {
	sin, cos := math.Sincos(angle)
	b.turned(k, x, y, cos, sin, along, across, c)
}

// turned is stretched with the direction as a unit vector.
func (b *brush) turned(k sprite, x, y, cos, sin, along, across float64, c tint) {
	r := b.sheet.sprite(k)
	hw, hh := float64(r.w)/2*along, float64(r.h)/2*across
	ax, ay := float32(cos*hw), float32(sin*hw)
	bx, by := float32(-sin*hh), float32(cos*hh)
	fx, fy := float32(x), float32(y)
	b.vertex(fx-ax-bx, fy-ay-by, r.x0, r.y0, c)
	b.vertex(fx+ax-bx, fy+ay-by, r.x1, r.y0, c)
	b.vertex(fx-ax+bx, fy-ay+by, r.x0, r.y1, c)
	b.vertex(fx+ax+bx, fy+ay+by, r.x1, r.y1, c)
	b.quad()
}

// box draws a piece of the sheet into the rectangle.
func (b *brush) box(r *region, x0, y0, x1, y1 float64, c tint) {
	b.vertex(float32(x0), float32(y0), r.x0, r.y0, c)
	b.vertex(float32(x1), float32(y0), r.x1, r.y0, c)
	b.vertex(float32(x0), float32(y1), r.x0, r.y1, c)
	b.vertex(float32(x1), float32(y1), r.x1, r.y1, c)
	b.quad()
}

// rect fills a rectangle.
func (b *brush) rect(x, y, w, h float64, c tint) { b.slope(x, y, w, h, c, c) }

// slope fills a rectangle whose colour goes from left to right.
func (b *brush) slope(x, y, w, h float64, left, right tint) {
	u, v := b.white()
	b.vertex(float32(x), float32(y), u, v, left)
	b.vertex(float32(x+w), float32(y), u, v, right)
	b.vertex(float32(x), float32(y+h), u, v, left)
	b.vertex(float32(x+w), float32(y+h), u, v, right)
	b.quad()
}

// white returns a place of the sheet that is plainly white.
func (b *brush) white() (u, v float32) {
	r := b.sheet.sprite(dotShape)
	return (r.x0 + r.x1) / 2, (r.y0 + r.y1) / 2
}

// line draws a straight line whose cross-section is k; width is that of the
// whole cross-section, halo and all.
func (b *brush) line(k sprite, x0, y0, x1, y1, width float64, from, to tint) {
	dx, dy := x1-x0, y1-y0
	l := math.Hypot(dx, dy)
	if l == 0 {
		return
	}
	nx, ny := float32(-dy/l*width/2), float32(dx/l*width/2)
	r := b.sheet.sprite(k)
	fx0, fy0, fx1, fy1 := float32(x0), float32(y0), float32(x1), float32(y1)
	b.vertex(fx0-nx, fy0-ny, r.x0, r.y0, from)
	b.vertex(fx1-nx, fy1-ny, r.x0, r.y0, to)
	b.vertex(fx0+nx, fy0+ny, r.x0, r.y1, from)
	b.vertex(fx1+nx, fy1+ny, r.x0, r.y1, to)
	b.quad()
}

// rib adds the next pair of corners of a ribbon with cross-section k and joins
// it to the pair before unless it is the first. (nx, ny) is half the width
// across.
func (b *brush) rib(k sprite, x, y, nx, ny float64, c tint, first bool) {
	r := b.sheet.sprite(k)
	b.vertex(float32(x-nx), float32(y-ny), r.x0, r.y0, c)
	b.vertex(float32(x+nx), float32(y+ny), r.x0, r.y1, c)
	if !first {
		b.quad()
	}
}

// arc draws a part of a circle, from angle a to b in radians, with
// cross-section k.
func (b *brush) arc(k sprite, x, y, radius, width, from, to float64, c tint) {
	steps := 2 + int(math.Abs(to-from)*math.Sqrt(radius)*1.4)
	for i := range steps + 1 {
		sin, cos := math.Sincos(from + (to-from)*float64(i)/float64(steps))
		b.rib(k, x+cos*radius, y+sin*radius, cos*width/2, sin*width/2, c, i == 0)
	}
}

// circle draws a thin circle of any size.
func (b *brush) circle(k sprite, x, y, radius, width float64, c tint) {
	const steps = 72
	sin1, cos1 := math.Sincos(2 * math.Pi / steps)
	sin, cos := 0.0, 1.0
	for i := range steps + 1 {
		b.rib(k, x+cos*radius, y+sin*radius, cos*width/2, sin*width/2, c, i == 0)
		sin, cos = sin*cos1+cos*sin1, cos*cos1-sin*sin1
	}
}

// sector draws the part of a shape that lies between two directions, from and
// from+span in radians, seen from its middle (x, y): a ring becomes an arc.
func (b *brush) sector(k sprite, x, y, scale, from, span float64, c tint) {
	if span <= 0 {
		return
	}
	if span >= 2*math.Pi {
		b.turned(k, x, y, 1, 0, scale, scale, c)
		return
	}
	r := b.sheet.sprite(k)
	hub := b.vertex(float32(x), float32(y), (r.x0+r.x1)/2, (r.y0+r.y1)/2, c)
	b.spoke(r, x, y, scale, from, c)
	corner := math.Ceil((from-math.Pi/4)/(math.Pi/2))*math.Pi/2 + math.Pi/4
	for ; corner < from+span; corner += math.Pi / 2 {
		n := b.spoke(r, x, y, scale, corner, c)
		b.indices = append(b.indices, hub, n-1, n)
	}
	n := b.spoke(r, x, y, scale, from+span, c)
	b.indices = append(b.indices, hub, n-1, n)
}

// spoke adds the point of a shape's rim in the given direction.
func (b *brush) spoke(r *region, x, y, scale, angle float64, c tint) uint32 {
	sin, cos := math.Sincos(angle)
	k := 0.5 / max(math.Abs(sin), math.Abs(cos)) // to the side of a square of side 1
	sin, cos = sin*k, cos*k
	return b.vertex(
		float32(x+cos*float64(r.w)*scale), float32(y+sin*float64(r.h)*scale),
		r.x0+(r.x1-r.x0)*float32(0.5+cos), r.y0+(r.y1-r.y0)*float32(0.5+sin), c)
}

// fan fills the convex outline given by corners.
func (b *brush) fan(c tint, corners ...float64) {
	u, v := b.white()
	first := uint32(len(b.vertices))
	for i := 0; i+1 < len(corners); i += 2 {
		n := b.vertex(float32(corners[i]), float32(corners[i+1]), u, v, c)
		if n >= first+2 {
			b.indices = append(b.indices, first, n-1, n)
		}
	}
}
