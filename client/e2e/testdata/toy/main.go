// Command toy stands for the game where the page and the harness are tested: a
// ship that moves while a key is held, and a square that counts.
package main

import (
	"image/color"
	"log"
	"slices"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/exp/textinput"
	"github.com/hajimehoshi/ebiten/v2/inpututil"
	"github.com/hajimehoshi/ebiten/v2/vector"
)

type toy struct {
	frames, clicks int
	said           bool // on the desktop: that frames are drawn
	x              int
	typed          []rune
	// A field brings in the engine's text input, which asks things of the page
	// that its policy forbids.
	field textinput.Field
}

func (t *toy) Update() error {
	if ebiten.IsKeyPressed(ebiten.KeyD) {
		t.x++
	}
	if inpututil.IsMouseButtonJustPressed(ebiten.MouseButtonLeft) {
		t.clicks++
	}
	t.typed = ebiten.AppendInputChars(t.typed)
	if slices.Contains(t.typed, '!') {
		panic("the toy was told to break")
	}
	report(t)
	return nil
}

func (t *toy) Draw(screen *ebiten.Image) {
	t.frames++
	screen.Fill(color.RGBA{5, 6, 11, 255})
	vector.FillRect(screen, float32(20+t.x), 40, 60, 60, color.RGBA{61, 245, 255, 255}, false)
}

func (t *toy) Layout(w, h int) (int, int) { return w, h }

func main() {
	ebiten.SetWindowTitle("toy")
	if err := ebiten.RunGame(&toy{}); err != nil {
		log.Fatal(err)
	}
}
