package room

import (
	"fmt"
	"strings"
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// TestFault_G1_InputFlood lets somebody send more inputs than ticks pass: those over
// the budget are dropped, and who floods is out after about ten seconds, while
// another in the room plays on.
func TestFault_G1_InputFlood(t *testing.T) {
	for _, c := range []struct {
		perSecond       int
		dropped, thrown bool
	}{
		{60, false, false}, {63, false, false}, // up to the budget
		{70, true, false}, // a clock that runs fast gains nothing
		{130, true, true}, {1000, true, true}, {6000, true, true},
	} {
		r := New(Config{Arena: arena(t, "foundry")})
		ann, eve := enter(t, r, "Ann", false), enter(t, r, "Eve", false)
		play(r, 2)
		owed, sent, ticks := 0, 0, 0
		for ticks < 40*sim.TickRate && eve.closed == 0 {
			for owed += c.perSecond; owed >= sim.TickRate; owed -= sim.TickRate {
				eve.input(sim.Input{Aim: 9})
				sent++
			}
			ann.input(sim.Input{Aim: 7})
			r.Tick()
			ticks++
		}
		dropped := int(r.stats.InputsDropped)
		if most := inputBurst/inputCost + (ticks+2)*inputEarned/inputCost; sent-dropped > most {
			t.Errorf("%d a second: %d inputs acted in %d ticks, want at most %d", c.perSecond, sent-dropped, ticks, most)
		}
		if c.dropped != (dropped > 0) || c.thrown != (eve.closed != 0) {
			t.Errorf("%d a second: %d dropped, closed with %d", c.perSecond, dropped, eve.closed)
		}
		if c.thrown && (eve.closed != wire.CloseFlood || ticks < inputAbuse-30 || ticks > inputAbuse+180) {
			t.Errorf("%d a second: closed with %d after %d ticks, want %d after about %d", c.perSecond, eve.closed, ticks, wire.CloseFlood, inputAbuse)
		}
		if got := ann.seat().held.Aim; got != 7 || ann.closed != 0 || ann.frames < ticks/2 {
			t.Errorf("%d a second: the other holds %d, is closed with %d, had %d frames", c.perSecond, got, ann.closed, ann.frames)
		}
	}
}

// TestFault_G1_StallsAreNoFlood lets a line stall for a second again and again, with
// a second between: not one of sixty inputs a second is dropped.
func TestFault_G1_StallsAreNoFlood(t *testing.T) {
	for _, stall := range []int{30, 45, 60} {
		r := New(Config{Arena: arena(t, "closet")})
		g := enter(t, r, "Ann", false)
		play(r, 2)
		for range 20 {
			for range 60 {
				g.input(sim.Input{})
				r.Tick()
			}
			play(r, stall)
			for range stall {
				g.tell(&wire.Client{Kind: wire.KindInput, Input: wire.Input{Tick: g.stamp + 1}})
				g.stamp++
			}
			r.Tick()
		}
		if r.stats.InputsDropped != 0 || g.closed != 0 {
			t.Errorf("stalls of %d ticks: %d inputs dropped, closed with %d", stall, r.stats.InputsDropped, g.closed)
		}
	}
}

// TestFault_G1_Bursts sends a flood in one piece, once a second: it is one all the same,
// of inputs and of wishes.
func TestFault_G1_Bursts(t *testing.T) {
	for name, send := range map[string]func(g *guest){
		"inputs": func(g *guest) { g.input(sim.Input{Aim: 9}) },
		"looks":  func(g *guest) { g.tell(&wire.Client{Kind: wire.KindLook}) },
	} {
		r := New(Config{Arena: arena(t, "closet")})
		eve := enter(t, r, "Eve", false)
		play(r, 2)
		ticks := 0
		for ; ticks < 30*sim.TickRate && eve.closed == 0; ticks++ {
			if ticks%sim.TickRate == 0 {
				for range 390 {
					send(eve)
				}
			}
			r.Tick()
		}
		if eve.closed != wire.CloseFlood || ticks < inputAbuse-30 || ticks > inputAbuse+180 {
			t.Errorf("%s: closed with %d after %d ticks, want %d after about %d", name, eve.closed, ticks, wire.CloseFlood, inputAbuse)
		}
	}
}

// TestFault_G1_StallsNeverThrow delivers an input a tick in pieces of any size, for
// minutes: nobody is thrown out for how a line bundles.
func TestFault_G1_StallsNeverThrow(t *testing.T) {
	for _, stall := range []int{70, 90, 110, 128, 150, 240} {
		r := New(Config{Arena: arena(t, "closet")})
		g := enter(t, r, "Ann", false)
		play(r, 2)
		for range 120 * sim.TickRate / stall {
			play(r, stall-1)
			for range stall {
				g.input(sim.Input{Aim: 1})
			}
			r.Tick()
		}
		if g.closed != 0 {
			t.Errorf("pieces of %d: closed with %d", stall, g.closed)
		}
	}
}

// TestFault_G1_OneLongStall delivers three seconds of inputs at once, several times:
// some are dropped, nobody is thrown out, and the newest acts.
func TestFault_G1_OneLongStall(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet")})
	g := enter(t, r, "Ann", false)
	play(r, 2)
	for range 10 {
		play(r, 180)
		for range 180 {
			g.input(sim.Input{Aim: 1})
		}
		for range 60 {
			r.Tick()
			g.input(sim.Input{Aim: 2})
		}
	}
	if r.stats.InputsDropped == 0 {
		t.Error("nothing was dropped")
	}
	if g.closed != 0 {
		t.Errorf("closed with %d", g.closed)
	}
	play(r, 2*wire.MaxAhead)
	if got := g.seat().held.Aim; got != 2 {
		t.Errorf("input %d acts, want the newest", got)
	}
}

// TestFault_G16_ChatFlood says as much as the line takes for a minute: a few lines are
// heard, then none for a minute, though others may speak; whoever stops may speak
// again.
func TestFault_G16_ChatFlood(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet")})
	eve := enter(t, r, "Eve", false)
	ann := enter(t, r, "Ann", false)
	play(r, 2)
	for i := range 59 * sim.TickRate {
		for n := range talkSize + 3 {
			eve.chat(fmt.Sprint("line ", i, n))
		}
		r.Tick()
	}
	heard := 0
	for i := range r.talk.total {
		if r.talk.ring[i].From == eve.rep.Self() {
			heard++
		}
	}
	if heard != chatLimit/chatCost {
		t.Errorf("%d lines are heard, want %d", heard, chatLimit/chatCost)
	}
	if r.stats.ChatDropped == 0 {
		t.Error("what was dropped is not counted")
	}
	if lines := eve.rep.Scene(eve.now()).Chat; len(lines) == 0 || !strings.Contains(lines[len(lines)-1].Text, "Nobody hears you") {
		t.Errorf("who is mute is told %+v", lines)
	}
	before := r.talk.total
	ann.chat("and I")
	play(r, 2)
	if r.talk.total != before+1 {
		t.Error("the flood mutes others")
	}
	play(r, 2*sim.TickRate)
	eve.chat("sorry")
	play(r, 4)
	last := r.talk.ring[(r.talk.total-1)%uint32(len(r.talk.ring))]
	if want := (wire.ChatLine{From: eve.rep.Self(), Name: "Eve", Text: "sorry"}); last.ChatLine != want {
		t.Errorf("got %+v, want %+v", last, want)
	}
	lines := ann.rep.Scene(ann.now()).Chat
	if len(lines) == 0 || lines[len(lines)-1].Text != "sorry" {
		t.Errorf("another hears %+v", lines)
	}
}

// TestFault_G16_TheSameAgain repeats one line: that costs twice as much.
func TestFault_G16_TheSameAgain(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet")})
	eve := enter(t, r, "Eve", false)
	play(r, 2)
	for range 4 {
		eve.chat("buy")
		play(r, 2)
	}
	if eve.seat().muted == 0 {
		t.Error("who repeats a line four times at once may go on")
	}
}

// TestFault_G16_TalkIsFine lets somebody chat as people do: a line each five seconds
// and four at once now and then.
func TestFault_G16_TalkIsFine(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet")})
	ann := enter(t, r, "Ann", false)
	play(r, 2)
	for i := range 24 {
		ann.chat(fmt.Sprint("line ", i))
		if i%8 == 7 {
			for n := range 3 {
				play(r, 2)
				ann.chat(fmt.Sprint("and ", i, n))
			}
			play(r, 15*sim.TickRate)
		}
		play(r, 5*sim.TickRate)
	}
	if r.stats.ChatDropped != 0 {
		t.Errorf("%d lines were dropped", r.stats.ChatDropped)
	}
}
