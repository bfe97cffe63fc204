package view

import (
	"image"
	"math"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"ionwake/assets"
	"ionwake/client/view/glyphs"
	"ionwake/client/view/words"
)

// weight is how heavy a font is.
type weight uint8

const (
	medium weight = iota
	bold
	weights
)

var fontFiles = [weights]string{medium: "fonts/Jura-Medium.otf", bold: "fonts/Jura-Bold.otf"}

// maxLabels bounds the words kept on the sheet; beyond, all are painted anew.
const maxLabels = 1024

// wordKey names a painted word.
type wordKey struct {
	text   string
	size   int16 // of an em, in pixels
	weight weight
}

// word is a painted word. ascent is from its upper rim to the baseline.
type word struct {
	region  region
	ascent  float32
	advance float32
}

// lettering paints words onto the sheet, each once: a word on the screen is then
// one quad however long it is. What the game's own fonts lack, the system's paint.
type lettering struct {
	fonts  [weights]*opentype.Font
	faces  map[faceKey]font.Face
	words  map[wordKey]word
	full   bool                 // no room was left: tidy between frames
	rows   map[rowsKey][]string // words broken into rows
	system glyphs.Pen
	buffer sfnt.Buffer
}

type faceKey struct {
	size   int16
	weight weight
}

// init parses the fonts, which are ours: a broken one is a broken build.
func (l *lettering) init() {
	for w, name := range fontFiles {
		data, err := assets.Fonts.ReadFile(name)
		if err != nil {
			panic("view: " + err.Error())
		}
		if l.fonts[w], err = opentype.Parse(data); err != nil {
			panic("view: " + name + ": " + err.Error())
		}
	}
	l.faces = map[faceKey]font.Face{}
	l.words = map[wordKey]word{}
	l.rows = map[rowsKey][]string{}
}

// forget drops every painted word.
func (l *lettering) forget() {
	clear(l.words)
	clear(l.rows)
	l.full = false
}

// face returns the font at a size in pixels.
func (l *lettering) face(size int16, w weight) font.Face {
	key := faceKey{size, w}
	if f, ok := l.faces[key]; ok {
		return f
	}
	if len(l.faces) > 64 { // the window was dragged through many sizes
		clear(l.faces)
	}
	f, err := opentype.NewFace(l.fonts[w], &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic("view: " + err.Error())
	}
	l.faces[key] = f
	return f
}

// has reports whether the game's own fonts can write r.
func (l *lettering) has(r rune) bool {
	if r < 0x7f {
		return true
	}
	i, err := l.fonts[medium].GlyphIndex(&l.buffer, r)
	return err == nil && i != 0
}

// cut splits text into its first run, which the own fonts can write or cannot, and
// the rest. A letter stays with the marks on it.
func (l *lettering) cut(text string) (run, rest string, own bool) {
	for i := 0; i < len(text); {
		end, can := i, true
		for end < len(text) {
			r, n := utf8.DecodeRuneInString(text[end:])
			if end > i && !joins(r) {
				break
			}
			can = can && l.has(r)
			end += n
		}
		if i == 0 {
			own = can
		} else if can != own {
			return text[:i], text[i:], own
		}
		i = end
	}
	return text, "", own
}

// joins reports whether r belongs to the letter before it.
func joins(r rune) bool {
	return r >= 0x300 && (unicode.In(r, unicode.Mn, unicode.Me) || r == '\u200d')
}

// width returns how wide text is, in pixels.
func (l *lettering) width(text string, size int16, w weight) (width float64) {
	if known, ok := l.words[wordKey{text, size, w}]; ok {
		return float64(known.advance)
	}
	for text != "" {
		var run string
		var own bool
		if run, text, own = l.cut(text); own {
			width += float64(font.MeasureString(l.face(size, w), run)) / 64
		} else {
			width += l.system.Width(run, int(size), w == bold)
		}
	}
	return width
}

// paint writes text with its baseline at y, from x on.
func (l *lettering) paint(dst *image.Alpha, text string, x float64, y int, size int16, w weight) {
	for text != "" {
		var run string
		var own bool
		if run, text, own = l.cut(text); !own {
			l.system.Paint(dst, run, x, y, int(size), w == bold)
			x += l.system.Width(run, int(size), w == bold)
			continue
		}
		face := l.face(size, w)
		d := font.Drawer{Dst: dst, Src: image.Opaque, Face: face, Dot: fixed.Point26_6{X: fixed.Int26_6(x * 64), Y: fixed.I(y)}}
		d.DrawString(run)
		x += float64(font.MeasureString(face, run)) / 64
	}
}

