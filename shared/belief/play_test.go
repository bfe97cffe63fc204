package belief

import (
	"slices"
	"testing"

	"ionwake/shared/sim"
)

// TestPlayIsStep holds the rules of a cell to those of the World, tick by tick, where
// nothing happens that a cell cannot know: one cell without pick-ups, and no tick in
// which somebody enters. Corrections would hide a difference, at the cost of bytes.
func TestPlayIsStep(t *testing.T) {
	a := field(t)
	grid := NewGrid(a, 0)
	k := Codec{Arena: a, Grid: grid}
	for seed := range uint64(4) {
		mode := []sim.Mode{sim.Brawl{}, sim.Squads{}}[seed%2]
		w := sim.New(a, mode, sim.Rules{Warmup: 1, Live: 1 << 30, Results: 1}, seed)
		rand, inputs := sim.Rand(seed), make([]sim.Input, 24)
		for id := range inputs {
			w.Join(sim.PlayerID(id), sim.HullKind(id%len(sim.Hulls)), sim.NoTeam)
		}
		before, after := make([]Cell, 1), make([]Cell, 1)
		played, kinds := 0, map[sim.BoltKind]int{}
		for range 3000 {
			for id := range inputs {
				if rand.Intn(15) == 0 {
					inputs[id] = sim.Input{Buttons: sim.Buttons(rand.Intn(int(sim.AllButtons) + 1)), Aim: sim.Angle(rand.Intn(sim.AngleSteps))}
				}
			}
			grid.Sort(w, before, nil)
			enters := slices.ContainsFunc(w.Players, func(p sim.Player) bool { return p.Status == sim.Waiting && p.SpawnAt <= w.Tick+1 })
			w.Step(inputs)
			if enters || w.Tick < 3 {
				continue
			}
			grid.Sort(w, after, nil)
			for i := range before[0].Ships {
				before[0].Ships[i].Held = inputs[before[0].Ships[i].ID]
			}
			k.play(&before[0], false)
			for i := range before[0].Ships { // the World's word
				if s := after[0].Find(before[0].Ships[i].ID); s != nil {
					before[0].Ships[i].Drafts = s.Drafts
				}
			}
			if !slices.Equal(before[0].Ships, after[0].Ships) || !slices.Equal(before[0].Bolts, after[0].Bolts) {
				t.Fatalf("seed %d, tick %d: played\n%+v\nthe World\n%+v", seed, w.Tick, before[0], after[0])
			}
			played++
			for _, e := range w.Events {
				kinds[e.With]++
			}
		}
		if played < 1000 || len(kinds) < 5 {
			t.Errorf("seed %d: %d ticks compared, killed with %v", seed, played, kinds)
		}
		t.Logf("%d ticks, killed with %v", played, kinds)
	}
}
