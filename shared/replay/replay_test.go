package replay_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"ionwake/shared/replay"
	"ionwake/shared/sim"
)

func arena(tb testing.TB, name string) *sim.Arena {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "assets", "maps", name+".arena"))
	if err != nil {
		tb.Fatal(err)
	}
	a, err := sim.ParseArena(data)
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

// match is one that is played and taken down.
type match struct {
	world *sim.World
	tape  replay.Tape
	held  []sim.Input
	rand  sim.Rand
	pack  replay.Packer
	file  []byte
}

func begin(tb testing.TB, mode sim.Mode, people int) *match {
	m := &match{world: sim.New(arena(tb, "foundry"), mode, sim.Rules{Warmup: 1, Live: 1 << 20}, 7), rand: 3}
	for id := range people {
		m.world.Join(sim.PlayerID(id), sim.HullKind(id%len(sim.Hulls)), sim.NoTeam)
		m.held = append(m.held, sim.Input{})
	}
	for range 100 {
		m.press()
		m.world.Step(m.held)
	}
	m.file = m.pack.AppendHead(nil, &replay.Head{
		Edition: sim.Edition, Program: "v1", ID: "abc", Server: "Here", Room: "main", Mode: mode, Rules: m.world.Rules,
		Arena: m.world.Arena, Number: 4, Began: 1234567,
	})
	m.tape.Begin(m.world, new(replay.Piece), person)
	return m
}

func person(id sim.PlayerID) replay.Person {
	return replay.Person{Name: string(rune('A' + id)), Tag: uint64(id)<<60 | 5, Bot: id%2 == 0}
}

// press lets everybody do something else now and then.
func (m *match) press() {
	for id := range m.held {
		if m.rand.Intn(20) == 0 {
			m.held[id].Buttons = sim.Buttons(m.rand.Intn(1 << 7))
		}
		if m.rand.Intn(3) == 0 {
			m.held[id].Aim = m.held[id].Aim.Turn(m.rand.Intn(1024))
		}
	}
}

// play plays on, with people who come, go and choose, and fills pieces.
func (m *match) play(ticks int) {
	for range ticks {
		switch id := sim.PlayerID(m.rand.Intn(len(m.held) + 1)); m.rand.Intn(150) {
		case 0:
			if int(id) == len(m.held) {
				m.held = append(m.held, sim.Input{})
			}
			m.tape.Join(id, sim.Lancer, sim.TeamIon, person(id))
			m.world.Join(id, sim.Lancer, sim.TeamIon)
		case 1:
			if int(id) < len(m.held) && m.world.Players[id].Status != sim.Absent {
				m.tape.Leave(id)
				m.world.Leave(id)
			}
		case 2:
			if int(id) < len(m.held) {
				m.tape.Choose(id, sim.Bastion, sim.TeamEmber)
				m.world.Choose(id, sim.Bastion, sim.TeamEmber)
			}
		}
		m.press()
		m.world.Step(m.held)
		if m.tape.Step(m.world) {
			m.file = m.pack.AppendPiece(m.file, m.tape.Turn(m.world, new(replay.Piece)))
		}
	}
}

var last = replay.End{Why: replay.Over, Scores: [2]int16{-3, 4}, Lines: []replay.Line{{Person: person(2), Team: sim.TeamIon, Score: -1, Kills: 2, Deaths: 3}}}

func (m *match) end() []byte {
	m.file = m.pack.AppendPiece(m.file, m.tape.Stop())
	return m.pack.AppendEnd(m.file, &last)
}

func open(tb testing.TB, file []byte) *replay.Record {
	tb.Helper()
	rec, err := replay.Open(file)
	if err != nil {
		tb.Fatal(err)
	}
	return rec
}

// TestReplay: what comes out is what went in, in every mode, and from any second on.
func TestReplay(t *testing.T) {
	for _, name := range sim.ModeNames() {
		mode, _ := sim.ModeByName(name)
		m := begin(t, mode, 9)
		m.play(1900)
		file := m.end()
		rec := open(t, file)
		if ticks, err := replay.Verify(rec); err != nil || ticks != 1900 || rec.Ticks() != 1900 {
			t.Fatalf("%s: %d of %d ticks agree, %v", name, ticks, rec.Ticks(), err)
		}
		h := &rec.Head
		if h.Program != "v1" || h.ID != "abc" || h.Server != "Here" || h.Room != "main" || h.Mode != mode ||
			h.Rules != m.world.Rules || h.Arena.Hash != m.world.Arena.Hash || h.Number != 4 || h.Began != 1234567 {
			t.Errorf("%s: the head is %+v", name, h)
		}
		if !rec.Whole || !reflect.DeepEqual(rec.End, last) {
			t.Errorf("%s: the end is %+v", name, rec.End)
		}
		p, err := replay.NewPlayer(rec)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []int{1899, 0, 601, 599, 600, 5000, -5, 1200} {
			if err := p.Seek(at); err != nil || p.At() != min(max(at, 0), 1900) {
				t.Fatalf("%s: after going to %d it is at %d, %v", name, at, p.At(), err)
			}
			if at != 5000 {
				continue
			}
			if p.World().Outline() != m.world.Outline() {
				t.Errorf("%s: the end is another", name)
			}
			if err := p.Step(); !errors.Is(err, io.EOF) {
				t.Errorf("%s: behind the end: %v", name, err)
			}
		}
		for id := range p.World().Players {
			if who := p.Person(sim.PlayerID(id)); who.Name != "" && who != person(sim.PlayerID(id)) {
				t.Errorf("%s: seat %d has %+v", name, id, who)
			}
		}
	}
}

