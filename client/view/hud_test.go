package view

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// clerk is an exhibit that writes down what it is asked.
type clerk struct {
	*exhibit
	asked []string
}

func (c *clerk) note(format string, args ...any) {
	c.asked = append(c.asked, fmt.Sprintf(format, args...))
}

func (c *clerk) Play(_ string, p Place) { c.note("play spectate %v", p.Spectate) }
func (c *clerk) Say(text string, s replica.Scope, to sim.PlayerID) {
	c.note("say %q to %d %d", text, s, int16(to))
}
func (c *clerk) Look(id sim.PlayerID, at replica.Point) { c.note("look %d %.0f", int16(id), at.X) }
func (c *clerk) CallVote(k replica.VoteKind, id sim.PlayerID, _ string) {
	c.note("vote %d on %d", k, id)
}
func (c *clerk) CastVote(yes bool)           { c.note("cast %v", yes) }
func (c *clerk) Signal(k replica.SignalKind) { c.note("signal %d", k) }
func (c *clerk) Mute(tag uint64, on bool)    { c.note("mute %d %v", tag, on) }

// atHUD is a player in the midst of a match.
func atHUD(t *testing.T, mode string, change func(*Config)) (*clerk, *rig) {
	t.Helper()
	c := &clerk{exhibit: hudExhibit(t, mode)}
	r := newRig(t, c, 1280, 720, change)
	r.game.hud.hints.seen = allHints
	r.play(time.Second / 2)
	r.lay()
	c.asked = nil
	return c, r
}

// lay draws a frame as far as that goes without a screen.
func (r *rig) lay() {
	g := r.game
	g.stage.collect(&g.brush, g.scene, g.now)
	g.collectOver()
	g.brush.vertices, g.brush.indices = g.brush.vertices[:0], g.brush.indices[:0]
	g.sheet.pending = g.sheet.pending[:0]
}

// touchDeed touches what does d, as the last frame drew it.
func (r *rig) touchDeed(d deed, index int) {
	r.t.Helper()
	r.lay()
	for _, k := range r.game.glass.knobs {
		if k.do == d && k.index == index {
			x, y := k.area.middle()
			r.poll.touches, r.poll.taps = []touchPoint{{7, x, y}}, []ebiten.TouchID{7}
			r.play(time.Second / 60)
			r.poll.touches = nil
			r.play(time.Second / 30)
			return
		}
	}
	r.t.Fatalf("nothing does %d %d", d, index)
}

func (c *clerk) want(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(c.asked, want) {
		t.Errorf("asked %q, want %q", c.asked, want)
	}
	c.asked = nil
}

func TestVoteByKeyAndFinger(t *testing.T) {
	c, r := atHUD(t, "squads", nil)
	r.strike(ebiten.KeyF1)
	c.want(t) // there is none
	c.vote(replica.VoteKick)
	r.strike(ebiten.KeyF2)
	c.want(t, "cast false")
	r.game.hands.device = touch
	r.game.resize(844, 390)
	r.touchDeed(doVoteYes, 0)
	c.want(t, "cast true")
	c.scene.Vote.Voted = true
	r.game.hands.device = keyboard
	r.strike(ebiten.KeyF1)
	c.want(t)
}

func TestWordsWithoutWriting(t *testing.T) {
	c, r := atHUD(t, "squads", nil)
	r.strike(ebiten.KeyDigit3)
	c.want(t, "signal 2")
	// Held: the pointer chooses, letting go says it.
	r.poll.keys[ebiten.KeyV] = true
	r.strike(ebiten.KeyV)
	r.play(time.Second / 2)
	r.poll.cursorX, r.poll.cursorMoved = r.poll.cursorX+200, true
	r.play(time.Second / 10)
	r.poll.keys[ebiten.KeyV] = false
	r.play(time.Second / 30)
	c.want(t, "signal 2")
	// Tapped: it stays, and Esc closes it without leaving the match.
	r.poll.cursorMoved = false
	r.strike(ebiten.KeyV)
	r.play(time.Second / 30)
	if !r.game.hud.wheel.open {
		t.Fatal("a tap does not leave the words open")
	}
	r.strike(ebiten.KeyEscape)
	c.want(t)
	if r.game.hud.wheel.open || r.game.notice.covers(&r.game.status) {
		t.Error("Esc does not close the words alone")
	}
	r.game.hands.device = touch
	r.touchDeed(doWheel, 0)
	r.touchDeed(doSignal, 5)
	c.want(t, "signal 5")
}

