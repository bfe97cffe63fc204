package room

import (
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

func (g *guest) looks(l wire.Look) {
	g.t.Helper()
	g.tell(&wire.Client{Kind: wire.KindLook, Look: l})
	play(g.room, 2*sim.TickRate)
}

// TestGaze watches by default the leader, then somebody, then a place; the dead look
// where they want until they fly again.
func TestGaze(t *testing.T) {
	rules := sim.Rules{Live: 1 << 30}
	r := New(Config{Arena: arena(t, "colossus"), Rules: &rules})
	ann, bob, eye := enter(t, r, "Ann", false), enter(t, r, "Bob", false), enter(t, r, "Eye", true)
	play(r, 4)
	r.world.Players[bob.rep.Self()].Score = 5
	play(r, 4)
	s := eye.seat()
	if s.eye != r.world.Ships[bob.rep.Self()].Pos {
		t.Error("a spectator does not watch the leader")
	}
	eye.looks(wire.Look{Follow: ann.rep.Self()})
	if s.eye != r.world.Ships[ann.rep.Self()].Pos {
		t.Error("a spectator does not follow whom it wants")
	}
	at := s.eye
	die(r, ann)
	play(r, 4)
	if s.eye != at {
		t.Error("the eye leaves where somebody died that it follows")
	}
	corner := sim.Vec{X: sim.Units(40), Y: sim.Units(40)}
	eye.looks(wire.Look{Follow: sim.NoPlayer, At: corner})
	if s.eye != corner {
		t.Errorf("a spectator looks at %v, not at %v", s.eye, corner)
	}
	eye.looks(wire.Look{Follow: sim.NoPlayer, At: sim.Vec{X: 1 << 25, Y: 1 << 25}})
	if s.eye != r.ground().Arena.Size() {
		t.Errorf("a spectator looks at %v, outside", s.eye)
	}
	for _, id := range []sim.PlayerID{eye.rep.Self(), 17, 1023} {
		if eye.looks(wire.Look{Follow: id}); s.eye != r.world.Ships[bob.rep.Self()].Pos {
			t.Errorf("following %d, who does not fly, a spectator looks at %v", id, s.eye)
		}
	}
	die(r, ann)
	ann.looks(wire.Look{Follow: bob.rep.Self()})
	if got := ann.seat().eye; got != r.world.Ships[bob.rep.Self()].Pos {
		t.Errorf("the dead look at %v", got)
	}
	ann.dies()
	ann.looks(wire.Look{Follow: bob.rep.Self()})
	if got := ann.seat().eye; got != r.world.Ships[ann.rep.Self()].Pos {
		t.Errorf("who flies looks at %v", got)
	}
}

// TestFault_G23_LooksAreNoAmplifier jumps to and fro across a large arena as often as
// the line takes: what comes of it is bounded.
func TestFault_G23_LooksAreNoAmplifier(t *testing.T) {
	rules := sim.Rules{Live: 1 << 30}
	r := New(Config{Arena: arena(t, "colossus"), Rules: &rules, Bots: 64, BotsAlways: true})
	eye := enter(t, r, "Eye", true)
	play(r, 4)
	keys := 0
	eye.sent = func(f *wire.Frame) {
		for i := range f.Chunks {
			if f.Chunks[i].Key {
				keys++
				return
			}
		}
	}
	const seconds = 9
	size := r.ground().Arena.Size()
	for i := range seconds * sim.TickRate {
		at := sim.Vec{}
		if i/7%2 == 0 {
			at = size
		}
		eye.tell(&wire.Client{Kind: wire.KindLook, Look: wire.Look{Follow: sim.NoPlayer, At: at}})
		r.Tick()
	}
	if keys > 2*seconds+5 || keys < seconds {
		t.Errorf("%d frames with whole cells in %d s", keys, seconds)
	}
	keys = 0
	for i := range sim.Unit(seconds * sim.TickRate / 6) { // a free camera, at 600 units a second
		eye.tell(&wire.Client{Kind: wire.KindLook, Look: wire.Look{Follow: sim.NoPlayer, At: sim.Vec{X: 60 * sim.One * i, Y: size.Y / 2}}})
		play(r, 6)
	}
	if got, want := eye.seat().eye.X, 60*sim.One*sim.Unit(seconds*sim.TickRate/6-1); got != want {
		t.Errorf("a camera that glides is at %d, want %d", got, want)
	}
}

// TestFault_G1_WishFlood sends each kind of wish as often as the line takes: who does
// so is out after about ten seconds, nobody else notices, and what was granted is
// bounded.
func TestFault_G1_WishFlood(t *testing.T) {
	for kind := wire.KindLoadout; kind <= wire.KindSignal; kind++ {
		r := squads(t, 4)
		ann, eve := enter(t, r, "Ann", false), enter(t, r, "Eve", false)
		play(r, 2)
		ticks := 0
		for ; ticks < 40*sim.TickRate && eve.closed == 0; ticks++ {
			for i := range sim.PlayerID(40) {
				_ = eve.visit.Receive(message(r, kind, i, ann.rep.Self()))
			}
			ann.input(sim.Input{Aim: 7})
			r.Tick()
		}
		if eve.closed != wire.CloseFlood || ticks < inputAbuse-30 || ticks > inputAbuse+180 {
			t.Errorf("message %d: closed with %d after %d ticks", kind, eve.closed, ticks)
		}
		if ann.closed != 0 || ann.seat().held.Aim != 7 || ann.frames < ticks/2 {
			t.Errorf("message %d: the other is closed with %d, had %d frames in %d ticks", kind, ann.closed, ann.frames, ticks)
		}
		if most := uint32(3 + ticks/120 + 1); r.signals.total > most {
			t.Errorf("message %d: %d signals", kind, r.signals.total)
		}
		if r.stats.WishesDropped == 0 {
			t.Errorf("message %d: what was dropped is not counted", kind)
		}
	}
}

// TestFault_G1_WishesAreNoFlood uses everything as fast as fingers are for a minute.
func TestFault_G1_WishesAreNoFlood(t *testing.T) {
	r := squads(t, 4)
	ann := enter(t, r, "Ann", false)
	play(r, 2)
	for i := range sim.PlayerID(60 * sim.TickRate) {
		if i%7 == 0 {
			ann.tell(message(r, wire.KindLoadout+wire.Kind(i/7%4), 0, 1))
		}
		ann.input(sim.Input{})
		r.Tick()
	}
	if ann.closed != 0 || r.stats.WishesDropped != 0 {
		t.Errorf("closed with %d, %d dropped", ann.closed, r.stats.WishesDropped)
	}
}

// TestFault_G22_WatchersSeeAsPlayersDo puts the eye of one who watches, and of a
// dead player, to places all over a large arena: what they are told of is what a
// player there is told of, cell by cell.
func TestFault_G22_WatchersSeeAsPlayersDo(t *testing.T) {
	rules := sim.Rules{Live: 1 << 30}
	r := New(Config{Arena: arena(t, "colossus"), Rules: &rules, CellSide: 256 * sim.One})
	ann, dead, eye := enter(t, r, "Ann", false), enter(t, r, "Dan", false), enter(t, r, "Eye", true)
	play(r, 4)
	play(r, 2*(remembered+2)) // long enough to have missed too much
	size := r.ground().Arena.Size()
	compared := 0
	for x := size.X / 8; x < size.X; x += size.X / 5 {
		for y := size.Y / 8; y < size.Y; y += size.Y / 5 {
			die(r, dead)
			r.world.Ships[ann.rep.Self()].Pos, r.world.Ships[ann.rep.Self()].Vel = sim.Vec{X: x, Y: y}, sim.Vec{}
			dead.tell(&wire.Client{Kind: wire.KindLook, Look: wire.Look{Follow: ann.rep.Self()}})
			eye.tell(&wire.Client{Kind: wire.KindLook, Look: wire.Look{Follow: ann.rep.Self()}})
			play(r, 4)
			for _, s := range []*seat{ann.seat(), dead.seat(), eye.seat()} {
				s.last = 1 // told anew, or what each saw before decides at the border
			}
			play(r, 4)
			if in := ann.seat().watched; dead.seat().watched != in || eye.seat().watched != in {
				t.Fatalf("from %d, %d: a player watches %v, the dead %v, a spectator %v", x, y, in, dead.seat().watched, eye.seat().watched)
			}
			compared += ann.seat().watched.size()
			play(r, sim.TickRate/2)
		}
	}
	t.Logf("%d cells compared", compared)
}

// TestFault_G23_TicksNeverSent comes back with ticks that no frame had, or that are
// long past: everything is told anew, once.
func TestFault_G23_TicksNeverSent(t *testing.T) {
	for name, tick := range map[string]func(now sim.Tick) sim.Tick{
		"none":             func(sim.Tick) sim.Tick { return 0 },
		"between two":      func(now sim.Tick) sim.Tick { return now - 1 },
		"the next":         func(now sim.Tick) sim.Tick { return now + 2 },
		"far ahead":        func(now sim.Tick) sim.Tick { return now + 1<<20 },
		"half way round":   func(now sim.Tick) sim.Tick { return now + 1<<31 },
		"just behind":      func(sim.Tick) sim.Tick { return 1<<32 - 1 },
		"no longer kept":   func(now sim.Tick) sim.Tick { return now - 4*remembered },
		"before it joined": func(now sim.Tick) sim.Tick { return 2 },
	} {
		r := New(Config{Arena: arena(t, "closet"), Bots: 4})
		play(r, 10)
		c := newClient(t, r, 1)
		play(r, 200)
		var f wire.Frame
		if err := new(wire.Decoder).Decode(c.line.frames[0].data, &f); err != nil {
			t.Fatal(err)
		}
		c.visit.Gone()
		play(r, 2)
		l := &line{}
		if _, ok := r.Enter(l, wire.Hello{Version: wire.Version, Resume: f.Welcome.Resume, Tick: tick(r.world.Tick)}); !ok {
			t.Fatal("the door is shut")
		}
		play(r, 2)
		if err := new(wire.Decoder).Decode(l.frames[0].data, &f); err != nil {
			t.Fatal(err)
		}
		if w := f.Welcome; w == nil || w.Continues || !w.Resumed || len(f.Chunks) != r.grid.Len() || !f.Chunks[0].Key {
			t.Errorf("%s: welcome %+v, %d chunks", name, w, len(f.Chunks))
		}
	}
}
