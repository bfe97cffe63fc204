package view

import (
	"image"
	"math"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/shared/sim"
)

const (
	skyWidth, skyHeight = 320, 180 // of the nebula's picture: it is all softness
	skyDepth            = 0.06     // parallax of the nebula
	starField           = 640.0    // units after which a layer of stars repeats
	gridPitch           = 128.0    // units between lines of the grid
)

// layer is one depth of stars.
type layer struct {
	depth  float64 // parallax: 0 stands still, 1 moves with the ground
	size   float64
	bright float32
	stars  []star
}

type star struct {
	x, y, size float64
	colour     hue
}

// sky is everything behind the arena: a nebula, three layers of stars and a
// faint grid, so that speed is felt where nothing else is near.
type sky struct {
	pixels []byte
	nebula *ebiten.Image
	layers [3]layer
	drift  float64 // units the stars have moved by themselves
}

// newSky draws the sky that belongs to seed.
func newSky(seed uint64) *sky {
	c := chance(seed ^ 0x5eed5c1)
	s := &sky{layers: [3]layer{
		{depth: 0.12, size: 0.55, bright: 0.55, stars: make([]star, 70)},
		{depth: 0.28, size: 0.65, bright: 0.8, stars: make([]star, 34)},
		{depth: 0.5, size: 0.8, bright: 1, stars: make([]star, 14)},
	}}
	tones := [...]hue{hex(0xcfd8ff), hex(0xffffff), hex(0x9fd8ff), hex(0xffd9c2), hex(0xc9a8ff)}
	for l := range s.layers {
		for i := range s.layers[l].stars {
			s.layers[l].stars[i] = star{
				x: c.unit() * starField, y: c.unit() * starField,
				size:   0.5 + c.unit()*c.unit(),
				colour: tones[c.next()%uint64(len(tones))],
			}
		}
	}
	s.pixels = paintNebula(&c)
	return s
}

// paintNebula returns skyWidth x skyHeight pixels of dim clouds.
func paintNebula(c *chance) []byte {
	seed := c.next()
	pix := make([]byte, 4*skyWidth*skyHeight)
	for y := range skyHeight {
		for x := range skyWidth {
			fx, fy := float64(x)/60, float64(y)/60
			warp := cloud(fx*0.7+9, fy*0.7, seed^1)
			a := cloud(fx+warp*1.6, fy+warp, seed^2)
			b := cloud(fx*0.8-warp, fy*0.8+warp*1.3, seed^3)
			violet := math.Pow(max(0, a-0.42)*1.9, 1.7)
			teal := math.Pow(max(0, b-0.46)*1.9, 1.9)
			grain := (c.unit() - 0.5) * 1.4 / 255 // keeps eight bits from showing as steps
			at := 4 * (y*skyWidth + x)
			pix[at] = byte8(inkSpace.r + float32(0.20*violet+0.01*teal+grain))
			pix[at+1] = byte8(inkSpace.g + float32(0.05*violet+0.11*teal+grain))
			pix[at+2] = byte8(inkSpace.b + float32(0.34*violet+0.16*teal+grain))
			pix[at+3] = 255
		}
	}
	return pix
}

// cloud is smooth noise of four octaves, 0 to 1.
func cloud(x, y float64, seed uint64) float64 {
	sum, weight := 0.0, 0.5
	for octave := range uint64(4) {
		sum += weight * smoothNoise(x, y, seed+octave*7919)
		x, y, weight = x*2.03, y*2.03, weight/2
	}
	return sum / 0.9375
}

func smoothNoise(x, y float64, seed uint64) float64 {
	ix, iy := math.Floor(x), math.Floor(y)
	fx, fy := x-ix, y-iy
	fx, fy = fx*fx*(3-2*fx), fy*fy*(3-2*fy)
	at := func(dx, dy float64) float64 {
		c := chance(seed ^ uint64(int64(ix+dx))*0x9e3779b97f4a7c15 ^ uint64(int64(iy+dy))*0xc2b2ae3d27d4eb4f)
		return c.unit()
	}
	top := at(0, 0) + (at(1, 0)-at(0, 0))*fx
	low := at(0, 1) + (at(1, 1)-at(0, 1))*fx
	return top + (low-top)*fy
}

