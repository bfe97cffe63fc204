package wire

import (
	"testing"

	"ionwake/shared/sim"
)

// steadyFrame is what nearly every frame of a fight of 64 is: one chunk, the own
// part and now and then a line of the scoreboard without its name.
func steadyFrame() *Frame {
	chunk := make([]byte, 110)
	for i := range chunk {
		chunk[i] = byte(i * 37)
	}
	return &Frame{
		Changes: chunk,
		Own:     Own{Hash: 4711, HasShip: true, Early: 2, HasEarly: true, Echo: 9, EchoHeld: 80},
		Players: []Player{{ID: 7, Score: 3, Kills: 3, Ping: 35, Team: sim.TeamIon}},
	}
}

func steadyInput() Input {
	return Input{Tick: 90000, Held: sim.Input{Buttons: sim.Fire | sim.Up, Aim: 700}, Echo: 9, Seen: 89997, Ping: 35}
}

// TestSteadyAllocatesNothing holds what is done many times a second to zero
// allocations, once the buffers have grown.
func TestSteadyAllocatesNothing(t *testing.T) {
	frame, in := steadyFrame(), steadyInput()
	plain := *frame
	plain.Match, plain.HasMatch = sim.Match{Phase: sim.Live, Scores: [sim.Teams]int16{1, 2}}, true
	plain.Objectives = []Objective{{Index: 1, Objective: sim.Objective{Kind: sim.Core, Pos: sim.Vec{X: 9}}}, {}}
	plain.Items, plain.Deeds, plain.Signals = []Item{{Index: 3}}, []Deed{{Kind: sim.ItemTaken}}, []Signal{{Who: 3}}
	var e Encoder
	var d Decoder
	var m Client
	var got Frame
	buf := frameBytes(frame)
	data, message := frameBytes(&plain), AppendInput(nil, in)
	demandNoAllocation(t, "Encoder.Append", func() error { buf = e.Append(buf[:0], &plain); return nil })
	demandNoAllocation(t, "Decoder.Decode", func() error { return d.Decode(data, &got) })
	demandNoAllocation(t, "AppendInput", func() error { buf = AppendInput(buf[:0], in); return nil })
	demandNoAllocation(t, "DecodeClient", func() error { return DecodeClient(message, &m) })
	if differ(got, plain) != "" || differ(m.Input, in) != "" {
		t.Errorf("read %+v and %+v", got, m.Input)
	}
}

func BenchmarkEncodeFrame(b *testing.B) {
	frame := steadyFrame()
	frame.Players = nil
	var e Encoder
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = e.Append(buf[:0], frame)
	}
	b.SetBytes(int64(len(buf)))
}

func BenchmarkDecodeFrame(b *testing.B) {
	data := frameBytes(steadyFrame())
	var d Decoder
	var f Frame
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if err := d.Decode(data, &f); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendInput(b *testing.B) {
	in := steadyInput()
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = AppendInput(buf[:0], in)
	}
}

func BenchmarkDecodeInput(b *testing.B) {
	data := AppendInput(nil, steadyInput())
	var m Client
	b.ReportAllocs()
	for b.Loop() {
		if err := DecodeClient(data, &m); err != nil {
			b.Fatal(err)
		}
	}
}