func TestBoardByKeys(t *testing.T) {
	c, r := atHUD(t, "squads", nil)
	r.strike(ebiten.KeyTab) // a tap pins it
	r.poll.keys[ebiten.KeyTab] = true
	r.play(time.Second / 15)
	r.poll.keys[ebiten.KeyTab] = false
	r.play(time.Second / 30)
	if !r.game.hud.board.pinned {
		t.Fatal("a tap does not pin the board")
	}
	r.lay()
	r.poll.keys[ebiten.KeyArrowDown] = true
	r.strike(ebiten.KeyArrowDown)
	r.strike(ebiten.KeyArrowDown)
	r.poll.keys[ebiten.KeyArrowDown] = false
	line := player(r.game.scene, r.game.hud.board.chosen)
	if line == nil || line.Team != sim.TeamIon || line.ID == 0 {
		t.Fatalf("the second line is %+v", line)
	}
	r.strike(ebiten.KeyEnter)
	r.lay()
	if !r.game.hud.board.menu.open || r.game.chat.writing {
		t.Fatal("Enter does not open the line's menu alone")
	}
	r.strike(ebiten.KeyArrowDown)
	r.strike(ebiten.KeyEnter)
	c.want(t, fmt.Sprintf("mute %d true", line.Tag))
	r.strike(ebiten.KeyEscape)
	if r.game.hud.board.shown() || r.game.notice.covers(&r.game.status) {
		t.Error("Esc does not close the board alone")
	}
}

func TestBoardWhispersAndCallsVotes(t *testing.T) {
	c, r := atHUD(t, "brawl", nil)
	r.game.openLine(1)
	r.lay()
	r.strike(ebiten.KeyEnter)
	if !r.game.chat.writing || r.game.chat.scope != replica.ToOne || r.game.chat.to != 1 {
		t.Errorf("writing %v to %d %d", r.game.chat.writing, r.game.chat.scope, r.game.chat.to)
	}
	r.game.chat.field.insert("hello")
	r.strike(ebiten.KeyEnter)
	c.want(t, `say "hello" to 2 1`)
	r.game.openLine(1)
	r.lay()
	r.strike(ebiten.KeyArrowDown)
	r.strike(ebiten.KeyArrowDown)
	r.strike(ebiten.KeyEnter)
	c.want(t, "vote 1 on 1")
	r.game.openLine(3) // a bot: nothing but following makes sense, and own ship flies
	if m := &r.game.hud.board.menu; m.count != 1 || m.entries[0] != orderBack {
		t.Errorf("a bot's line offers %v", m.entries[:m.count])
	}
}

func TestChatKnowsWhomItIsFor(t *testing.T) {
	scene := &replica.Scene{Teams: 2, Team: sim.TeamIon, Self: 0, Players: []replica.PlayerView{
		{ID: 0, Name: "Me"}, {ID: 1, Name: "Paper Tiger"}, {ID: 2, Name: "Paper"}, {ID: 3, Name: "Łukasz"},
	}}
	for _, tt := range []struct {
		typed, text string
		scope       replica.Scope
		to          sim.PlayerID
	}{
		{"/t go left", "go left", replica.ToTeam, sim.NoPlayer},
		{"/w Paper Tiger come", "come", replica.ToOne, 1},
		{"/w paper come", "come", replica.ToOne, 2},
		{"/w łukasz hej", "hej", replica.ToOne, 3},
		{"/w Nobody hello", "/w Nobody hello", replica.ToAll, sim.NoPlayer},
		{"/shrug", "/shrug", replica.ToAll, sim.NoPlayer},
		{"/t", "/t", replica.ToAll, sim.NoPlayer},
	} {
		c := newChat()
		c.start()
		c.field.set(tt.typed)
		c.obeySlash(scene)
		if c.field.text != tt.text || c.scope != tt.scope || c.to != tt.to {
			t.Errorf("%q became %q to %d %d", tt.typed, c.field.text, c.scope, c.to)
		}
	}
	c := newChat()
	scene.Chat = []replica.ChatView{{From: 3, Name: "Łukasz", Scope: replica.ToOne}}
	c.start()
	var scopes []replica.Scope
	for range 3 {
		c.turn(scene)
		scopes = append(scopes, c.scope)
	}
	if want := []replica.Scope{replica.ToTeam, replica.ToOne, replica.ToAll}; !slices.Equal(scopes, want) {
		t.Errorf("Tab goes to %v, want %v", scopes, want)
	}
	c.field.set("/w pap")
	if c.turn(scene); c.to != 1 || c.field.text != "" {
		t.Errorf("Tab completes to %d, leaving %q", c.to, c.field.text)
	}
}

func TestSpectatorTurnsTheEye(t *testing.T) {
	c, r := atHUD(t, "squads", nil)
	c.watch()
	r.play(time.Second)
	first := r.game.stage.watch.id
	if len(c.asked) != 1 {
		t.Errorf("told the server %q, want whom it watches once", c.asked)
	}
	r.strike(ebiten.KeyBracketRight)
	if id := r.game.stage.watch.id; id == first || !r.game.stage.watch.chosen {
		t.Errorf("watching %d after %d", id, first)
	}
	r.strike(ebiten.KeyF)
	c.asked = nil
	r.poll.keys[ebiten.KeyD] = true
	r.play(2 * time.Second)
	r.poll.keys[ebiten.KeyD] = false
	if n := len(c.asked); n < 3 || n > 10 {
		t.Errorf("a free eye told the server %d times in two seconds, want at most five a second", n)
	}
	c.asked = nil
	r.strike(ebiten.KeyJ)
	if !slices.Contains(c.asked, "play spectate false") {
		t.Errorf("asked %q to join", c.asked)
	}
}

