package replica

import (
	"testing"
	"time"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// The frames of these tests are made by hand: a room of 512 x 512 world units in
// cells of 128, told at tick 1000 for the first time, every second tick.
const (
	firstTick    = sim.Tick(1000)
	tickTime     = time.Second / sim.TickRate
	sendInterval = 2
)

func box(t testing.TB) *sim.Arena {
	t.Helper()
	const side = 16
	solid := make([]bool, side*side)
	for i := range side {
		solid[i], solid[(side-1)*side+i] = true, true
		solid[i*side], solid[i*side+side-1] = true, true
	}
	middle := sim.Vec{X: side * sim.TileSize / 2, Y: side * sim.TileSize / 2}
	a, err := sim.NewArena(sim.Plan{Name: "box", Width: side, Height: side, Walls: solid, Spawns: []sim.Spawn{{Pos: middle}}})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// host makes what a server would send to the seat 3.
type host struct {
	t       testing.TB
	arena   *sim.Arena
	encoder wire.Encoder
}

func newHost(t testing.TB) *host { return &host{t: t, arena: box(t)} }

func (h *host) replica() *Replica {
	return New(Config{Arena: func(*wire.Welcome) (*sim.Arena, error) { return h.arena, nil }})
}

func (h *host) frame(f wire.Frame) []byte { return h.encoder.Append(nil, &f) }

func (h *host) welcome() *wire.Welcome {
	return &wire.Welcome{
		Version: wire.Version, ID: 3, Name: "Ann", Resume: make([]byte, wire.TokenSize),
		Room: "main", Mode: "brawl", Arena: h.arena.Name, ArenaHash: h.arena.Hash, CellSide: 128,
		TickRate: sim.TickRate, SendInterval: sendInterval, KillPoints: 1,
	}
}

// ship is the own ship, at rest in cell 0.
func ship() sim.Ship {
	at := sim.Units(80)
	return sim.Ship{ID: 3, Pos: sim.Vec{X: at, Y: at}, Energy: sim.Hulls[sim.Dart].EnergyMax}
}

// key is the keyframe of a cell with these ships in it.
func (h *host) key(id belief.CellID, ships ...sim.Ship) wire.Chunk {
	k := belief.Codec{Arena: h.arena, Grid: belief.NewGrid(h.arena, 128*sim.One)}
	return wire.Chunk{Cell: id, Key: true, Data: k.Keyframe(nil, id, &belief.Cell{Ships: ships})}
}

// gone is the chunk of cell 0 that says the ship in it is no more.
func (h *host) gone() []byte {
	k := belief.Codec{Arena: h.arena, Grid: belief.NewGrid(h.arena, 128*sim.One)}
	span := belief.Span{Steps: sendInterval, Held: make([][]sim.Input, sendInterval)}
	for i := range span.Held {
		span.Held[i] = make([]sim.Input, 4)
	}
	before, after := belief.Cell{Ships: []sim.Ship{ship()}}, belief.Cell{}
	return k.Diff(nil, 0, &before, &after, span)
}

// first is the first frame of a connection: the own ship in cell 0.
func (h *host) first() wire.Frame {
	s := ship()
	return wire.Frame{
		Tick: firstTick, Welcome: h.welcome(), Chunks: []wire.Chunk{h.key(0, s)},
		Own: wire.Own{HasShip: true, Hash: wire.OwnHash(s.Hash())},
	}
}

// seated returns a replica that has had its first frame at moment zero.
func (h *host) seated() *Replica {
	h.t.Helper()
	r := h.replica()
	r.Hello(0, Guest{Name: "Ann"})
	if err := r.Receive(0, h.frame(h.first())); err != nil {
		h.t.Fatal(err)
	}
	return r
}

// inputs collects what Step sends.
type inputs struct {
	t    testing.TB
	busy bool // refuse
	list []wire.Input
}

func (s *inputs) send(data []byte) bool {
	var m wire.Client
	if err := wire.DecodeClient(data, &m); err != nil || m.Kind != wire.KindInput {
		s.t.Fatalf("%x is no input: %v", data, err)
	}
	if s.busy {
		return false
	}
	s.list = append(s.list, m.Input)
	return true
}
