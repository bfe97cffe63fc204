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
	spots   [spriteKinds]image.Point // where they are painted, with their rim
	bare    [spriteKinds]bool        // not painted yet
	next    sprite                   // of those that are painted ahead
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

// bake finds room for every shape anew, at zoom pixels per world unit. They, words
// and tiles are painted when they are first asked for, or when nothing else is to
// be done: a browser waits for no shape that it does not show.
func (s *sheet) bake(zoom float64) {
	s.zoom, s.shelf, s.pending, s.next = zoom, shelf{}, s.pending[:0], 0
	clear(s.tiles)
	for _, kind := range tallestFirst(zoom) {
		a := &shapes[kind]
		r, at, _ := s.room(a.w, a.h, a.densityAt(zoom))
		r.w, r.h = float32(a.w*zoom), float32(a.h*zoom)
		if a.flat {
			r.x0, r.x1 = (r.x0+r.x1)/2, (r.x0+r.x1)/2
		}
		s.sprites[kind], s.spots[kind], s.bare[kind] = r, at, true
	}
	s.floor = s.shelf
	s.words.forget()
}

// sprite returns where a shape is on the sheet, painted.
func (s *sheet) sprite(k sprite) *region {
	if s.bare[k] {
		s.bare[k] = false
		a := &shapes[k]
		s.paint(s.spots[k], a.w, a.h, a.densityAt(s.zoom), a.mirror, a.paint)
	}
	return &s.sprites[k]
}

// ahead paints one of the shapes that nobody has asked for yet, and reports whether
// there was one.
func (s *sheet) ahead() bool {
	for ; s.next < spriteKinds; s.next++ {
		if s.bare[s.next] {
			s.sprite(s.next)
			return true
		}
	}
	return false
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

// tidy paints ahead, and makes room when the words have filled the sheet. It must
// be called between frames: what was queued before would show the wrong pieces.
func (s *sheet) tidy() {
	s.ahead()
	if !s.words.full {
		return
	}
	s.shelf = s.floor
	clear(s.tiles)
	s.words.forget()
}

// pixels is the size of a shape of w x h units at density pixels per unit.
func pixels(w, h, density float64) (pw, ph int) {
	return int(math.Ceil(w * density)), int(math.Ceil(h * density))
}

// room finds a place for a shape of w x h units at density pixels per unit. One
// pixel more on every side is painted too, so that filtering at the rim finds what
// belongs there.
func (s *sheet) room(w, h, density float64) (r region, at image.Point, ok bool) {
	pw, ph := pixels(w, h, density)
	at, ok = s.shelf.place(pw+2, ph+2)
	if !ok {
		s.words.full = true
		return region{}, at, false
	}
	return region{
		x0: float32(at.X + 1), y0: float32(at.Y + 1),
		x1: float32(at.X + 1 + pw), y1: float32(at.Y + 1 + ph),
		w: float32(pw), h: float32(ph),
	}, at, true
}

// paint bakes a shape centred on (0, 0) into the room that was found for it; with
// mirror only the upper half is asked for.
func (s *sheet) paint(spot image.Point, w, h, density float64, mirror bool, at painter) {
	pw, ph := pixels(w, h, density)
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
	s.pending = append(s.pending, patch{image.Rectangle{spot, spot.Add(image.Pt(pw+2, ph+2))}, pix})
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
