package belief_test

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
)

// box returns an arena of w x h tiles with pillars.
func box(t testing.TB, w, h int) *sim.Arena {
	t.Helper()
	solid := make([]bool, w*h)
	for i := range solid {
		x, y := i%w, i/w
		solid[i] = x == 0 || y == 0 || x == w-1 || y == h-1 || x%7 == 3 && y%5 == 2
	}
	var spawns []sim.Spawn
	for i := range 12 {
		p := sim.Vec{X: sim.TileSize * sim.Unit(1+i*5%(w-2)), Y: sim.TileSize * sim.Unit(1+i*3%(h-2))}
		p = p.Add(sim.Vec{X: sim.TileSize / 2, Y: sim.TileSize / 2})
		if !solid[int(p.Y/sim.TileSize)*w+int(p.X/sim.TileSize)] {
			spawns = append(spawns, sim.Spawn{Pos: p})
		}
	}
	last := len(spawns) - 1
	p := sim.Plan{
		Name: "box", Width: w, Height: h, Walls: solid, Spawns: spawns,
		Wells: []sim.Well{{Pos: spawns[1].Pos, Radius: 300 * sim.One, Pull: 70}, {Pos: spawns[last].Pos, Radius: 200 * sim.One, Pull: -60}},
		Zones: []sim.Zone{{X: 1, Y: 1, Width: 3, Height: 2}},
		Bases: [sim.Teams]sim.Vec{spawns[0].Pos, spawns[last].Pos},
		Path:  []sim.Vec{spawns[0].Pos, spawns[2].Pos, spawns[last].Pos},
	}
	for _, s := range spawns {
		p.Items = append(p.Items, sim.ItemPoint{Pos: s.Pos})
	}
	a, err := sim.NewArena(p)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func readArena(t testing.TB, name string) *sim.Arena {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "assets", "maps", name+".arena"))
	if err != nil {
		t.Fatal(err)
	}
	a, err := sim.ParseArena(data)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// effort scales the length of long tests to what the machine and the caller want.
func effort(n int) int {
	if testing.Short() || runtime.GOARCH == "wasm" {
		return max(n/4, 1)
	}
	return n
}

// match is a world of players who press random keys or are flown by bots, the
// truth of its cells and the inputs of the span since the last send.
type match struct {
	world  *sim.World
	grid   belief.Grid
	rng    sim.Rand
	held   []sim.Input
	pilots []*bot.Pilot // none: random keys
	loyal  bool         // nobody comes or goes
	view   belief.View
	span   belief.Span
	seen   sim.Sight     // of a while ago
	now    []belief.Cell // truth at the newest send
	before []belief.Cell // truth at the send before
}

// quick are rules under which every phase comes often.
var quick = sim.Rules{Warmup: 60, Live: 500, Results: 80, ScoreLimit: 30}

func newMatch(a *sim.Arena, side sim.Unit, players int, seed uint64, flown bool) *match {
	m := &match{rng: sim.Rand(seed), grid: belief.NewGrid(a, side), held: make([]sim.Input, players)}
	mode, _ := sim.ModeByName(sim.ModeNames()[seed%4])
	if a.Fits(mode) != nil {
		mode = sim.Brawl{}
	}
	m.world = sim.New(a, mode, quick, seed)
	m.now, m.before = make([]belief.Cell, m.grid.Len()), make([]belief.Cell, m.grid.Len())
	for id := range players {
		m.world.Join(sim.PlayerID(id), sim.HullKind(id%len(sim.Hulls)), sim.NoTeam)
		if flown {
			m.pilots = append(m.pilots, bot.New(seed*1000+uint64(id), bot.Medium))
		}
	}
	for range belief.MaxSteps {
		m.span.Held = append(m.span.Held, make([]sim.Input, players))
		m.span.Strikes = append(m.span.Strikes, nil)
	}
	m.world.Sights, m.seen.Ships = make([]sim.Sight, players), make([][]sim.Ship, 1)
	m.view.Arena = a
	return m
}

