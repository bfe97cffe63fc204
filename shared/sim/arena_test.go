package sim

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func arenaFiles(tb testing.TB) map[string][]byte {
	tb.Helper()
	names, err := filepath.Glob(filepath.Join("..", "..", "assets", "maps", "*.arena"))
	if err != nil || len(names) == 0 {
		tb.Fatalf("no arenas: %v", err)
	}
	files := map[string][]byte{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		files[filepath.Base(name)] = data
	}
	return files
}

func TestParseArena_ReadsWhatShips(t *testing.T) {
	for name, data := range arenaFiles(t) {
		a, err := ParseArena(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if a.Name+".arena" != name || a.Hash != hashBytes(data) {
			t.Errorf("%s: name %q, hash %x, want %x", name, a.Name, a.Hash, hashBytes(data))
		}
		if !bytes.Equal(a.Encode(), data) {
			t.Errorf("%s: another form when encoded again", name)
		}
		if want := 4; len(a.Spawns) < want {
			t.Errorf("%s: %d spawn points, want %d", name, len(a.Spawns), want)
		}
	}
}

func TestParseArena_RefusesEveryCut(t *testing.T) {
	for name, data := range arenaFiles(t) {
		for n := range data {
			if _, err := ParseArena(data[:n:n]); !errors.Is(err, ErrArena) {
				t.Fatalf("%s cut at byte %d: error is %v, want ErrArena", name, n, err)
			}
		}
		if _, err := ParseArena(append(bytes.Clone(data), 0)); !errors.Is(err, ErrArena) {
			t.Errorf("%s with a byte too many: error is %v, want ErrArena", name, err)
		}
	}
}

func TestNewArena_Refuses(t *testing.T) {
	const w, h = 5, 4
	walls := func(open ...int) []bool {
		solid := make([]bool, w*h)
		for i := range solid {
			x, y := i%w, i/w
			solid[i] = x == 0 || y == 0 || x == w-1 || y == h-1
		}
		for _, i := range open {
			solid[i] = false
		}
		return solid
	}
	spawn := []Spawn{{Pos: middle(1, 1)}}
	for name, c := range map[string]struct {
		name          string
		width, height int
		solid         []bool
		spawns        []Spawn
		word          string
	}{
		"too narrow":        {"a", 2, h, make([]bool, 2*h), spawn, "2 x 4"},
		"too high":          {"a", w, MaxArenaSide + 1, make([]bool, w*(MaxArenaSide+1)), spawn, "1025"},
		"tiles missing":     {"a", w, h, make([]bool, w*h-1), spawn, "19 tiles"},
		"no name":           {"", w, h, walls(), spawn, "name"},
		"long name":         {strings.Repeat("x", 33), w, h, walls(), spawn, "name"},
		"open at the top":   {"a", w, h, walls(2), spawn, "column 2"},
		"open at the left":  {"a", w, h, walls(w), spawn, "row 1"},
		"open at the right": {"a", w, h, walls(2*w + w - 1), spawn, "row 2"},
		"no spawns":         {"a", w, h, walls(), nil, "0 spawn"},
		"spawn in a wall":   {"a", w, h, walls(), []Spawn{{Pos: middle(1, 1)}, {Pos: middle(0, 1)}}, "point 1"},
		"spawn at a wall":   {"a", w, h, walls(), []Spawn{{Pos: middle(1, 1).Add(Vec{-One, 0})}}, "point 0"},
		"spawn outside":     {"a", w, h, walls(), []Spawn{{Pos: Vec{-500 * One, 1 << 30}}}, "point 0"},
	} {
		_, err := NewArena(Plan{Name: c.name, Width: c.width, Height: c.height, Walls: c.solid, Spawns: c.spawns})
		if !errors.Is(err, ErrArena) || !strings.Contains(err.Error(), c.word) {
			t.Errorf("%s: error is %v, want ErrArena with %q", name, err, c.word)
		}
	}
	if _, err := NewArena(Plan{Name: "a", Width: w, Height: h, Walls: walls(), Spawns: spawn}); err != nil {
		t.Errorf("the sound one: %v", err)
	}
}

func TestArena_EverythingOutsideIsSolid(t *testing.T) {
	a := field(t)
	for _, p := range []Vec{{-1, 500 * One}, {500 * One, -1}, {a.Size().X, 500 * One}, {500 * One, a.Size().Y}, {-1 << 30, -1 << 30}} {
		if !a.SolidAt(p) {
			t.Errorf("%v is open", p)
		}
	}
	if a.SolidAt(Vec{TileSize, TileSize}) || !a.SolidAt(Vec{TileSize - 1, TileSize}) {
		t.Error("the border is not one tile thick")
	}
}

// anyArena draws arenas with closed borders and a spawn point in the open.
func anyArena(t *rapid.T) *Arena {
	width, height := rapid.IntRange(5, 40).Draw(t, "width"), rapid.IntRange(5, 40).Draw(t, "height")
	share := rapid.IntRange(0, 40).Draw(t, "walls in 100")
	r := Rand(rapid.Uint64().Draw(t, "seed"))
	solid := make([]bool, width*height)
	for i := range solid {
		x, y := i%width, i/width
		solid[i] = x == 0 || y == 0 || x == width-1 || y == height-1 || r.Intn(100) < share
	}
	var spawns []Spawn
	for len(spawns) < 4 {
		x, y := 1+r.Intn(width-2), 1+r.Intn(height-2)
		solid[y*width+x] = false
		spawns = append(spawns, Spawn{Pos: middle(x, y), Team: Team(r.Intn(3))})
	}
	p := Plan{Name: "any", Width: width, Height: height, Walls: solid, Spawns: spawns}
	for range r.Intn(4) {
		p.Wells = append(p.Wells, Well{spawns[r.Intn(4)].Pos, Units(32 + r.Intn(400)), Unit(r.Intn(2*MaxPull+1) - MaxPull)})
	}
	for range r.Intn(3) {
		x, y := 1+r.Intn(width-2), 1+r.Intn(height-2)
		p.Zones = append(p.Zones, Zone{x, y, 1 + r.Intn(width-x), 1 + r.Intn(height-y)})
	}
	for range r.Intn(6) {
		p.Items = append(p.Items, ItemPoint{spawns[r.Intn(4)].Pos, ItemKind(r.Intn(int(itemKinds)))})
	}
	if r.Intn(2) == 0 {
		p.Bases = [Teams]Vec{spawns[0].Pos, spawns[1].Pos}
	}
	for _, s := range spawns[:r.Intn(5)] {
		if !slices.Contains(p.Path, s.Pos) {
			p.Path = append(p.Path, s.Pos)
		}
	}
	a, err := NewArena(p)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// anyMode draws a mode that fits a.
func anyMode(t *rapid.T, a *Arena) Mode {
	m := modes[rapid.IntRange(0, len(modes)-1).Draw(t, "mode")]
	if a.Fits(m) != nil {
		return Brawl{}
	}
	return m
}

func TestArena_RoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyArena(t)
		b, err := ParseArena(a.Encode())
		if err != nil {
			t.Fatal(err)
		}
		if b.Name != a.Name || b.Width != a.Width || b.Height != a.Height || b.Hash != a.Hash {
			t.Fatalf("got %q %d x %d %x, want %q %d x %d %x", b.Name, b.Width, b.Height, b.Hash, a.Name, a.Width, a.Height, a.Hash)
		}
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("got %+v, want %+v", b, a)
		}
	})
}

func FuzzParseArena(f *testing.F) {
	for _, data := range arenaFiles(f) {
		f.Add(data)
	}
	f.Add([]byte(arenaMagic))
	f.Add([]byte(arenaMagic + "\x01a\x03\x03\x00\x04\x01\x04\x01\x00\x30\x30\x01\x30\x30\x40\x28\x01\x01\x01\x01\x01\x01\x02\x30\x30\x00\x01\x30\x30"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := ParseArena(data)
		if err != nil {
			if !errors.Is(err, ErrArena) || a != nil {
				t.Fatalf("got %v with error %v, want ErrArena alone", a, err)
			}
			return
		}
		b, err := ParseArena(a.Encode())
		if err != nil || b.Hash != a.Hash {
			t.Fatalf("what was accepted does not survive: %v", err)
		}
		w := New(a, Brawl{}, DefaultRules, 1)
		w.Join(0, Dart, NoTeam)
		w.Step(nil)
		if s := w.Ship(0); s == nil || a.boxHits(s.Pos, Hulls[Dart].Box) {
			t.Fatalf("nobody can enter it: %+v", s)
		}
	})
}
