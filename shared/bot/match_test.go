package bot_test

import (
	"testing"

	"ionwake/assets"
	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
)

// match is a World whose seats are all flown by pilots that see of it what a person
// in their seat would, without a server between.
type match struct {
	world  *sim.World
	grid   belief.Grid
	cells  []belief.Cell
	eyes   []sim.Vec // by seat: where it looks
	view   belief.View
	pilots []*bot.Pilot
	inputs []sim.Input
}

// setup is what a match is made of.
type setup struct {
	arena  *sim.Arena
	mode   sim.Mode // nil: Brawl
	rules  sim.Rules
	seed   uint64
	levels []bot.Level    // one a seat
	hulls  []sim.HullKind // dealt round; none: Darts
	teams  []sim.Team     // dealt round; none: the smaller side
}

// endless are rules without an end.
var endless = sim.Rules{Warmup: 1, Live: 1 << 30, Results: 1}

func readArena(tb testing.TB, name string) *sim.Arena {
	tb.Helper()
	data, err := assets.Maps.ReadFile("maps/" + name + ".arena")
	if err != nil {
		tb.Fatal(err)
	}
	a, err := sim.ParseArena(data)
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

func newMatch(s setup) *match {
	if s.mode == nil {
		s.mode = sim.Brawl{}
	}
	m := &match{
		world: sim.New(s.arena, s.mode, s.rules, s.seed),
		grid:  belief.NewGrid(s.arena, 256*sim.One),
		view:  belief.View{Arena: s.arena, Mode: s.mode.Name()},
	}
	m.cells = make([]belief.Cell, m.grid.Len())
	m.view.Cells = make([]*belief.Cell, 0, m.grid.Len())
	for i, level := range s.levels {
		hull, team := sim.Dart, sim.NoTeam
		if len(s.hulls) > 0 {
			hull = s.hulls[i%len(s.hulls)]
		}
		if len(s.teams) > 0 {
			team = s.teams[i%len(s.teams)]
		}
		m.world.Join(sim.PlayerID(i), hull, team)
		m.pilots = append(m.pilots, bot.New(s.seed*1000+uint64(i), level))
	}
	m.inputs = make([]sim.Input, len(s.levels))
	m.eyes = make([]sim.Vec, len(s.levels))
	return m
}

// tick lets the pilots think in every other tick and steps the World.
func (m *match) tick() {
	if m.world.Tick%2 == 0 {
		m.sort()
		for i, p := range m.pilots {
			id := sim.PlayerID(i)
			m.look(id)
			m.inputs[i] = p.Think(&m.view, id)
		}
	}
	m.world.Step(m.inputs)
}

// play ticks until the World is at the given tick and calls after, if that is not
// nil, after every tick. It stops when that says no.
func (m *match) play(until sim.Tick, after func() bool) {
	for m.world.Tick < until {
		m.tick()
		if after != nil && !after() {
			return
		}
	}
}

func (m *match) sort() {
	m.grid.Sort(m.world, m.cells, nil)
	m.view.Tick, m.view.Match = m.world.Tick, m.world.Match
	m.view.Items, m.view.Objectives = m.world.Items, m.world.Objectives
}

// What a seat sees: half of the largest picture a client shows, and a margin.
const (
	sightX = (800 + 128) * sim.One
	sightY = (500 + 128) * sim.One
)

// look makes the view that of a seat.
func (m *match) look(id sim.PlayerID) {
	if s := m.world.Ship(id); s != nil {
		m.eyes[id] = s.Pos
	}
	eye, side := m.eyes[id], m.grid.Side()
	m.view.Team = m.world.Players[id].Team
	m.view.Cells = m.view.Cells[:0]
	for i := range m.cells {
		corner := m.grid.Origin(belief.CellID(i))
		if corner.X-sightX <= eye.X && eye.X < corner.X+side+sightX &&
			corner.Y-sightY <= eye.Y && eye.Y < corner.Y+side+sightY {
			m.view.Cells = append(m.view.Cells, &m.cells[i])
		}
	}
}

// all makes the view one of everything.
func (m *match) all() {
	m.view.Cells = m.view.Cells[:0]
	for i := range m.cells {
		m.view.Cells = append(m.view.Cells, &m.cells[i])
	}
}

func levels(n int, level bot.Level) []bot.Level {
	all := make([]bot.Level, n)
	for i := range all {
		all[i] = level
	}
	return all
}

// every is one of each hull, to be dealt round.
var every = []sim.HullKind{sim.Dart, sim.Corsair, sim.Lancer, sim.Bastion}
