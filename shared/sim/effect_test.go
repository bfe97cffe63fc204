package sim

import "testing"

// What a pick-up or a core does to a ship is what it says.
func TestShip_WhatItHasAboard(t *testing.T) {
	ground := field(t)
	speed := func(change func(*Ship)) Unit {
		s := Ship{Pos: ground.Size().Div(2), Energy: 9000, Held: Input{Buttons: Right}}
		change(&s)
		for range 20 {
			s.Advance(ground, nil)
		}
		return s.Vel.X
	}
	plain := speed(func(*Ship) {})
	if v := speed(func(s *Ship) { s.Boost, s.BoostFor = Afterburner, 100 }); v <= plain {
		t.Errorf("with an afterburner %d, without %d", v, plain)
	}
	if v := speed(func(s *Ship) { s.Boost, s.BoostFor = Afterburner, 5 }); v >= speed(func(s *Ship) { s.Boost, s.BoostFor = Afterburner, 10 }) {
		t.Error("an afterburner burns beyond its time")
	}
	if v := speed(func(s *Ship) { s.Carries = true }); v >= plain {
		t.Errorf("with a core %d, without %d", v, plain)
	}
	shots := func(boost ItemKind) (n int) {
		s := Ship{Pos: ground.Size().Div(2), Held: Input{Buttons: Fire}, Boost: boost, BoostFor: 1000}
		for range 10 * int(Hulls[Dart].Primary.Reload) {
			s.Energy = 9000
			n += len(s.Advance(ground, nil))
		}
		return n
	}
	if with, without := shots(Overdrive), shots(Aegis); without != 10 || with < 15 {
		t.Errorf("with an overdrive %d shots, without %d", with, without)
	}
}

// An explosion hurts nobody behind a wall, takes less farther away and throws outwards.
func TestBolt_Blast(t *testing.T) {
	ground := sketch(t, "#########", "#S......#", "#...#...#", "#.......#", "#########")
	shell := Bolt{Owner: 9, Kind: Shell, Pos: middle(3, 2)}
	at := func(p Vec) (Blow, bool) { return shell.Blast(ground, &Ship{ID: 1, Pos: p}) }
	if _, reaches := at(middle(5, 2)); reaches {
		t.Error("it reaches through a wall")
	}
	near, reachesNear := at(shell.Pos.Add(Vec{-20 * One, 0}))
	far, reachesFar := at(shell.Pos.Add(Vec{-60 * One, 0}))
	if !reachesNear || !reachesFar || near.Damage <= far.Damage || far.Damage <= 0 || near.Push.X >= far.Push.X || far.Push.X >= 0 {
		t.Errorf("near %v %+v, far %v %+v", reachesNear, near, reachesFar, far)
	}
	if blow, reaches := at(shell.Pos); !reaches || blow.Damage != Shots[Shell].SplashDamage || blow.Push != (Vec{}) {
		t.Errorf("in its middle %v %+v", reaches, blow)
	}
	rim := Shots[Shell].Splash + Hulls[Dart].Radius
	if _, reaches := at(shell.Pos.Add(Vec{0, rim})); reaches {
		t.Error("it reaches beyond its rim")
	}
}

// Several shells end in one tick around the same ship: the one that breaks it up
// counts, once, and the others are spent.
func TestStep_ExplosionsOfOneTick(t *testing.T) {
	w := liveWorld(t, field(t), middle(10, 10), middle(30, 10), middle(31, 10), middle(50, 10))
	for id := range w.Ships {
		w.Ships[id].Shield = 0
	}
	for _, id := range []PlayerID{1, 2} {
		w.Ships[id].Energy = 1
	}
	for i, owner := range []PlayerID{0, 0, 3} {
		w.Bolts = InsertBolt(w.Bolts, Bolt{Owner: owner, Seq: uint8(i), Kind: Shell, Pos: middle(30, 10).Add(Vec{-10 * One, 0}), Life: 1})
	}
	w.Step(nil)
	if w.Alive(1) || w.Alive(2) || len(w.Bolts) != 0 || w.Players[0].Kills != 2 || w.Players[3].Kills != 0 || w.Players[1].Deaths != 1 || w.Players[2].Deaths != 1 {
		t.Errorf("players %+v, %d bolts", w.Players, len(w.Bolts))
	}
}
