package sim

import "testing"

func TestMatch_GoesFromPhaseToPhase(t *testing.T) {
	w := New(field(t), Brawl{}, Rules{Warmup: 10, Live: 20, Results: 5}, 1)
	w.Join(0, Dart, NoTeam)
	type change struct {
		at     Tick
		phase  Phase
		number uint32
	}
	want := []change{{10, Live, 1}, {30, Results, 1}, {35, Warmup, 2}, {45, Live, 2}, {65, Results, 2}}
	var got []change
	for w.Tick < 69 {
		w.Step(nil)
		for _, e := range w.Events {
			if e.Kind == PhaseChanged {
				got = append(got, change{e.Tick, w.Match.Phase, w.Match.Number})
			}
		}
	}
	if len(got) != len(want) {
		t.Fatalf("changes %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("change %d: %v, want %v", i, got[i], want[i])
		}
	}
	if w.Match.Ends != 70 {
		t.Errorf("the phase ends at %d, want 70", w.Match.Ends)
	}
}

func TestMatch_EndsAtTheScoreLimit(t *testing.T) {
	w := liveWorld(t, field(t), Vec{300 * One, 300 * One}, Vec{900 * One, 900 * One})
	w.Rules.ScoreLimit = 3
	w.Players[1].Score = 2
	w.Ships[0].Energy = 1
	aimedAt(w, 1, 0)
	w.Step(nil)
	if w.Players[1].Score != 3 || w.Match.Phase != Live {
		t.Fatalf("score %d, phase %d", w.Players[1].Score, w.Match.Phase)
	}
	w.Step(nil)
	if w.Match.Phase != Results {
		t.Errorf("phase is %d after the limit, want results", w.Match.Phase)
	}
	if w.Players[1].Score != 3 {
		t.Errorf("results show a score of %d, want 3", w.Players[1].Score)
	}
}

func TestMatch_WithoutALimitOnlyTheBellEndsIt(t *testing.T) {
	w := liveWorld(t, field(t), Vec{300 * One, 300 * One})
	w.Players[0].Score = 32000
	w.Step(nil)
	if w.Match.Phase != Live {
		t.Errorf("phase is %d", w.Match.Phase)
	}
}

func TestMatch_BeginsWithCleanScoresAndFreshShips(t *testing.T) {
	w := New(field(t), Brawl{}, Rules{Warmup: 10, Live: 100, Results: 5}, 1)
	w.Join(0, Dart, NoTeam)
	w.Join(1, Dart, NoTeam)
	for w.Tick < 9 {
		w.Step(nil)
	}
	w.Ships[0].Energy, w.Ships[0].Shield, w.Ships[0].NextSeq = 5, 0, 9
	w.Players[0].Score, w.Players[0].Kills, w.Players[0].Deaths = 4, 5, 6
	w.Players[1].Status, w.Players[1].SpawnAt = Waiting, 99
	w.Step(nil)
	for id := range w.Players {
		p, s := w.Players[id], w.Ship(PlayerID(id))
		if p.Score != 0 || p.Kills != 0 || p.Deaths != 0 {
			t.Errorf("player %d: %+v", id, p)
		}
		if s == nil || s.Energy != Hulls[Dart].EnergyMax || s.Shield != spawnShield-1 {
			t.Errorf("ship %d: %+v", id, s)
		}
	}
	if w.Ships[0].NextSeq != 9 {
		t.Errorf("shots are counted from %d, want 9: an old bolt may still fly", w.Ships[0].NextSeq)
	}
}

