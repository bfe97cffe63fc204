package view

import (
	"fmt"
	"math"
	"testing"

	"ionwake/client/replica"
)

var windows = []struct{ w, h float64 }{
	{1280, 720}, {640, 360}, {800, 360}, {360, 800}, {400, 800}, {1720, 720}, {3440, 1440}, {2560, 1600}, {1024, 768}, {320, 240}, {1, 1},
}

// leastLines of the scoreboard fit in any window that one can play in.
const leastLines = 3

// TestNobodySeesMore is fairness: whatever the window, the world shown fits the
// same box.
func TestNobodySeesMore(t *testing.T) {
	for _, w := range windows {
		area, zoom := viewport(w.w, w.h)
		if area.w/zoom > viewWidth+1e-6 || area.h/zoom > viewHeight+1e-6 {
			t.Errorf("%gx%g shows %gx%g units", w.w, w.h, area.w/zoom, area.h/zoom)
		}
		if area.x < 0 || area.y < 0 || area.x+area.w > w.w+1e-6 || area.y+area.h > w.h+1e-6 {
			t.Errorf("%gx%g: the world stands at %+v", w.w, w.h, area)
		}
		if w.w/w.h > 1.2 && w.w/w.h < 2.4 && (area.w != w.w || area.h != w.h) {
			t.Errorf("%gx%g has bands", w.w, w.h)
		}
	}
}

// TestThingsStandInTheWindow checks every place against the window.
func TestThingsStandInTheWindow(t *testing.T) {
	for _, w := range windows[:9] {
		for _, thumbs := range []bool{false, true} {
			t.Run(fmt.Sprintf("%gx%g thumbs %v", w.w, w.h, thumbs), func(t *testing.T) {
				f := newFrame(w.w, w.h, 1, thumbs)
				title, name, play := f.menu()
				board, fit, _ := f.board(64, false, false)
				places := map[string]rectangle{
					"title": title, "name": name, "play": play, "board": board, "radar": f.radar(96, 60), "energy": f.energy(),
					"chat": f.chat(), "chat box": f.chatBox(), "dialog": f.dialog(560, 236), "menu button": f.menuButton(), "chat button": f.chatButton(),
				}
				for what, r := range places {
					if r.x < 0 || r.y < 0 || r.x+r.w > f.width || r.y+r.h > f.height || r.w <= 0 || r.h <= 0 {
						t.Errorf("%s stands at %+v", what, r)
					}
				}
				if fit < leastLines {
					t.Errorf("the scoreboard has %d lines", fit)
				}
				if results, lines, _ := f.board(64, true, true); min(board.y, results.y) < f.clockRoom() || lines < leastLines || results.y+results.h > f.height {
					t.Errorf("the scoreboard stands at %+v, after a match at %+v with %d lines", board, results, lines)
				}
				if overlap(name, play) || overlap(title, name) {
					t.Errorf("the menu's parts overlap: %+v %+v %+v", title, name, play)
				}
				if thumbs {
					checkFingers(t, &f)
				}
			})
		}
	}
}

// checkFingers looks at what fingers touch and at the map beside it.
func checkFingers(t *testing.T, f *frame) {
	t.Helper()
	places := map[string]rectangle{"menu": f.menuButton(), "chat": f.chatButton(), "clock": f.clock()}
	for what, r := range places {
		if r.w < 44 || r.h < 44 {
			t.Errorf("the %s is %gx%g, too small for a finger", what, r.w, r.h)
		}
		if overlap(r, f.radar(96, 60)) {
			t.Errorf("the %s overlaps the map", what)
		}
		for other, o := range places {
			if what != other && overlap(r, o) {
				t.Errorf("the %s overlaps the %s", what, other)
			}
		}
	}
}

func overlap(a, b rectangle) bool {
	return a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h
}

func TestCameraMapsBothWays(t *testing.T) {
	var c camera
	c.resize(1720, 720)
	c.x, c.y = 500, -20
	x, y := c.px(500, -20)
	if mx, my := c.area.middle(); x != mx || y != my {
		t.Errorf("the middle is at %g, %g", x, y)
	}
	x1, _ := c.px(501, -20)
	if math.Abs(x1-x-c.zoom) > 1e-9 {
		t.Errorf("a unit is %g pixels, want %g", x1-x, c.zoom)
	}
}

