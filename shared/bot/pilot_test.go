package bot_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
)

// In ten virtual minutes no pilot with a ship stays within a ship's width of one
// place for ten seconds without shooting.
func TestPilot_NeverStuck(t *testing.T) {
	for _, c := range []struct {
		arena  string
		levels []bot.Level
	}{
		{"foundry", append(append(levels(4, bot.Easy), levels(4, bot.Medium)...), levels(4, bot.Hard)...)},
		{"closet", []bot.Level{bot.Easy, bot.Medium, bot.Hard}},
		{"foundry", []bot.Level{bot.Medium}}, // with nobody to fight
	} {
		m := newMatch(readArena(t, c.arena), endless, 11, c.levels...)
		type rest struct {
			at    sim.Vec
			since sim.Tick
			seq   uint8
		}
		rests := make([]rest, len(c.levels))
		for m.world.Tick < 10*60*sim.TickRate {
			m.tick()
			for id := range rests {
				s, r := m.world.Ship(sim.PlayerID(id)), &rests[id]
				if s == nil || s.NextSeq != r.seq || s.Pos.Sub(r.at).Len() > 32*sim.One {
					*r = rest{since: m.world.Tick}
					if s != nil {
						r.at, r.seq = s.Pos, s.NextSeq
					}
				}
				if m.world.Tick-r.since > 10*sim.TickRate {
					t.Fatalf("%s, %d pilots: pilot %d sits at (%d, %d) since tick %d",
						c.arena, len(rests), id, r.at.X/sim.One, r.at.Y/sim.One, r.since)
				}
			}
		}
	}
}

// A person changes keys two to five times a second, and the aim in at least half
// of all sends of a fight.
func TestPilot_HandsAreHuman(t *testing.T) {
	for level := bot.Easy; level <= bot.Hard; level++ {
		m := newMatch(readArena(t, "foundry"), endless, 5, levels(8, level)...)
		var sends, keys, shooting, turns int
		last := make([]sim.Input, len(m.inputs))
		for m.world.Tick < 120*sim.TickRate {
			m.tick()
			if m.world.Tick%2 == 0 {
				continue
			}
			for id, in := range m.inputs {
				if !m.world.Alive(sim.PlayerID(id)) {
					continue
				}
				if !in.Valid() {
					t.Fatalf("%v: input %+v", level, in)
				}
				sends++
				if in.Buttons != last[id].Buttons {
					keys++
				}
				if in.Buttons&sim.Fire != 0 {
					shooting++
					if in.Aim != last[id].Aim {
						turns++
					}
				}
				last[id] = in
			}
		}
		if perSecond := 30 * float64(keys) / float64(sends); perSecond < 2 || perSecond > 5 {
			t.Errorf("%v: keys change %.1f times a second, want 2 to 5", level, perSecond)
		}
		if shooting*20 < sends {
			t.Errorf("%v: shoots in %d of %d sends, want 5 in 100 at least", level, shooting, sends)
		}
		if turns*2 < shooting {
			t.Errorf("%v: the aim changes in %d of %d sends of a fight, want half", level, turns, shooting)
		}
	}
}

func TestPilot_HardBeatsEasy(t *testing.T) {
	won := 0
	for seed := uint64(1); seed <= 10; seed++ {
		m := newMatch(readArena(t, "closet"), endless, seed, bot.Hard, bot.Easy)
		for m.world.Tick < 120*sim.TickRate {
			m.tick()
		}
		if m.world.Players[0].Score > m.world.Players[1].Score {
			won++
		}
	}
	if won < 8 {
		t.Errorf("hard beats easy in %d of 10 matches of two minutes, want 8", won)
	}
}

// The same views give the same inputs, and other seeds give others.
func TestPilot_IsDeterministic(t *testing.T) {
	play := func(seed uint64) sim.Hash {
		m := newMatch(readArena(t, "closet"), endless, seed, bot.Easy, bot.Medium, bot.Hard)
		for m.world.Tick < 30*sim.TickRate {
			m.tick()
		}
		return m.world.Hash()
	}
	if a, b := play(1), play(1); a != b {
		t.Errorf("two runs of one seed differ: %x, %x", a, b)
	}
	if a, b := play(1), play(2); a == b {
		t.Errorf("two seeds give one match: %x", a)
	}
}

