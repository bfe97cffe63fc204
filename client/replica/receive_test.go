package replica

import (
	"errors"
	"testing"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// TestReceiveRefusesFirst gives a new replica a first frame that must not be.
func TestReceiveRefusesFirst(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(f *wire.Frame)
		arena  error
	}{
		{name: "no Welcome", change: func(f *wire.Frame) { f.Welcome = nil }},
		{name: "nothing at all", change: func(f *wire.Frame) { *f = wire.Frame{} }},
		{name: "no tick", change: func(f *wire.Frame) { f.Tick = 0 }},
		{name: "another arena", change: func(f *wire.Frame) { f.Welcome.ArenaHash++ }},
		{name: "an arena we lack", change: func(*wire.Frame) {}, arena: errors.New("no such arena")},
		{name: "goes on from what we never had", change: func(f *wire.Frame) { f.Welcome.Continues = true }},
		{name: "changes of an unknown cell", change: func(f *wire.Frame) { f.Chunks[0].Key = false }},
		{name: "changes of nothing", change: func(f *wire.Frame) { f.Changes = []byte{0} }},
		{name: "a cell outside", change: func(f *wire.Frame) { f.Chunks[0].Cell = 16 }},
		{name: "a damaged keyframe", change: func(f *wire.Frame) { f.Chunks[0].Data = []byte{0xff, 0xfe, 0xfd} }},
		{name: "forgets a cell outside", change: func(f *wire.Frame) { f.Forget = []belief.CellID{16} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHost(t)
			r := New(Config{Arena: func(*wire.Welcome) (*sim.Arena, error) { return h.arena, c.arena }})
			r.Hello(0, Guest{Name: "Ann"})
			f := h.first()
			c.change(&f)
			if err := r.Receive(0, h.frame(f)); !errors.Is(err, ErrFrame) || c.arena != nil && !errors.Is(err, c.arena) {
				t.Errorf("got %v, want %v", err, ErrFrame)
			}
			if s := r.Scene(0); s != nil && len(s.Ships) > 0 {
				t.Errorf("%d ships are drawn", len(s.Ships))
			}
		})
	}
}

// TestFault_C6_NeverTold gives a seated replica a second frame that does not fit
// the first, and then one that begins anew: the way on is a new connection.
func TestFault_C6_NeverTold(t *testing.T) {
	empty := []byte{0}
	for _, c := range []struct {
		name  string
		frame wire.Frame
	}{
		{"half a send later", wire.Frame{Tick: firstTick + 3}},
		{"a send earlier", wire.Frame{Tick: firstTick - sendInterval}},
		{"more sends than anybody remembers", wire.Frame{Tick: firstTick + (maxSends+1)*sendInterval}},
		{"half the counter later", wire.Frame{Tick: firstTick + 1<<31}},
		{"changes of a cell never told", wire.Frame{Chunks: []wire.Chunk{{Cell: 1, Data: empty}}}},
		{"changes of a cell outside", wire.Frame{Chunks: []wire.Chunk{{Cell: 16, Data: empty}}}},
		{"changes of a send not covered", wire.Frame{Chunks: []wire.Chunk{{Back: 1, Data: empty}}}},
		{"changes of a cell just forgotten", wire.Frame{Forget: []belief.CellID{0}, Changes: empty}},
		{"a missed send that is the newest", wire.Frame{Chunks: []wire.Chunk{{Data: empty}}}},
		{"damaged changes", wire.Frame{Changes: []byte{0xff, 0xff, 0xff, 0xff}}},
		{"forgets a cell outside", wire.Frame{Forget: []belief.CellID{16}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHost(t)
			r := h.seated()
			if err := r.Receive(tickTime, h.frame(c.frame)); !errors.Is(err, ErrFrame) {
				t.Fatalf("got %v, want %v", err, ErrFrame)
			}
			r.StartOver()
			var hello wire.Client
			if err := wire.DecodeClient(r.Hello(tickTime, Guest{Name: "Ann"}), &hello); err != nil || hello.Hello.Tick != 0 {
				t.Errorf("starts over with %+v, %v", hello.Hello, err)
			}
			if err := r.Receive(2*tickTime, h.frame(h.first())); err != nil || r.tick != firstTick || r.own() == nil {
				t.Errorf("a new connection: %v, tick %d", err, r.tick)
			}
		})
	}
}

func TestReceiveRefusesBytes(t *testing.T) {
	h := newHost(t)
	whole := h.frame(h.first())
	for _, data := range [][]byte{whole[:len(whole)-1], {0xff}, make([]byte, wire.MaxServerMessage+1)} {
		r := h.replica()
		r.Hello(0, Guest{Name: "Ann"})
		if err := r.Receive(0, data); !errors.Is(err, ErrFrame) || !errors.Is(err, wire.ErrMessage) {
			t.Errorf("%d bytes: got %v, want %v and %v", len(data), err, ErrFrame, wire.ErrMessage)
		}
	}
}

// TestReceiveCovers applies frames that cover one send, several, and as many as a
// server remembers.
func TestReceiveCovers(t *testing.T) {
	h := newHost(t)
	r := h.seated()
	want := firstTick
	for _, sends := range []sim.Tick{0, 1, 2, 7, maxSends} {
		f := wire.Frame{}
		want += sendInterval // no tick: one send
		if sends > 0 {
			want += (sends - 1) * sendInterval
			f.Tick = want
		}
		if err := r.Receive(tickTime, h.frame(f)); err != nil || r.tick != want {
			t.Fatalf("%d sends: %v, tick %d, want %d", sends, err, r.tick, want)
		}
	}
}

// TestReceiveReject keeps why the door was shut, once.
func TestReceiveReject(t *testing.T) {
	r := newHost(t).replica()
	want := wire.Reject{Code: wire.CloseFull, Message: "The room is full.", RetryAfterMS: 5000}
	if err := r.Receive(0, wire.AppendReject(nil, want)); err != nil {
		t.Fatal(err)
	}
	if got := r.Rejected(); got == nil || *got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if r.Rejected() != nil || r.Joined() || r.Seated() {
		t.Error("the reason is told twice, or there is a seat")
	}
}

// TestSeatOutlivesTheConnection asks for the seat again, and for none after GiveUp.
func TestSeatOutlivesTheConnection(t *testing.T) {
	r := newHost(t).seated()
	for _, giveUp := range []bool{false, true} {
		if giveUp {
			r.GiveUp()
		}
		var hello wire.Client
		if err := wire.DecodeClient(r.Hello(tickTime, Guest{Name: "Ann", Spectate: true}), &hello); err != nil {
			t.Fatal(err)
		}
		h := hello.Hello
		if asks := len(h.Resume) > 0; asks == giveUp || r.Seated() == giveUp || asks && h.Tick != firstTick || r.Joined() {
			t.Errorf("gave up %t: seated %t, joined %t, hello %+v", giveUp, r.Seated(), r.Joined(), h)
		}
		if h.Name != "Ann" || !h.Spectate || h.Version != wire.Version {
			t.Errorf("hello %+v", h)
		}
	}
}
