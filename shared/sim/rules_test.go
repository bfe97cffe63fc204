package sim

import "testing"

// duel is a live World of two ships of the given hulls, the second to the right of
// the first, both at rest in an empty field.
func duel(t *testing.T, mode Mode, one, two HullKind, apart Unit) (w *World, a, b *Ship) {
	t.Helper()
	ground := field(t)
	w = New(ground, mode, forever, 1)
	w.Join(0, one, NoTeam)
	w.Join(1, two, NoTeam)
	w.Step(nil)
	w.Step(nil)
	a, b = w.Ship(0), w.Ship(1)
	middle := ground.Size().Div(2)
	for i, s := range []*Ship{a, b} {
		s.Pos, s.Vel, s.Shield, s.Held, s.Aim = middle, Vec{}, 0, Input{}, 0
		s.Pos.X += Unit(i) * apart
	}
	b.Aim, b.Held.Aim = 512, 512
	return w, a, b
}

// hold steps w while a and b hold what is given, until stop or for so many ticks.
func hold(w *World, ticks int, a, b Input, stop func() bool) int {
	for n := range ticks {
		w.Step([]Input{a, b})
		if stop() {
			return n + 1
		}
	}
	return ticks
}

func never() bool { return false }

// Every weapon of every hull takes what its tables say, and only from others.
func TestWeapons_TakeWhatTheyTake(t *testing.T) {
	for _, c := range []struct {
		name   string
		hull   HullKind
		button Buttons
		apart  Unit
		least  int32 // energy lost by the other, at least
	}{
		{"bolt", Dart, Fire, 200 * One, Shots[LightBolt].Damage},
		{"scatter", Dart, Alt, 60 * One, 3 * Shots[Pellet].Damage},
		{"bouncer", Corsair, Fire, 200 * One, Shots[Bouncer].Damage},
		{"mine", Corsair, Alt, 140 * One, Shots[Mine].SplashDamage / 2},
		{"beam", Lancer, Fire, 500 * One, Shots[Beam].Damage},
		{"pulse", Lancer, Alt, 100 * One, Shots[Pulse].Damage},
		{"shell", Bastion, Fire, 300 * One, Shots[Shell].Damage + Shots[Shell].SplashDamage/2},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, a, b := duel(t, Brawl{}, c.hull, Bastion, c.apart)
			full := b.Energy
			fuel := a.Energy
			w.Step([]Input{{Buttons: c.button}, {Aim: 512}})
			if a.Energy >= fuel {
				t.Error("the shot cost nothing")
			}
			lost := int32(0)
			hold(w, 200, Input{}, Input{Aim: 512}, func() bool {
				lost = max(lost, full-b.Energy)
				return false
			})
			lost = max(lost, full-b.Energy)
			if c.name == "beam" || c.name == "pulse" {
				w, _, b = duel(t, Brawl{}, c.hull, Bastion, c.apart)
				w.Step([]Input{{Buttons: c.button}, {Aim: 512}})
				lost = full - b.Energy
			}
			if lost < c.least {
				t.Errorf("the other lost %d, want at least %d", lost, c.least)
			}
		})
	}
}

// A guard stops what comes from the front, at a price, and nothing from behind; an
// empty one breaks and takes its time.
func TestGuard_CoversOneSide(t *testing.T) {
	for _, c := range []struct {
		name   string
		facing Angle
		stops  bool
	}{{"front", 512, true}, {"oblique", 512 + 150, true}, {"side", 256, false}, {"back", 0, false}} {
		w, _, b := duel(t, Brawl{}, Lancer, Bastion, 300*One)
		b.Aim = c.facing
		b.Energy -= 2000 // so that refilling hides nothing
		before := b.Energy
		w.Step([]Input{{Buttons: Fire}, {Buttons: Alt, Aim: c.facing}})
		lost := before - b.Energy
		if stopped := lost < Shots[Beam].Damage; stopped != c.stops || lost <= 0 {
			t.Errorf("%s: lost %d of %d", c.name, lost, Shots[Beam].Damage)
		}
	}
	w, _, b := duel(t, Brawl{}, Lancer, Bastion, 300*One)
	up := hold(w, 2000, Input{}, Input{Buttons: Alt, Aim: 512}, func() bool { return !b.Guards() })
	if up < 5*TickRate || up > 12*TickRate {
		t.Errorf("a full ship guards for %d ticks, want 5 to 12 s", up)
	}
	if down := hold(w, 2000, Input{}, Input{Buttons: Alt, Aim: 512}, b.Guards); down < TickRate {
		t.Errorf("a broken guard is up again after %d ticks", down)
	}
}

// Mates are neither hurt nor thrown.
func TestTeams_NoFriendlyFire(t *testing.T) {
	for kind := range Hulls {
		for _, button := range []Buttons{Fire, Alt} {
			w, a, b := duel(t, Squads{}, HullKind(kind), Dart, 100*One)
			b.Team = a.Team
			w.Players[1].Team, w.Players[1].Next.Team = a.Team, a.Team
			hold(w, 240, Input{Buttons: button}, Input{Aim: 512}, never)
			if s := w.Ship(1); s == nil || s.Energy < Hulls[Dart].EnergyMax || s.Vel != (Vec{}) {
				t.Errorf("%s with button %d: the mate is %+v", Hulls[kind].Name, button, s)
			}
		}
	}
}

