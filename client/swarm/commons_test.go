//go:build !js

package main

import (
	"slices"
	"testing"
	"time"

	"ionwake/assets"
	"ionwake/client/replica"
	server "ionwake/server/room"
	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// post is an outbox that a test empties. While it is full the server skips sends.
type post struct {
	full  bool
	frame [][]byte
}

func (p *post) Ready() bool { return !p.full }

func (p *post) Send(frame []byte) bool {
	p.frame = append(p.frame, slices.Clone(frame))
	return true
}

func (*post) Close([]byte, uint16, string) {}

// reader is a replica that spectates.
type reader struct {
	post post
	rep  *replica.Replica
}

func enter(t *testing.T, r *server.Room, a *sim.Arena, c replica.Crowd) *reader {
	t.Helper()
	w := &reader{rep: replica.New(replica.Config{Arena: func(*wire.Welcome) (*sim.Arena, error) { return a, nil }, Crowd: c})}
	w.rep.Hello(0, replica.Guest{Name: "Ann", Spectate: true})
	if _, ok := r.Enter(&w.post, wire.Hello{Version: wire.Version, Name: "Ann", Spectate: true}); !ok {
		t.Fatal("not let in")
	}
	return w
}

func (w *reader) read(t *testing.T, now time.Duration) {
	t.Helper()
	for _, f := range w.post.frame {
		if err := w.rep.Receive(now, f); err != nil {
			t.Fatal(err)
		}
	}
	w.post.frame = w.post.frame[:0]
}

func (w *reader) cells() (cells map[belief.CellID]belief.Cell, tick sim.Tick) {
	cells = map[belief.CellID]belief.Cell{}
	tick = w.rep.Belief(func(id belief.CellID, c *belief.Cell) { cells[id] = *c })
	return cells, tick
}

// TestCommonsIsTheTruth lets replicas of a crowd watch a match that one by itself
// watches too: all believe the same, also one that comes later and one that misses
// frames, and nearly everything was worked out once.
func TestCommonsIsTheTruth(t *testing.T) {
	data, err := assets.Maps.ReadFile("maps/colossus.arena")
	if err != nil {
		t.Fatal(err)
	}
	a, err := sim.ParseArena(data)
	if err != nil {
		t.Fatal(err)
	}
	r := server.New(server.Config{
		Arena: a, Bots: 40, BotsAlways: true, BotLevel: bot.Hard, Seed: 5, MaxWatchers: 8, CellSide: 1024 * sim.One,
		Rules: &sim.Rules{Warmup: 30, Live: 1 << 30, Results: 1},
	})
	var c commons
	alone := enter(t, r, a, nil)
	many := []*reader{enter(t, r, a, &c), enter(t, r, a, &c), enter(t, r, a, &c)}
	compared := 0
	for i := range 20 * sim.TickRate {
		if i == 5*sim.TickRate {
			many = append(many, enter(t, r, a, &c)) // learns everything by keyframes
		}
		many[0].post.full = i%97 < 14 // too seldom to be taken for a narrow line
		r.Tick()
		now := time.Duration(i) * time.Second / sim.TickRate
		alone.read(t, now)
		want, tick := alone.cells()
		for n, w := range many {
			w.read(t, now)
			if w.rep.Scene(now) != nil {
				t.Fatal("one of a crowd is drawn")
			}
			got, at := w.cells()
			if at != tick {
				continue
			}
			compared++
			for id, cell := range got {
				if !slices.Equal(cell.Ships, want[id].Ships) || !slices.Equal(cell.Bolts, want[id].Bolts) {
					t.Fatalf("tick %d: replica %d believes another cell %d", tick, n, id)
				}
			}
		}
	}
	t.Logf("%d beliefs compared; worked out %d, taken over %d, apart %d", compared, c.worked, c.shared, c.apart)
	if compared < 50*sim.TickRate || c.apart != 0 || c.shared < 2*c.worked {
		t.Errorf("%d beliefs compared; worked out %d, taken over %d, apart %d", compared, c.worked, c.shared, c.apart)
	}
}

// TestCommonsTrustsNobody gives one player other bytes than the others had: it is not
// handed their cell, and they keep theirs.
func TestCommonsTrustsNobody(t *testing.T) {
	data, _ := assets.Maps.ReadFile("maps/closet.arena")
	a, err := sim.ParseArena(data)
	if err != nil {
		t.Fatal(err)
	}
	k := belief.Codec{Arena: a, Grid: belief.NewGrid(a, 0)}
	key := func(x int) []byte {
		ship := sim.Ship{ID: 3, Pos: sim.Vec{X: sim.Units(x), Y: sim.Units(200)}, Energy: 50}
		return k.Keyframe(nil, 0, &belief.Cell{Ships: []sim.Ship{ship}})
	}
	var c commons
	var one, two, three belief.Cell
	for cell, chunk := range map[*belief.Cell][]byte{&one: key(200), &two: key(300), &three: key(200)} {
		if err := c.Apply(&k, 10, 0, cell, 0, chunk); err != nil {
			t.Fatal(err)
		}
	}
	if one.Ships[0].Pos == two.Ships[0].Pos || one.Ships[0] != three.Ships[0] {
		t.Errorf("got %v, %v and %v", one.Ships, two.Ships, three.Ships)
	}
	if err := c.Apply(&k, 12, 0, &one, 2, make([]byte, 4000)); err == nil {
		t.Error("nonsense was taken")
	}
	if one.Ships[0].Pos != three.Ships[0].Pos {
		t.Error("nonsense has changed a cell")
	}
}