func TestJoin_LateAndLeave(t *testing.T) {
	w := liveWorld(t, field(t), Vec{300 * One, 300 * One})
	w.Join(3, Dart, NoTeam)
	if len(w.Players) != 4 || len(w.Ships) != 4 || w.Alive(3) {
		t.Fatalf("%d players, %d ships, alive %v", len(w.Players), len(w.Ships), w.Alive(3))
	}
	for _, id := range []PlayerID{1, 2, 9, NoPlayer} {
		if w.Alive(id) || w.Ship(id) != nil {
			t.Errorf("nobody sits at %d, yet there is a ship", id)
		}
	}
	w.Step(nil)
	if !w.Alive(3) || w.Ship(3).ID != 3 {
		t.Error("no ship in the tick after joining")
	}
	w.Players[3].Score, w.Ships[3].NextSeq = 7, 200
	w.Leave(3)
	if w.Alive(3) || w.Players[3].Status != Absent || w.Players[3].Score != 0 {
		t.Errorf("after leaving: %+v", w.Players[3])
	}
	w.Step(nil)
	if w.Alive(3) {
		t.Error("who left came back")
	}
	w.Join(3, Dart, NoTeam)
	w.Step(nil)
	if s := w.Ship(3); s == nil || s.NextSeq != 200 || w.Players[3].Score != 0 {
		t.Errorf("after joining again: %+v, %+v", s, w.Players[3])
	}
}

// Joining a seat that flies already begins anew, and no shot gets a name twice.
func TestJoin_TwiceBeginsAnew(t *testing.T) {
	w := liveWorld(t, field(t), Vec{300 * One, 300 * One})
	w.Ships[0].NextSeq = 42
	w.Join(0, Dart, NoTeam)
	w.Step(nil)
	if s := w.Ship(0); s == nil || s.NextSeq != 42 {
		t.Errorf("got %+v, want shots counted from 42", s)
	}
}

func TestSpawn_ChoosesTheLoneliestPoint(t *testing.T) {
	a := sketch(t,
		"##############################",
		"#S            S             S#",
		"#                            #",
		"##############################")
	w := liveWorld(t, a, middle(2, 1), middle(13, 2))
	w.Join(2, Dart, NoTeam)
	w.Step(nil)
	if got, want := w.Ship(2).Pos, middle(28, 1); got != want {
		t.Errorf("entered at %v, want %v", got, want)
	}
}

func TestSpawn_DrawsAmongEquals(t *testing.T) {
	a := sketch(t, "##########", "#S S S S #", "##########")
	seen := map[Vec]bool{}
	for seed := range uint64(64) {
		w := New(a, Brawl{}, forever, seed)
		w.Join(0, Dart, NoTeam)
		w.Step(nil)
		seen[w.Ship(0).Pos] = true
	}
	if len(seen) != len(a.Spawns) {
		t.Errorf("64 seeds used %d of %d points", len(seen), len(a.Spawns))
	}
}

func TestStep_TakesInputsOfThoseWhoFly(t *testing.T) {
	w := liveWorld(t, field(t), Vec{300 * One, 300 * One}, Vec{900 * One, 900 * One})
	w.Step([]Input{{Right, 5}})
	if w.Ships[0].Held != (Input{Right, 5}) || w.Ships[1].Held != (Input{}) {
		t.Errorf("held %+v and %+v", w.Ships[0].Held, w.Ships[1].Held)
	}
	w.Step(nil)
	if w.Ships[0].Held != (Input{Right, 5}) {
		t.Errorf("without a new input the old one is not held: %+v", w.Ships[0].Held)
	}
	w.Step(make([]Input, 100)) // more inputs than seats
	if w.Ships[0].Held != (Input{}) {
		t.Errorf("held %+v", w.Ships[0].Held)
	}
}

func TestInput_Valid(t *testing.T) {
	for _, c := range []struct {
		in   Input
		want bool
	}{
		{Input{}, true},
		{Input{AllButtons, AngleSteps - 1}, true},
		{Input{AllButtons + 1, 0}, false},
		{Input{0, AngleSteps}, false},
		{Input{0xff, 0xffff}, false},
	} {
		if got := c.in.Valid(); got != c.want {
			t.Errorf("%+v: valid is %v, want %v", c.in, got, c.want)
		}
	}
}
