package room

import (
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// states are what somebody can be in a room, each with the way there from flying,
// and whether a ship, chat and the seat are his then.
var states = []struct {
	name                string
	become              func(r *Room, g *guest)
	spectate            bool
	flies, talks, stays bool
}{
	{name: "flying", become: func(*Room, *guest) {}, flies: true, talks: true, stays: true},
	{name: "dead", become: die, talks: true, stays: true},
	{name: "watching", become: func(*Room, *guest) {}, spectate: true, talks: true, stays: true},
	{name: "away", become: func(r *Room, g *guest) { g.visit.Gone(); r.Tick() }, flies: true, stays: true},
	{name: "after the match", become: bell, flies: true, talks: true, stays: true},
	{name: "said goodbye", become: func(r *Room, g *guest) { g.tell(&wire.Client{Kind: wire.KindLeave}); r.Tick() }},
}

func die(r *Room, g *guest) {
	p := &r.world.Players[g.rep.Self()]
	p.Status, p.SpawnAt = sim.Waiting, r.world.Tick+10*sim.TickRate
}

func bell(r *Room, _ *guest) {
	r.world.Match.Phase, r.world.Match.Ends = sim.Results, r.world.Tick+1<<20
}

// TestFault_G8_EveryMessageInEveryState sends each message in each state: who has no
// ship gets none by it, who is not there is not heard, and nobody else notices.
func TestFault_G8_EveryMessageInEveryState(t *testing.T) {
	fire := sim.Input{Buttons: sim.Fire | sim.Right, Aim: 100}
	for _, st := range states {
		for kind := wire.KindHello; kind <= wire.KindLeave; kind++ {
			rules := sim.Rules{Live: 1 << 30}
			r := New(Config{Arena: arena(t, "foundry"), Rules: &rules, ResumeFor: 1 << 20})
			other, g := enter(t, r, "Ann", false), enter(t, r, "Eve", st.spectate)
			play(r, 120) // beyond the shield of the spawn
			id, visit, lines := g.rep.Self(), g.visit, r.talk.total
			st.become(r, g)
			closed := g.closed
			for i := range sim.Tick(60) {
				// Errors are for a gate to act on; a room only must not mind.
				_ = visit.Receive(&wire.Client{Kind: kind, Text: []byte("boo"), Input: wire.Input{Tick: r.world.Tick + i, Held: fire}})
				r.Tick()
			}
			shots := 0
			for i := range r.world.Bolts {
				if r.world.Bolts[i].Owner == id {
					shots++
				}
			}
			acts := kind == wire.KindInput && st.flies && st.name != "away"
			if acts != (shots > 0) {
				t.Errorf("%s, message %d: %d shots", st.name, kind, shots)
			}
			if talked := r.talk.total > lines; talked != (kind == wire.KindChat && st.talks) {
				t.Errorf("%s, message %d: talked %t", st.name, kind, talked)
			}
			stays := st.stays && (kind != wire.KindLeave || st.name == "away")
			if s := r.seats[id]; stays != (s != nil) || r.world.Alive(id) != (stays && st.flies) {
				t.Errorf("%s, message %d: has a seat %t, a ship %t", st.name, kind, s != nil, r.world.Alive(id))
			}
			if kind == wire.KindHello && st.talks && g.closed == closed {
				t.Errorf("%s: a second hello is taken", st.name)
			}
			if p := r.world.Players[other.rep.Self()]; !r.world.Alive(other.rep.Self()) || p.Deaths != 0 || other.closed != 0 {
				t.Errorf("%s, message %d: the other is %+v, closed with %d", st.name, kind, p, other.closed)
			}
		}
	}
}

// TestFault_G8_BeforeTheDoor sends everything before the room has seated anybody.
func TestFault_G8_BeforeTheDoor(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet")})
	g := enter(t, r, "Eve", false)
	for i := range sim.Tick(500) {
		g.tell(&wire.Client{Kind: wire.KindInput, Input: wire.Input{Tick: i, Held: sim.Input{Buttons: sim.Fire}}})
		g.chat("early")
	}
	play(r, 4)
	if int(r.talk.total) > talkSize || g.closed != 0 || r.seats[0] == nil {
		t.Errorf("%d lines of chat, closed with %d", r.talk.total, g.closed)
	}
	if got := len(g.visit.inputs); got != 0 {
		t.Errorf("%d inputs still wait", got)
	}
}
