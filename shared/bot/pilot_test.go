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

// A person changes keys two to five times a second, and the aim in at least half
// of all sends of a fight.
func TestPilot_HandsAreHuman(t *testing.T) {
	for level := bot.Easy; level <= bot.Hard; level++ {
		m := newMatch(setup{arena: readArena(t, "foundry"), rules: endless, seed: 5, levels: levels(8, level), hulls: every})
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

// The same views give the same inputs, and other seeds give others.
func TestPilot_IsDeterministic(t *testing.T) {
	play := func(seed uint64) sim.Hash {
		m := newMatch(setup{arena: readArena(t, "closet"), rules: endless, seed: seed, levels: []bot.Level{bot.Easy, bot.Medium, bot.Hard}, hulls: every})
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
	m := newMatch(setup{arena: readArena(t, "closet"), rules: endless, seed: 3, levels: levels(2, bot.Hard)})
	p, alone := bot.New(1, bot.Hard), belief.View{Arena: m.world.Arena}
	for m.world.Tick < 60*sim.TickRate {
		m.tick()
		m.sort()
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

// Pilots that have never thought before see half a minute of each mode again.
func TestPilot_ThinkAllocatesNothing(t *testing.T) {
	const players = 16
	for _, name := range sim.ModeNames() {
		m := newMatch(setup{
			arena: readArena(t, "foundry"), mode: modeOf(t, name), rules: endless, seed: 9,
			levels: levels(players, bot.Medium), hulls: every,
		})
		var views []belief.View
		m.play(30*sim.TickRate, func() bool {
			if m.world.Tick%2 == 0 {
				m.sort()
				views = append(views, m.copied())
			}
			return true
		})
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
					views[i].Team = m.world.Players[id].Team
					if in := p.Think(&views[i], sim.PlayerID(id)); in.Buttons&sim.Fire != 0 {
						shots++
					}
				}
			}
			run++
		})
		if got != 0 {
			t.Errorf("%s: %v allocations in half a minute, want none", name, got)
		}
		if shots < 100 {
			t.Errorf("%s: %d shots: nothing was going on", name, shots)
		}
	}
}

// copied returns a view of all there is that later ticks do not change.
func (m *match) copied() belief.View {
	v := m.view
	v.Items, v.Objectives, v.Cells = slices.Clone(v.Items), slices.Clone(v.Objectives), nil
	for _, c := range m.cells {
		v.Cells = append(v.Cells, &belief.Cell{Ships: slices.Clone(c.Ships), Bolts: slices.Clone(c.Bolts)})
	}
	return v
}

func modeOf(tb testing.TB, name string) sim.Mode {
	tb.Helper()
	mode, ok := sim.ModeByName(name)
	if !ok {
		tb.Fatalf("there is no mode %q", name)
	}
	return mode
}

// A Think of each of 64 pilots of all hulls that play in one room and see all of it.
func BenchmarkThink64(b *testing.B) {
	for _, name := range sim.ModeNames() {
		b.Run(name, func(b *testing.B) {
			m := newMatch(setup{
				arena: readArena(b, "foundry"), mode: modeOf(b, name), rules: endless, seed: 9,
				levels: levels(64, bot.Medium), hulls: every,
			})
			m.play(20*sim.TickRate, nil)
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				m.world.Step(m.inputs)
				m.world.Step(m.inputs)
				m.sort()
				m.all()
				b.StartTimer()
				for id, p := range m.pilots {
					m.view.Team = m.world.Players[id].Team
					m.inputs[id] = p.Think(&m.view, sim.PlayerID(id))
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/64, "ns/think")
		})
	}
}

var update = flag.Bool("update", false, "accept how the pilots play now")

// The same views give the same inputs on every CPU: a golden file holds what a
// minute of three pilots came to.
func TestPilot_PlaysAlikeEverywhere(t *testing.T) {
	m := newMatch(setup{arena: readArena(t, "foundry"), rules: sim.DefaultRules, seed: 4, levels: []bot.Level{bot.Easy, bot.Medium, bot.Hard}, hulls: every})
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
