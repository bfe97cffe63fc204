package bot_test

import (
	"os"
	"path/filepath"
	"testing"

	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
)

// match is a World whose seats are all flown by pilots that see all of it, as in
// an arena of one cell.
type match struct {
	world  *sim.World
	grid   belief.Grid
	cells  []belief.Cell
	view   belief.View
	pilots []*bot.Pilot
	inputs []sim.Input
}

func readArena(tb testing.TB, name string) *sim.Arena {
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

func newMatch(a *sim.Arena, rules sim.Rules, seed uint64, levels ...bot.Level) *match {
	m := &match{world: sim.New(a, sim.Brawl{}, rules, seed), grid: belief.NewGrid(a, 0)}
	m.cells = make([]belief.Cell, m.grid.Len())
	m.view = belief.View{Arena: a}
	for i := range m.cells {
		m.view.Cells = append(m.view.Cells, &m.cells[i])
	}
	for i, level := range levels {
		m.world.Join(sim.PlayerID(i), sim.Dart)
		m.pilots = append(m.pilots, bot.New(seed*1000+uint64(i), level))
	}
	m.inputs = make([]sim.Input, len(levels))
	return m
}

// tick lets the pilots think in every other tick and steps the World.
func (m *match) tick() {
	if m.world.Tick%2 == 0 {
		m.look()
		for i, p := range m.pilots {
			m.inputs[i] = p.Think(&m.view, sim.PlayerID(i))
		}
	}
	m.world.Step(m.inputs)
}

func (m *match) look() {
	m.grid.Sort(m.world, m.cells)
	m.view.Tick, m.view.Match = m.world.Tick, m.world.Match
}

func levels(n int, level bot.Level) []bot.Level {
	all := make([]bot.Level, n)
	for i := range all {
		all[i] = level
	}
	return all
}

// endless are rules without an end.
var endless = sim.Rules{Warmup: 1, Live: 1 << 30, Results: 1}
