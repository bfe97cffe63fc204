package belief

import (
	"reflect"
	"slices"
	"testing"

	"ionwake/shared/sim"
)

// leaves calls f for every number within the struct v points to, with its path.
func leaves(v reflect.Value, path string, f func(path string, leaf reflect.Value)) {
	for i := range v.NumField() {
		name := path + "." + v.Type().Field(i).Name
		if field := v.Field(i); field.Kind() == reflect.Struct {
			leaves(field, name, f)
		} else {
			f(name, field)
		}
	}
}

// nudge changes a number by one, down if it can be, so that it stays in range.
func nudge(v reflect.Value) {
	switch {
	case v.Kind() == reflect.Bool:
		v.SetBool(!v.Bool())
	case v.CanUint() && v.Uint() > 0:
		v.SetUint(v.Uint() - 1)
	case v.CanUint():
		v.SetUint(1)
	default:
		v.SetInt(v.Int() - 1)
	}
}

// fullShip and fullBolt have no zero.
func fullShip() sim.Ship {
	return sim.Ship{
		ID: 5, Held: sim.Input{Buttons: sim.Up | sim.Fire, Aim: 700},
		Pos: sim.Vec{X: 100 * sim.One, Y: 90 * sim.One}, Vel: sim.Vec{X: 900, Y: -800},
		Hull: sim.Lancer, Team: sim.TeamEmber, Aim: 650,
		Energy: 7000, Reload: 5, Recharge: 70, DashIn: 100, Shield: 60, NextSeq: 200,
		Boost: sim.Aegis, BoostFor: 300, Drafts: true, Carries: true,
	}
}

func fullBolt() sim.Bolt {
	return sim.Bolt{
		Owner: 5, Seq: 199, Pos: sim.Vec{X: 100 * sim.One, Y: 90 * sim.One},
		Kind: sim.Mine, Team: sim.TeamEmber,
		Vel: sim.Vec{X: 9000, Y: -800}, Life: 60, Bounces: 1,
	}
}

// variants returns the value and all that differ from it in one field.
func variants[T any](t *testing.T, value T) map[string]T {
	t.Helper()
	all := map[string]T{"as it was": value}
	leaves(reflect.ValueOf(&value).Elem(), "", func(path string, _ reflect.Value) {
		other := value
		leaves(reflect.ValueOf(&other).Elem(), "", func(at string, leaf reflect.Value) {
			if at == path {
				nudge(leaf)
			}
		})
		if reflect.DeepEqual(other, value) {
			t.Errorf("%s did not change", path)
		}
		all[path] = other
	})
	return all
}

// overWire writes with one coder and reads with another.
func overWire(write func(*coder), read func(*coder)) {
	w := coder{writing: true, model: prior}
	w.enc.reset(nil)
	write(&w)
	r := coder{model: prior}
	r.dec.reset(w.enc.finish(0))
	read(&r)
}

// TestEveryFieldIsCarried changes each field of a ship and of a bolt in turn, those
// without another valid value too: the coder brings it over, for what is corrected
// and for what enters. It fails when a field is added that the chunk does not have.
func TestEveryFieldIsCarried(t *testing.T) {
	ship, bolt := fullShip(), fullBolt()
	for name, want := range variants(t, ship) {
		var corrected, entered sim.Ship
		overWire(func(c *coder) { c.ship(ship, want); c.newShip(want, 1, sim.Vec{}, 20) },
			func(c *coder) {
				corrected = c.ship(ship, sim.Ship{})
				entered = c.newShip(sim.Ship{}, 1, sim.Vec{}, 20)
			})
		if entered != want {
			t.Errorf("Ship%s: %+v entered, want %+v", name, entered, want)
		}
		if name != ".ID" && corrected != want { // another id is another ship
			t.Errorf("Ship%s: corrected to %+v, want %+v", name, corrected, want)
		}
	}
	for name, want := range variants(t, bolt) {
		var corrected, entered sim.Bolt
		overWire(func(c *coder) { c.bolt(bolt, want); c.newBolt(want, 1, sim.Vec{}, 20) },
			func(c *coder) {
				corrected = c.bolt(bolt, sim.Bolt{})
				entered = c.newBolt(sim.Bolt{}, 1, sim.Vec{}, 20)
			})
		if entered != want {
			t.Errorf("Bolt%s: %+v entered, want %+v", name, entered, want)
		}
		if name != ".Owner" && name != ".Seq" && corrected != want {
			t.Errorf("Bolt%s: corrected to %+v, want %+v", name, corrected, want)
		}
	}
}