// drawNebula fills the screen. It sways a little as the camera leaves the given
// middle of the arena.
func (s *sky) drawNebula(dst *ebiten.Image, c *camera, middleX, middleY float64) {
	if s.nebula == nil {
		s.nebula = ebiten.NewImageWithOptions(image.Rect(0, 0, skyWidth, skyHeight), &ebiten.NewImageOptions{Unmanaged: true})
		s.nebula.WritePixels(s.pixels)
		s.pixels = nil
	}
	// A little larger than the screen, and swaying inside that margin.
	scale := max(c.area.w/skyWidth, c.area.h/skyHeight) * 1.3
	slackX, slackY := (skyWidth*scale-c.area.w)/2, (skyHeight*scale-c.area.h)/2
	var op ebiten.DrawImageOptions
	op.GeoM.Scale(scale, scale)
	op.GeoM.Translate(
		c.area.x-slackX-slackX*math.Tanh((c.x-middleX)*skyDepth*c.zoom/slackX),
		c.area.y-slackY-slackY*math.Tanh((c.y-middleY)*skyDepth*c.zoom/slackY))
	op.Filter = ebiten.FilterLinear
	op.DisableMipmaps = true
	op.Blend = ebiten.BlendCopy
	dst.DrawImage(s.nebula, &op)
}

// drawStars draws the stars, the near ones stretched along the flight (vx, vy)
// of the camera in units per second unless the picture shall be still.
func (s *sky) drawStars(b *brush, c *camera, vx, vy float64, still bool) {
	hw, hh := c.half()
	mx, my := c.area.middle()
	for i := range s.layers {
		l := &s.layers[i]
		ox, oy := (c.x+s.drift)*l.depth, (c.y+s.drift*0.4)*l.depth
		cos, sin, speed := 1.0, 0.0, math.Hypot(vx, vy)
		if still || !(speed > 0) {
			speed = 0
		} else {
			cos, sin = vx/speed, vy/speed
		}
		stretch := 1 + min(6, speed*l.depth*0.022)
		root := math.Sqrt(stretch)
		fade := l.bright / float32(math.Sqrt(root))
		for j := range l.stars {
			st := &l.stars[j]
			x0, y0 := wrap(st.x-ox+hw, starField)-hw, wrap(st.y-oy+hh, starField)-hh
			for y := y0; y < hh; y += starField {
				for x := x0; x < hw; x += starField {
					k := l.size * st.size
					b.turned(starShape, mx+x*c.zoom, my+y*c.zoom, cos, sin, k*stretch, k/root, st.colour.light(fade))
				}
			}
		}
	}
}

// wrap returns v in 0 up to period.
func wrap(v, period float64) float64 { return v - math.Floor(v/period)*period }

// drawGrid draws the lines that lie over the arena a.
func (s *sky) drawGrid(b *brush, c *camera, a *sim.Arena) {
	hw, hh := c.half()
	x0, y0, x1, y1 := c.x-hw-20, c.y-hh-20, c.x+hw+20, c.y+hh+20
	size := a.Size()
	x0, y0 = max(x0, 0), max(y0, 0)
	x1, y1 = min(x1, size.X.Float()), min(y1, size.Y.Float())
	wall := b.livery.wall
	lineInk, nodeInk := wall.light(0.075), wall.mix(inkWhite, 0.3).light(0.3)
	firstX, firstY := math.Ceil(x0/gridPitch)*gridPitch, math.Ceil(y0/gridPitch)*gridPitch
	width := max(2, 2.4*c.zoom)
	for x := firstX; x < x1; x += gridPitch {
		px, py0 := c.px(x, y0)
		_, py1 := c.px(x, y1)
		b.line(hairShape, px, py0, px, py1, width, lineInk, lineInk)
	}
	for y := firstY; y < y1; y += gridPitch {
		px0, py := c.px(x0, y)
		px1, _ := c.px(x1, y)
		b.line(hairShape, px0, py, px1, py, width, lineInk, lineInk)
		for x := firstX; x < x1; x += gridPitch {
			px, _ := c.px(x, y)
			b.turned(crossShape, px, py, 1, 0, 1, 1, nodeInk)
		}
	}
}
