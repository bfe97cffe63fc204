//go:build !js

package main

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/view"
)

// window is the game in a desktop window, which may leave by itself after a while
// and take a picture first.
type window struct {
	*view.Game
	options options
	now     func() time.Duration
	over    <-chan struct{} // closed when the system wants the program to end
	play    *play
	told    view.Told // guarded by play.mu: a report may look
	leaving bool
	trouble error
}

// Update ends the game when its time is up and the picture, if any, is taken.
func (w *window) Update() error {
	if w.leaving {
		if w.trouble != nil {
			return w.trouble
		}
		return ebiten.Termination
	}
	select {
	case <-w.over:
		return ebiten.Termination
	default:
	}
	err := w.Game.Update()
	if w.options.report {
		w.play.mu.Lock()
		w.told = w.Told()
		w.play.mu.Unlock()
	}
	return err
}

// Draw draws the game and takes the picture of the last frame.
func (w *window) Draw(screen *ebiten.Image) {
	w.Game.Draw(screen)
	if w.options.exitAfter == 0 || w.now() < w.options.exitAfter || w.leaving {
		return
	}
	w.leaving = true
	if w.options.screenshot != "" {
		w.trouble = savePicture(screen, w.options.screenshot)
	}
}

func savePicture(screen *ebiten.Image, file string) error {
	img := image.NewRGBA(screen.Bounds())
	screen.ReadPixels(img.Pix)
	f, err := os.Create(file)
	if err != nil {
		return fmt.Errorf("take a picture: %w", err)
	}
	if err := png.Encode(f, img); err != nil {
		return fmt.Errorf("take a picture: %w", err)
	}
	return f.Close()
}
