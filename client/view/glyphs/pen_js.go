// Package glyphs paints the letters that the game's own fonts lack: with fonts of
// the system, or in a browser with its canvas, which has them all. So names and
// chat show in any script, and nobody downloads megabytes of letters.
package glyphs

import (
	"image"
	"math"
	"strconv"
	"syscall/js"
)

// Pen paints with the browser's own fonts, joined and ordered as each script wants
// it. The zero Pen is ready.
type Pen struct {
	canvas, context js.Value
	font            string
	pixels          []byte
}

// ready makes the canvas and sets the font. It reports whether there is one: a
// browser may refuse.
func (p *Pen) ready(size int, bold bool) bool {
	if p.context.IsUndefined() {
		p.canvas = js.Global().Get("document").Call("createElement", "canvas")
		p.context = p.canvas.Call("getContext", "2d", map[string]any{"willReadFrequently": true})
	}
	if p.context.IsNull() {
		return false
	}
	weight := "500 "
	if bold {
		weight = "700 "
	}
	p.font = weight + strconv.Itoa(size) + "px system-ui, sans-serif"
	if p.context.Get("font").String() != p.font {
		p.context.Set("font", p.font)
	}
	return true
}

// Width returns how wide text is at a size in pixels of an em.
func (p *Pen) Width(text string, size int, bold bool) float64 {
	if !p.ready(size, bold) {
		return 0
	}
	return p.context.Call("measureText", text).Get("width").Float()
}

// Paint writes text with its baseline at y, from x on.
func (p *Pen) Paint(dst *image.Alpha, text string, x float64, y, size int, bold bool) {
	w := min(int(math.Ceil(p.Width(text, size, bold)))+size, dst.Rect.Dx())
	h := dst.Rect.Dy()
	if w <= 0 || !p.ready(size, bold) {
		return
	}
	if cw, ch := p.canvas.Get("width").Int(), p.canvas.Get("height").Int(); cw < w || ch < h {
		p.canvas.Set("width", max(cw, w))
		p.canvas.Set("height", max(ch, h)) // which sets everything else back
		p.ready(size, bold)
	}
	left := int(x)
	p.context.Call("clearRect", 0, 0, p.canvas.Get("width"), p.canvas.Get("height"))
	p.context.Set("fillStyle", "#fff")
	p.context.Call("fillText", text, x-float64(left), y)
	data := p.context.Call("getImageData", 0, 0, w, h).Get("data")
	if n := 4 * w * h; cap(p.pixels) < n {
		p.pixels = make([]byte, n)
	}
	js.CopyBytesToGo(p.pixels[:4*w*h], data)
	for py := range h {
		for px := range min(w, dst.Rect.Dx()-left) {
			i := dst.PixOffset(left+px, py)
			dst.Pix[i] = max(dst.Pix[i], p.pixels[4*(py*w+px)+3])
		}
	}
}
