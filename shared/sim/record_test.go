package sim_test

import (
	"os"
	"path/filepath"
	"testing"

	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
)

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

// record lets bots of all levels play and writes down what they press. Half of
// them think in even ticks, half in odd ones.
func record(a *sim.Arena, mode sim.Mode, rules sim.Rules, seed uint64, players int, length sim.Tick, doors []door) *recording {
	r := &recording{Mode: mode, Arena: a, Rules: rules, Seed: seed, Length: length, Doors: doors, Inputs: make([][]change, players)}
	grid := belief.NewGrid(a, 0)
	cells := make([]belief.Cell, grid.Len())
	view := belief.View{Arena: a, Cells: []*belief.Cell{&cells[0]}}
	pilots, held := make([]*bot.Pilot, players), make([]sim.Input, players)
	for id := range pilots {
		pilots[id] = bot.New(seed+uint64(id), bot.Level(id%3+1))
	}
	w := sim.New(a, mode, rules, seed)
	for w.Tick < length {
		for ; len(doors) > 0 && doors[0].Tick == w.Tick; doors = doors[1:] {
			doors[0].open(w)
		}
		grid.Sort(w, cells, nil)
		view.Tick, view.Match, view.Mode = w.Tick, w.Match, mode.Name()
		view.Items, view.Objectives = w.Items, w.Objectives
		for id := int(w.Tick % 2); id < players; id += 2 {
			if id < len(w.Players) {
				view.Team = w.Players[id].Team
			}
			if in := pilots[id].Think(&view, sim.PlayerID(id)); in != held[id] {
				held[id] = in
				r.Inputs[id] = append(r.Inputs[id], change{w.Tick, in})
			}
		}
		w.Step(held)
		if w.Tick%hashEvery == 0 {
			r.Hashes = append(r.Hashes, w.Hash())
		}
	}
	return r
}

// everybody lets all players in before the first tick.
func everybody(players int) []door {
	doors := make([]door, players)
	for id := range doors {
		doors[id] = door{0, sim.PlayerID(id), true}
	}
	return doors
}
