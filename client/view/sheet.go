package view

import (
	"cmp"
	"image"
	"math"
	"slices"

	"github.com/hajimehoshi/ebiten/v2"
)

// sheetSide is the side of the sheet in pixels: the largest texture that every
// browser with WebGL has is 4096, and this is 16 MiB.
const sheetSide = 2048

// region is a piece of the sheet. w and h are its size on the screen in pixels
// when drawn at scale 1.
type region struct {
	x0, y0, x1, y1 float32
	w, h           float32
}

// sheet is the one picture from which everything is drawn, shapes and words, so
// that a frame takes a few draw calls whatever is in it. It is painted on the
// CPU and needs no screen until it is uploaded.
type sheet struct {
	zoom    float64 // pixels per world unit of what is baked
	stone   stone   // of walls
	sprites [spriteKinds]region
	tiles   map[tileMask]region
	words   lettering

	shelf   shelf
	floor   shelf // where the shelves stood when the sprites were done
	pending []patch
	texture *ebiten.Image
}

// patch is a rectangle of pixels on its way to the texture.
type patch struct {
	at  image.Rectangle
	pix []byte
}

// shelf places rectangles in rows.
type shelf struct{ x, y, row int }

// place finds room for w x h pixels, or reports that there is none.
func (s *shelf) place(w, h int) (image.Point, bool) {
	if s.x+w > sheetSide {
		s.x, s.y, s.row = 0, s.y+s.row, 0
	}
	if w > sheetSide || s.y+h > sheetSide {
		return image.Point{}, false
	}
	p := image.Pt(s.x, s.y)
	s.x += w
	s.row = max(s.row, h)
	return p, true
}

// newSheet returns a sheet that is yet to be baked.
func newSheet() *sheet {
	s := &sheet{tiles: map[tileMask]region{}, stone: stoneOf(&palettes[0])}
	s.words.init()
	return s
}

// bake paints every shape anew, at zoom pixels per world unit. Words and tiles are painted again when they are
// next asked for.
func (s *sheet) bake(zoom float64) {
	s.zoom, s.shelf, s.pending = zoom, shelf{}, s.pending[:0]
	clear(s.tiles)
	for _, kind := range tallestFirst(zoom) {
		a := &shapes[kind]
		density := a.densityAt(zoom)
		r := s.paint(a.w, a.h, density, a.mirror, a.paint)
		r.w, r.h = float32(a.w*zoom), float32(a.h*zoom)
		if a.flat {
			r.x0, r.x1 = (r.x0+r.x1)/2, (r.x0+r.x1)/2
		}
		s.sprites[kind] = r
	}
	s.floor = s.shelf
	s.words.forget()
}

// tallestFirst returns the sprites in an order that fills shelves well.
func tallestFirst(zoom float64) []int {
	order := make([]int, spriteKinds)
	for kind := range order {
		order[kind] = kind
	}
	tall := func(kind int) float64 { return shapes[kind].h * shapes[kind].densityAt(zoom) }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(tall(b), tall(a)) })
	return order
}

// tidy makes room when the words have filled the sheet. It must be called
// between frames: what was queued before would show the wrong pieces.
func (s *sheet) tidy() {
	if !s.words.full {
		return
	}
	s.shelf = s.floor
	clear(s.tiles)
	s.words.forget()
}

// paint bakes a shape of w x h units, centred on (0, 0), at density pixels per
// unit; with mirror only the upper half is asked for. One pixel more on every side is painted too, so that filtering at the
// rim finds what belongs there.
func (s *sheet) paint(w, h, density float64, mirror bool, at painter) region {
	pw, ph := int(math.Ceil(w*density)), int(math.Ceil(h*density))
	p, ok := s.shelf.place(pw+2, ph+2)
	if !ok {
		s.words.full = true
		return region{}
	}
	pix := make([]byte, 4*(pw+2)*(ph+2))
	sx, sy := w/float64(pw), h/float64(ph)
	stride, rows := 4*(pw+2), ph+2
	if mirror {
		rows = (ph + 3) / 2
	}
	for y := range rows {
		for x := range pw + 2 {
			c := at(dot2{(float64(x)-0.5)*sx - w/2, (float64(y)-0.5)*sy - h/2}, sx)
			i := y*stride + 4*x
			pix[i], pix[i+1], pix[i+2], pix[i+3] = byte8(c.r), byte8(c.g), byte8(c.b), byte8(c.a)
		}
		if low := ph + 1 - y; mirror && low != y {
			copy(pix[low*stride:(low+1)*stride], pix[y*stride:])
		}
	}
	at2 := image.Rectangle{p, p.Add(image.Pt(pw+2, ph+2))}
	s.pending = append(s.pending, patch{at2, pix})
	return region{
		x0: float32(p.X + 1), y0: float32(p.Y + 1),
		x1: float32(p.X + 1 + pw), y1: float32(p.Y + 1 + ph),
		w: float32(pw), h: float32(ph),
	}
}

func byte8(v float32) byte { return byte(min(255, max(0, v*255+0.5))) }

// upload brings what was painted since the last call to the texture.
func (s *sheet) upload() *ebiten.Image {
	if s.texture == nil {
		s.texture = ebiten.NewImageWithOptions(image.Rect(0, 0, sheetSide, sheetSide), &ebiten.NewImageOptions{Unmanaged: true})
	}
	for i := range s.pending {
		p := &s.pending[i]
		s.texture.SubImage(p.at).(*ebiten.Image).WritePixels(p.pix)
		p.pix = nil
	}
	s.pending = s.pending[:0]
	return s.texture
}
