//go:build !js

package glyphs

import (
	"image"
	"image/draw"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Pen paints with fonts of the system. They are looked for when the first letter
// is asked for, and each is opened when those before it lack one. The zero Pen is
// ready.
type Pen struct {
	// Dirs are where fonts are looked for; nil: where the system keeps them.
	Dirs []string

	sought bool
	files  []string // not opened yet, likeliest first
	fonts  []*opentype.Font
	known  map[rune]*opentype.Font // nil: none has it
	faces  map[faceKey]font.Face
	buffer sfntBuffer
}

type faceKey struct {
	font *opentype.Font
	size int
}

// Width returns how wide text is at a size in pixels of an em.
func (p *Pen) Width(text string, size int, bold bool) float64 {
	width := 0.0
	for _, r := range text {
		width += p.advance(r, size)
	}
	return width
}

func (p *Pen) advance(r rune, size int) float64 {
	f := p.find(r)
	if f == nil {
		return boxWidth * float64(size)
	}
	a, _ := p.face(f, size).GlyphAdvance(r)
	return float64(a) / 64
}

// Paint writes text with its baseline at y, from x on. A letter that no font has is
// a box.
func (p *Pen) Paint(dst *image.Alpha, text string, x float64, y, size int, bold bool) {
	for _, r := range text {
		if f := p.find(r); f != nil {
			p.letter(dst, p.face(f, size), r, x, y)
			if bold {
				p.letter(dst, p.face(f, size), r, x+float64(size)/26, y)
			}
		} else {
			box(dst, x, y, size)
		}
		x += p.advance(r, size)
	}
}

func (p *Pen) letter(dst *image.Alpha, face font.Face, r rune, x float64, y int) {
	at, mask, from, _, ok := face.Glyph(fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.I(y)}, r)
	if ok {
		draw.DrawMask(dst, at, image.Opaque, image.Point{}, mask, from, draw.Over)
	}
}

// find returns the font that has r, or nil.
func (p *Pen) find(r rune) *opentype.Font {
	if f, ok := p.known[r]; ok {
		return f
	}
	if !p.sought {
		p.sought = true
		p.known, p.faces = map[rune]*opentype.Font{}, map[faceKey]font.Face{}
		p.files = candidates(p.Dirs)
	}
	if len(p.known) > maxKnown {
		clear(p.known)
	}
	f := p.search(r)
	p.known[r] = f
	return f
}

func (p *Pen) search(r rune) *opentype.Font {
	for i := 0; ; i++ {
		for i >= len(p.fonts) {
			if len(p.files) == 0 {
				return nil
			}
			next := p.files[0]
			p.files = p.files[1:]
			p.fonts = append(p.fonts, open(next)...)
		}
		if n, err := p.fonts[i].GlyphIndex(&p.buffer, r); err == nil && n != 0 {
			return p.fonts[i]
		}
	}
}

// maxKnown bounds what is remembered of single letters.
const maxKnown = 8192

// face returns f at a size in pixels.
func (p *Pen) face(f *opentype.Font, size int) font.Face {
	key := faceKey{f, size}
	if face, ok := p.faces[key]; ok {
		return face
	}
	if len(p.faces) > 64 {
		clear(p.faces)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return empty{} // no error is documented for these options
	}
	p.faces[key] = face
	return face
}

// boxWidth is that of a letter that no font has, in ems.
const boxWidth = 0.62

// box paints the outline that stands for a letter that no font has.
func box(dst *image.Alpha, x float64, y, size int) {
	e := float64(size)
	line := max(1, int(e/14))
	outer := image.Rect(int(x+0.08*e), y-int(0.72*e), int(math.Round(x+(boxWidth-0.08)*e)), y)
	inner := outer.Inset(line)
	for py := outer.Min.Y; py < outer.Max.Y; py++ {
		for px := outer.Min.X; px < outer.Max.X; px++ {
			at := image.Pt(px, py)
			if !at.In(inner) && at.In(dst.Rect) {
				dst.Pix[dst.PixOffset(px, py)] = 0xb0
			}
		}
	}
}
