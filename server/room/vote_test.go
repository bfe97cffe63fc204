package room

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// council is a room of people who have been in it long enough to vote.
func council(t *testing.T, names ...string) (*Room, map[string]*guest) {
	t.Helper()
	r := New(Config{Rotation: []Ground{{Arena: arena(t, "closet")}, {Arena: arena(t, "foundry")}, {Arena: arena(t, "harbour")}}})
	all := make(map[string]*guest)
	for i, name := range names {
		all[name] = enter(t, r, name, name == "Eye")
		r.Tick()
		r.seats[i].joined -= votesAfter
	}
	play(r, 4)
	return r, all
}

func (g *guest) kick(target *guest) {
	g.tell(&wire.Client{Kind: wire.KindVote, Vote: wire.Vote{Call: wire.VoteKick, Target: target.rep.Self()}})
	play(g.room, 2)
}

func (g *guest) wantMap(name string) {
	g.tell(&wire.Client{Kind: wire.KindVote, Vote: wire.Vote{Call: wire.VoteMap, Target: sim.NoPlayer, Name: []byte(name)}})
	play(g.room, 2)
}

func (g *guest) say(yes bool) {
	g.tell(&wire.Client{Kind: wire.KindVote, Vote: wire.Vote{Target: sim.NoPlayer, Yes: yes}})
	play(g.room, 2)
}

// told returns the last line of chat that the guest has heard.
func (g *guest) told() string {
	lines := g.rep.Scene(g.now()).Chat
	if len(lines) == 0 {
		return ""
	}
	return lines[len(lines)-1].Text
}

func TestVoteKicks(t *testing.T) {
	r, p := council(t, "Ann", "Bob", "Cid", "Eve")
	p["Ann"].kick(p["Eve"])
	if st := r.poll.state; st.Call != wire.VoteKick || st.Name != "Eve" || st.Yes != 1 || st.Needed != 3 || st.Caller != p["Ann"].rep.Self() {
		t.Fatalf("the vote is %+v", st)
	}
	if v := p["Cid"].rep.Scene(p["Cid"].now()).Vote; v == nil {
		t.Error("others are told of no vote")
	}
	p["Bob"].say(false)
	p["Bob"].say(true) // may think again
	p["Eve"].say(false)
	if st := r.poll.state; st.Yes != 2 || st.No != 1 {
		t.Errorf("the vote is %+v", st)
	}
	p["Cid"].say(true)
	var told wire.Frame
	if err := new(wire.Decoder).Decode(p["Eve"].last, &told); err != nil || told.Reject == nil {
		t.Fatalf("told %q: %v", p["Eve"].last, err)
	}
	if p["Eve"].closed != wire.CloseKicked || !strings.Contains(told.Reject.Message, "voted you out") || told.Reject.RetryAfterMS != 5*60*1000 {
		t.Fatalf("closed with %d: %+v", p["Eve"].closed, *told.Reject)
	}
	if v := p["Cid"].rep.Scene(p["Cid"].now()).Vote; v != nil && r.poll.state.Call == 0 && v.Needed != 0 {
		t.Errorf("others are told of the vote %+v, which is over", v)
	}
	if st := r.poll.state; st.Call != 0 || !st.Passed {
		t.Errorf("the vote is %+v", st)
	}
}

// enterAs brings somebody to the door with a device, from a network.
func enterAs(t *testing.T, r *Room, name string, device byte, net string) *guest {
	t.Helper()
	g := newGuest(t, r)
	g.net, g.device = net, bytes.Repeat([]byte{device}, wire.DeviceSize)
	g.knock(name, false)
	play(r, 2)
	return g
}

// TestFault_G15_Banned comes back too early, by its token, its device and its network,
// and then in time.
func TestFault_G15_Banned(t *testing.T) {
	r, p := council(t, "Ann", "Bob")
	eve := enterAs(t, r, "Eve", 7, "192.0.2.1/32")
	eve.kicked(r)
	for _, c := range []struct {
		device byte
		net    string
		want   uint16
	}{
		{7, "192.0.2.1/32", wire.CloseKicked}, {7, "192.0.2.9/32", wire.CloseKicked},
		{8, "192.0.2.1/32", wire.CloseKicked}, {8, "192.0.2.9/32", 0},
	} {
		if g := enterAs(t, r, "Eve", c.device, c.net); g.closed != c.want {
			t.Errorf("%+v: closed with %d", c, g.closed)
		}
	}
	eve.knock("Eve", false)
	play(r, 2)
	if eve.closed != wire.CloseResume {
		t.Errorf("by its token: closed with %d", eve.closed)
	}
	play(r, kickedFor+2)
	if g := enterAs(t, r, "Eve", 7, "192.0.2.1/32"); g.closed != 0 {
		t.Errorf("after the ban: closed with %d", g.closed)
	}
	if p["Ann"].closed != 0 {
		t.Error("another was thrown out")
	}
}