// A dash is a burst that costs energy and must cool down; a core forbids it.
func TestDash(t *testing.T) {
	w, a, _ := duel(t, Brawl{}, Dart, Dart, 400*One)
	before := a.Energy
	w.Step([]Input{{Buttons: Dash | Up}, {}})
	if a.Vel.Y > -5*One || !a.Dashing() || a.Energy > before-dashCost+Hulls[Dart].EnergyRefill {
		t.Errorf("after a dash: %+v", *a)
	}
	dashes := 1
	last := a.DashIn
	hold(w, 10*TickRate, Input{Buttons: Dash | Down}, Input{}, func() bool {
		if a.DashIn > last {
			dashes++
		}
		last = a.DashIn
		return false
	})
	if dashes != 6 && dashes != 5 {
		t.Errorf("%d dashes in ten seconds, want one every two", dashes)
	}
	w, a, _ = duel(t, Brawl{}, Dart, Dart, 400*One)
	a.Carries = true
	if w.Step([]Input{{Buttons: Dash | Up}, {}}); a.Dashing() {
		t.Error("a carrier dashes")
	}
}

// Who flies in another's fresh wake refills twice as fast; in one's own, nobody does.
func TestWake_Drafting(t *testing.T) {
	w, a, b := duel(t, Brawl{}, Dart, Dart, 120*One)
	b.Energy, a.Energy = 1000, 1000
	hold(w, 40, Input{Buttons: Right}, Input{Buttons: Right, Aim: 512}, never)
	if !a.Drafts || b.Drafts {
		t.Errorf("the hunter drafts: %v, the hunted: %v", a.Drafts, b.Drafts)
	}
	hunter, hunted := a.Energy, b.Energy
	hold(w, 30, Input{Buttons: Right}, Input{Buttons: Right, Aim: 512}, never)
	if gain := Hulls[Dart].EnergyRefill * 30; b.Energy-hunted != gain || a.Energy-hunter != 2*gain {
		t.Errorf("in 30 ticks the hunter gained %d, the hunted %d; want %d and %d", a.Energy-hunter, b.Energy-hunted, 2*gain, gain)
	}
	hold(w, 2*TickRate, Input{Buttons: Up}, Input{}, never)
	if a.Drafts {
		t.Error("drafts away from the wake")
	}
}

// A safe zone spares who is in it and silences its guns, but not for a carrier.
func TestZone_SparesAndSilences(t *testing.T) {
	w, _, b := duel(t, Brawl{}, Lancer, Dart, 300*One)
	plan := w.Arena.Plan
	x, y := int(b.Pos.X/TileSize), int(b.Pos.Y/TileSize)
	plan.Zones = []Zone{{x - 1, y - 1, 3, 3}}
	ground, err := NewArena(plan)
	if err != nil {
		t.Fatal(err)
	}
	w.Arena = ground
	full := b.Energy
	hold(w, 80, Input{Buttons: Fire}, Input{Buttons: Fire, Aim: 512}, never)
	if b.Energy != full || len(w.Bolts) != 0 {
		t.Errorf("in a safe zone: energy %d of %d, %d bolts", b.Energy, full, len(w.Bolts))
	}
	b.Carries = true
	hold(w, 80, Input{Buttons: Fire}, Input{Aim: 512}, never)
	if s := w.Ship(1); s != nil && s.Energy == full {
		t.Error("a carrier is safe")
	}
}

// A pulse turns bolts of others within its reach away, also those that leave their
// guns in the same tick before it, and leaves alone its owner's and those beyond.
func TestPulse_RepelsBolts(t *testing.T) {
	reach := Shots[Pulse].Reach
	pulse := Bolt{Owner: 0, Kind: Pulse, Pos: middle(40, 30)}
	for _, c := range []struct {
		name  string
		owner PlayerID
		gap   Unit
		turns bool
	}{{"near", 1, 50 * One, true}, {"at the rim", 1, reach, true}, {"beyond", 1, reach + 1, false}, {"own", 0, 50 * One, false}, {"in the middle", 1, 0, false}} {
		b := Bolt{Owner: c.owner, Pos: pulse.Pos.Add(Vec{c.gap, 0}), Vel: Vec{-Shots[LightBolt].Speed, 0}}
		if pulse.Repel(&b); (b.Vel.X > 0) != c.turns || b.Vel.Len() > Shots[LightBolt].Speed {
			t.Errorf("%s: the bolt goes on with %v", c.name, b.Vel)
		}
	}
	for _, lancer := range []PlayerID{0, 1} { // whose pulse is launched first, last
		w, _, _ := duel(t, Brawl{}, []HullKind{Lancer, Dart}[lancer], []HullKind{Dart, Lancer}[lancer], 100*One)
		w.Step([]Input{{Buttons: []Buttons{Alt, Fire}[lancer]}, {Buttons: []Buttons{Fire, Alt}[lancer], Aim: 512}})
		if len(w.Bolts) != 1 {
			t.Fatalf("%d bolts", len(w.Bolts))
		}
		away := w.Bolts[0].Vel.X < 0 // of the Dart at the left
		if w.Bolts[0].Owner == 1 {
			away = w.Bolts[0].Vel.X > 0
		}
		if away != (lancer == 1) {
			t.Errorf("the pulse of %d: the bolt of %d flies %v", lancer, w.Bolts[0].Owner, w.Bolts[0].Vel)
		}
	}
}

