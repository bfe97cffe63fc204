package sim_test

import (
	"testing"

	"ionwake/shared/sim"
)

const crowdPlayers, crowdTicks = 64, 40 * sim.TickRate

// recordCrowd returns 64 bots' inputs of a match that has no end.
func recordCrowd(tb testing.TB, mode sim.Mode) *recording {
	tb.Helper()
	rules := sim.Rules{Warmup: 1, Live: 1 << 30, Results: 1}
	return record(readArena(tb, "foundry"), mode, rules, 64, crowdPlayers, crowdTicks, everybody(crowdPlayers))
}

// inputsByTick unrolls r, so that a benchmark measures Step and nothing else.
func (r *recording) inputsByTick() [][]sim.Input {
	all := make([][]sim.Input, 0, r.Length)
	held, next := make([]sim.Input, len(r.Inputs)), make([]int, len(r.Inputs))
	for tick := range r.Length {
		for id, column := range r.Inputs {
			if next[id] < len(column) && column[next[id]].Tick == tick {
				held[id] = column[next[id]].In
				next[id]++
			}
		}
		all = append(all, append([]sim.Input(nil), held...))
	}
	return all
}

// begin returns a World with the players of r in it.
func (r *recording) begin() *sim.World {
	w := sim.New(r.Arena, r.Mode, r.Rules, r.Seed)
	for _, d := range r.Doors {
		d.open(w)
	}
	return w
}

// Not even the first Steps allocate, in no mode.
func TestStep_AllocatesNothing(t *testing.T) {
	for _, mode := range sim.ModeNames() {
		m, _ := sim.ModeByName(mode)
		t.Run(mode, func(t *testing.T) { stepsAllocateNothing(t, recordCrowd(t, m)) })
	}
}

func stepsAllocateNothing(t *testing.T, r *recording) {
	inputs := r.inputsByTick()
	worlds := []*sim.World{r.begin(), r.begin()} // AllocsPerRun warms up with the first
	bolts, kills := 0, 0
	got := testing.AllocsPerRun(1, func() {
		w := worlds[0]
		worlds = worlds[1:]
		for _, in := range inputs {
			w.Step(in)
			bolts = max(bolts, len(w.Bolts))
			for _, e := range w.Events {
				if e.Kind == sim.Killed {
					kills++
				}
			}
		}
	})
	if got != 0 {
		t.Errorf("%v allocations in %d Steps, want none", got, len(inputs))
	}
	if bolts < 30 || kills < 30 {
		t.Errorf("only %d bolts and %d kills: nothing was going on", bolts, kills)
	}
}

// One tick of 64 ships that fight.
func BenchmarkStep64(b *testing.B) {
	r := recordCrowd(b, sim.Brawl{})
	inputs := r.inputsByTick()
	w := r.begin()
	b.ReportAllocs()
	for b.Loop() {
		if int(w.Tick) == len(inputs) {
			b.StopTimer()
			w = r.begin()
			b.StartTimer()
		}
		w.Step(inputs[w.Tick])
	}
}
