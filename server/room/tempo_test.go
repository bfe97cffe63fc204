package room

import (
	"testing"

	"ionwake/shared/sim"
)

// TestTempo_Strain gives a room seconds of strain: it slows down step by step when there
// is too much to do for long, and comes back when there is time for it, later than it
// went.
func TestTempo_Strain(t *testing.T) {
	type spell struct {
		share   float64
		seconds int
		want    int // ticks between two sends at its end
	}
	for _, c := range []struct {
		name     string
		interval int
		spells   []spell
	}{
		{"in time", 2, []spell{{0.4, 100, 2}}},
		{"moments", 2, []spell{{0.9, 2, 2}, {0.4, 1, 2}, {0.9, 2, 2}, {0.4, 1, 2}, {2, 2, 2}}},
		{"for long", 2, []spell{{0.6, 3, 3}, {0.4, 60, 3}}},
		{"for longer", 2, []spell{{0.6, 6, 4}, {3, 60, 4}}},
		{"and back", 2, []spell{{0.6, 6, 4}, {0.26, 9, 4}, {0.26, 1, 3}, {0.23, 9, 3}, {0.23, 1, 2}, {0, 60, 2}}},
		{"not into strain again", 2, []spell{{0.6, 3, 3}, {0.25, 100, 3}, {0.2, 9, 3}, {0.25, 1, 3}, {0.2, 9, 3}, {0.2, 1, 2}}},
		{"60 a second", 1, []spell{{0.6, 9, 4}, {0, 30, 1}}},
		{"15 a second", 4, []spell{{3, 60, 4}, {0, 60, 4}}},
		{"10 a second", 6, []spell{{3, 60, 6}, {0, 60, 6}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := New(Config{Arena: arena(t, "closet"), SendInterval: c.interval})
			for i, s := range c.spells {
				for range s.seconds {
					r.Strain(s.share)
				}
				if r.Tick(); r.tempo.wanted != s.want {
					t.Fatalf("after spell %d of %v it wants to send every %d ticks, want %d", i, c.spells, r.tempo.wanted, s.want)
				}
				play(r, 2*slowest)
				if got := r.tempo.interval; got != s.want {
					t.Fatalf("after spell %d of %v it sends every %d ticks, want %d", i, c.spells, got, s.want)
				}
			}
		})
	}
}

// TestFault_R19_BeliefAcrossTempos changes how often a room sends again and again, with
// people on bad lines in it: what they believe is the truth after every frame, whatever
// they missed meanwhile.
func TestFault_R19_BeliefAcrossTempos(t *testing.T) {
	changes, rng, last := 0, sim.Rand(1), 1
	total := followRoom(t, 512*sim.One, 1, func(r *Room) {
		if r.tempo.interval != last {
			last = r.tempo.interval
			changes++
		}
		if rng.Intn(30) == 0 {
			r.tempo.wanted = 1 + rng.Intn(slowest)
		}
	})
	t.Logf("%d changes, %d entities compared", changes, total)
	if changes < 15 || total < 50_000 {
		t.Errorf("%d changes, %d entities compared: too few to tell", changes, total)
	}
}

// TestFault_R19_NothingIsMispredicted flies alone while the room changes how often it
// sends: the own ship is where it was foreseen, bit for bit, and aims are told once in a
// send at any tempo.
func TestFault_R19_NothingIsMispredicted(t *testing.T) {
	r := New(Config{Arena: arena(t, "foundry"), Rules: &sim.Rules{Warmup: 1, Live: 1 << 30}})
	c := newClient(t, r, 1)
	past, rng, inputs := &memory{}, sim.Rand(3), 0
	for i := range 60 * sim.TickRate {
		r.Tick()
		past.keep(r)
		c.check(past)
		if i%90 == 0 {
			r.tempo.wanted = 2 + rng.Intn(3)
		}
		if i%20 == 0 {
			c.in.Buttons = sim.Buttons(rng.Intn(16))
		}
		c.in.Aim = c.in.Aim.Turn(30)
		c.rep.Step(c.now(), c.in, func(data []byte) bool {
			inputs++
			return c.send(data)
		})
	}
	v := c.rep.Net(c.now())
	if v.Mispredictions != 0 || v.StateMismatches != 0 || v.Judged < 1000 {
		t.Errorf("%d mispredictions, %d mismatches in %d frames", v.Mispredictions, v.StateMismatches, v.Judged)
	}
	if sends := int(r.history.newest); inputs > sends+60*3+sends/10 {
		t.Errorf("%d inputs in %d sends", inputs, sends)
	}
}
