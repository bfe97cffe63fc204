package room

import (
	"testing"

	"ionwake/client/replica"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// board returns what the guest's scoreboard shows, by seat.
func (g *guest) board() map[sim.PlayerID]replica.PlayerView {
	lines := make(map[sim.PlayerID]replica.PlayerView)
	if s := g.rep.Scene(g.now()); s != nil {
		for _, p := range s.Players {
			p.Ping = 0 // told now and then
			lines[p.ID] = p
		}
	}
	return lines
}

// compareBoards demands that the guest's scoreboard is the server's.
func (g *guest) compareBoards() {
	g.t.Helper()
	got, tick := g.board(), g.room.world.Tick
	for id, s := range g.room.seats {
		if s == nil || s.spectator {
			continue
		}
		p := &g.room.World().Players[id]
		want := replica.PlayerView{
			ID: s.id, Name: s.name, Bot: !s.person(), Away: s.away,
			Score: int(p.Score), Kills: int(p.Kills), Deaths: int(p.Deaths),
			Team: p.Team, Hull: p.Next.Hull, Tag: s.who.tag,
		}
		if got[s.id] != want {
			g.t.Fatalf("tick %d: the scoreboard shows %+v, want %+v", tick, got[s.id], want)
		}
		delete(got, s.id)
	}
	for _, p := range got {
		g.t.Fatalf("tick %d: the scoreboard shows %+v, who is not here", tick, p)
	}
}

// TestScoreboardIsTheServers lets bots fight two short matches while people come,
// go, drop, come back and watch: after every frame each client has exactly the
// server's scoreboard, though it is told next to nothing of kills.
func TestScoreboardIsTheServers(t *testing.T) {
	rules := sim.Rules{Warmup: 240, Live: 1800, Results: 240, ScoreLimit: 30}
	r := New(Config{Arena: arena(t, "closet"), Bots: 16, Seed: 3, Rules: &rules, ResumeFor: 200})
	rng := sim.Rand(9)
	guests := []*guest{enter(t, r, "Ann", false), enter(t, r, "Bob", false), enter(t, r, "Eye", true)}
	compared, most := 0, int16(0)
	for r.world.Match.Number < 3 {
		r.Tick()
		for _, g := range guests {
			if !g.busy && g.closed == 0 && g.frames > 0 && r.world.Tick%2 == 0 {
				g.compareBoards()
				compared++
			}
		}
		for id := range r.world.Players {
			most = max(most, r.world.Players[id].Score)
		}
		guests = stir(t, r, guests, &rng)
	}
	if compared < 4000 || most < 5 {
		t.Errorf("%d scoreboards compared, the best score was %d: too few to tell", compared, most)
	}
}

// stir lets people come and go now and then.
func stir(t *testing.T, r *Room, guests []*guest, rng *sim.Rand) []*guest {
	if rng.Intn(90) == 0 && len(guests) < 8 {
		guests = append(guests, enter(t, r, "Cid", rng.Intn(4) == 0))
	}
	kept := guests[:0]
	for i, g := range guests {
		switch {
		case i < 2 && rng.Intn(120) == 0:
			g.busy = !g.busy // frames left out, up to more than is remembered
		case i >= 2 && rng.Intn(300) == 0:
			g.tell(&wire.Client{Kind: wire.KindLeave})
			continue
		case i >= 2 && g.frames > 0 && rng.Intn(300) == 0:
			g.visit.Gone()
			g.frames = 0
			if r.Tick(); rng.Intn(2) == 0 {
				continue // never seen again
			}
			g.rep.StartOver()
			g.knock("Cid", false)
		}
		kept = append(kept, g)
	}
	return kept
}

// TestKillsNeedNoLines kills a few: the clients count for themselves, and no line of
// the scoreboard is told.
func TestKillsNeedNoLines(t *testing.T) {
	rules := sim.Rules{Live: 1 << 30}
	r := New(Config{Arena: arena(t, "foundry"), Rules: &rules})
	ann := enter(t, r, "Ann", false)
	enter(t, r, "Bob", false)
	play(r, 4)
	told := 0
	for range 10 {
		w := r.world
		w.Players[1].Deaths++
		w.Players[0].Kills++
		w.Players[0].Score++
		w.Events = []sim.Event{{Tick: w.Tick, Kind: sim.Killed, Who: 1, By: 0}}
		r.keepEvents()
		w.Events = nil
		play(r, 2)
		told += len(r.frame.Players)
		ann.compareBoards()
	}
	if told != 0 {
		t.Errorf("%d lines are told for 10 kills", told)
	}
}

// TestKillsOverflow lets somebody miss more kills than are remembered, fewer, and
// exactly as many: the scoreboard is right in the end, and no kill counts twice.
func TestKillsOverflow(t *testing.T) {
	for _, missed := range []int{1, 63, 64, 65, 500} {
		rules := sim.Rules{Live: 1 << 30}
		r := New(Config{Arena: arena(t, "foundry"), Rules: &rules})
		ann, bob := enter(t, r, "Ann", false), enter(t, r, "Bob", false)
		play(r, 4)
		ann.busy = true
		for range missed {
			w := r.world
			w.Players[1].Deaths++
			w.Players[0].Kills++
			w.Players[0].Score++
			w.Events = []sim.Event{{Tick: w.Tick, Kind: sim.Killed, Who: 1, By: 0}}
			r.keepEvents()
		}
		r.world.Events = nil
		play(r, 4)
		ann.busy = false
		play(r, 2)
		ann.compareBoards()
		bob.compareBoards()
		told := ann.rep.Scene(ann.now()).Kills
		if missed > len(r.kills.ring) && len(told) != 0 || missed <= len(r.kills.ring) && len(told) != min(missed, 6) {
			t.Errorf("after %d missed kills the feed has %d lines", missed, len(told))
		}
	}
}

// TestChatOverflow lets somebody miss more lines of chat than are remembered: the
// newest arrive, in order.
func TestChatOverflow(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet")})
	ann := enter(t, r, "Ann", false)
	play(r, 4)
	ann.busy = true
	const lines = 150
	for i := range lines {
		r.Announce(string(rune('A'+i%26)) + string(rune('a'+i/26)))
		r.Tick()
	}
	ann.busy = false
	play(r, 2*len(r.talk.ring))
	got := ann.rep.Scene(ann.now()).Chat
	if len(got) != len(r.talk.ring) {
		t.Fatalf("%d lines of chat, want %d", len(got), len(r.talk.ring))
	}
	for i, c := range got {
		n := lines - len(got) + i
		if want := string(rune('A'+n%26)) + string(rune('a'+n/26)); c.Text != want || c.From != wire.ServerVoice {
			t.Errorf("line %d is %+v, want %q by the server", i, c, want)
		}
	}
}
