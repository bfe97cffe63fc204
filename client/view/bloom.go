package view

import (
	"image"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/assets"
)

const (
	bloomFloor = 0.30 // light below this does not bleed
	bloomNear  = 0.55 // strength of the narrow glow
	bloomFar   = 0.65 // and of the wide one
)

// bloom makes bright things bleed light: the picture is made small, blurred in
// two sizes and added again. It holds its pictures from frame to frame.
type bloom struct {
	shader *ebiten.Shader
	world  *ebiten.Image // the picture before its glow
	half   *ebiten.Image
	levels [2]bloomLevel
	failed bool // the shader did not compile: this machine has no bloom

	alongFirst, along, down ebiten.DrawRectShaderOptions
}

type bloomLevel struct{ a, b *ebiten.Image }

// begin returns the picture to draw the world into, w x h pixels, or nil if
// there is no bloom on this machine.
func (g *bloom) begin(w, h int) *ebiten.Image {
	if g.failed {
		return nil
	}
	if g.shader == nil {
		source, err := assets.Art.ReadFile("art/bloom.kage")
		if err == nil {
			g.shader, err = ebiten.NewShader(source)
		}
		if err != nil {
			g.failed = true
			return nil
		}
		const all = -1 // lets every light through
		g.alongFirst, g.along, g.down = pass(1, 0, bloomFloor), pass(1, 0, all), pass(0, 1, all)
	}
	if g.world == nil || g.world.Bounds().Dx() != w || g.world.Bounds().Dy() != h {
		g.resize(w, h)
	}
	return g.world
}

func (g *bloom) resize(w, h int) {
	g.free()
	fresh := func(w, h int) *ebiten.Image {
		return ebiten.NewImageWithOptions(image.Rect(0, 0, max(1, w), max(1, h)), &ebiten.NewImageOptions{Unmanaged: true})
	}
	g.world, g.half = fresh(w, h), fresh(w/2, h/2)
	for i := range g.levels {
		shift := i + 2
		g.levels[i] = bloomLevel{fresh(w>>shift, h>>shift), fresh(w>>shift, h>>shift)}
	}
}

// free gives the pictures back.
func (g *bloom) free() {
	for _, img := range []*ebiten.Image{g.world, g.half, g.levels[0].a, g.levels[0].b, g.levels[1].a, g.levels[1].b} {
		if img != nil {
			img.Deallocate()
		}
	}
	g.world, g.half, g.levels = nil, nil, [2]bloomLevel{}
}

// finish brings the world and its glow to dst.
func (g *bloom) finish(dst *ebiten.Image) {
	var op ebiten.DrawImageOptions
	op.Blend = ebiten.BlendCopy
	dst.DrawImage(g.world, &op)
	shrink(g.half, g.world)
	shrink(g.levels[0].a, g.half)
	g.blur(&g.levels[0], true)
	shrink(g.levels[1].a, g.levels[0].a)
	g.blur(&g.levels[1], false)
	spread(dst, g.levels[0].a, bloomNear)
	spread(dst, g.levels[1].a, bloomFar)
}

// shrink copies src to all of dst. Halving with a linear filter is a fair mean.
func shrink(dst, src *ebiten.Image) {
	var op ebiten.DrawImageOptions
	d, s := dst.Bounds(), src.Bounds()
	op.GeoM.Scale(float64(d.Dx())/float64(s.Dx()), float64(d.Dy())/float64(s.Dy()))
	op.Filter, op.DisableMipmaps, op.Blend = ebiten.FilterLinear, true, ebiten.BlendCopy
	dst.DrawImage(src, &op)
}

// spread adds src to all of dst.
func spread(dst, src *ebiten.Image, strength float32) {
	var op ebiten.DrawImageOptions
	d, s := dst.Bounds(), src.Bounds()
	op.GeoM.Scale(float64(d.Dx())/float64(s.Dx()), float64(d.Dy())/float64(s.Dy()))
	op.Filter, op.Blend = ebiten.FilterLinear, ebiten.BlendLighter
	op.ColorScale.Scale(strength, strength, strength, 0)
	dst.DrawImage(src, &op)
}

// blur blurs a level in both directions. Only the first pass of all keeps dim
// light out.
func (g *bloom) blur(l *bloomLevel, first bool) {
	w, h := l.a.Bounds().Dx(), l.a.Bounds().Dy()
	along, down := &g.along, &g.down
	if first {
		along = &g.alongFirst
	}
	along.Images[0], down.Images[0] = l.a, l.b
	l.b.DrawRectShader(w, h, g.shader, along)
	l.a.DrawRectShader(w, h, g.shader, down)
}

// pass returns the options of one direction of the blur, made once: a frame
// makes no garbage.
func pass(x, y, floor float32) ebiten.DrawRectShaderOptions {
	return ebiten.DrawRectShaderOptions{
		Blend:    ebiten.BlendCopy,
		Uniforms: map[string]any{"Along": []float32{x, y}, "Floor": floor},
	}
}
