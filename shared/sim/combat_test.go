package sim

import "testing"

func TestHit_TakesEnergyAndKnocks(t *testing.T) {
	shot, full := &Shots[LightBolt], Hulls[Dart].EnergyMax
	for name, c := range map[string]struct {
		phase  Phase
		shield uint8
		lost   int32
	}{
		"live":        {Live, 0, shot.Damage},
		"warm-up":     {Warmup, 0, shot.Damage},
		"results":     {Results, 0, 0},
		"shielded":    {Live, 60, 0},
		"last shield": {Live, 1, shot.Damage}, // gone before the bolt comes
	} {
		a := field(t)
		w := liveWorld(t, a, Vec{300 * One, 300 * One}, Vec{900 * One, 900 * One})
		w.Match.Phase = c.phase
		w.Ships[0].Shield = c.shield
		aimedAt(w, 1, 0)
		w.Step(nil)
		s := w.Ship(0)
		if got := full - s.Energy; got != c.lost {
			t.Errorf("%s: lost %d, want %d", name, got, c.lost)
		}
		if want := (Vec{shot.Speed / shot.Knock, 0}); s.Vel != want {
			t.Errorf("%s: knocked to %v, want %v", name, s.Vel, want)
		}
		if len(w.Bolts) != 0 {
			t.Errorf("%s: the bolt flies on", name)
		}
	}
}

func TestHit_StrikesOnlyTheLowestID(t *testing.T) {
	a := field(t)
	at := Vec{300 * One, 300 * One}
	w := liveWorld(t, a, Vec{900 * One, 900 * One}, at, at.Add(Vec{0, 30 * One}))
	w.Bolts = InsertBolt(nil, Bolt{Owner: 0, Pos: at.Add(Vec{-One, 15 * One}), Vel: Vec{One, 0}, Life: 9})
	w.Step(nil)
	full := Hulls[Dart].EnergyMax
	if w.Ships[1].Energy >= full || w.Ships[2].Energy < full {
		t.Errorf("energies are %d and %d, want only the first struck", w.Ships[1].Energy, w.Ships[2].Energy)
	}
}

func TestKill_ScoresAndComesBack(t *testing.T) {
	a := field(t)
	w := liveWorld(t, a, Vec{300 * One, 300 * One}, Vec{900 * One, 900 * One})
	w.Ships[0].Energy, w.Ships[0].NextSeq = 1, 77
	aimedAt(w, 1, 0)
	w.Step(nil)
	died := w.Tick
	if w.Alive(0) || w.Ship(0) != nil {
		t.Fatal("still alive")
	}
	if len(w.Events) != 1 || w.Events[0] != (Event{Tick: died, Kind: Killed, Who: 0, By: 1, With: LightBolt}) {
		t.Errorf("events: %+v", w.Events)
	}
	victim, killer := w.Players[0], w.Players[1]
	if victim.Deaths != 1 || victim.Kills != 0 || victim.Score != 0 || killer.Kills != 1 || killer.Score != 1 || killer.Deaths != 0 {
		t.Errorf("victim %+v, killer %+v", victim, killer)
	}
	for !w.Alive(0) {
		w.Step(nil)
		if w.Tick-died > respawnDelay {
			t.Fatalf("not back %d ticks later", w.Tick-died)
		}
	}
	s := w.Ship(0)
	if w.Tick-died != respawnDelay || s.Energy != Hulls[Dart].EnergyMax || s.Shield != spawnShield-1 || s.NextSeq != 77 {
		t.Errorf("back after %d ticks as %+v", w.Tick-died, *s)
	}
}

func TestKill_CountsOnlyInALiveMatch(t *testing.T) {
	w := liveWorld(t, field(t), Vec{300 * One, 300 * One}, Vec{900 * One, 900 * One})
	w.Match = Match{Phase: Warmup, Ends: 1 << 30, Number: 1}
	w.Ships[0].Energy = 1
	aimedAt(w, 1, 0)
	w.Step(nil)
	if w.Alive(0) || len(w.Events) != 1 {
		t.Errorf("alive %v, events %v, want a kill that is told", w.Alive(0), w.Events)
	}
	if w.Players[0].Deaths != 0 || w.Players[1].Kills != 0 || w.Players[1].Score != 0 {
		t.Errorf("counted: %+v, %+v", w.Players[0], w.Players[1])
	}
}

// Who leaves takes the shots along: they would score for whoever sits there next.
func TestLeave_TakesShotsAlong(t *testing.T) {
	w := liveWorld(t, field(t), Vec{300 * One, 300 * One}, Vec{900 * One, 900 * One}, Vec{1500 * One, 900 * One})
	w.Ships[0].Energy = 1
	aimedAt(w, 1, 0)
	aimedAt(w, 2, 1)
	w.Leave(1)
	w.Join(1, Dart, NoTeam)
	w.Step(nil)
	if !w.Alive(0) || w.Players[1].Kills != 0 {
		t.Errorf("alive %v, kills of the newcomer %d", w.Alive(0), w.Players[1].Kills)
	}
	if len(w.Bolts) != 1 || w.Bolts[0].Owner != 2 {
		t.Errorf("bolts: %+v, want the other player's to stay", w.Bolts)
	}
}