// A well pulls ships and bends bolts.
func TestWell_Pulls(t *testing.T) {
	w, a, _ := duel(t, Brawl{}, Dart, Dart, 400*One)
	plan := w.Arena.Plan
	plan.Wells = []Well{{Pos: a.Pos.Add(Vec{0, 100 * One}), Radius: 300 * One, Pull: MaxPull}}
	ground, err := NewArena(plan)
	if err != nil {
		t.Fatal(err)
	}
	w.Arena = ground
	w.Step([]Input{{Buttons: Fire}, {}})
	hold(w, 20, Input{}, Input{}, never)
	if a.Vel.Y <= 0 {
		t.Errorf("the well below pulls the ship to %v", a.Vel)
	}
	if len(w.Bolts) != 1 || w.Bolts[0].Vel.Y <= 0 || w.Bolts[0].Vel.Len() > Shots[LightBolt].Speed {
		t.Errorf("the bolt: %+v", w.Bolts)
	}
}

// A pick-up gives what it says, once, and is back in time.
func TestItem_TakenAndBack(t *testing.T) {
	for kind := Surge; kind < itemKinds; kind++ {
		w, a, _ := duel(t, Brawl{}, Dart, Dart, 400*One)
		w.Items[0] = Item{Kind: kind}
		a.Pos, a.Energy = w.Arena.Items[0].Pos, 2000
		w.Step([]Input{{}, {}})
		if kind == Surge && a.Energy < 2000+surge || kind != Surge && (a.Boost != kind || a.BoostFor != boostTime[kind]) {
			t.Errorf("%v gave %+v", kind, *a)
		}
		if len(w.Events) != 1 || w.Events[0].Kind != ItemTaken || w.Events[0].Who != 0 || w.Items[0].Back == 0 {
			t.Errorf("%v: events %+v, item %+v", kind, w.Events, w.Items[0])
		}
		a.Pos.Y += 200 * One
		away := hold(w, 2*itemAway, Input{}, Input{}, func() bool { return w.Items[0].Back == 0 })
		if away != itemAway {
			t.Errorf("%v is back after %d ticks, want %d", kind, away, itemAway)
		}
		if a.Boost != NoItem && a.BoostFor == 0 {
			t.Errorf("%v never ends", kind)
		}
	}
	w, a, _ := duel(t, Brawl{}, Dart, Lancer, 300*One)
	a.Boost, a.BoostFor = Aegis, boostTime[Aegis]
	full := a.Energy
	w.Step([]Input{{}, {Buttons: Fire, Aim: 512}})
	if a.Energy != full || a.BoostFor > aegisBurst {
		t.Errorf("an aegis that was hit: %+v", *a)
	}
}

// At most three mines of a player lie; the oldest makes room.
func TestMine_ThreeAtATime(t *testing.T) {
	w, _, _ := duel(t, Brawl{}, Corsair, Dart, 600*One)
	most := 0
	hold(w, 6*TickRate, Input{Buttons: Alt | Left}, Input{}, func() bool { most = max(most, len(w.Bolts)); return false })
	if most != 3 {
		t.Errorf("%d mines lay at once, want 3", most)
	}
}

// A beam ends at the first wall and strikes only the first ship.
func TestBeam_EndsAtWalls(t *testing.T) {
	ground := sketch(t, "###########", "#S...#...S#", "###########")
	if far := ground.Trace(middle(1, 1), Angle(0).Vec(Shots[Beam].Speed), Shots[Beam].Reach); far < 100*One || far > 113*One {
		t.Errorf("a beam gets %d units to a wall 112 away", far/One)
	}
	w, _, _ := duel(t, Brawl{}, Lancer, Dart, 200*One)
	w.Join(2, Dart, NoTeam)
	w.Step(nil)
	w.Step(nil)
	b, c := w.Ship(1), w.Ship(2)
	c.Pos, c.Shield = b.Pos.Add(Vec{100 * One, 0}), 0
	full := c.Energy
	w.Step([]Input{{Buttons: Fire}, {}, {}})
	if c.Energy != full || b.Energy == Hulls[Dart].EnergyMax {
		t.Errorf("a beam took %d from the second and %d from the first", full-c.Energy, Hulls[Dart].EnergyMax-b.Energy)
	}
}