func TestTheDeadTurnToWhoDidIt(t *testing.T) {
	c, r := atHUD(t, "squads", nil)
	c.die(8)
	r.play(2 * time.Second)
	if id := r.game.stage.watch.id; id != sim.NoPlayer {
		t.Errorf("for so short a wait the eye went to %d", id)
	}
	r.strike(ebiten.KeyBracketRight)
	if id := r.game.stage.watch.id; id != 9-1 {
		t.Errorf("watching %d, want who did it", id)
	}
	r.game.stage.watch.rest()
	c.scene.Respawn = 8 * time.Second
	r.play(2 * time.Second)
	if id := r.game.stage.watch.id; id != 8 {
		t.Errorf("in a long wait the eye is with %d, want who did it", id)
	}
}

func TestBannersTellOnce(t *testing.T) {
	var q banners
	s := &replica.Scene{Match: sim.Match{Phase: sim.Live}, Left: 62 * time.Second, ScoreLimit: 10, Players: []replica.PlayerView{{Score: 8, Name: "a"}}}
	told := map[words.Key]int{}
	step := func() {
		before := q.count
		q.step(s, 1.0/60)
		for i := before; i < q.count; i++ {
			told[q.queue[i].key]++
		}
	}
	for range 600 {
		s.Left -= time.Second / 60
		step()
		if s.Left < 57*time.Second {
			s.Players[0].Score = 9
		}
	}
	if told[words.OneMinute] != 1 || told[words.MatchPoint] != 1 || len(told) != 2 {
		t.Errorf("told %v", told)
	}
	s.Match.Phase = sim.Results
	if step(); q.count != 0 {
		t.Error("a banner stands over the results")
	}
}

func TestHitsPointBack(t *testing.T) {
	var h hits
	s := &replica.Scene{Self: 0, Ships: []replica.ShipView{{ID: 0, Own: true, Pos: replica.Point{X: 100, Y: 100}}, {ID: 1, Pos: replica.Point{X: 100, Y: 300}}}}
	s.Effects = []replica.Effect{
		{Kind: replica.ShotHit, Who: 0, By: 1, Dir: replica.Point{X: 1}}, // seen: it is where the ship is
		{Kind: replica.ShotHit, Who: 0, By: 9, Dir: replica.Point{X: 1}}, // out of sight: it came from the left
		{Kind: replica.ShotHit, Who: 1, By: 0, Dir: replica.Point{X: 1}},
		{Kind: replica.ShotHit, Who: 0, By: 1, Dir: replica.Point{X: 1}}, // again: no second mark
	}
	h.step(s, 1.0/60)
	var angles []string
	for _, m := range h.marks {
		if m.left > 0 {
			angles = append(angles, fmt.Sprintf("%d %.2f", m.by, m.angle))
		}
	}
	if want := []string{"1 1.57", "9 3.14"}; !slices.Equal(angles, want) && !slices.Equal(angles, []string{"1 1.57", "9 -3.14"}) {
		t.Errorf("marks %v, want %v", angles, want)
	}
	s.Effects = nil
	for range 100 {
		h.step(s, 1.0/60)
	}
	if h.marks[0].left != 0 {
		t.Error("a mark stays for ever")
	}
}

func TestHintsComeOnce(t *testing.T) {
	var h hints
	var c camera
	c.resize(1280, 720)
	s := &replica.Scene{Alive: true, Ships: []replica.ShipView{{Own: true, Energy: 1}}}
	own := &s.Ships[0]
	var order []hintKind
	for range 60 * 120 {
		was := h.open
		if h.step(s, &c, 1.0/60); h.open && !was {
			order = append(order, h.now)
		}
		if h.open && h.now == hintThrust {
			own.Buttons = sim.Up
		}
		own.Dashing = h.open && h.now == hintDash
	}
	// Nothing lies about, nobody flies near and energy is full: those wait.
	if want := []hintKind{hintThrust, hintAim, hintFire, hintAlt, hintDash, hintScores}; !slices.Equal(order, want) {
		t.Errorf("hints came as %v, want %v", order, want)
	}
	own.Energy = 0.5
	h.step(s, &c, 1.0/60)
	if !h.open || h.now != hintEnergy {
		t.Errorf("with half the energy the hint is %d, open %v", h.now, h.open)
	}
	if h.skip(); h.seen != allHints || h.open || !h.changed {
		t.Error("skipping does not end them")
	}
}

// TestHUDMakesNoGarbage prepares frames of every mode, of a board, of the dead and
// of those who watch.
func TestHUDMakesNoGarbage(t *testing.T) {
	for _, m := range hudMoments {
		if m.name == "hit" {
			continue // its scene makes effects
		}
		t.Run(m.name, func(t *testing.T) {
			c, r := atHUD(t, m.mode, nil)
			m.show(r, c.exhibit)
			c.play = nil
			g := r.game
			frame := func() {
				r.now += time.Second / 6000
				g.poll = r.poll
				g.step(r.now, &g.poll)
				r.lay()
			}
			for range 20 {
				frame()
			}
			if n := testing.AllocsPerRun(100, frame); n > 0 {
				t.Errorf("%v allocations in a frame, want none", n)
			}
		})
	}
}
