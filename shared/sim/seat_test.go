package sim

import "testing"

// A carrier leaves and somebody else sits down in its place in the same tick: the
// core lies where the carrier was, not where the newcomer enters.
func TestRelay_CoreStaysWhereCarrierLeft(t *testing.T) {
	w, ion, _ := sides(t, Relay{})
	core := func() Objective { return w.Objectives[1] }
	put(ion, w.Arena.Bases[1])
	w.Step([]Input{{}, {}})
	if core().State != Carried {
		t.Fatalf("not taken: %+v", core())
	}
	at := middle(40, 40)
	put(ion, at)
	w.Leave(0)
	w.Join(0, Dart, TeamIon)
	w.Step([]Input{{}, {}})
	if core().State != Dropped || core().Pos != at {
		t.Errorf("the core is %+v, want it adrift at %v; the newcomer is at %v", core(), at, w.Ship(0).Pos)
	}
}

// Who comes back on another side or in another hull has no shots in the air: none
// that hit mates, and none whose number is given to another.
func TestShots_EndWithSideAndHull(t *testing.T) {
	for _, c := range []struct {
		name string
		next Loadout
		left int
	}{
		{"as before", Loadout{Corsair, TeamIon}, 1},
		{"another side", Loadout{Corsair, TeamEmber}, 0},
		{"another hull", Loadout{Dart, TeamIon}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := New(field(t), Squads{}, forever, 1)
			w.Join(0, Corsair, TeamIon)
			w.Join(1, Dart, TeamEmber)
			w.Step(nil)
			w.Step(nil)
			w.Step([]Input{{Buttons: Alt}})
			if len(w.Bolts) != 1 {
				t.Fatalf("%d mines are laid", len(w.Bolts))
			}
			w.Choose(0, c.next.Hull, c.next.Team)
			w.kill(0, 1, LightBolt)
			for range respawnDelay {
				if w.Step([]Input{{}, {}}); !w.Alive(0) && len(w.Bolts) != 1 {
					t.Fatal("the mine ended before its owner came back")
				}
			}
			if !w.Alive(0) || len(w.Bolts) != c.left {
				t.Errorf("back: %v, %d mines, want %d", w.Alive(0), len(w.Bolts), c.left)
			}
		})
	}
}

// Where nobody can be hurt nobody holds a beacon, and nobody keeps others from it.
func TestBeacon_NotFromSafety(t *testing.T) {
	w, ion, ember := sides(t, BeaconMode{})
	p := w.Arena.Plan
	p.Zones = []Zone{{X: 30, Y: 18, Width: 3, Height: 5}}
	safe, err := NewArena(p)
	if err != nil {
		t.Fatal(err)
	}
	w.Arena = safe
	o := &w.Objectives[0]
	put(ion, middle(31, 20))
	put(ember, middle(5, 50))
	if w.Step([]Input{{}, {}}); o.State != Free || o.Team != NoTeam {
		t.Errorf("held from a safe zone: %+v", *o)
	}
	put(ember, middle(29, 20))
	if w.Step([]Input{{}, {}}); o.State != Held || o.Team != TeamEmber {
		t.Errorf("contested from a safe zone: %+v", *o)
	}
	put(ion, middle(28, 20))
	if w.Step([]Input{{}, {}}); o.State != Contested {
		t.Errorf("both near: %+v", *o)
	}
}
