package room

import (
	"testing"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// guest is a person in a room whose line takes no time: an Outbox that gives each
// frame to a replica at once, unless it is busy.
type guest struct {
	t       testing.TB
	room    *Room
	rep     *replica.Replica
	visit   *Visit
	busy    bool
	frames  int
	closed  uint16
	last    []byte
	stamp   sim.Tick // of the newest input sent by hand
	device  []byte
	loadout wire.Loadout
	net     string            // it comes from
	sent    func(*wire.Frame) // looks at each frame it gets, if set
}

func (g *guest) Peer() string { return g.net }

func (g *guest) Ready() bool { return !g.busy }

func (g *guest) Send(data []byte) bool {
	g.t.Helper()
	if err := g.rep.Receive(g.now(), data); err != nil {
		g.t.Fatalf("tick %d: %v", g.room.world.Tick, err)
	}
	g.frames++
	if g.sent != nil {
		var f wire.Frame
		if err := new(wire.Decoder).Decode(data, &f); err != nil {
			g.t.Fatal(err)
		}
		g.sent(&f)
	}
	return true
}

func (g *guest) Close(last []byte, code uint16, _ string) { g.last, g.closed = last, code }

func (g *guest) now() time.Duration {
	return time.Duration(g.room.world.Tick) * time.Second / sim.TickRate
}

func newGuest(t testing.TB, r *Room) *guest {
	return &guest{t: t, room: r, rep: replica.New(replica.Config{
		Arena: func(w *wire.Welcome) (*sim.Arena, error) { return find(r, w), nil },
	})}
}

// enter brings somebody new to the door.
func enter(t testing.TB, r *Room, name string, spectate bool) *guest {
	t.Helper()
	g := newGuest(t, r)
	g.knock(name, spectate)
	return g
}

func (g *guest) knock(name string, spectate bool) {
	g.t.Helper()
	var hello wire.Client
	if err := wire.DecodeClient(g.rep.Hello(g.now(), replica.Guest{Name: name, Spectate: spectate, Device: g.device, Loadout: g.loadout}), &hello); err != nil {
		g.t.Fatal(err)
	}
	var ok bool
	if g.visit, ok = g.room.Enter(g, hello.Hello); !ok {
		g.t.Fatal("the door is shut")
	}
}

func (g *guest) seat() *seat { return g.room.seats[g.rep.Self()] }

// input sends an input stamped one tick later than the one before, or for the next
// tick.
func (g *guest) input(held sim.Input) {
	g.t.Helper()
	g.stamp = max(g.stamp, g.room.world.Tick) + 1
	g.tell(&wire.Client{Kind: wire.KindInput, Input: wire.Input{Tick: g.stamp, Held: held}})
}

func (g *guest) chat(text string) {
	g.t.Helper()
	g.tell(&wire.Client{Kind: wire.KindChat, Chat: wire.Chat{Text: []byte(text)}})
}

func (g *guest) tell(m *wire.Client) {
	g.t.Helper()
	if err := g.visit.Receive(m); err != nil {
		g.t.Fatal(err)
	}
}

// play lets the room pass so many ticks.
func play(r *Room, ticks int) {
	for range ticks {
		r.Tick()
	}
}
