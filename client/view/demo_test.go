package view

import (
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/hajimehoshi/ebiten/v2"
)

// screensDir keeps the pictures of TestScreens: make screens sets it.
var screensDir = flag.String("screens", "", "where to keep the pictures that the tests draw")

// rig is a player of a game that is stepped by hand.
type rig struct {
	t    testing.TB
	game *Game
	now  time.Duration
	poll poll
}

func newRig(t testing.TB, s Session, w, h float64, change func(*Config)) *rig {
	t.Helper()
	r := &rig{t: t}
	cfg := Config{Session: s, Name: "QuietComet", Seed: 3, Glow: GlowPlain, Now: func() time.Duration { return r.now }}
	if change != nil {
		change(&cfg)
	}
	r.game = New(cfg)
	r.game.density = 1
	r.game.resize(w, h)
	return r
}

// play lets d pass at sixty frames a second.
func (r *rig) play(d time.Duration) {
	for end := r.now + d; r.now < end; {
		r.now += time.Second / 60
		r.game.poll = r.poll
		r.game.step(r.now, &r.game.poll)
		clear(r.poll.strokes[:])
		clear(r.poll.pad.strokes[:])
		r.poll.click, r.poll.taps = false, nil
	}
}

// until plays on until ok holds, ten seconds at most.
func (r *rig) until(ok func() bool) {
	for range 600 {
		if r.play(time.Second / 60); ok() {
			return
		}
	}
}

// strike presses a key for one frame.
func (r *rig) strike(k ebiten.Key) {
	r.poll.strokes[k] = true
	r.play(time.Second / 60)
}

// keep writes a picture down.
func (r *rig) keep(name string, img *image.RGBA) {
	r.t.Helper()
	dir := *screensDir
	if dir == "" {
		dir = r.t.ArtifactDir()
	}
	file, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		r.t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, img); err != nil {
		r.t.Fatal(err)
	}
}

// picture draws the game.
func (r *rig) picture() *image.RGBA {
	w, h := int(r.game.frame.width), int(r.game.frame.height)
	screen := ebiten.NewImage(w, h)
	defer screen.Deallocate()
	r.game.Draw(screen)
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	screen.ReadPixels(img.Pix)
	return img
}

// screen is a picture that a player may meet.
type screen struct {
	name  string
	w, h  float64                     // of the window; 0: 1280 x 720
	touch bool                        // on a device that is touched
	plain bool                        // without the shader's glow
	from  func(t testing.TB) Session  // what is played
	setup func(c *Config)             // what the player chose, if anything
	show  func(r *rig)                // goes on to what is to be seen; nil: two seconds
	more  func(r *rig, keep keepShot) // keeps more pictures than one, on the way
}

// keepShot keeps a picture under the screen's name and one more word.
type keepShot func(word string)

// allScreens is everything there is to look at, a table for each part of the view.
func allScreens() []screen {
	all := worldScreens()
	all = append(all, tourScreens()...)
	all = append(all, hudScreens()...)
	all = append(all, menuScreens()...)
	return all
}

// TestScreens draws every screen a player meets. Look at them: make screens.
func TestScreens(t *testing.T) {
	if !onScreen {
		t.Skip("needs a display: pictures are read back from the graphics driver")
	}
	for _, s := range allScreens() {
		t.Run(s.name, func(t *testing.T) { s.draw(t) })
	}
}

func (s *screen) draw(t *testing.T) {
	w, h := s.w, s.h
	if w == 0 {
		w, h = 1280, 720
	}
	r := newRig(t, s.from(t), w, h, func(c *Config) {
		c.Touch = s.touch
		if !s.plain {
			c.Glow = GlowBloom
		}
		if s.setup != nil {
			s.setup(c)
		}
	})
	r.poll.cursorX, r.poll.cursorY = w*0.7, h*0.4
	switch {
	case s.more != nil:
		s.more(r, func(word string) { r.show(s.name + "-" + word) })
		return
	case s.show != nil:
		s.show(r)
	default:
		r.play(2 * time.Second)
	}
	r.show(s.name)
}

// show looks whether there is anything on a picture, and keeps it for who wants to look
// too, or if there is not.
func (r *rig) show(name string) {
	r.t.Helper()
	img := r.picture()
	empty := dull(img)
	if empty {
		r.t.Errorf("%s shows hardly anything", name)
	}
	if empty || *screensDir != "" {
		r.keep(name, img)
	}
}

// dull reports whether a picture is all but one colour.
func dull(img *image.RGBA) bool {
	bright := 0
	for i := 0; i < len(img.Pix); i += 4 {
		if img.Pix[i] > 90 || img.Pix[i+1] > 90 || img.Pix[i+2] > 90 {
			bright++
		}
	}
	return bright < len(img.Pix)/4/400
}