// kicked lets a vote about the guest pass.
func (g *guest) kicked(r *Room) {
	g.t.Helper()
	for _, s := range r.seats {
		if s != nil && s.visit == g.visit {
			r.poll.state, r.poll.target = wire.VoteState{Call: wire.VoteKick, Target: s.id}, s.who
		}
	}
	r.pass()
	if g.closed != wire.CloseKicked {
		g.t.Fatalf("closed with %d", g.closed)
	}
}

func TestVoteForAnArena(t *testing.T) {
	r, p := council(t, "Ann", "Bob", "Eye")
	p["Ann"].wantMap("harbour")
	if st := r.poll.state; st.Call != wire.VoteMap || st.Needed != 2 {
		t.Fatalf("the vote is %+v", st)
	}
	p["Eye"].say(true) // has no vote
	if r.poll.state.Yes != 1 {
		t.Error("who watches has voted")
	}
	p["Bob"].say(true)
	if r.upcoming() != "harbour" || !strings.Contains(p["Bob"].told(), "harbour") {
		t.Errorf("%q is next, told %q", r.upcoming(), p["Bob"].told())
	}
	r.world.Match.Phase, r.world.Match.Ends = sim.Results, r.world.Tick+2
	play(r, 4)
	if name := r.ground().Arena.Name; name != "harbour" {
		t.Errorf("plays on %q", name)
	}
	alone, q := council(t, "Ann")
	q["Ann"].wantMap("foundry")
	if alone.upcoming() != "foundry" || alone.poll.state.Call != 0 {
		t.Errorf("alone: %+v, next is %q", alone.poll.state, alone.upcoming())
	}
}

// TestFault_G15_CallsThatAreRefused calls votes that may not be: each is refused in
// words, told to the caller alone.
func TestFault_G15_CallsThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		name, words string
		call        func(r *Room, p map[string]*guest)
	}{
		{"just come", "just come", func(r *Room, p map[string]*guest) {
			p["Ann"].seat().joined = r.world.Tick
			p["Ann"].kick(p["Eve"])
		}},
		{"himself", "nobody there", func(_ *Room, p map[string]*guest) { p["Ann"].kick(p["Ann"]) }},
		{"an empty seat", "nobody there", func(_ *Room, p map[string]*guest) {
			p["Ann"].tell(&wire.Client{Kind: wire.KindVote, Vote: wire.Vote{Call: wire.VoteKick, Target: 900}})
		}},
		{"nobody", "nobody there", func(_ *Room, p map[string]*guest) {
			p["Ann"].tell(&wire.Client{Kind: wire.KindVote, Vote: wire.Vote{Call: wire.VoteKick, Target: sim.NoPlayer}})
		}},
		{"an unknown arena", "not in the rotation", func(_ *Room, p map[string]*guest) { p["Ann"].wantMap("nowhere") }},
		{"an arena that just failed", "just failed", func(r *Room, p map[string]*guest) {
			p["Bob"].wantMap("harbour")
			play(r, voteFor)
			p["Ann"].wantMap("harbour")
		}},
		{"one who was just voted on", "just failed", func(r *Room, p map[string]*guest) {
			p["Bob"].kick(p["Eve"])
			play(r, voteFor)
			p["Ann"].kick(p["Eve"])
		}},
		{"twice in a minute", "just called", func(r *Room, p map[string]*guest) {
			p["Ann"].wantMap("harbour")
			play(r, voteFor)
			p["Ann"].wantMap("foundry")
		}},
		{"a second vote at once", "under way", func(_ *Room, p map[string]*guest) {
			p["Bob"].wantMap("harbour")
			p["Ann"].wantMap("foundry")
		}},
	} {
		r, p := council(t, "Ann", "Bob", "Cid", "Eve")
		was := r.poll.state
		c.call(r, p)
		play(r, 4)
		if got := p["Ann"].told(); !strings.Contains(got, c.words) {
			t.Errorf("%s: told %q", c.name, got)
		}
		if got := p["Cid"].told(); strings.Contains(got, c.words) {
			t.Errorf("%s: another is told %q", c.name, got)
		}
		if r.poll.state.Call != 0 && r.poll.state.Caller == p["Ann"].rep.Self() || p["Eve"].closed != 0 {
			t.Errorf("%s: %+v, was %+v", c.name, r.poll.state, was)
		}
	}
}

