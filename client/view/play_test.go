package view

import (
	"strings"
	"testing"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

func atMenu(t *testing.T, change func(*Config)) (*arcade, *rig) {
	t.Helper()
	a := newArcade(t, 4)
	a.fly, a.status.Stage = nil, Menu
	r := newRig(t, a, 1280, 720, change)
	r.play(time.Second / 10)
	return a, r
}

func (r *rig) click(x, y float64) {
	r.poll.cursorX, r.poll.cursorY, r.poll.click, r.poll.cursorMoved = x, y, true, true
	r.play(time.Second / 60)
}

// touch puts a finger down and lifts it.
func (r *rig) touch(x, y float64) {
	r.poll.touches, r.poll.taps = []touchPoint{{3, x, y}}, []ebiten.TouchID{3}
	r.play(time.Second / 60)
	r.poll.touches = nil
	r.play(time.Second / 60)
}

func TestMenuPlays(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(r *rig)
	}{
		{"Enter", func(r *rig) { r.strike(ebiten.KeyEnter) }},
		{"space", func(r *rig) { r.strike(ebiten.KeySpace) }},
		{"click", func(r *rig) {
			_, _, play := r.game.frame.menu()
			x, y := play.middle()
			r.click(x, y)
		}},
		{"pad A", func(r *rig) {
			r.poll.pad.present = true
			r.poll.pad.strokes[ebiten.StandardGamepadButtonRightBottom] = true
			r.play(time.Second / 60)
		}},
		{"tap", func(r *rig) {
			_, _, play := r.game.frame.menu()
			x, y := play.middle()
			r.touch(x, y)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, r := atMenu(t, nil)
			tt.do(r)
			if kept := r.game.settings.Name; len(a.played) != 1 || a.played[0] != "QuietComet" || kept != "QuietComet" {
				t.Errorf("played as %q, kept %q", a.played, r.game.settings.Name)
			}
		})
	}
}

func TestAutoPlay(t *testing.T) {
	a, r := atMenu(t, func(c *Config) { c.AutoPlay = true })
	r.play(time.Second)
	if len(a.played) != 1 {
		t.Errorf("played %d times, want once", len(a.played))
	}
}

func TestAnEmptyNameIsTheGivenOne(t *testing.T) {
	a, r := atMenu(t, nil)
	r.game.menus.top().items[0].field.set("   ")
	r.strike(ebiten.KeyEnter)
	if len(a.played) != 1 || a.played[0] != "QuietComet" {
		t.Errorf("played as %q", a.played)
	}
}

func TestTypingGoesToTheName(t *testing.T) {
	_, r := atMenu(t, nil)
	r.poll.runes = []rune("ż!")
	r.game.poll = r.poll
	title := r.game.menus.top()
	r.game.startTyping(title, title.items[0].field) // a step would start the platform's input method
	if got := title.items[0].field.text; got != "QuietCometż!" || !r.game.writing() {
		t.Errorf("the name is %q, writing %v", got, r.game.writing())
	}
}

func TestEscInPlay(t *testing.T) {
	a, r := atMenu(t, nil)
	r.strike(ebiten.KeyEnter)
	r.poll.keys[ebiten.KeyW] = true
	r.play(time.Second / 2)
	if a.last.Buttons != sim.Up {
		t.Fatalf("flying with %05b", a.last.Buttons)
	}
	r.strike(ebiten.KeyEscape)
	r.play(time.Second / 10)
	if a.last.Buttons != 0 || r.game.menus.top() == nil {
		t.Errorf("in the menu the ship is asked %05b", a.last.Buttons)
	}
	r.strike(ebiten.KeyEscape)
	r.play(time.Second / 10)
	if a.last.Buttons != sim.Up || a.left != 0 {
		t.Errorf("after Esc twice: %05b, left %d times", a.last.Buttons, a.left)
	}
	r.strike(ebiten.KeyEscape)
	r.strike(ebiten.KeyArrowUp) // around the end: the last button leaves
	r.strike(ebiten.KeyEnter)
	r.play(time.Second / 10)
	if a.left != 1 || r.game.status.Stage != Menu {
		t.Errorf("left %d times, at %v", a.left, r.game.status.Stage)
	}
}

