package sim_test

import (
	"errors"
	"reflect"
	"testing"

	"ionwake/shared/sim"
)

// shortMatch is a match through all phases, as inputs.
func shortMatch(t *testing.T, name string) *recording {
	t.Helper()
	mode, ok := sim.ModeByName(name)
	if !ok {
		t.Fatalf("no mode %q", name)
	}
	rules := sim.Rules{Warmup: 3 * sim.TickRate, Live: 20 * sim.TickRate, Results: 4 * sim.TickRate}
	return record(readArena(t, "foundry"), mode, rules, 7, 12, 30*sim.TickRate, everybody(12))
}

// A match that was saved in its middle, in each mode and phase, goes on as the one that
// was not, to the last bit.
func TestRestore_GoesOnLikeTheOneItWasTakenFrom(t *testing.T) {
	for _, name := range sim.ModeNames() {
		t.Run(name, func(t *testing.T) { goesOn(t, shortMatch(t, name)) })
	}
}

func goesOn(t *testing.T, r *recording) {
	worlds := []*sim.World{r.begin()}
	var saved, is, want sim.State
	bolts, trails := 0, 0
	for _, in := range r.inputsByTick() {
		w := worlds[0]
		if w.Tick%(5*sim.TickRate) == 2*sim.TickRate {
			w.Save(&saved)
			bolts, trails = bolts+len(saved.Bolts), trails+len(saved.Trails)
			twin, err := sim.Restore(r.Arena, r.Mode, r.Rules, &saved)
			if err != nil {
				t.Fatalf("restore at tick %d: %v", w.Tick, err)
			}
			worlds = append(worlds, twin)
		}
		for _, one := range worlds {
			one.Step(in)
		}
		w.Save(&want)
		for i, twin := range worlds[1:] {
			if twin.Save(&is); !reflect.DeepEqual(is, want) {
				t.Fatalf("the World restored as number %d differs at tick %d", i+1, w.Tick)
			}
			if !reflect.DeepEqual(append([]sim.Event{}, twin.Events...), append([]sim.Event{}, worlds[0].Events...)) {
				t.Fatalf("the World restored as number %d tells other events at tick %d", i+1, w.Tick)
			}
		}
	}
	if len(worlds) != 7 || bolts == 0 || trails == 0 {
		t.Errorf("%d were restored, with %d bolts and %d trails: that proves little", len(worlds)-1, bolts, trails)
	}
}

// Saving into a State that was used before takes no memory, so that it can be done in a
// tick.
func TestSave_AllocatesNothing(t *testing.T) {
	r := shortMatch(t, "relay")
	w := r.begin()
	for _, in := range r.inputsByTick()[:10*sim.TickRate] {
		w.Step(in)
	}
	var s sim.State
	w.Save(&s)
	if got := testing.AllocsPerRun(10, func() { w.Save(&s) }); got != 0 {
		t.Errorf("saving takes %v pieces of memory", got)
	}
}

// What is no state of a World on this ground is refused.
func TestRestore_RefusesWhatCannotBe(t *testing.T) {
	r := shortMatch(t, "relay")
	w := r.begin()
	for _, in := range r.inputsByTick() {
		w.Step(in)
		if w.Match.Phase == sim.Live && w.Alive(0) && len(w.Bolts) > 1 && w.Match.Ends-w.Tick < 10*sim.TickRate {
			break
		}
	}
	tests := []struct {
		name  string
		spoil func(*sim.State)
	}{
		{"a phase that is none", func(s *sim.State) { s.Match.Phase = 3 }},
		{"match 0", func(s *sim.State) { s.Match.Number = 0 }},
		{"a player without a ship", func(s *sim.State) { s.Ships = s.Ships[:11] }},
		{"too many players", func(s *sim.State) { s.Players, s.Ships = make([]sim.Player, 1025), make([]sim.Ship, 1025) }},
		{"a status that is none", func(s *sim.State) { s.Players[0].Status = 3 }},
		{"a side that is none", func(s *sim.State) { s.Players[0].Team = 3 }},
		{"a hull that is none", func(s *sim.State) { s.Players[0].Next.Hull = 9 }},
		{"a ship of a hull that is none", func(s *sim.State) { s.Ships[0].Hull = 9 }},
		{"somebody else's ship", func(s *sim.State) { s.Ships[0].ID = 1 }},
		{"a wreck that flies", func(s *sim.State) { s.Ships[0].Energy = 0 }},
		{"a ship with too much energy", func(s *sim.State) { s.Ships[0].Energy = 1 << 30 }},
		{"a ship outside", func(s *sim.State) { s.Ships[0].Pos.X = -1 }},
		{"a ship that is too fast", func(s *sim.State) { s.Ships[0].Vel.Y = 1 << 20 }},
		{"a button that is none", func(s *sim.State) { s.Ships[0].Held.Buttons = 1 << 7 }},
		{"an aim that is none", func(s *sim.State) { s.Ships[0].Aim = 1024 }},
		{"a boost that is none", func(s *sim.State) { s.Ships[0].Boost = 9 }},
		{"nobody's bolt", func(s *sim.State) { s.Bolts[0].Owner = 12 }},
		{"a bolt of no kind", func(s *sim.State) { s.Bolts[0].Kind = 99 }},
		{"bolts out of order", func(s *sim.State) { s.Bolts[0], s.Bolts[1] = s.Bolts[1], s.Bolts[0] }},
		{"a bolt that has flown out", func(s *sim.State) { s.Bolts[0].Life = 0 }},
		{"a bolt outside", func(s *sim.State) { s.Bolts[0].Pos.Y = 1 << 30 }},
		{"a pick-up too few", func(s *sim.State) { s.Items = s.Items[1:] }},
		{"a pick-up of nothing", func(s *sim.State) { s.Items[0].Kind = sim.NoItem }},
		{"one core", func(s *sim.State) { s.Objectives = s.Objectives[:1] }},
		{"a beacon in a relay", func(s *sim.State) { s.Objectives[0].Kind = sim.Beacon }},
		{"a core of another base", func(s *sim.State) { s.Objectives[0].Home.X++ }},
		{"a core that nobody carries", func(s *sim.State) { s.Objectives[0].State, s.Objectives[0].Carrier = sim.Carried, sim.NoPlayer }},
		{"a core adrift for ever", func(s *sim.State) { s.Objectives[0].State, s.Objectives[0].Timer = sim.Dropped, 0 }},
		{"a trail outside", func(s *sim.State) { s.Trails[0].Tile = 1 << 20 }},
		{"a trail at no time", func(s *sim.State) { s.Trails[0].Since = 0 }},
		{"trails out of order", func(s *sim.State) { s.Trails[0].Tile = s.Trails[2].Tile + 1 }},
		{"three trails on a tile", func(s *sim.State) { s.Trails[1], s.Trails[2] = s.Trails[0], s.Trails[0] }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var s sim.State
			w.Save(&s)
			if _, err := sim.Restore(r.Arena, r.Mode, r.Rules, &s); err != nil {
				t.Fatalf("the sound one: %v", err)
			}
			test.spoil(&s)
			if _, err := sim.Restore(r.Arena, r.Mode, r.Rules, &s); !errors.Is(err, sim.ErrState) {
				t.Errorf("got %v, want ErrState", err)
			}
		})
	}
}