// What is not in the view is not known: a pilot that sees nobody does not shoot,
// whoever is there.
func TestPilot_KnowsOnlyTheView(t *testing.T) {
	m := newMatch(readArena(t, "closet"), endless, 3, bot.Hard, bot.Hard)
	p, alone := bot.New(1, bot.Hard), belief.View{Arena: m.world.Arena}
	for m.world.Tick < 60*sim.TickRate {
		m.tick()
		m.look()
		if s := m.world.Ship(0); s != nil {
			alone.Cells = []*belief.Cell{{Ships: []sim.Ship{*s}}}
		}
		alone.Tick, alone.Match = m.view.Tick, m.view.Match
		if in := p.Think(&alone, 0); in.Buttons&sim.Fire != 0 {
			t.Fatalf("shoots at nobody in tick %d", m.world.Tick)
		}
	}
}

func TestPilot_WithoutAShipHoldsNothing(t *testing.T) {
	p, empty := bot.New(1, bot.Easy), belief.View{Arena: readArena(t, "closet")}
	for range 100 {
		if in := p.Think(&empty, 0); in.Buttons != 0 {
			t.Fatalf("holds %05b", in.Buttons)
		}
	}
}

// Pilots that have never thought before see a whole minute of a match again.
func TestPilot_ThinkAllocatesNothing(t *testing.T) {
	const players = 16
	a := readArena(t, "foundry")
	m := newMatch(a, endless, 9, levels(players, bot.Medium)...)
	var views []belief.View
	for m.world.Tick < 60*sim.TickRate {
		if m.tick(); m.world.Tick%2 == 0 {
			m.look()
			cell := belief.Cell{Ships: slices.Clone(m.cells[0].Ships), Bolts: slices.Clone(m.cells[0].Bolts)}
			views = append(views, belief.View{Tick: m.view.Tick, Arena: a, Match: m.view.Match, Cells: []*belief.Cell{&cell}})
		}
	}
	var crews [2][]*bot.Pilot // AllocsPerRun makes one run to warm up and one that counts
	for i := range crews {
		for id := range uint64(players) {
			crews[i] = append(crews[i], bot.New(9000+id, bot.Medium))
		}
	}
	run, shots := 0, 0
	got := testing.AllocsPerRun(1, func() {
		for i := range views {
			for id, p := range crews[run] {
				if in := p.Think(&views[i], sim.PlayerID(id)); in.Buttons&sim.Fire != 0 {
					shots++
				}
			}
		}
		run++
	})
	if got != 0 {
		t.Errorf("%v allocations in a minute, want none", got)
	}
	if shots < 100 {
		t.Errorf("%d shots: nothing was going on", shots)
	}
}

// A Think of each of 64 pilots that fight in one room and see all of it.
func BenchmarkThink64(b *testing.B) {
	m := newMatch(readArena(b, "foundry"), endless, 9, levels(64, bot.Medium)...)
	for m.world.Tick < 20*sim.TickRate {
		m.tick()
	}
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		m.world.Step(m.inputs)
		m.world.Step(m.inputs)
		m.look()
		b.StartTimer()
		for id, p := range m.pilots {
			m.inputs[id] = p.Think(&m.view, sim.PlayerID(id))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/64, "ns/think")
}

var update = flag.Bool("update", false, "accept how the pilots play now")

// The same views give the same inputs on every CPU: a golden file holds what a
// minute of three pilots came to.
func TestPilot_PlaysAlikeEverywhere(t *testing.T) {
	m := newMatch(readArena(t, "foundry"), sim.DefaultRules, 4, bot.Easy, bot.Medium, bot.Hard)
	var got bytes.Buffer
	for m.world.Tick < 60*sim.TickRate {
		m.tick()
		if m.world.Tick%300 == 0 {
			fmt.Fprintf(&got, "%5d %016x %v\n", m.world.Tick, uint64(m.world.Hash()), m.inputs)
		}
	}
	file := filepath.Join("testdata", "minute.golden")
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the pilots play differently; if that is on purpose, run with -update\ngot:\n%swant:\n%s", &got, want)
	}
}
