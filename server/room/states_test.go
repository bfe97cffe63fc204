package room

import (
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// states are what somebody can be in a room, each with the way there from flying,
// and what is the person's then: a ship, a say, an eye to turn, a loadout to choose,
// the seat.
var states = []struct {
	name                                string
	become                              func(r *Room, g *guest)
	spectate                            bool
	flies, talks, turns, chooses, stays bool
}{
	{name: "flying", become: func(*Room, *guest) {}, flies: true, talks: true, chooses: true, stays: true},
	{name: "dead", become: die, talks: true, turns: true, chooses: true, stays: true},
	{name: "watching", become: func(*Room, *guest) {}, spectate: true, talks: true, turns: true, stays: true},
	{name: "away", become: func(r *Room, g *guest) { g.visit.Gone(); r.Tick() }, flies: true, stays: true},
	{name: "after the match", become: bell, flies: true, talks: true, chooses: true, stays: true},
	{name: "said goodbye", become: func(r *Room, g *guest) { g.tell(&wire.Client{Kind: wire.KindLeave}); r.Tick() }},
}

func die(r *Room, g *guest) {
	p := &r.world.Players[g.rep.Self()]
	p.Status, p.SpawnAt = sim.Waiting, r.world.Tick+10*sim.TickRate
}

func bell(r *Room, _ *guest) {
	r.world.Match.Phase, r.world.Match.Ends = sim.Results, r.world.Tick+1<<20
}

// message is one of each kind, with the number of somebody else wherever there is
// place for a number.
func message(r *Room, kind wire.Kind, i, other sim.PlayerID) *wire.Client {
	return &wire.Client{
		Kind: kind, Chat: wire.Chat{Text: []byte("boo"), To: other}, Signal: 1,
		Input:   wire.Input{Tick: r.world.Tick + sim.Tick(i), Held: sim.Input{Buttons: sim.Fire, Aim: 100}},
		Loadout: wire.Loadout{Hull: sim.Bastion}, Look: wire.Look{Follow: other},
		Vote: wire.Vote{Call: wire.VoteKick, Target: other},
	}
}

// inTheOpen puts the ship of id where it may fire.
func inTheOpen(r *Room, id sim.PlayerID) {
	if ship := r.world.Ship(id); ship != nil {
		ship.Pos = openPlace(r)
	}
}

func openPlace(r *Room) sim.Vec {
	a := r.ground().Arena
	for y := range a.Height {
		for x := range a.Width {
			at := sim.Vec{X: sim.Unit(x)*sim.TileSize + sim.TileSize/2, Y: sim.Unit(y)*sim.TileSize + sim.TileSize/2}
			if !a.Solid(x, y) && !a.Solid(x+1, y) && !a.Solid(x, y+1) && !a.Solid(x-1, y) && !a.Solid(x, y-1) && !a.SafeAt(at) && x > 8 {
				return at
			}
		}
	}
	return sim.Vec{}
}

// TestFault_G8_EveryMessageInEveryState sends each message in each state: who has no
// ship gets none by it, who is not there is not heard, and nobody else notices.
func TestFault_G8_EveryMessageInEveryState(t *testing.T) {
	for _, st := range states {
		for kind := wire.KindHello; kind <= wire.KindSignal; kind++ {
			rules := sim.Rules{Live: 1 << 30}
			r := New(Config{Arena: arena(t, "foundry"), Rules: &rules, ResumeFor: 1 << 20})
			other, g := enter(t, r, "Ann", false), enter(t, r, "Eve", st.spectate)
			play(r, 120) // beyond the shield of the spawn
			id, visit, lines := g.rep.Self(), g.visit, r.talk.total
			inTheOpen(r, id)
			mine := g.seat()
			mine.joined -= votesAfter
			st.become(r, g)
			closed, gazed := g.closed, mine.gaze
			for i := range sim.PlayerID(60) {
				// Errors are for a gate to act on; a room only must not mind.
				_ = visit.Receive(message(r, kind, i, other.rep.Self()))
				r.Tick()
			}
			expect := func(what string, got, want bool) {
				t.Helper()
				if got != want {
					t.Errorf("%s, message %d: %s is %t", st.name, kind, what, got)
				}
			}
			here := st.name != "away"
			expect("it fired", shotBy(r, id), kind == wire.KindInput && st.flies && here)
			said := kind == wire.KindChat && st.talks
			expect("it talked", r.spokeSince(lines, id), said)
			expect("it chose", r.seats[id] != nil && !st.spectate && r.world.Players[id].Next.Hull == sim.Bastion, kind == wire.KindLoadout && st.chooses)
			expect("it turned its eye", mine.gaze != gazed, kind == wire.KindLook && st.turns)
			expect("it called a vote", r.poll.state.Call != 0, kind == wire.KindVote && st.chooses)
			expect("it showed a signal", r.signals.total > 0, kind == wire.KindSignal && st.flies && here)
			stays := st.stays && (kind != wire.KindLeave || !here)
			expect("it has a seat", r.seats[id] != nil, stays)
			expect("it has a ship", r.world.Alive(id), stays && st.flies)
			if st.talks {
				expect("its connection ends", g.closed != closed, kind == wire.KindHello || kind == wire.KindLeave)
			}
			if p := r.world.Players[other.rep.Self()]; !r.world.Alive(other.rep.Self()) || p.Deaths != 0 || other.closed != 0 || p.Next.Hull != sim.Dart {
				t.Errorf("%s, message %d: the other is %+v, closed with %d", st.name, kind, p, other.closed)
			}
		}
	}
}

// spokeSince reports whether id has said anything since there were so many lines.
func (r *Room) spokeSince(lines uint32, id sim.PlayerID) bool {
	for i := lines; i != r.talk.total; i++ {
		if r.talk.ring[i%uint32(len(r.talk.ring))].From == id {
			return true
		}
	}
	return false
}

func shotBy(r *Room, id sim.PlayerID) bool {
	for i := range r.world.Bolts {
		if r.world.Bolts[i].Owner == id {
			return true
		}
	}
	return false
}

// TestFault_G8_BeforeTheDoor sends everything before the room has seated anybody.
func TestFault_G8_BeforeTheDoor(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet")})
	g := enter(t, r, "Eve", false)
	for i := range sim.Tick(500) {
		g.tell(&wire.Client{Kind: wire.KindInput, Input: wire.Input{Tick: i, Held: sim.Input{Buttons: sim.Fire}}})
		g.chat("early")
		for kind := wire.KindLoadout; kind <= wire.KindSignal; kind++ {
			g.tell(message(r, kind, 0, 0))
		}
	}
	play(r, 4)
	if int(r.talk.total) > talkSize+wishSize || g.closed != 0 || r.seats[0] == nil {
		t.Errorf("%d lines of chat, closed with %d", r.talk.total, g.closed)
	}
	if got := len(g.visit.inputs.list) + len(g.visit.wishes) + len(g.visit.talk); got != 0 {
		t.Errorf("%d messages still wait", got)
	}
}