// word returns text as a piece of the sheet, painting it if need be.
func (s *sheet) word(text string, size int16, w weight) (word, bool) {
	key := wordKey{text, size, w}
	if known, ok := s.words.words[key]; ok {
		return known, true
	}
	if s.words.full || len(s.words.words) >= maxLabels {
		s.words.full = true
		return word{}, false
	}
	advance := s.words.width(text, size, w)
	m := s.words.face(size, w).Metrics()
	// Letters of other scripts are taller than ours.
	ascent, descent := max(m.Ascent.Ceil(), int(size)), max(m.Descent.Ceil(), int(size)*3/10)
	const rim = 2
	pw := min(int(math.Ceil(advance))+2*rim+int(size)/4, sheetSide)
	ph := ascent + descent + 2*rim
	at, ok := s.shelf.place(pw, ph)
	if !ok {
		s.words.full = true
		return word{}, false
	}
	mask := image.NewAlpha(image.Rect(0, 0, pw, ph))
	s.words.paint(mask, text, rim, ascent+rim, size, w)
	pix := make([]byte, 4*pw*ph)
	for i, a := range mask.Pix {
		pix[4*i], pix[4*i+1], pix[4*i+2], pix[4*i+3] = a, a, a, a
	}
	s.pending = append(s.pending, patch{image.Rectangle{at, at.Add(image.Pt(pw, ph))}, pix})
	made := word{
		region: region{
			x0: float32(at.X), y0: float32(at.Y), x1: float32(at.X + pw), y1: float32(at.Y + ph),
			w: float32(pw), h: float32(ph),
		},
		ascent:  float32(ascent + rim),
		advance: float32(advance),
	}
	s.words.words[key] = made
	return made, true
}

// align says which end of a word stands at the given place.
type align uint8

const (
	left align = iota
	centre
	right
)

// leastText is the smallest size of words, in device-independent pixels.
const leastText = 11.0

// say returns a sentence in the player's language. It makes nothing.
func (b *brush) say(k words.Key) string { return b.lang.Say(k) }

// em returns a size as it is painted: whole pixels, and never too small to read.
func (b *brush) em(size float64) int16 { return int16(math.Round(max(size, b.least))) }

// text writes text in one line with its baseline at y, and returns its width.
func (b *brush) text(text string, x, y float64, size float64, w weight, a align, c tint) float64 {
	if text == "" {
		return 0
	}
	made, ok := b.sheet.word(text, b.em(size), w)
	if !ok {
		return 0
	}
	advance := float64(made.advance)
	switch a {
	case centre:
		x -= advance / 2
	case right:
		x -= advance
	}
	x, y = math.Round(x)-2, math.Round(y)-float64(made.ascent)
	b.box(&made.region, x, y, x+float64(made.region.w), y+float64(made.region.h), c)
	return advance
}

// textWidth returns how wide text would be.
func (b *brush) textWidth(text string, size float64, w weight) float64 {
	return b.sheet.words.width(text, b.em(size), w)
}

// leastFit is how much smaller words become at most to fit where they stand.
const leastFit = 0.7

// fitted is text that is made smaller if it would be wider than width.
func (b *brush) fitted(text string, x, y, width, size float64, w weight, a align, c tint) float64 {
	if wide := b.textWidth(text, size, w); wide > width {
		size *= max(leastFit, width/wide)
	}
	return b.text(text, x, y, size, w, a, c)
}

// rowsKey is what rows were made of.
type rowsKey struct {
	text   string
	width  int32
	size   int16
	weight weight
}

// broken returns words in rows no wider than width, at most that many. It keeps
// them: the same words are broken once.
func (b *brush) broken(text string, width, size float64, w weight, most int) []string {
	key := rowsKey{text, int32(width), b.em(size), w}
	rows, known := b.sheet.words.rows[key]
	if known || text == "" {
		return rows
	}
	rows = b.rows(text, width, size, w, most)
	if n := float64(len(rows)); n > 1 { // no single word alone in the last row
		even := b.rows(text, b.textWidth(text, size, w)/n*1.12, size, w, most+1)
		if len(even) == len(rows) {
			rows = even
		}
	}
	b.sheet.words.rows[key] = rows
	return rows
}

// rows breaks words as far as each row goes.
func (b *brush) rows(text string, width, size float64, w weight, most int) (rows []string) {
	for rest := text; rest != "" && len(rows) < most; {
		var row string
		row, rest = breakLine(rest, func(s string) bool { return b.textWidth(s, size, w) <= width })
		rows = append(rows, row)
	}
	return rows
}
