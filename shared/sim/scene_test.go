package sim

import "testing"

// sketch builds an arena from a drawing: '#' is a wall, 'S' a spawn point.
func sketch(tb testing.TB, rows ...string) *Arena {
	tb.Helper()
	solid := make([]bool, 0, len(rows)*len(rows[0]))
	var spawns []Spawn
	for y, row := range rows {
		for x, c := range row {
			solid = append(solid, c == '#')
			if c == 'S' {
				spawns = append(spawns, Spawn{Pos: middle(x, y)})
			}
		}
	}
	a, err := NewArena(Plan{Name: "sketch", Width: len(rows[0]), Height: len(rows), Walls: solid, Spawns: spawns})
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

// middle returns the centre of tile (x, y).
func middle(x, y int) Vec {
	return Vec{Unit(x)*TileSize + TileSize/2, Unit(y)*TileSize + TileSize/2}
}

// field is an empty arena, wide enough to fly straight for seconds.
func field(tb testing.TB) *Arena {
	tb.Helper()
	const width, height = 80, 60
	solid := make([]bool, width*height)
	for i := range solid {
		x, y := i%width, i/width
		solid[i] = x == 0 || y == 0 || x == width-1 || y == height-1
	}
	a, err := NewArena(Plan{Name: "field", Width: width, Height: height, Walls: solid, Spawns: []Spawn{{Pos: middle(10, 10)}, {Pos: middle(70, 50)}}, Items: []ItemPoint{{Pos: middle(40, 10)}}})
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

// still is a Dart at rest in the middle of a field, with nothing held.
func still(a *Arena) Ship {
	return Ship{Pos: a.Size().Div(2), Energy: Hulls[Dart].EnergyMax}
}

var forever = Rules{Warmup: 1, Live: 1 << 30, Results: 1 << 30}

// liveWorld is a World in its live phase whose players fly, unshielded, at the
// given places.
func liveWorld(tb testing.TB, a *Arena, places ...Vec) *World {
	tb.Helper()
	w := New(a, Brawl{}, forever, 1)
	for id := range places {
		w.Join(PlayerID(id), Dart, NoTeam)
	}
	w.Step(nil)
	w.Step(nil)
	for id, at := range places {
		s := w.Ship(PlayerID(id))
		if s == nil {
			tb.Fatalf("player %d has no ship", id)
		}
		s.Pos, s.Vel, s.Shield, s.Held = at, Vec{}, 0, Input{}
	}
	return w
}

// aimedAt puts a bolt of by right before who, on its way in.
func aimedAt(w *World, by, who PlayerID) {
	s, shot := w.Ship(who), &Shots[LightBolt]
	w.Bolts = InsertBolt(w.Bolts, Bolt{
		Owner: by, Seq: w.Ships[by].NextSeq, Pos: Vec{s.Pos.X - shot.Speed - One, s.Pos.Y},
		Vel: Vec{shot.Speed, 0}, Life: 10,
	})
	w.Ships[by].NextSeq++
}

// advance lets s move by a tick and returns the first shot that left its guns.
func advance(s *Ship, a *Arena) (shot Bolt, fired bool) {
	if born := s.Advance(a, nil); len(born) > 0 {
		return born[0], true
	}
	return Bolt{}, false
}
