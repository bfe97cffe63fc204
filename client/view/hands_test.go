package view

import (
	"math"
	"testing"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/shared/sim"
)

func TestEightWays(t *testing.T) {
	for _, c := range []struct {
		x, y float64
		want sim.Buttons
	}{
		{0, 0, 0},
		{0.2, 0, 0},
		{1, 0, sim.Right},
		{0.8, 0.7, sim.Right | sim.Down},
		{0, 1, sim.Down},
		{-0.7, 0.7, sim.Down | sim.Left},
		{-1, 0.1, sim.Left},
		{-0.6, -0.6, sim.Left | sim.Up},
		{0.1, -1, sim.Up},
		{0.9, -0.8, sim.Up | sim.Right},
	} {
		if got := eightWays(c.x, c.y, stickRest); got != c.want {
			t.Errorf("eightWays(%g, %g) = %05b, want %05b", c.x, c.y, got, c.want)
		}
	}
}

func TestAngleTo(t *testing.T) {
	for turn := range sim.AngleSteps {
		a := sim.Angle(turn)
		x, y := a.Dir()
		if got := angleTo(float64(x), float64(y)); got != a {
			t.Fatalf("angleTo of the direction of %d is %d", a, got)
		}
	}
	if got := angleTo(1, -1e-9); got != 0 {
		t.Errorf("just above the right is %d, want 0: 1024 is no angle", got)
	}
}

func TestKeysBecomeInput(t *testing.T) {
	f := newFrame(1280, 720, 1, false)
	var c camera
	c.resize(1280, 720)
	for _, tt := range []struct {
		name string
		keys []ebiten.Key
		want sim.Buttons
	}{
		{"nothing", nil, 0},
		{"W and D", []ebiten.Key{ebiten.KeyW, ebiten.KeyD}, sim.Up | sim.Right},
		{"arrows", []ebiten.Key{ebiten.KeyArrowDown, ebiten.KeyArrowLeft}, sim.Down | sim.Left},
		{"space", []ebiten.Key{ebiten.KeySpace}, sim.Fire},
		{"everything", []ebiten.Key{ebiten.KeyW, ebiten.KeyA, ebiten.KeyS, ebiten.KeyD, ebiten.KeySpace, ebiten.KeyE, ebiten.KeyShiftLeft}, sim.AllButtons},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var h hands
			var p poll
			for _, k := range tt.keys {
				p.keys[k] = true
			}
			p.cursorX, p.cursorY = 640, 720
			in := h.input(&p, &f, &c, 640, 360, true)
			if !in.Valid() || in.Buttons != tt.want || in.Aim != 256 {
				t.Errorf("got %05b towards %d, want %05b towards 256", in.Buttons, in.Aim, tt.want)
			}
		})
	}
}

func TestMouseFires(t *testing.T) {
	f := newFrame(1280, 720, 1, false)
	var c camera
	c.resize(1280, 720)
	h, p := hands{}, poll{}
	p.mouse[ebiten.MouseButtonLeft] = true
	if in := h.input(&p, &f, &c, 640, 360, true); in.Buttons != sim.Fire {
		t.Errorf("the mouse gives %05b, want fire", in.Buttons)
	}
	h.device = touch // where a finger moves the mouse too, the sticks decide
	if in := h.input(&p, &f, &c, 640, 360, true); in.Buttons != 0 {
		t.Errorf("under a finger the mouse gives %05b, want nothing", in.Buttons)
	}
}

func TestPadAims(t *testing.T) {
	f := newFrame(1280, 720, 1, false)
	var c camera
	c.resize(1280, 720)
	h, p := hands{}, poll{}
	p.pad = padState{present: true, leftX: -1, rightY: -0.9}
	p.pad.buttons[ebiten.StandardGamepadButtonFrontBottomRight] = true
	h.notice(&p, false)
	in := h.input(&p, &f, &c, 640, 360, true)
	if want := (sim.Input{Buttons: sim.Left | sim.Fire, Aim: 768}); in != want {
		t.Errorf("got %+v, want %+v", in, want)
	}
	p.pad.rightY = 0.1 // let go: the aim stays
	if in := h.input(&p, &f, &c, 640, 360, true); in.Aim != 768 {
		t.Errorf("at rest the aim went to %d", in.Aim)
	}
}

