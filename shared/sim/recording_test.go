package sim_test

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"ionwake/shared/sim"
)

// recording is a match told by what was pressed, with the hashes of the World it
// must give.
type recording struct {
	Mode   sim.Mode
	Arena  *sim.Arena
	Rules  sim.Rules
	Seed   uint64
	Length sim.Tick
	Doors  []door     // by tick
	Inputs [][]change // by PlayerID, then by tick
	Hashes []sim.Hash // after every hashEvery ticks
}

const hashEvery = 100

// door is a player who comes or goes before a tick.
type door struct {
	Tick sim.Tick
	ID   sim.PlayerID
	Come bool
}

// change is an input that is held from a tick on.
type change struct {
	Tick sim.Tick
	In   sim.Input
}

// play steps a World through the recording and calls after, if that is not nil,
// after every tick. It stops at the first error.
func (r *recording) play(after func(*sim.World) error) error {
	w := sim.New(r.Arena, r.Mode, r.Rules, r.Seed)
	held, next, doors := make([]sim.Input, len(r.Inputs)), make([]int, len(r.Inputs)), r.Doors
	for w.Tick < r.Length {
		for ; len(doors) > 0 && doors[0].Tick == w.Tick; doors = doors[1:] {
			doors[0].open(w)
		}
		for id, column := range r.Inputs {
			for next[id] < len(column) && column[next[id]].Tick == w.Tick {
				held[id] = column[next[id]].In
				next[id]++
			}
		}
		w.Step(held)
		if err := after(w); err != nil {
			return err
		}
	}
	return nil
}

func (d door) open(w *sim.World) {
	if d.Come {
		w.Join(d.ID, sim.HullKind(int(d.ID)%len(sim.Hulls)), sim.NoTeam)
	} else {
		w.Leave(d.ID)
	}
}

// encode writes the recording: all as uvarints, like columned beside like, and
// deflated (RFC 1951). The layout is what decode reads.
func (r *recording) encode() ([]byte, error) {
	var b []byte
	put := func(vs ...uint64) {
		for _, v := range vs {
			b = binary.AppendUvarint(b, v)
		}
	}
	put(uint64(slices.Index(sim.ModeNames(), r.Mode.Name())))
	arena := r.Arena.Encode()
	put(uint64(len(arena)))
	b = append(b, arena...)
	put(uint64(r.Rules.Warmup), uint64(r.Rules.Live), uint64(r.Rules.Results), uint64(r.Rules.ScoreLimit))
	put(r.Seed, uint64(r.Length), uint64(len(r.Doors)), uint64(len(r.Inputs)))
	for _, d := range r.Doors {
		come := uint64(0)
		if d.Come {
			come = 1
		}
		put(uint64(d.Tick), uint64(d.ID), come)
	}
	for _, column := range r.Inputs {
		put(uint64(len(column)))
		last := change{}
		for _, c := range column {
			put(uint64(c.Tick - last.Tick))
			last = c
		}
		last = change{}
		for _, c := range column {
			put(uint64(c.In.Buttons ^ last.In.Buttons))
			last = c
		}
		last = change{}
		for _, c := range column {
			turn := last.In.Aim.Delta(c.In.Aim)
			put(uint64(turn<<1 ^ turn>>31)) // zigzag
			last = c
		}
	}
	for _, h := range r.Hashes {
		b = binary.LittleEndian.AppendUint64(b, uint64(h))
	}
	var out bytes.Buffer
	f, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(b); err != nil {
		return nil, err
	}
	err = f.Close()
	return out.Bytes(), err
}

func decode(data []byte) (*recording, error) {
	b, err := io.ReadAll(flate.NewReader(bytes.NewReader(data)))
	if err != nil {
		return nil, fmt.Errorf("inflate recording: %w", err)
	}
	r, cut := &recording{}, false
	get := func() uint64 {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			cut, n = true, len(b)
		}
		b = b[n:]
		return v
	}
	names := sim.ModeNames()
	r.Mode, _ = sim.ModeByName(names[min(get(), uint64(len(names)-1))])
	size := min(get(), uint64(len(b)))
	if r.Arena, err = sim.ParseArena(b[:size]); err != nil {
		return nil, fmt.Errorf("read recording: %w", err)
	}
	b = b[size:]
	r.Rules = sim.Rules{Warmup: sim.Tick(get()), Live: sim.Tick(get()), Results: sim.Tick(get()), ScoreLimit: int16(get())}
	r.Seed, r.Length = get(), sim.Tick(get())
	doors, players := get(), get()
	for ; doors > 0 && !cut; doors-- {
		r.Doors = append(r.Doors, door{sim.Tick(get()), sim.PlayerID(get()), get() == 1})
	}
	for ; players > 0 && !cut; players-- {
		column := make([]change, min(get(), uint64(len(b))))
		last := change{}
		for i := range column {
			last.Tick += sim.Tick(get())
			column[i].Tick = last.Tick
		}
		for i := range column {
			last.In.Buttons ^= sim.Buttons(get())
			column[i].In.Buttons = last.In.Buttons
		}
		for i := range column {
			v := get()
			last.In.Aim = last.In.Aim.Turn(int(v>>1) ^ -int(v&1))
			column[i].In.Aim = last.In.Aim
		}
		r.Inputs = append(r.Inputs, column)
	}
	if cut || uint64(len(b)) != uint64(r.Length/hashEvery)*8 {
		return nil, errors.New("read recording: cut or too long")
	}
	for ; len(b) > 0; b = b[8:] {
		r.Hashes = append(r.Hashes, sim.Hash(binary.LittleEndian.Uint64(b)))
	}
	return r, nil
}