func TestBump_PartsAndBounces(t *testing.T) {
	ground, reach := field(t), 2*Hulls[Dart].Radius
	at := Vec{500 * One, 500 * One}
	for name, c := range map[string]struct {
		gap      Vec
		va, vb   Vec
		touched  bool
		together bool // they closed in, so they bounce
	}{
		"apart":              {Vec{reach, 0}, Vec{One, 0}, Vec{-One, 0}, false, false},
		"head on":            {Vec{reach - 4*One, 0}, Vec{3 * One, 0}, Vec{-3 * One, 0}, true, true},
		"one at rest":        {Vec{0, reach - One}, Vec{0, 4 * One}, Vec{}, true, true},
		"already parting":    {Vec{reach - One, 0}, Vec{-One, 0}, Vec{One, 0}, true, false},
		"in the same place":  {Vec{}, Vec{One, 0}, Vec{}, true, true},
		"glancing, sideways": {Vec{reach - One, 0}, Vec{0, 5 * One}, Vec{}, true, false},
	} {
		a, b := Ship{ID: 1, Pos: at, Vel: c.va}, Ship{ID: 2, Pos: at.Add(c.gap), Vel: c.vb}
		before, energy := a.Vel.Add(b.Vel), a.Vel.Len2()+b.Vel.Len2()
		touched := Bump(ground, &a, &b)
		if touched != c.touched {
			t.Errorf("%s: touched is %v, want %v", name, touched, c.touched)
		}
		if after := a.Vel.Add(b.Vel); after != before {
			t.Errorf("%s: momentum went from %v to %v", name, before, after)
		}
		if after := a.Vel.Len2() + b.Vel.Len2(); after > energy {
			t.Errorf("%s: the impact made speed: %d to %d", name, energy, after)
		}
		if gap := b.Pos.Sub(a.Pos).Len(); touched && gap < reach-4 {
			t.Errorf("%s: still %d deep in each other", name, reach-gap)
		}
		if bounced := a.Vel != c.va; bounced != c.together {
			t.Errorf("%s: bounced is %v, want %v", name, bounced, c.together)
		}
	}
}

func TestBump_PushesNobodyIntoAWall(t *testing.T) {
	ground, box := field(t), Hulls[Dart].Box
	pressed := Vec{TileSize + box, 500 * One}
	a, b := Ship{ID: 1, Pos: pressed}, Ship{ID: 2, Pos: pressed.Add(Vec{20 * One, 0})}
	Bump(ground, &a, &b)
	if a.Pos != pressed {
		t.Errorf("pushed from %v to %v", pressed, a.Pos)
	}
	if b.Pos.X <= pressed.X+20*One {
		t.Errorf("the free one stays at %v", b.Pos)
	}
}

// Contacts are found wherever the buckets of the grid meet.
func TestStep_FindsContactsAcrossBuckets(t *testing.T) {
	const edge = Unit(1) << bucketShift
	for _, at := range []Vec{{5 * edge, 5 * edge}, {5*edge + 9*One, 5*edge - 9*One}, {5 * edge, 5*edge + edge/2}} {
		w := liveWorld(t, field(t), at.Sub(Vec{10 * One, 10 * One}), at.Add(Vec{10 * One, 10 * One}))
		before := w.Ships[1].Pos
		w.Step(nil)
		if w.Ships[1].Pos == before {
			t.Errorf("around %v: no contact", at)
		}
	}
}

// A match without an end does not turn the best into the worst.
func TestKill_CountsStopAtTheEndOfTheirRange(t *testing.T) {
	const most = 1<<15 - 1
	w := liveWorld(t, field(t), Vec{300 * One, 300 * One}, Vec{900 * One, 900 * One})
	w.Players[1].Kills, w.Players[1].Score, w.Players[0].Deaths = most, most, most
	w.Ships[0].Energy = 1
	aimedAt(w, 1, 0)
	w.Step(nil)
	if k := w.Players[1]; w.Alive(0) || k.Kills != most || k.Score != most || w.Players[0].Deaths != most {
		t.Errorf("alive %v, killer %+v, victim %+v", w.Alive(0), k, w.Players[0])
	}
	for _, c := range []struct{ have, points, want int16 }{
		{most - 1, 2, most}, {most, 1, most}, {-most, -5, -most - 1}, {7, -9, -2}, {most, -1, most - 1},
	} {
		if AddPoints(&c.have, c.points); c.have != c.want {
			t.Errorf("%+d gives %d, want %d", c.points, c.have, c.want)
		}
	}
}