// run lets a span of steps ticks pass.
func (m *match) run(steps int) {
	m.before, m.now = m.now, m.before
	m.span.Steps = steps
	m.span.Harmless = m.world.Match.Phase == sim.Results
	m.think()
	for i := range steps {
		m.press(i)
		m.comeAndGo()
		copy(m.span.Held[i], m.held)
		m.look()
		m.world.Step(m.held)
		m.span.Strikes[i] = append(m.span.Strikes[i][:0], m.world.Strikes...)
	}
	m.grid.Sort(m.world, m.now, nil)
}

// look gives half of the players a picture that is up to 20 ticks old, and the others
// the truth.
func (m *match) look() {
	if m.world.Tick-m.seen.At >= 20 {
		m.seen.At, m.seen.Ships[0] = m.world.Tick, m.seen.Ships[0][:0]
		for id := range m.world.Ships {
			if m.world.Alive(sim.PlayerID(id)) {
				m.seen.Ships[0] = append(m.seen.Ships[0], m.world.Ships[id])
			}
		}
	}
	for id := range m.world.Sights {
		m.world.Sights[id] = sim.Sight{}
		if m.rng.Intn(2) == 0 {
			m.world.Sights[id] = m.seen
		}
	}
}

// think lets the pilots look at the whole arena once a span.
func (m *match) think() {
	if len(m.pilots) == 0 {
		return
	}
	m.view.Tick, m.view.Match, m.view.Cells = m.world.Tick, m.world.Match, m.view.Cells[:0]
	for i := range m.before {
		m.view.Cells = append(m.view.Cells, &m.before[i])
	}
	m.view.Mode, m.view.Items, m.view.Objectives = m.world.Mode().Name(), m.world.Items, m.world.Objectives
	for id, p := range m.pilots {
		m.view.Team = m.world.Players[id].Team
		m.held[id] = p.Think(&m.view, sim.PlayerID(id))
	}
}

// press changes random keys, of pilots only seldom and not at once.
func (m *match) press(step int) {
	often, flip := 3, 20
	if len(m.pilots) > 0 {
		if step == 0 {
			return
		}
		often, flip = 100, 200
	}
	for id := range m.held {
		in := &m.held[id]
		if m.rng.Intn(often) == 0 {
			in.Aim = in.Aim.Turn(m.rng.Intn(31) - 15)
		}
		if m.rng.Intn(flip) == 0 {
			in.Buttons ^= 1 << m.rng.Intn(7)
		}
	}
}

// comeAndGo lets a player leave, come, or leave and come at once, now and then.
func (m *match) comeAndGo() {
	if m.loyal || m.rng.Intn(100) != 0 {
		return
	}
	id := sim.PlayerID(m.rng.Intn(len(m.held)))
	absent := m.world.Players[id].Status == sim.Absent
	if !absent {
		m.world.Leave(id)
	}
	if absent || m.rng.Intn(2) == 0 {
		m.world.Join(id, sim.HullKind(m.rng.Intn(len(sim.Hulls))), sim.NoTeam)
	}
}

// realistic lets bots fight until one cell holds 64 ships and 120 bolts at once; a
// fifth of them is always about to enter again.
func realistic(t testing.TB) *match {
	t.Helper()
	m := newMatch(readArena(t, "foundry"), 0, 84, 8, true)
	m.world.Rules.Live, m.world.Rules.ScoreLimit, m.loyal = 1<<30, 0, true
	for send := range 5000 {
		m.run(2)
		if send > 600 && len(m.now[0].Ships) >= 64 && len(m.now[0].Bolts) >= 120 {
			return m
		}
	}
	t.Fatal("the bots do not fight")
	return nil
}

func same(a, b *belief.Cell) bool {
	return slices.Equal(a.Ships, b.Ships) && slices.Equal(a.Bolts, b.Bolts)
}

func clone(c *belief.Cell) belief.Cell {
	return belief.Cell{Ships: slices.Clone(c.Ships), Bolts: slices.Clone(c.Bolts)}
}
