package sim_test

import (
	"testing"

	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
)

// glance is what a recording keeps of a sight: who had it in which tick, and of which
// tick's truth it was made. The arena is one cell, so it shows everything.
type glance struct {
	tick sim.Tick
	id   sim.PlayerID
	at   sim.Tick
}

// stand is a match at whose pictures the shooters are late, and the truth of its last
// ticks.
type stand struct {
	world  *sim.World
	grid   belief.Grid
	truths [32][]belief.Cell // by tick
}

func newStand(t *testing.T, players int) *stand {
	a := readArena(t, "closet")
	s := &stand{world: sim.New(a, sim.Brawl{}, sim.Rules{Warmup: 60, Live: 40 * sim.TickRate, Results: 60}, 9), grid: belief.NewGrid(a, 0)}
	for id := range players {
		s.world.Join(sim.PlayerID(id), sim.Lancer, sim.NoTeam)
	}
	for i := range s.truths {
		s.truths[i] = make([]belief.Cell, 1)
	}
	s.world.Sights = make([]sim.Sight, players)
	return s
}

// step plays a tick with the pictures named in glances, the first of which are for it,
// and returns the others.
func (s *stand) step(held []sim.Input, glances []glance) []glance {
	clear(s.world.Sights)
	for ; len(glances) > 0 && glances[0].tick == s.world.Tick+1; glances = glances[1:] {
		g := &glances[0]
		s.world.Sights[g.id] = sim.Sight{At: g.at, Ships: [][]sim.Ship{s.truths[g.at%32][0].Ships}}
	}
	s.world.Step(held)
	s.grid.Sort(s.world, s.truths[s.world.Tick%32], nil)
	return glances
}

// TestSight_RecordedMatchesPlayTheSame plays two minutes of bots that shoot at pictures
// up to 270 ms old, and plays them again from the inputs and the ages of the pictures
// alone: the World is the same, bit for bit. Without the pictures it is another.
func TestSight_RecordedMatchesPlayTheSame(t *testing.T) {
	const players, length = 10, 2 * 60 * sim.TickRate
	var inputs [][]sim.Input
	var glances []glance
	var hashes []sim.Hash
	s, rng := newStand(t, players), sim.Rand(4)
	view := belief.View{Arena: s.world.Arena, Mode: "brawl"}
	pilots, held := make([]*bot.Pilot, players), make([]sim.Input, players)
	for id := range pilots {
		pilots[id] = bot.New(uint64(id), bot.Hard)
	}
	for tick := sim.Tick(1); tick <= length; tick++ {
		view.Tick, view.Match, view.Items = s.world.Tick, s.world.Match, s.world.Items
		view.Cells = []*belief.Cell{&s.truths[s.world.Tick%32][0]}
		var now []glance
		for id := range sim.PlayerID(players) {
			if tick%2 == 0 {
				held[id] = pilots[id].Think(&view, id)
			}
			if age := sim.Tick(rng.Intn(17)); age > 0 && tick > 32 {
				now = append(now, glance{tick, id, tick - age})
			}
		}
		inputs = append(inputs, append([]sim.Input(nil), held...))
		glances = append(glances, now...)
		s.step(held, now)
		hashes = append(hashes, s.world.Hash())
	}
	if at := replay(t, inputs, glances, hashes); at != 0 {
		t.Errorf("played again it is another from tick %d on", at)
	}
	if at := replay(t, inputs, nil, hashes); at == 0 {
		t.Error("the pictures change nothing")
	}
}

// replay returns the first tick after which the World is another than recorded, 0 if
// there is none.
func replay(t *testing.T, inputs [][]sim.Input, glances []glance, hashes []sim.Hash) sim.Tick {
	s := newStand(t, len(inputs[0]))
	for i, held := range inputs {
		glances = s.step(held, glances)
		if s.world.Hash() != hashes[i] {
			return s.world.Tick
		}
	}
	return 0
}