func TestCameraFollows(t *testing.T) {
	var c camera
	c.resize(1280, 720)
	c.follow(replica.Point{X: 1000, Y: 500}, replica.Point{}, 0, 0, 1.0/60)
	if c.x != 1000 || c.y != 500 {
		t.Fatalf("at first the camera is at %g, %g", c.x, c.y)
	}
	for range 240 {
		c.follow(replica.Point{X: 1300, Y: 500}, replica.Point{}, 1, 0, 1.0/60)
	}
	if math.Abs(c.x-1300-lookReach) > 1 {
		t.Errorf("looking right the camera is %g ahead, want %g", c.x-1300, lookReach)
	}
	x := c.x
	c.follow(replica.Point{X: math.NaN(), Y: 5}, replica.Point{}, 0, 0, 1.0/60)
	c.follow(replica.Point{X: 1e300, Y: 5}, replica.Point{X: math.Inf(1)}, 0, 0, 1.0/60)
	if c.x != x {
		t.Errorf("a ship that is nowhere moved the camera to %g", c.x)
	}
}

// TestCameraIsTheSameAtAnyRate compares 30 and 240 frames a second.
func TestCameraIsTheSameAtAnyRate(t *testing.T) {
	end := func(rate int) float64 {
		var c camera
		c.resize(1280, 720)
		c.follow(replica.Point{}, replica.Point{}, 0, 0, 0)
		for range rate / 2 {
			c.follow(replica.Point{X: 150, Y: 0}, replica.Point{}, 0.5, 0, 1/float64(rate))
		}
		return c.x
	}
	if slow, fast := end(30), end(240); math.Abs(slow-fast) > 1 {
		t.Errorf("after half a second the camera is at %g or %g", slow, fast)
	}
}

func TestCameraStaysOverArena(t *testing.T) {
	a := loadArena(t, "foundry")
	var c camera
	c.resize(1280, 720)
	c.x, c.y = -500, 99999
	c.confine(a)
	if c.x != 640-arenaRim || c.y != a.Size().Y.Float()-360+arenaRim {
		t.Errorf("the camera is at %g, %g", c.x, c.y)
	}
	c.x, c.y, c.thumbs = -500, 99999, 90
	c.confine(a)
	if rim := arenaRim + 90/c.zoom; c.x != 640-rim || c.y != a.Size().Y.Float()-360+rim {
		t.Errorf("with thumbs on the glass the camera is at %g, %g", c.x, c.y)
	}
	c.thumbs = 0
	small := loadArena(t, "closet")
	c.resize(12800, 720)
	c.confine(small)
	if c.area.w/c.zoom > small.Size().X.Float()+2*arenaRim && c.x != small.Size().X.Float()/2 {
		t.Errorf("a small arena is not in the middle: %g", c.x)
	}
}

func TestRadarPoint(t *testing.T) {
	a := loadArena(t, "foundry")
	f := newFrame(1280, 720, 1, false)
	r := f.radar(float64(a.Width), float64(a.Height))
	size := a.Size()
	for _, c := range []struct {
		p    replica.Point
		x, y float64
	}{
		{replica.Point{}, r.x, r.y},
		{replica.Point{X: size.X.Float(), Y: size.Y.Float()}, r.x + r.w, r.y + r.h},
		{replica.Point{X: size.X.Float() / 2, Y: 1e9}, r.x + r.w/2, r.y + r.h},
	} {
		if x, y := radarPoint(r, a, c.p); math.Abs(x-c.x) > 1e-6 || math.Abs(y-c.y) > 1e-6 {
			t.Errorf("%+v is at %g, %g, want %g, %g", c.p, x, y, c.x, c.y)
		}
	}
}

// TestRadarMakesWay flies under the map and away.
func TestRadarMakesWay(t *testing.T) {
	a := newArcade(t, 1)
	a.show()
	f := newFrame(1280, 720, 1, false)
	var c camera
	var r radar
	p := pane{brush: &brush{sheet: bakedSheet(1), livery: &livery{}}, f: &f, camera: &c, scene: &a.scene, dt: 1.0 / 60}
	c.resize(1280, 720)
	x, y := f.radar(float64(a.scene.Arena.Width), float64(a.scene.Arena.Height)).middle()
	mx, my := c.area.middle()
	look := func(x, y float64) {
		a.scene.Ships = []replica.ShipView{{Pos: replica.Point{X: c.x + (x-mx)/c.zoom, Y: c.y + (y-my)/c.zoom}}}
		for range 60 {
			r.draw(&p)
		}
	}
	if look(x, y); r.hidden != 1 {
		t.Errorf("over a ship the map is hidden by %g, want 1", r.hidden)
	}
	if look(mx, my); r.hidden != 0 {
		t.Errorf("with nobody below the map is hidden by %g, want 0", r.hidden)
	}
}