// TestOtherPlay: what is not as it was recorded is found, and named by tick.
func TestOtherPlay(t *testing.T) {
	m := begin(t, sim.Brawl{}, 6)
	m.play(200)
	m.world.Ships[0].Energy = 1 // nobody told the tape
	m.world.Ships[1].Pos.X++
	m.play(500)
	ticks, err := replay.Verify(open(t, m.end()))
	if !errors.Is(err, replay.ErrDiffers) || ticks < 200 || ticks > 260 {
		t.Errorf("%d ticks agree, %v", ticks, err)
	}
}

// TestOtherRules: what was recorded under other rules is not played.
func TestOtherRules(t *testing.T) {
	m := begin(t, sim.Brawl{}, 2)
	m.file = m.pack.AppendHead(nil, &replay.Head{Edition: sim.Edition + 1, Program: "v9", Mode: sim.Brawl{}, Arena: m.world.Arena})
	m.play(100)
	if _, err := replay.Verify(open(t, m.end())); !errors.Is(err, replay.ErrEdition) {
		t.Errorf("got %v", err)
	}
}

// TestCutReplay: a file that ends anywhere is played as far as it is whole,
// and never otherwise than it was.
func TestCutReplay(t *testing.T) {
	m := begin(t, sim.Squads{}, 5)
	m.play(1300)
	file := m.end()
	seen := map[int]bool{}
	for cut := range file {
		if cut%7 != 0 && cut < len(file)-40 {
			continue
		}
		rec, err := replay.Open(file[:cut])
		if err != nil {
			continue
		}
		if rec.Whole {
			t.Fatalf("cut at %d of %d it is whole", cut, len(file))
		}
		if seen[rec.Ticks()] {
			continue
		}
		seen[rec.Ticks()] = true
		if n, err := replay.Verify(rec); n != rec.Ticks() || err != nil && !errors.Is(err, replay.ErrNoPlay) {
			t.Errorf("cut at %d: %d ticks of %d, %v", cut, n, rec.Ticks(), err)
		}
	}
	if len(seen) != 4 || !seen[600] || !seen[1200] || !seen[1300] {
		t.Errorf("lengths are %v, want 0, 600, 1200 and 1300", seen)
	}
}

// TestDamagedReplay changes each byte: what is played still is what was
// recorded, as far as the damage.
func TestDamagedReplay(t *testing.T) {
	m := begin(t, sim.Brawl{}, 3)
	m.play(650)
	file := m.end()
	step := max(1, len(file)/300)
	for at := 0; at < len(file); at += step {
		broken := slices.Clone(file)
		broken[at] ^= 0x24
		rec, err := replay.Open(broken)
		if err != nil {
			if !errors.Is(err, replay.ErrDamaged) && !errors.Is(err, replay.ErrForeign) {
				t.Fatalf("byte %d: %v", at, err)
			}
			continue
		}
		if n, err := replay.Verify(rec); rec.Whole && n == 650 || err != nil && !errors.Is(err, replay.ErrNoPlay) {
			t.Fatalf("byte %d of %d: %d ticks are played, %v", at, len(file), n, err)
		}
	}
}

// TestTapeAllocatesNothing between two pieces that have been used before.
func TestTapeAllocatesNothing(t *testing.T) {
	m := begin(t, sim.Brawl{}, 16)
	pieces := []*replay.Piece{new(replay.Piece), new(replay.Piece)}
	turn := func() {
		m.press()
		m.world.Step(m.held)
		if m.tape.Step(m.world) {
			pieces[0], pieces[1] = pieces[1], m.tape.Turn(m.world, pieces[0])
		}
	}
	for range 10 * replay.PieceTicks {
		turn()
	}
	if got := testing.AllocsPerRun(3*replay.PieceTicks, turn); got > 0 {
		t.Errorf("got %.3f allocations a tick, want 0", got)
	}
}

// FuzzOpen plays whatever there is, from several places: it ends, takes no more memory
// than the file is large, and never panics.
func FuzzOpen(f *testing.F) {
	m := begin(f, sim.Relay{}, 4)
	m.play(150)
	f.Add(m.end(), uint16(60))
	m = begin(f, sim.BeaconMode{}, 2)
	m.play(20)
	f.Add(m.end(), uint16(3))
	f.Fuzz(func(t *testing.T, file []byte, at uint16) {
		rec, err := replay.Open(replay.Resealed(file))
		if err != nil {
			return
		}
		p, err := replay.NewPlayer(rec)
		if err != nil {
			return
		}
		for i := 0; i < 200 && p.Step() == nil; i++ {
			p.World()
		}
		_ = p.Seek(min(int(at), 600))
	})
}

// FuzzPiece plays whatever is in a piece, in each mode: state, actions, inputs.
func FuzzPiece(f *testing.F) {
	var recs []*replay.Record
	for i, name := range sim.ModeNames() {
		mode, _ := sim.ModeByName(name)
		m := begin(f, mode, 4)
		m.play(120)
		rec := open(f, m.end())
		recs = append(recs, rec)
		f.Add(uint8(i), uint32(rec.From()), rec.Unpacked(0))
	}
	f.Fuzz(func(t *testing.T, mode uint8, tick uint32, raw []byte) {
		rec := recs[int(mode)%len(recs)].Forged(sim.Tick(tick), 120, raw)
		if rec == nil {
			return
		}
		p, err := replay.NewPlayer(rec)
		for err == nil {
			err = p.Step()
		}
	})
}