// TestEveryFieldIsRestored does the same by whole cells: whatever field of whatever
// entity differs from what the rules foresaw is right after Diff and Apply.
func TestEveryFieldIsRestored(t *testing.T) {
	a := field(t)
	k := &Codec{Arena: a, Grid: NewGrid(a, 0)}
	reader := &Codec{Arena: a, Grid: k.Grid}
	before := Cell{Ships: []sim.Ship{fullShip()}, Bolts: []sim.Bolt{fullBolt()}}
	check := func(name string, now Cell, span Span) {
		t.Helper()
		chunk := k.Diff(nil, 0, &before, &now, span)
		got := Cell{Ships: append([]sim.Ship(nil), before.Ships...), Bolts: append([]sim.Bolt(nil), before.Bolts...)}
		if err := reader.Apply(0, &got, span.Steps, chunk); err != nil || !reflect.DeepEqual(got, now) {
			t.Errorf("%s: %v\n%+v\nwant\n%+v", name, err, got, now)
		}
	}
	held := []sim.Input{5: {Buttons: sim.Down, Aim: 3}}
	for _, span := range []Span{{}, {Steps: 2, Held: [][]sim.Input{nil, held}}} {
		for name, s := range variants(t, fullShip()) {
			if int(s.Hull) < len(sim.Hulls) && (s.Boost == sim.NoItem) == (s.BoostFor == 0) {
				check("Ship"+name, Cell{Ships: []sim.Ship{s}, Bolts: before.Bolts}, span)
			}
		}
		for name, b := range variants(t, fullBolt()) {
			if int(b.Kind) < len(sim.Shots) {
				check("Bolt"+name, Cell{Ships: before.Ships, Bolts: []sim.Bolt{b}}, span)
			}
		}
	}
}

// TestEveryFieldIsInTheHash keeps the fingerprints, which prove that a belief is
// right, from overlooking a field.
func TestEveryFieldIsInTheHash(t *testing.T) {
	ship, bolt := fullShip(), fullBolt()
	for name, s := range variants(t, ship) {
		if same := s.Hash() == ship.Hash(); same != (name == "as it was") {
			t.Errorf("Ship%s: same hash: %t", name, same)
		}
	}
	for name, b := range variants(t, bolt) {
		if same := b.Hash() == bolt.Hash(); same != (name == "as it was") {
			t.Errorf("Bolt%s: same hash: %t", name, same)
		}
	}
}

// TestFault_C6_EntersTwice lets what is in the cell already enter once more.
func TestFault_C6_EntersTwice(t *testing.T) {
	a := field(t)
	k := &Codec{Arena: a, Grid: NewGrid(a, 0)}
	was := Cell{Ships: []sim.Ship{fullShip()}, Bolts: []sim.Bolt{fullBolt()}}
	chunk := func(ships, bolts int) []byte {
		w := coder{writing: true, model: prior}
		w.enc.reset(nil)
		w.here(ctxShipHere, true, true)
		w.ship(fullShip(), fullShip())
		w.here(ctxBoltHere, true, true)
		w.bolt(fullBolt(), fullBolt())
		for range ships {
			w.more(ctxShipMore, true)
			w.newShip(fullShip(), 0, sim.Vec{}, k.Grid.shift)
		}
		w.more(ctxShipMore, false)
		for range bolts {
			w.more(ctxBoltMore, true)
			w.newBolt(fullBolt(), 0, sim.Vec{}, k.Grid.shift)
		}
		w.more(ctxBoltMore, false)
		return w.enc.finish(0)
	}
	for _, c := range []struct {
		ships, bolts int
		want         bool
	}{{0, 0, true}, {1, 0, false}, {0, 1, false}} {
		cell := Cell{Ships: slices.Clone(was.Ships), Bolts: slices.Clone(was.Bolts)}
		err := k.Apply(0, &cell, 0, append(chunk(c.ships, c.bolts), 0))
		if (err == nil) != c.want || !reflect.DeepEqual(cell, was) {
			t.Errorf("%d ships and %d bolts that are there enter: %v", c.ships, c.bolts, err)
		}
	}
}

// TestTablesFitTheLayout holds the tables of the rules to what a chunk can say.
func TestTablesFitTheLayout(t *testing.T) {
	const kinds = 8
	if len(sim.Hulls) > kinds || len(sim.Shots) > kinds {
		t.Errorf("%d hulls, %d shots: a kind has three bits", len(sim.Hulls), len(sim.Shots))
	}
	for k := sim.NoItem; k <= sim.Afterburner; k++ {
		if k >= 8 || sim.BoostTime(k) >= 1<<10 {
			t.Errorf("%v lasts %d ticks: a kind has three bits, a boost ten", k, sim.BoostTime(k))
		}
	}
	for _, h := range sim.Hulls {
		if h.EnergyMax >= 1<<26 {
			t.Errorf("%s: an energy of %d has no room in a number", h.Name, h.EnergyMax)
		}
		if h.Radius*2 > sim.Contact {
			t.Errorf("%s touches another of its kind beyond Contact", h.Name)
		}
	}
	w := sim.New(field(t), sim.Brawl{}, sim.DefaultRules, 1)
	for id := range sim.PlayerID(16) {
		w.Join(id, sim.Dart, sim.NoTeam)
	}
	if n := cap(w.Bolts) / 16 * sim.MaxPlayers; n > maxBolts {
		t.Errorf("%d bolts may be in flight, a cell takes %d", n, maxBolts)
	}
	if sim.AngleSteps != 1<<10 || sim.MaxArenaSide*sim.TileSize > 1<<25 {
		t.Error("angles or positions have no room")
	}
}

// field is an empty arena of 30 x 20 tiles.
func field(t testing.TB) *sim.Arena {
	t.Helper()
	const w, h = 30, 20
	solid := make([]bool, w*h)
	for i := range solid {
		x, y := i%w, i/w
		solid[i] = x == 0 || y == 0 || x == w-1 || y == h-1
	}
	a, err := sim.NewArena(sim.Plan{Name: "field", Width: w, Height: h, Walls: solid, Spawns: []sim.Spawn{{Pos: sim.Vec{X: 48 * sim.One, Y: 48 * sim.One}}}})
	if err != nil {
		t.Fatal(err)
	}
	return a
}
