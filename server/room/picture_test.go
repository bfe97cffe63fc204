package room

import (
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// lancer is a guest in a Lancer with bots around, who holds the trigger.
func lancer(t *testing.T, cfg Config) (*Room, *guest) {
	t.Helper()
	cfg.Arena, cfg.Bots, cfg.BotsAlways = arena(t, "closet"), 6, true
	r := New(cfg)
	g := newGuest(t, r)
	g.loadout.Hull = sim.Lancer
	g.knock("Ann", false)
	play(r, 60)
	if s := r.world.Ship(g.rep.Self()); s == nil || s.Hull != sim.Lancer {
		t.Fatalf("no Lancer: %+v", s)
	}
	g.seat().held.Buttons = sim.Fire
	return r, g
}

// claim is the picture that the guest gets in the coming tick for saying it saw one.
func (g *guest) claim(seen sim.Tick) sim.Sight {
	g.seat().schedule.seen = seen
	g.seat().held.Buttons = sim.Fire
	g.room.showPictures()
	return g.room.world.Sights[g.rep.Self()]
}

// TestFault_G7_ClaimedPictures says to have seen whatever there is: what was told is
// believed if it is not too old, what is older counts as old as may be, and what was
// never told is the truth. No claim makes a picture older than 200 ms of line.
func TestFault_G7_ClaimedPictures(t *testing.T) {
	for interval := 1; interval <= 6; interval++ {
		r, g := lancer(t, Config{SendInterval: interval})
		for range 20 {
			r.Tick()
			next, oldest := r.world.Tick+1, oldestPicture(interval)
			if most := sim.Tick(sim.TickRate/5 + 1 + interval); oldest != most {
				t.Fatalf("interval %d: pictures count up to %d ticks, want %d", interval, oldest, most)
			}
			for back := sim.Tick(1); back < min(300, next); back++ {
				got, at := g.claim(next-back), next-back
				told := int(at)%interval == 0
				switch {
				case back <= oldest && !told:
					at = 0
				case back > oldest:
					at = next - oldest
					for int(at)%interval != 0 {
						at++
					}
				}
				if got.At != at || (got.Ships == nil) != (at == 0) {
					t.Fatalf("interval %d, tick %d: the picture of %d is judged on that of %d, want %d", interval, next, next-back, got.At, at)
				}
			}
			for _, ahead := range []sim.Tick{0, 1, 2, 60, 1 << 20} {
				if got := g.claim(next + ahead); got.Ships != nil {
					t.Errorf("interval %d: what is to come is judged on tick %d", interval, got.At)
				}
			}
			if got := g.claim(0); got.Ships != nil {
				t.Errorf("interval %d: who says nothing is judged on tick %d", interval, got.At)
			}
		}
	}
}

// TestPictures_OfWaves has a seat whose frames go out between the sends: what it sees is
// older for as long, and counts for as long.
func TestPictures_OfWaves(t *testing.T) {
	for interval := 1; interval <= 6; interval++ {
		r, g := lancer(t, Config{SendInterval: interval})
		for id := sim.PlayerID(atOnce - 1); id < atOnce+5; id++ {
			for range interval {
				r.Tick()
				s := *g.seat()
				s.id = id
				next, oldest := r.world.Tick+1, oldestPicture(interval)+sim.Tick(r.wave(&s))
				for back := sim.Tick(1); back < 40; back++ {
					s.schedule.seen = next - back
					at := next - min(back, oldest)
					for back > oldest && int(at)%interval != 0 {
						at++
					}
					send, found := r.sendSeen(&s, next)
					if want := int(at)%interval == 0; found != want || found && r.history.ring[send%remembered].tick != at {
						t.Fatalf("interval %d, seat %d: the picture of %d ticks ago counts: %v, as that of %d, want %v and %d",
							interval, id, back, found, r.history.ring[send%remembered].tick, want, at)
					}
				}
			}
		}
	}
}

// TestPictures_AreWhatWasTold has a line that takes no frames for a while: pictures of
// those sends were never seen.
func TestPictures_AreWhatWasTold(t *testing.T) {
	r, g := lancer(t, Config{SendInterval: 2})
	for r.world.Tick%2 != 0 {
		r.Tick()
	}
	last := r.world.Tick
	g.busy = true
	play(r, 6)
	g.busy = false
	play(r, 2)
	next := r.world.Tick + 1
	for _, c := range []struct {
		seen, want sim.Tick
	}{
		{last, last}, {last + 2, 0}, {last + 4, 0}, {last + 6, 0}, {last + 8, last + 8}, {last - 2, last - 2},
		{next - 40, next - 15}, // as old as counts, to the tick of a send
	} {
		if got := g.claim(c.seen); got.At != c.want {
			t.Errorf("%d ticks after the line broke, the picture of %d ticks after: judged on tick %d, want %d", next-last, c.seen-last, got.At, c.want)
		}
	}
	g.busy = true
	play(r, 60)
	if got := g.claim(last); got.Ships != nil {
		t.Errorf("a second after the last frame the picture of tick %d counts", got.At)
	}
}

// TestPictures_ShowWhatWasThere compares a picture with what the seat was told then, in
// an arena of many cells.
func TestPictures_ShowWhatWasThere(t *testing.T) {
	r := New(Config{Arena: arena(t, "colossus"), CellSide: 512 * sim.One, Bots: 60, BotsAlways: true})
	g := newGuest(t, r)
	g.loadout.Hull = sim.Lancer
	g.knock("Ann", false)
	told, partly := map[sim.Tick]map[sim.PlayerID]sim.Ship{}, 0
	for range 900 {
		r.Tick()
		s := g.seat()
		if r.world.Tick%2 == 0 {
			ships := map[sim.PlayerID]sim.Ship{}
			for id := range r.cellsOf(s.watched) {
				for _, ship := range r.now[id].Ships {
					ships[ship.ID] = ship
				}
			}
			told[r.world.Tick] = ships
		}
		if r.world.Tick < 60 || r.world.Ship(s.id) == nil {
			continue
		}
		seen := (r.world.Tick - r.world.Tick%13) &^ 1
		got, n := g.claim(seen), 0
		for _, part := range got.Ships {
			for _, ship := range part {
				if n++; told[seen][ship.ID] != ship {
					t.Fatalf("tick %d: the picture of %d shows %+v, told was %+v", r.world.Tick, seen, ship, told[seen][ship.ID])
				}
			}
		}
		if got.At != seen || n != len(told[seen]) {
			t.Fatalf("tick %d: the picture of %d is of %d and shows %d ships, told were %d", r.world.Tick, seen, got.At, n, len(told[seen]))
		}
		if n < len(r.world.Ships)/2 {
			partly++
		}
	}
	if partly < 100 {
		t.Errorf("in %d ticks much was out of sight: the test shows little", partly)
	}
}

// TestPictures_NeverGoBack says to have seen one send after the other: no older one than
// before counts any more, and none to come.
func TestPictures_NeverGoBack(t *testing.T) {
	for _, first := range []sim.Tick{1000, ^sim.Tick(0) - 20} {
		var s schedule
		for i, c := range []struct{ seen, want int }{
			{10, 10}, {12, 12}, {11, 12}, {-50, 12}, {30, 30}, {29, 30}, {99, 0}, {100, 0}, {1000, 0}, {1 << 30, 0}, {28, 30}, {40, 40},
		} {
			next := first + 99
			s.put(wire.Input{Tick: next + sim.Tick(i), Seen: first + sim.Tick(c.seen)}, next)
			s.take(next+sim.Tick(i), sim.Input{})
			want := first + sim.Tick(c.want)
			if c.want == 0 {
				want = 0
			}
			if s.seen != want {
				t.Errorf("from tick %d, claim %d (%d): %d is taken, want %d", first, i, c.seen, s.seen, want)
			}
		}
	}
}

// TestPictures_ComeWithTheInputThatActs files inputs early, late and twice: the picture
// is that of the input that acts.
func TestPictures_ComeWithTheInputThatActs(t *testing.T) {
	const next = sim.Tick(500)
	var s schedule
	s.put(wire.Input{Tick: next + 1, Seen: 480}, next)
	s.put(wire.Input{Tick: next + 3, Seen: 482}, next)
	s.put(wire.Input{Tick: next + 2, Seen: 484}, next) // older than what came before it: dropped
	for tick, want := range map[sim.Tick]sim.Tick{next: 0, next + 1: 480, next + 2: 480, next + 3: 482, next + 9: 482} {
		c := s
		for now := next; now <= tick; now++ {
			c.take(now, sim.Input{})
		}
		if c.seen != want {
			t.Errorf("in tick %d the picture of %d counts, want %d", tick, c.seen, want)
		}
	}
	s = schedule{}
	s.put(wire.Input{Tick: next - 4, Seen: 470}, next)
	if s.take(next, sim.Input{}); s.seen != 470 {
		t.Errorf("with a late input the picture of %d counts, want that of 470", s.seen)
	}
}

// TestPictures_EndWithTheGround goes to the next ground: what was seen of the last is
// nothing to judge by.
func TestPictures_EndWithTheGround(t *testing.T) {
	quick := &sim.Rules{Warmup: 10, Live: 40, Results: 20}
	r, g := lancer(t, Config{Rotation: []Ground{{Arena: arena(t, "closet"), Rules: quick}, {Arena: arena(t, "foundry"), Rules: quick}}, Rules: quick})
	for range 300 {
		was := r.ground().Arena
		before := r.world.Tick
		r.Tick()
		if r.ground().Arena != was {
			g.seat().held.Buttons = sim.Fire
			for back := range sim.Tick(20) {
				if got := g.claim(before - back); got.Ships != nil && !wire.Before(before, got.At) {
					t.Errorf("the picture of %d ticks before the ground changed: judged on that of %d before", back, before-got.At)
				}
			}
			return
		}
	}
	t.Error("the ground does not change")
}

// TestPictures_AllocateNothing finds pictures for a room of Lancers.
func TestPictures_AllocateNothing(t *testing.T) {
	r, g := lancer(t, Config{})
	play(r, 30)
	shows := 0
	if n := testing.AllocsPerRun(200, func() {
		if g.claim(r.world.Tick&^1-4).Ships != nil {
			shows++
		}
	}); n != 0 || shows < 200 {
		t.Errorf("%.2f allocations, %d pictures", n, shows)
	}
}
