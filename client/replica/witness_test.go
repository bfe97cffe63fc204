package replica_test

import (
	"testing"
	"time"

	"ionwake/assets"
	"ionwake/client/replica"
	"ionwake/server/room"
	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// witness is a pilot in a room at the end of a long line, and what it saw of itself
// beside what it truly did.
type witness struct {
	t     *testing.T
	room  *room.Room
	visit *room.Visit
	rep   *replica.Replica
	pilot *bot.Pilot
	view  belief.View
	held  sim.Input
	msg   wire.Client

	now      time.Duration
	down, up pipe
	was      sim.Ship // own, in truth, a tick ago
	flew     bool
	seen     map[replica.EffectKind]int // by the own ship
	struck   int                        // the own ship was, as seen
	undone   int                        // shots taken back
	did      map[replica.EffectKind]int
}

const halfway = 50 * time.Millisecond

// pipe delays; a rough one stalls now and then for up to a third of a second, as a line
// does on which something is lost, and then brings all of it at once.
type pipe struct {
	list  [][]byte
	due   []time.Duration
	rough bool
	rng   sim.Rand
	until time.Duration // it stalls
}

func (p *pipe) put(now time.Duration, data []byte) {
	due := now + halfway
	if p.rough && p.rng.Intn(60) == 0 {
		p.until = due + time.Duration(50+p.rng.Intn(280))*time.Millisecond
	}
	p.list, p.due = append(p.list, append([]byte(nil), data...)), append(p.due, max(due, p.until))
}

func (p *pipe) take(now time.Duration) []byte {
	if len(p.due) == 0 || p.due[0] > now {
		return nil
	}
	data := p.list[0]
	p.list, p.due = p.list[1:], p.due[1:]
	return data
}

func (*witness) Ready() bool                  { return true }
func (w *witness) Send(frame []byte) bool     { w.down.put(w.now, frame); return true }
func (*witness) Close([]byte, uint16, string) {}

func newWitness(t *testing.T, mode sim.Mode, hull sim.HullKind) *witness {
	t.Helper()
	data, err := assets.Maps.ReadFile("maps/foundry.arena")
	if err != nil {
		t.Fatal(err)
	}
	a, err := sim.ParseArena(data)
	if err != nil {
		t.Fatal(err)
	}
	w := &witness{t: t, pilot: bot.New(3, bot.Hard), seen: map[replica.EffectKind]int{}, did: map[replica.EffectKind]int{}}
	w.room = room.New(room.Config{
		Arena: a, Mode: mode, Bots: 12, BotLevel: bot.Hard, Seed: uint64(hull) + 5,
		Rules: &sim.Rules{Warmup: 30, Live: 1 << 30, Results: 1},
	})
	w.rep = replica.New(replica.Config{Arena: func(*wire.Welcome) (*sim.Arena, error) { return a, nil }})
	hello := w.rep.Hello(0, replica.Guest{Name: "Ann", Loadout: wire.Loadout{Hull: hull}})
	if err := wire.DecodeClient(hello, &w.msg); err != nil {
		t.Fatal(err)
	}
	w.visit, _ = w.room.Enter(w, w.msg.Hello)
	return w
}

// tick lets a tick pass on both sides.
func (w *witness) tick() {
	w.now += time.Second / sim.TickRate
	for data := w.up.take(w.now); data != nil; data = w.up.take(w.now) {
		if err := wire.DecodeClient(data, &w.msg); err != nil {
			w.t.Fatal(err)
		}
		_ = w.visit.Receive(&w.msg)
	}
	w.room.Tick()
	w.watchTruth()
	for data := w.down.take(w.now); data != nil; data = w.down.take(w.now) {
		if err := w.rep.Receive(w.now, data); err != nil {
			w.t.Fatal(err)
		}
	}
	if !w.rep.Joined() {
		return
	}
	seen := w.view.Tick
	if w.rep.View(&w.view); w.view.Tick != seen && w.view.Ship(w.rep.Self()) != nil {
		w.held = w.pilot.Think(&w.view, w.rep.Self())
	}
	w.rep.Step(w.now, w.held, func(data []byte) bool { w.up.put(w.now, data); return true })
	w.watchPicture(w.rep.Scene(w.now))
}

// watchTruth counts what the own ship did.
func (w *witness) watchTruth() {
	if !w.rep.Joined() {
		return
	}
	world, self := w.room.World(), w.rep.Self()
	ship := world.Ship(self)
	for i := range world.Events {
		if e := &world.Events[i]; e.Who == self {
			switch e.Kind {
			case sim.ItemTaken:
				w.did[replica.ItemTaken]++
			case sim.CoreTaken:
				w.did[replica.CoreTaken]++
			}
		}
	}
	if ship != nil && w.flew && w.was.ID == ship.ID {
		if ship.Reload > w.was.Reload {
			w.did[fired(sim.Hulls[ship.Hull].Primary.Shot)]++
		}
		if ship.Recharge > w.was.Recharge && !sim.Hulls[ship.Hull].Guard {
			w.did[fired(sim.Hulls[ship.Hull].Secondary.Shot)]++
		}
		if ship.DashIn > w.was.DashIn {
			w.did[replica.ShipDashed]++
		}
	}
	if w.flew = ship != nil; w.flew {
		w.was = *ship
	}
}

func fired(kind sim.BoltKind) replica.EffectKind {
	switch kind {
	case sim.Beam:
		return replica.BeamFired
	case sim.Pulse:
		return replica.PulseFired
	}
	return replica.ShotFired
}

func (w *witness) watchPicture(s *replica.Scene) {
	if s == nil {
		return
	}
	for i := range s.Effects {
		if e := &s.Effects[i]; e.Own && e.Who == s.Self {
			switch e.Kind {
			case replica.ShotFired, replica.BeamFired, replica.PulseFired, replica.ShipDashed, replica.ItemTaken, replica.CoreTaken:
				w.seen[e.Kind]++
			case replica.ShotUndone:
				w.undone++
			case replica.ShotHit:
				w.struck++
			}
		}
	}
}

// shots adds up what guns did.
func (*witness) shots(count map[replica.EffectKind]int) int {
	return count[replica.ShotFired] + count[replica.BeamFired] + count[replica.PulseFired]
}

// TestOwnDeedsShowOnce fights for three minutes in every hull at the end of a line of
// 100 ms: nearly everything the own ship does is seen once, at once, and hardly
// anything is seen that it did not do.
func TestOwnDeedsShowOnce(t *testing.T) {
	for hull := range sim.Hulls {
		t.Run(sim.Hulls[hull].Name, func(t *testing.T) {
			w := newWitness(t, sim.Relay{}, sim.HullKind(hull))
			for range 3 * 60 * sim.TickRate {
				w.tick()
			}
			t.Logf("struck %d; %d shots taken back; line %+v", w.struck, w.undone, w.rep.Net(w.now))
			total := 0
			for kind, want := range w.did {
				got := w.seen[kind]
				total += want
				t.Logf("effect %2d: did %d, saw %d", kind, want, got)
				// A shot may be seen that a hit under way forbids, one that the player's own
				// death undoes most of all.
				if off := got - want; off > 2+want*8/100 || off < -1-want/50 {
					t.Errorf("effect %d: the own ship did it %d times, the player saw it %d times", kind, want, got)
				}
			}
			if left := w.shots(w.seen) - w.undone - w.shots(w.did); left > 2+w.shots(w.did)*4/100 || left < -2 {
				t.Errorf("%d shots more are seen than fired and taken back", left)
			}
			if total < 50 {
				t.Errorf("%d deeds in three minutes: the test shows nothing", total)
			}
		})
	}
}

// TestOwnShotsOverARoughLine fires over a line that stalls every second or two, either
// way: inputs come late, shots that were seen at once leave the guns later, or never.
// Each is seen once, and what never was is taken back.
func TestOwnShotsOverARoughLine(t *testing.T) {
	for _, hull := range []sim.HullKind{sim.Dart, sim.Lancer} {
		t.Run(sim.Hulls[hull].Name, func(t *testing.T) {
			w := newWitness(t, sim.Brawl{}, hull)
			w.down.rough, w.up.rough, w.up.rng = true, true, 77
			for range 4 * 60 * sim.TickRate {
				w.tick()
			}
			net, did, seen := w.rep.Net(w.now), w.shots(w.did), w.shots(w.seen)
			t.Logf("%d shots fired, %d seen, %d taken back; line %+v", did, seen, w.undone, net)
			if off := seen - w.undone - did; off > 2 || off < -2 {
				t.Errorf("%d shots more are seen than fired and taken back", off)
			}
			if net.Late < 10 || w.undone == 0 || did < 50 {
				t.Errorf("%d shots, %d late inputs, %d taken back: the test shows little", did, net.Late, w.undone)
			}
			if net.StateMismatches+net.Mispredictions > 0 {
				t.Errorf("%d states other than the server's, %d moves unexplained", net.StateMismatches, net.Mispredictions)
			}
		})
	}
}