// TestFault_G15_Immunity lets somebody be voted on again after a while, and call again.
func TestFault_G15_Immunity(t *testing.T) {
	r, p := council(t, "Ann", "Bob", "Cid", "Eve")
	p["Ann"].kick(p["Eve"])
	play(r, voteFor)
	if r.poll.state.Call != 0 || r.poll.state.Passed {
		t.Fatalf("the vote is %+v", r.poll.state)
	}
	play(r, voteImmune-voteFor)
	p["Ann"].kick(p["Eve"])
	if r.poll.state.Call != 0 {
		t.Error("the same again before its time")
	}
	play(r, voteFor)
	p["Ann"].kick(p["Eve"])
	if r.poll.state.Call != wire.VoteKick {
		t.Errorf("told %q", p["Ann"].told())
	}
}

// TestFault_G15_GhostsDoNotVote leaves, watches, comes late and drops: none of them
// counts, neither for nor among those it takes.
func TestFault_G15_GhostsDoNotVote(t *testing.T) {
	r, p := council(t, "Ann", "Bob", "Cid", "Dan", "Eve", "Eye")
	p["Ann"].kick(p["Eve"])
	late := enter(t, r, "Fay", false)
	play(r, 4)
	for _, g := range []*guest{late, p["Eye"]} {
		g.say(true)
	}
	p["Bob"].say(true)
	p["Bob"].tell(&wire.Client{Kind: wire.KindLeave})
	p["Cid"].say(true)
	p["Cid"].visit.Gone()
	play(r, sim.TickRate)
	if st := r.poll.state; st.Yes != 1 || st.No != 0 || st.Needed != 2 || p["Eve"].closed != 0 {
		t.Errorf("the vote is %+v", st)
	}
	p["Dan"].say(false)
	p["Eve"].say(false)
	if st := r.poll.state; st.Call != 0 || st.Passed {
		t.Errorf("the vote is %+v though it cannot pass", st)
	}
}

// TestFault_G15_OneNetworkIsOneVoice lets one person vote from many windows: they
// count once, whatever devices they show. Where the network is not known, the devices
// tell people apart.
func TestFault_G15_OneNetworkIsOneVoice(t *testing.T) {
	for _, c := range []struct {
		net    string
		kicked bool
	}{{"192.0.2.1/32", false}, {"2001:db8::/64", false}, {"", true}} {
		r, p := council(t, "Ann", "Eve")
		var mob []*guest
		for i := range byte(6) {
			mob = append(mob, enterAs(t, r, fmt.Sprint("Mob", i), i+1, c.net))
		}
		play(r, 4)
		for _, s := range r.seats {
			s.joined -= votesAfter
		}
		mob[0].kick(p["Eve"])
		for _, g := range mob[1:] {
			g.say(true)
		}
		if got := p["Eve"].closed == wire.CloseKicked; got != c.kicked {
			t.Errorf("from %q: thrown out is %t, %+v", c.net, got, r.poll.state)
		}
	}
}

// TestFault_G15_VotesFlood votes as often as the line takes for a minute: who only
// votes is out in the end, and nothing came of it.
func TestFault_G15_VotesFlood(t *testing.T) {
	r, p := council(t, "Ann", "Bob", "Eve")
	for range 40 * sim.TickRate {
		for i := range sim.PlayerID(40) {
			_ = p["Eve"].visit.Receive(&wire.Client{Kind: wire.KindVote, Vote: wire.Vote{Call: wire.VoteKick, Target: i % 3}})
		}
		r.Tick()
	}
	if p["Eve"].closed != wire.CloseFlood || p["Ann"].closed != 0 || p["Bob"].closed != 0 || len(r.poll.past) > 4 {
		t.Errorf("closed with %d, %d, %d; %d votes remembered", p["Eve"].closed, p["Ann"].closed, p["Bob"].closed, len(r.poll.past))
	}
}

// TestVoteOutlivesItsTarget leaves while being voted on: the others' word counts when
// he comes back.
func TestVoteOutlivesItsTarget(t *testing.T) {
	r, p := council(t, "Ann", "Bob", "Cid")
	eve := enterAs(t, r, "Eve", 7, "")
	p["Ann"].kick(eve)
	eve.tell(&wire.Client{Kind: wire.KindLeave})
	play(r, 2)
	p["Bob"].say(true)
	if !r.poll.state.Passed {
		t.Fatalf("the vote is %+v", r.poll.state)
	}
	if g := enterAs(t, r, "Eve", 7, ""); g.closed != wire.CloseKicked {
		t.Errorf("closed with %d", g.closed)
	}
}