func TestTappedClockShowsScores(t *testing.T) {
	_, r := atMenu(t, func(c *Config) { c.Touch = true })
	r.strike(ebiten.KeyEnter)
	r.play(time.Second)
	tap := func() bool {
		x, y := r.game.frame.clock().middle()
		r.poll.touches, r.poll.taps = []touchPoint{{4, x, y}}, []ebiten.TouchID{4}
		r.play(time.Second / 60)
		r.poll.touches = nil
		r.play(time.Second / 2)
		return r.game.boardShown()
	}
	if r.game.boardShown() || !tap() || tap() {
		t.Error("a tap on the clock does not open the scoreboard, or a second does not close it")
	}
	if s := &r.game.hands.sticks; s.left.active || s.right.active {
		t.Error("the tap became a stick")
	}
}

func TestLost(t *testing.T) {
	a, r := atMenu(t, nil)
	r.strike(ebiten.KeyEnter)
	r.play(time.Second / 2)
	r.strike(ebiten.KeyEscape) // the menu is open when the line breaks
	a.status = Status{Stage: Lost, Message: "The line broke.", RetryIn: 3 * time.Second, CanRetry: true}
	r.play(time.Second / 2)
	if r.game.scene == nil || r.game.scene.Arena == nil {
		t.Error("the match is gone from the screen")
	}
	r.strike(ebiten.KeyEnter)
	r.play(time.Second / 10)
	if len(a.played) != 2 || r.game.menus.top() != nil {
		t.Errorf("played %d times, want again; menu open: %v", len(a.played), r.game.menus.top() != nil)
	}
	a.status = Status{Stage: Lost, RetryIn: time.Second}
	r.play(time.Second / 10)
	r.strike(ebiten.KeyEscape)
	if a.left != 1 {
		t.Errorf("Esc left %d times", a.left)
	}
}

// TestCountdownIsOfItsOwnAttempt waits for two attempts of different delays.
func TestCountdownIsOfItsOwnAttempt(t *testing.T) {
	var n notice
	for _, step := range []struct {
		left time.Duration
		want float64
	}{{4 * time.Second, 1}, {3 * time.Second, 0.75}, {time.Second, 0.25}, {0, 0}, {8 * time.Second, 1}, {2 * time.Second, 0.25}} {
		n.await(&Status{Stage: Lost, RetryIn: step.left})
		if got := n.share(); got != step.want {
			t.Errorf("with %v left the line is %g long, want %g", step.left, got, step.want)
		}
	}
}

// TestHiddenTab lets a minute pass between two frames.
func TestHiddenTab(t *testing.T) {
	a := newArcade(t, 8)
	r := newRig(t, a, 640, 360, nil)
	r.play(2 * time.Second)
	r.now += time.Minute
	r.play(time.Second / 60)
	if r.game.dt > longestFrame.Seconds() {
		t.Errorf("effects let %g s pass", r.game.dt)
	}
	r.play(time.Second)
	if r.game.pace.gaveUp {
		t.Error("a hidden tab was taken for a slow machine")
	}
}

