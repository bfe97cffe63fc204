package room

import (
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

func held(n int) sim.Input { return sim.Input{Aim: sim.Angle(n)} }

// TestFault_G2_InputsEarlyLateTwice files inputs one after the other at tick 1000
// and takes the ticks that follow: each acts once, none in the past, none out of
// order, and none so far ahead that it shuts out what comes after.
func TestFault_G2_InputsEarlyLateTwice(t *testing.T) {
	const next = sim.Tick(10_000)
	type put struct {
		tick  sim.Tick
		early int
		ok    bool
	}
	for _, c := range []struct {
		name string
		puts []put
		acts map[sim.Tick]int // which put begins to act when; before the first: nothing held
	}{
		{"in time", []put{{next, 0, true}, {next + 1, 1, true}, {next + 5, 5, true}}, map[sim.Tick]int{next: 1, next + 1: 2, next + 5: 3}},
		{"late: now", []put{{next - 10, -10, true}}, map[sim.Tick]int{next: 1}},
		{"two late ones: the newer", []put{{next - 10, -10, true}, {next - 9, -9, true}}, map[sim.Tick]int{next: 2}},
		{"late, then in time", []put{{next - 2, -2, true}, {next + 3, 3, true}}, map[sim.Tick]int{next: 1, next + 3: 2}},
		{"twice", []put{{next + 2, 2, true}, {next + 2, 0, false}}, map[sim.Tick]int{next + 2: 1}},
		{"out of order", []put{{next + 4, 4, true}, {next + 2, 0, false}, {next + 3, 0, false}}, map[sim.Tick]int{next + 4: 1}},
		{"far ahead: pulled in", []put{{next + 10*wire.MaxAhead, wire.MaxAhead, true}}, map[sim.Tick]int{next + wire.MaxAhead: 1}},
		{"as far as may be", []put{{next + wire.MaxAhead, wire.MaxAhead, true}}, map[sim.Tick]int{next + wire.MaxAhead: 1}},
		{"older than a counter of ours", []put{{next - wire.MaxLate - 1, 0, false}}, nil},
		{"half the counter ahead", []put{{next + 1<<31, 0, false}, {next + 1, 1, true}}, map[sim.Tick]int{next + 1: 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var s schedule
			for i, p := range c.puts {
				early, ok := s.put(wire.Input{Tick: p.tick, Held: held(i + 1)}, next)
				if ok != p.ok || ok && early != p.early {
					t.Errorf("put %d: %d early, %t, want %d, %t", i+1, early, ok, p.early, p.ok)
				}
			}
			now, want := sim.Input{}, 0
			for tick := next; tick < next+2*wire.MaxAhead; tick++ {
				if n, ok := c.acts[tick]; ok {
					want = n
				}
				if now = s.take(tick, now); now != held(want) {
					t.Fatalf("tick %d: input %d acts, want %d", tick, now.Aim, want)
				}
			}
		})
	}
}

// TestFault_G2_AFarStampShutsNobodyOut sends one stamp from the far future and goes
// on as an honest client does.
func TestFault_G2_AFarStampShutsNobodyOut(t *testing.T) {
	for _, ahead := range []sim.Tick{wire.MaxAhead + 1, 100_000, 1 << 30, 1<<31 - 1} {
		var s schedule
		s.put(wire.Input{Tick: 1000 + ahead, Held: held(1)}, 1000)
		for tick := sim.Tick(1000); tick < 1000+2*wire.MaxAhead; tick++ {
			s.put(wire.Input{Tick: tick, Held: held(2)}, tick)
			got := s.take(tick, sim.Input{})
			if tick > 1000+wire.MaxAhead && got != held(2) {
				t.Fatalf("stamp %d ahead: at tick %d honest inputs do not act", ahead, tick)
			}
		}
	}
}

// TestFault_G3_TicksWrap plays the same random stamps in the middle of the counter
// of ticks and over its wrap: inputs early, late and twice do the same.
func TestFault_G3_TicksWrap(t *testing.T) {
	const ticks = 600
	type step struct {
		early  int
		ok     bool
		acting sim.Input
	}
	script := func(first sim.Tick) (steps []step) {
		var s schedule
		rng, now := sim.Rand(11), step{}
		for i := range ticks {
			next := first + sim.Tick(i)
			stamp := next + sim.Tick(rng.Intn(300)) - 40
			if rng.Intn(50) == 0 {
				stamp = next + 1<<31 - sim.Tick(rng.Intn(3))
			}
			now.early, now.ok = s.put(wire.Input{Tick: stamp, Held: held(i)}, next)
			now.acting = s.take(next, now.acting)
			steps = append(steps, now)
		}
		return steps
	}
	want := script(1 << 20)
	for _, first := range []sim.Tick{^sim.Tick(0) - ticks/2, 1<<31 - ticks/2, ^sim.Tick(0) - 20, ^sim.Tick(0) - ticks - wire.MaxAhead} {
		for i, got := range script(first) {
			if got != want[i] {
				t.Fatalf("from tick %d, %d ticks on: %+v, want %+v", first, i, got, want[i])
			}
		}
	}
}

// TestFault_G3_FirstAfterResume gives a resumed seat the stamps of a new clock,
// behind those of the old one.
func TestFault_G3_FirstAfterResume(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet")})
	g := enter(t, r, "Ann", false)
	hold := func(buttons sim.Buttons) {
		t.Helper()
		for range 60 {
			r.Tick()
			g.rep.Step(g.now(), sim.Input{Buttons: buttons}, func(data []byte) bool {
				var m wire.Client
				if err := wire.DecodeClient(data, &m); err != nil {
					t.Fatal(err)
				}
				g.tell(&m)
				return true
			})
		}
		if got := g.seat().held.Buttons; got != buttons {
			t.Fatalf("%d is held, want %d", got, buttons)
		}
	}
	hold(sim.Up)
	g.tell(&wire.Client{Kind: wire.KindInput, Input: wire.Input{Tick: r.world.Tick + wire.MaxAhead}})
	r.Tick()
	g.visit.Gone()
	play(r, 2)
	if got := g.seat().held.Buttons; got != 0 {
		t.Fatalf("with nobody there %d is held", got)
	}
	g.knock("Ann", false)
	hold(sim.Left)
}

// TestFault_G2_NeverBackInTime throws random stamps at a schedule: what acts in a tick is
// what acted before or something filed for now or earlier, and never an input older
// than one that acted already.
func TestFault_G2_NeverBackInTime(t *testing.T) {
	rng := sim.Rand(5)
	for range 200 {
		var s schedule
		acting, newest := sim.Input{}, 0
		stamps := make(map[int]sim.Tick)
		next, n := sim.Tick(rng.Intn(1<<30)), 0
		for range 300 {
			for range rng.Intn(4) {
				n++
				in := wire.Input{Tick: next + sim.Tick(rng.Intn(40)) - 20, Held: held(n)}
				if _, ok := s.put(in, next); ok {
					stamps[n] = in.Tick
				}
			}
			acting = s.take(next, acting)
			now := int(acting.Aim)
			if now != 0 && wire.Before(next, stamps[now]) {
				t.Fatalf("tick %d: an input for tick %d acts", next, stamps[now])
			}
			if now < newest {
				t.Fatalf("tick %d: input %d acts after input %d", next, now, newest)
			}
			newest = now
			next++
		}
	}
}
