package room

import (
	"fmt"
	"slices"
	"testing"

	"ionwake/client/replica"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// crowded returns a room of so many bots who score often, and somebody who plays and
// somebody who watches among them.
func crowded(t *testing.T, bots int) (r *Room, ann, eye *guest) {
	rules := sim.Rules{Warmup: 120, Live: 1 << 20, Results: 120, ScoreLimit: 30}
	r = New(Config{Arena: arena(t, "foundry"), Bots: bots + 1, MaxPlayers: bots + 1, Seed: 3, Rules: &rules})
	ann, eye = enter(t, r, "Ann", false), enter(t, r, "Eye", true)
	play(r, 4)
	return r, ann, eye
}

// compareStanding demands that a client of a crowd shows the best as they stood when
// they were last compared, its own line as it is, and everybody else by name.
func compareStanding(t *testing.T, g *guest) {
	t.Helper()
	r, scene := g.room, g.rep.Scene(g.now())
	s := &r.roster.standing
	ships := 0
	for _, o := range r.seats {
		if o == nil || o.spectator {
			continue
		}
		ships++
		line, is := scene.Player(o.id), s.at(o.id)
		if line == nil || line.Name != o.name || line.Bot == o.person() {
			t.Fatalf("seat %d is %q, shown as %+v", o.id, o.name, line)
		}
		want := replica.PlayerView{Uncounted: true}
		switch own := o.id == g.rep.Self(); {
		case own:
			p := &r.world.Players[o.id]
			want = replica.PlayerView{Score: int(p.Score), Kills: int(p.Kills), Deaths: int(p.Deaths), Place: int(is.place)}
		case is.best:
			want = replica.PlayerView{Score: int(is.score), Kills: int(is.kills), Deaths: int(is.deaths)}
		}
		got := replica.PlayerView{Score: line.Score, Kills: line.Kills, Deaths: line.Deaths, Place: line.Place, Uncounted: line.Uncounted}
		if got != want {
			t.Fatalf("tick %d: seat %d: the scoreboard shows %+v, want %+v", r.world.Tick, o.id, got, want)
		}
	}
	if len(scene.Players) != ships {
		t.Fatalf("%d lines for %d ships", len(scene.Players), ships)
	}
	if i := slices.IndexFunc(scene.Players, func(p replica.PlayerView) bool { return p.Uncounted }); i >= 0 &&
		slices.ContainsFunc(scene.Players[i:], func(p replica.PlayerView) bool { return !p.Uncounted }) {
		t.Fatal("a counted line stands below one that is not")
	}
}

// read lets the room go on up to a frame that tells the guest of others' lines.
func (g *guest) read() {
	for r := g.room; ; {
		r.Tick()
		if s := g.seat(); !s.roster.waits && int(r.world.Tick-r.tempo.newest) == r.wave(s) {
			return
		}
	}
}

// TestCrowd_Scoreboard follows the scoreboard of a crowd through matches, with frames
// left out, down to a room that is none any more and up again.
func TestCrowd_Scoreboard(t *testing.T) {
	if testing.Short() {
		t.Skip("short: plays three matches, on one goroutine")
	}
	r, ann, eye := crowded(t, 150)
	rng, compared, scored := sim.Rand(5), 0, false
	follow := func(ticks int) {
		for range ticks {
			if rng.Intn(120) == 0 {
				ann.busy = !ann.busy
			}
			if r.Tick(); r.world.Tick%2 != 0 {
				continue
			}
			for _, g := range []*guest{ann, eye} {
				switch {
				case g.busy || g.frames < 8:
				case r.roster.standing.crowd:
					if g.seat().roster.waits {
						continue // it is not told of the others now
					}
					compareStanding(t, g)
					compared++
					scored = scored || r.roster.standing.of[r.roster.standing.order[0]].score > 3
				default:
					g.compareBoards()
				}
			}
		}
	}
	for r.world.Match.Number < 3 && r.world.Tick < 10*60*sim.TickRate {
		follow(60)
	}
	if compared < 500 || !scored {
		t.Fatalf("%d scoreboards compared, scored %t: too few to tell", compared, scored)
	}
	for _, bots := range []int{60, 150} {
		r.cfg.Bots = bots
		follow(20 * sim.TickRate)
		if want := bots > crowdFrom; r.roster.standing.crowd != want {
			t.Fatalf("with %d bots it is a crowd: %t", bots, !want)
		}
	}
}

// TestCrowd_KillsAreToldWhereSeen counts the kills that people of a crowd hear of: all
// that they take part in or see the place of, and no others.
func TestCrowd_KillsAreToldWhereSeen(t *testing.T) {
	c := newCrowd(t, 300, Config{})
	ann := enter(t, c.room, "Ann", false)
	c.room.cfg.MaxPlayers++
	c.play(60)
	heard, seen, all := 0, 0, 0
	ann.sent = func(f *wire.Frame) {
		for _, k := range f.Kills {
			if heard++; !k.Idle {
				t.Errorf("%+v is to be counted", k)
			}
		}
	}
	from := c.room.kills.total
	for range 60 * sim.TickRate {
		c.play(1)
		if c.room.world.Tick%2 != 0 {
			continue
		}
		for ; from != c.room.kills.total; from++ {
			k := &c.room.kills.ring[from%uint32(len(c.room.kills.ring))]
			all++
			if s := ann.seat(); c.room.sees(s, k.cell) || k.event.Who == s.id || k.event.By == s.id {
				seen++
			}
		}
	}
	if heard != seen || seen == 0 || seen == all {
		t.Errorf("heard of %d kills, want %d of %d", heard, seen, all)
	}
	ann.read()
	compareStanding(t, ann) // though it came to more lines than fit into a frame
}

// TestStanding_Ties gives equals one place, the best alone a counted line, and nobody a
// place before somebody has scored.
func TestStanding_Ties(t *testing.T) {
	r, _, _ := crowded(t, 140)
	t0 := &r.roster.standing
	for id := range r.world.Players {
		r.world.Players[id].Score, r.world.Players[id].Deaths = 0, 0
	}
	r.compareShips(t0)
	best := 0
	for id := range r.world.Players {
		if is := t0.at(sim.PlayerID(id)); is.best {
			best++
		} else if is.place != 0 {
			t.Fatalf("nobody has scored and %d has place %d", id, is.place)
		}
	}
	if best != ranked {
		t.Errorf("%d are counted, want %d", best, ranked)
	}
	for i, score := range []int16{5, 9, 5, 9, 7} {
		r.world.Players[10+i].Score = score
	}
	r.compareShips(t0)
	got := fmt.Sprint(t0.at(10).place, t0.at(11).place, t0.at(12).place, t0.at(13).place, t0.at(14).place, t0.at(15).place)
	if got != "4 1 4 1 3 6" {
		t.Errorf("places %s, want 4 1 4 1 3 6", got)
	}
}