// TestStrangeScenes feeds what only a hostile server sends.
func TestStrangeScenes(t *testing.T) {
	a := newArcade(t, 3)
	r := newRig(t, a, 1280, 720, nil)
	r.play(time.Second)
	inf := 1e300
	s := &a.scene
	for i := range 3000 {
		s.Bolts = append(s.Bolts, replica.BoltView{Owner: sim.PlayerID(i), Pos: replica.Point{X: inf, Y: -inf}, Vel: replica.Point{X: inf}})
		s.Ships = append(s.Ships, replica.ShipView{ID: sim.PlayerID(i * 21), Buttons: sim.Up, Pos: replica.Point{X: float64(i), Y: inf - inf}, Energy: 99})
		s.Effects = append(s.Effects, replica.Effect{Kind: replica.EffectKind(i), Who: sim.PlayerID(60000 + i%5000), Pos: s.Ships[0].Pos, Size: 1})
		s.Players = append(s.Players, replica.PlayerView{ID: sim.PlayerID(i), Name: strings.Repeat("W", 400), Score: -1 << 30})
		s.Chat = append(s.Chat, replica.ChatView{Name: strings.Repeat("M", 300), Text: strings.Repeat("\u0301x ", 300)})
	}
	s.Match.Phase = 200
	r.game.stage.step(s, 0, 0, r.now, 0.1)
	r.game.scene = s
	for range 3 {
		r.game.sheet.tidy()
		r.game.stage.collect(&r.game.brush, s, r.now)
		r.game.collectOver()
		if n := len(r.game.brush.vertices); n == 0 || n > 400_000 {
			t.Errorf("%d corners", n)
		}
		r.game.brush.vertices, r.game.brush.indices = r.game.brush.vertices[:0], r.game.brush.indices[:0]
	}
}

// still is a session that shows the same moment for ever.
type still struct{ scene *replica.Scene }

func (s still) Play(string, Place)                              {}
func (s still) Leave()                                          {}
func (s still) Say(string, replica.Scope, sim.PlayerID)         {}
func (s still) Choose(sim.HullKind, sim.Team)                   {}
func (s still) Look(sim.PlayerID, replica.Point)                {}
func (s still) CallVote(replica.VoteKind, sim.PlayerID, string) {}
func (s still) CastVote(bool)                                   {}
func (s still) Signal(replica.SignalKind)                       {}
func (s still) Mute(uint64, bool)                               {}
func (s still) Step(time.Duration, sim.Input) *replica.Scene    { return s.scene }
func (s still) Status() Status                                  { return Status{Stage: Playing} }

// TestSteadyPlayMakesNoGarbage prepares frames of a full fight: everything up to
// the two draw calls.
func TestSteadyPlayMakesNoGarbage(t *testing.T) {
	a := newArcade(t, 20)
	a.chatter()
	r := newRig(t, a, 1280, 720, nil)
	r.play(8 * time.Second)
	a.scene.Effects = nil
	g := r.game
	g.cfg.Session = still{&a.scene}
	frame := func() {
		r.now += time.Second / 6000 // a frame, in a moment that goes on
		g.poll = r.poll
		g.step(r.now, &g.poll)
		g.sheet.tidy()
		g.stage.collect(&g.brush, g.scene, g.now)
		g.collectOver()
		g.sheet.pending = g.sheet.pending[:0]
		g.brush.vertices, g.brush.indices = g.brush.vertices[:0], g.brush.indices[:0]
	}
	for range 50 {
		frame()
	}
	if n := testing.AllocsPerRun(300, frame); n > 0 {
		t.Errorf("%v allocations in a frame, want none", n)
	}
}

func BenchmarkPrepareFrame(b *testing.B) {
	a := newArcade(b, 20)
	now := time.Duration(0)
	g := New(Config{Session: a, Now: func() time.Duration { return now }})
	g.resize(1280, 720)
	p := poll{}
	corners := 0
	b.ReportAllocs()
	for b.Loop() {
		now += time.Second / 60
		g.step(now, &p)
		g.stage.collect(&g.brush, g.scene, g.now)
		g.collectOver()
		corners = len(g.brush.vertices)
		g.sheet.pending = g.sheet.pending[:0]
		g.brush.vertices, g.brush.indices = g.brush.vertices[:0], g.brush.indices[:0]
	}
	b.ReportMetric(float64(corners), "corners")
}
