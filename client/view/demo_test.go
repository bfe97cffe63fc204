package view

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/shared/sim"
)

// rig is a player of a game that is stepped by hand.
type rig struct {
	t    *testing.T
	game *Game
	now  time.Duration
	poll poll
}

func newRig(t *testing.T, s Session, w, h float64, change func(*Config)) *rig {
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

// strike presses a key for one frame.
func (r *rig) strike(k ebiten.Key) {
	r.poll.strokes[k] = true
	r.play(time.Second / 60)
}

// shot draws the game and keeps the picture.
func (r *rig) shot(name string) *image.RGBA {
	r.t.Helper()
	w, h := int(r.game.frame.width), int(r.game.frame.height)
	screen := ebiten.NewImage(w, h)
	defer screen.Deallocate()
	r.game.Draw(screen)
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	screen.ReadPixels(img.Pix)
	file, err := os.Create(filepath.Join(r.t.ArtifactDir(), name+".png"))
	if err != nil {
		r.t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, img); err != nil {
		r.t.Fatal(err)
	}
	return img
}

// TestScreens draws every screen a player meets. Look at them:
// go test ./client/view -run TestScreens -artifacts -outputdir DIR.
func TestScreens(t *testing.T) {
	if !onScreen {
		t.Skip("needs a display: pictures are read back from the graphics driver")
	}
	sizes := []struct {
		name    string
		w, h    float64
		touched bool
	}{{"1280x720", 1280, 720, false}, {"640x360", 640, 360, false}, {"phone", 800, 360, true}, {"tall", 400, 800, true}, {"wide", 1720, 720, false}}
	for _, size := range sizes {
		t.Run(size.name, func(t *testing.T) {
			a := newArcade(t, 20)
			a.status.Stage = Menu
			r := newRig(t, a, size.w, size.h, func(c *Config) {
				c.Touch = size.touched
				if size.w >= 1280 {
					c.Glow = GlowBloom
				}
			})
			r.poll.cursorX, r.poll.cursorY = size.w*0.7, size.h*0.4
			r.play(3 * time.Second)
			r.show("01-menu")
			a.status = Status{Stage: Joining}
			r.play(time.Second)
			r.show("02-joining")
			a.status = Status{Stage: Playing}
			a.chatter()
			r.tourOfPlay(a)
			r.tourOfOverlays(a)
		})
	}
}

// tourOfPlay shows flight, death and return.
func (r *rig) tourOfPlay(a *arcade) {
	r.play(9 * time.Second)
	r.show("03-play")
	for range 600 {
		r.play(time.Second / 60)
		if !a.scene.Alive {
			break
		}
	}
	r.play(time.Second / 5)
	r.show("04-destroyed")
	for range 600 {
		r.play(time.Second / 60)
		if a.scene.Alive {
			break
		}
	}
	r.play(time.Second / 3)
	r.show("05-entered")
}

// tourOfOverlays shows what may lie over play.
func (r *rig) tourOfOverlays(a *arcade) {
	r.game.net.shown = true
	r.play(8 * time.Second)
	r.show("06-network")
	r.game.net.shown = false
	r.poll.keys[ebiten.KeyTab] = true
	r.play(time.Second)
	r.show("07-scores")
	r.poll.keys[ebiten.KeyTab] = false
	r.game.chat.start()
	r.game.chat.field.insert("żółć and co")
	r.show("08-chat")
	r.game.chat.stop()
	r.strike(ebiten.KeyEscape)
	r.play(time.Second / 10)
	r.show("09-paused")
	a.status = Status{Stage: Lost, Message: "The line to the server broke. Your ship waits for you for half a minute.", RetryIn: 2600 * time.Millisecond, CanRetry: true}
	r.play(time.Second / 2)
	r.show("10-lost")
	a.status = Status{Stage: Refused, Message: "This page is older than the server. Reload it to get the matching one."}
	r.play(time.Second / 2)
	r.show("11-refused")
	a.status = Status{Stage: Playing}
	a.world.Match = sim.Match{Phase: sim.Results, Ends: a.world.Tick + 500, Number: 1}
	r.play(2 * time.Second)
	r.show("12-results")
	a.world.Match = sim.Match{Phase: sim.Live, Ends: a.world.Tick + 5000, Number: 2}
	a.status.Stage, a.scene.Watcher, a.watching = Spectating, true, true
	r.play(2 * time.Second)
	r.show("13-spectating")
}

// show keeps a picture and looks whether there is anything on it.
func (r *rig) show(name string) {
	r.t.Helper()
	if dull(r.shot(name)) {
		r.t.Errorf("%s shows hardly anything", name)
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