func TestThumbsFly(t *testing.T) {
	f := newFrame(800, 360, 1, true)
	var c camera
	c.resize(800, 360)
	h := hands{device: touch}
	reach := stickReach * f.unit
	free := func(float64, float64) bool { return false }
	p := poll{touches: []touchPoint{{1, 100, 200}, {2, 700, 200}}, taps: []ebiten.TouchID{1, 2}}
	h.sticks.step(&p, &f, free)
	p.taps = nil
	p.touches = []touchPoint{{1, 100 + reach, 200}, {2, 700, 200 - reach/2}}
	h.sticks.step(&p, &f, free)
	in := h.input(&p, &f, &c, 400, 180, true)
	if want := (sim.Input{Buttons: sim.Right | sim.Fire, Aim: 768}); in != want {
		t.Errorf("got %+v, want %+v", in, want)
	}
	p.touches = []touchPoint{{1, 100 + 3*reach, 200}}
	h.sticks.step(&p, &f, free)
	if s := &h.sticks.left; math.Abs(s.x-s.x0-reach) > 1e-6 {
		t.Errorf("the stick's middle stayed %g behind, want %g", s.x-s.x0, reach)
	}
	p.touches = nil
	h.sticks.step(&p, &f, free)
	if in := h.input(&p, &f, &c, 400, 180, true); in.Buttons != 0 || in.Aim != 768 {
		t.Errorf("without thumbs: %+v", in)
	}
}

func TestButtonsOnTopAreNotSticks(t *testing.T) {
	f := newFrame(800, 360, 1, true)
	var s sticks
	p := poll{touches: []touchPoint{{5, 20, 20}}, taps: []ebiten.TouchID{5}}
	s.step(&p, &f, func(float64, float64) bool { return true })
	if s.left.active || s.right.active {
		t.Error("a finger on a button became a stick")
	}
}

// TestEveryInputIsValid flies with every device at once, wildly.
func TestEveryInputIsValid(t *testing.T) {
	a := newArcade(t, 2)
	a.fly = nil
	r := newRig(t, a, 800, 360, nil)
	dice := chance(5)
	seen := sim.Buttons(0)
	for range 2000 {
		for _, k := range []ebiten.Key{ebiten.KeyW, ebiten.KeyA, ebiten.KeyS, ebiten.KeyD, ebiten.KeySpace, ebiten.KeyE, ebiten.KeyShiftRight} {
			r.poll.keys[k] = dice.unit() < 0.4
		}
		r.poll.cursorX, r.poll.cursorY = dice.span(-2000, 2000), dice.span(-2000, 2000)
		r.poll.cursorMoved = dice.unit() < 0.5
		r.poll.pad = padState{present: true, leftX: dice.span(-1, 1), leftY: dice.span(-1, 1), rightX: dice.span(-1.5, 1.5), rightY: dice.span(-1, 1)}
		r.play(time.Second / 60)
		if !a.last.Valid() {
			t.Fatalf("asked of the ship: %+v", a.last)
		}
		seen |= a.last.Buttons
	}
	if seen != sim.AllButtons {
		t.Errorf("only %05b were ever held", seen)
	}
}

func TestKeyboardOnTheScreenIsStillTouch(t *testing.T) {
	for _, tt := range []struct {
		name    string
		do      func(p *poll)
		writing bool
		want    device
	}{
		{"Enter", func(p *poll) { p.strokes[ebiten.KeyEnter] = true }, false, touch},
		{"Enter that sends", func(p *poll) { p.strokes[ebiten.KeyEnter] = true }, true, touch},
		{"a letter that also flies", func(p *poll) { p.strokes[ebiten.KeyW] = true }, true, touch},
		{"the cursor", func(p *poll) { p.cursorMoved = true }, false, touch},
		{"W in flight", func(p *poll) { p.strokes[ebiten.KeyW] = true }, false, keyboard},
		{"fire", func(p *poll) { p.strokes[ebiten.KeySpace] = true }, false, keyboard},
		{"a mouse", func(p *poll) { p.click = true }, true, keyboard},
	} {
		h, p := hands{device: touch}, poll{}
		tt.do(&p)
		if h.notice(&p, tt.writing); h.device != tt.want {
			t.Errorf("%s: the device is %d, want %d", tt.name, h.device, tt.want)
		}
	}
}
