package sim

import "testing"

// sides is a live World of two, one a side, on a field with bases and a path.
func sides(t *testing.T, mode Mode) (w *World, ion, ember *Ship) {
	t.Helper()
	p := field(t).Plan
	p.Bases = [Teams]Vec{middle(5, 30), middle(75, 30)}
	p.Path = []Vec{middle(30, 20), middle(50, 20), middle(50, 40)}
	a, err := NewArena(p)
	if err != nil {
		t.Fatal(err)
	}
	rules := forever
	rules.ScoreLimit = 3
	w = New(a, mode, rules, 1)
	w.Join(0, Dart, NoTeam)
	w.Join(1, Dart, NoTeam)
	w.Step(nil)
	w.Step(nil)
	ion, ember = w.Ship(0), w.Ship(1)
	if ion.Team != TeamIon || ember.Team != TeamEmber {
		t.Fatalf("sides are %d and %d", ion.Team, ember.Team)
	}
	ion.Shield, ember.Shield = 0, 0
	return w, ion, ember
}

func put(s *Ship, at Vec) { s.Pos, s.Vel, s.Held = at, Vec{}, Input{} }

// told returns the kinds of the last tick's events.
func told(w *World) (kinds []EventKind) {
	for _, e := range w.Events {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func TestRelay_TakeDropReturnCapture(t *testing.T) {
	w, ion, ember := sides(t, Relay{})
	core := &w.Objectives[1] // Ember's
	put(ion, w.Arena.Bases[1])
	put(ember, middle(40, 50))
	step := func(want EventKind) {
		t.Helper()
		w.Step([]Input{{}, {}})
		if got := told(w); len(got) != 1 || got[0] != want {
			t.Fatalf("tick %d: events %v, want %v", w.Tick, got, want)
		}
	}
	step(CoreTaken)
	if !ion.Carries || core.State != Carried || core.Carrier != 0 {
		t.Fatalf("taken: %+v, %+v", *core, *ion)
	}
	w.kill(0, 1, LightBolt)
	w.Events = w.Events[:0]
	step(CoreDropped)
	if core.State != Dropped || core.Pos != ion.Pos || core.Timer != coreReturn {
		t.Fatalf("dropped: %+v", *core)
	}
	put(ember, core.Pos)
	step(CoreReturned)
	if core.State != AtHome || core.Pos != core.Home || w.Players[1].Score != 2 { // a kill and a return
		t.Fatalf("returned: %+v, %+v", *core, w.Players[1])
	}
	put(ember, middle(40, 50))
	for w.Ship(0) == nil {
		w.Step([]Input{{}, {}})
	}
	put(ion, core.Home)
	step(CoreTaken)
	put(ion, w.Arena.Bases[0])
	step(CoreCaptured)
	if w.Match.Scores != [Teams]int16{1, 0} || w.Players[0].Score != coreScore || ion.Carries || core.State != AtHome {
		t.Fatalf("captured: %v, %+v, %+v", w.Match.Scores, w.Players[0], *core)
	}
	if w.Mode().Over(w) {
		t.Error("one capture of three decides")
	}
	w.Match.Scores[0] = 3
	if w.Step([]Input{{}, {}}); w.Match.Phase != Results {
		t.Error("three captures do not")
	}
}

// A core adrift goes home by itself, as every client foresees.
func TestRelay_AdriftGoesHome(t *testing.T) {
	w, ion, ember := sides(t, Relay{})
	put(ion, middle(40, 50))
	put(ember, middle(40, 10))
	core := &w.Objectives[0]
	core.State, core.Pos, core.Timer = Dropped, middle(20, 20), 10
	foreseen := *core
	for range 10 {
		w.Step([]Input{{}, {}})
		foreseen.Advance(w.Arena)
	}
	if core.State != AtHome || *core != foreseen {
		t.Errorf("after its time: %+v, foreseen %+v", *core, foreseen)
	}
}

func TestBeacon_HeldAloneScores(t *testing.T) {
	w, ion, ember := sides(t, BeaconMode{})
	w.Rules.ScoreLimit = 0
	beacon := &w.Objectives[0]
	follow := func(ticks int, near ...*Ship) {
		for range ticks {
			put(ion, middle(5, 55))
			put(ember, middle(75, 55))
			for i, s := range near {
				put(s, beacon.Pos.Add(Vec{Unit(80*i-40) * One, 0}))
			}
			w.Step([]Input{{}, {}})
		}
	}
	if follow(1); beacon.State != Free {
		t.Errorf("nobody near: %+v", *beacon)
	}
	before := *beacon
	if follow(2 * TickRate); before.Pos != beacon.Pos {
		t.Error("it moves though nobody holds it")
	}
	if follow(6*TickRate, ion); before.Pos == beacon.Pos {
		t.Error("it does not move")
	}
	if beacon.State != Held || beacon.Team != TeamIon || w.Match.Scores != [Teams]int16{6, 0} || w.Players[0].Score < 2 {
		t.Errorf("held: %+v, scores %v, own %d", *beacon, w.Match.Scores, w.Players[0].Score)
	}
	w.Match.Scores = [Teams]int16{}
	follow(2*TickRate, ion, ember)
	if beacon.State != Contested || beacon.Team != NoTeam || w.Match.Scores != [Teams]int16{} {
		t.Errorf("contested: %+v, scores %v", *beacon, w.Match.Scores)
	}
}

// It goes round its whole path while it is held, for one side this way and for the
// other that, as every client foresees.
func TestBeacon_GoesRound(t *testing.T) {
	w, _, _ := sides(t, BeaconMode{})
	first := map[Team]Vec{}
	for _, team := range []Team{TeamIon, TeamEmber} {
		o := w.Objectives[0]
		o.State, o.Team = Held, team
		seen := map[Vec]bool{}
		for range 10 * 60 * TickRate {
			if o.Advance(w.Arena); len(seen) == 0 {
				first[team] = o.Home
			}
			seen[o.Home] = true
		}
		if len(seen) != len(w.Arena.Path) {
			t.Errorf("it headed for %d of %d points", len(seen), len(w.Arena.Path))
		}
	}
	if first[TeamIon] == first[TeamEmber] {
		t.Error("both sides send it the same way")
	}
}

func TestSquads_AKillIsAPointForTheTeam(t *testing.T) {
	w, _, _ := sides(t, Squads{})
	w.kill(0, 1, LightBolt)
	if w.Match.Scores != [Teams]int16{0, 1} || w.Players[1].Score != 1 {
		t.Errorf("scores %v, own %d", w.Match.Scores, w.Players[1].Score)
	}
}

// NoTeam gets the smaller side; another choice counts from the next life on and
// leaves the score behind.
func TestJoin_Sides(t *testing.T) {
	w, _, _ := sides(t, Squads{})
	w.Join(2, Bastion, TeamEmber)
	w.Join(3, Dart, NoTeam)
	if w.Players[2].Team != TeamEmber || w.Players[3].Team != TeamIon {
		t.Fatalf("sides are %d and %d", w.Players[2].Team, w.Players[3].Team)
	}
	w.Players[3].Score = 7
	w.Step(nil)
	w.Choose(3, Lancer, TeamEmber)
	if s := w.Ship(3); s.Hull != Dart || s.Team != TeamIon || w.Players[3].Score != 7 {
		t.Errorf("the choice acts at once: %+v", *s)
	}
	w.kill(3, 0, LightBolt)
	for w.Ship(3) == nil {
		w.Step(nil)
	}
	if s := w.Ship(3); s.Hull != Lancer || s.Team != TeamEmber || w.Players[3].Score != 0 {
		t.Errorf("the next life: %+v, %+v", *s, w.Players[3])
	}
	if got := w.Sizes(); got != [Teams]int{1, 3} {
		t.Errorf("sizes %v", got)
	}
}

// People stay when the ground and the mode change; the ticks go on.
func TestFollow_KeepsThePeople(t *testing.T) {
	w, _, _ := sides(t, Relay{})
	w.Players[1].Score = 5
	w.Match.Number = 4
	for range 100 {
		w.Step(nil)
	}
	n := Follow(w, field(t), Brawl{}, forever)
	n.Step(nil)
	n.Step(nil)
	if n.Tick != w.Tick+2 || n.Match.Number != 4 || n.Players[1].Score != 0 || n.Ship(1) == nil || n.Ship(1).Team != NoTeam {
		t.Errorf("tick %d after %d, match %d, %+v", n.Tick, w.Tick, n.Match.Number, n.Players[1])
	}
}
