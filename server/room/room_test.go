package room

import (
	"slices"
	"testing"
	"time"

	"ionwake/assets"
	"ionwake/client/replica"
	"ionwake/shared/belief"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

func arena(t testing.TB, name string) *sim.Arena {
	t.Helper()
	data, err := assets.Maps.ReadFile("maps/" + name + ".arena")
	if err != nil {
		t.Fatal(err)
	}
	a, err := sim.ParseArena(data)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// pipe is an Outbox into a Replica.
type pipe struct {
	busy   bool
	frames [][]byte
	bytes  int
	closed uint16
	last   []byte
}

func (p *pipe) Ready() bool { return !p.busy }

func (p *pipe) Send(f []byte) bool {
	p.frames = append(p.frames, slices.Clone(f))
	p.bytes += len(f)
	return true
}

func (p *pipe) Close(last []byte, code uint16, _ string) { p.last, p.closed = last, code }

// TestBeliefIsTruth lets 64 bots fight and a watcher follow.
func TestBeliefIsTruth(t *testing.T) {
	a := arena(t, "foundry")
	meter := &belief.Meter{}
	r := New(Config{Arena: a, Bots: 63, Meter: meter, MaxPlayers: 64, Seed: 1})
	out := &pipe{}
	rep := replica.New(replica.Config{Arena: func(string) (*sim.Arena, error) { return a, nil }})
	var hello wire.Client
	if err := wire.DecodeClient(rep.Hello(0, "Ann", false), &hello); err != nil {
		t.Fatal(err)
	}
	if _, ok := r.Enter(out, hello.Hello); !ok {
		t.Fatal("door")
	}
	checked := 0
	const n = 60 * 60
	for i := range n {
		r.Tick()
		for _, f := range out.frames {
			if err := rep.Receive(time.Duration(i)*time.Second/60, f); err != nil {
				t.Fatal(i, err)
			}
		}
		if len(out.frames) == 0 {
			continue
		}
		out.frames = out.frames[:0]
		tick := rep.Belief(func(id belief.CellID, c *belief.Cell) {
			if !slices.Equal(c.Ships, r.now[id].Ships) || !slices.Equal(c.Bolts, r.now[id].Bolts) {
				t.Fatalf("tick %d: belief is not truth", r.world.Tick)
			}
			checked += len(c.Ships) + len(c.Bolts)
		})
		if tick != r.world.Tick {
			t.Fatal(tick, r.world.Tick)
		}
	}
	secs := float64(n) / 60
	t.Logf("%d checked; %.0f B/s, %.1f kbit/s", checked, float64(out.bytes)/secs, float64(out.bytes)*8/1000/secs)
	for k := range belief.KindCount {
		t.Logf("%s %.0f B/s", k, meter.Bits[k]/8/secs)
	}
	t.Logf("%+v", r.Stats())
}
