package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ionwake/shared/sim"
)

// drawing is a map that bakes, and whose parts each case of the tests below
// breaks in its own way.
const drawing = `<?xml version="1.0" encoding="UTF-8"?>
<map version="1.10" orientation="orthogonal" width="5" height="4" tilewidth="32" tileheight="32" infinite="0">
 <tileset firstgid="1" name="t" tilewidth="32" tileheight="32" tilecount="2" columns="2"/>
 <layer id="1" name="walls" width="5" height="4">
  <data encoding="csv">
1,1,1,1,1,
1,0,0,0,1,
1,0,2,0,1,
1,1,1,1,1
</data>
 </layer>
 <objectgroup id="2" name="spawns">
  <object id="1" x="48" y="48"><point/></object>
  <object id="2" x="112.3" y="79.6"><properties><property name="team" type="int" value="2"/></properties><point/></object>
 </objectgroup>
</map>
`

func bake(t *testing.T, text string, args ...string) (dir string, code int, trouble string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "m.tmx"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, wrong bytes.Buffer
	code = run(append([]string{"maps", "-dir", dir}, args...), &out, &wrong)
	return dir, code, wrong.String()
}

func TestMaps_BakesWhatIsDrawn(t *testing.T) {
	dir, code, trouble := bake(t, drawing)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, trouble)
	}
	data, err := os.ReadFile(filepath.Join(dir, "m.arena"))
	if err != nil {
		t.Fatal(err)
	}
	a, err := sim.ParseArena(data)
	if err != nil {
		t.Fatal(err)
	}
	if a.Name != "m" || a.Width != 5 || a.Height != 4 || !a.Solid(2, 2) || a.Solid(1, 2) {
		t.Errorf("got %q, %d x %d, Solid(2,2)=%v, Solid(1,2)=%v", a.Name, a.Width, a.Height, a.Solid(2, 2), a.Solid(1, 2))
	}
	want := []sim.Spawn{
		{Pos: sim.Vec{X: sim.Units(48), Y: sim.Units(48)}},
		{Pos: sim.Vec{X: sim.Units(112), Y: sim.Units(80)}, Team: 2},
	}
	if len(a.Spawns) != 2 || a.Spawns[0] != want[0] || a.Spawns[1] != want[1] {
		t.Errorf("spawns: got %v, want %v", a.Spawns, want)
	}
}

func TestMaps_CheckTellsStale(t *testing.T) {
	if _, code, trouble := bake(t, drawing, "-check"); code != 1 || !strings.Contains(trouble, "m.arena") {
		t.Errorf("missing arena: exit %d, %q", code, trouble)
	}
	dir, _, _ := bake(t, drawing)
	var out, wrong bytes.Buffer
	if code := run([]string{"maps", "-check", "-dir", dir}, &out, &wrong); code != 0 {
		t.Errorf("fresh arena: exit %d, %s", code, wrong.String())
	}
	other := strings.Replace(drawing, "1,0,2,0,1", "1,0,0,0,1", 1)
	if err := os.WriteFile(filepath.Join(dir, "m.tmx"), []byte(other), 0o600); err != nil {
		t.Fatal(err)
	}
	if code := run([]string{"maps", "-check", "-dir", dir}, &out, &wrong); code != 1 {
		t.Errorf("changed drawing: exit %d, want 1", code)
	}
}

func TestMaps_RefusesWithFileLayerAndPlace(t *testing.T) {
	cases := map[string]struct{ old, new, want string }{
		"cut file":        {`</map>`, ``, "EOF"},
		"isometric":       {`"orthogonal"`, `"isometric"`, "orientation"},
		"infinite":        {`infinite="0"`, `infinite="1"`, "infinite"},
		"tile size":       {`tilewidth="32" tileheight="32" infinite`, `tilewidth="16" tileheight="32" infinite`, "16 x 32"},
		"no walls":        {`name="walls"`, `name="Walls"`, `layer "walls": missing`},
		"no spawns":       {`name="spawns"`, `name="spawn"`, `layer "spawns": missing`},
		"too few tiles":   {`1,0,0,0,1,`, `1,0,0,0,`, "m.tmx"},
		"open border":     {`1,0,0,0,1`, `1,0,0,0,0`, `layer "walls": tile (4, 1): the border is open`},
		"spawn in a wall": {`x="48" y="48"`, `x="80" y="70"`, `layer "spawns": object 1 at (80, 70): a wall`},
		"spawn outside":   {`x="48" y="48"`, `x="-48" y="48"`, `object 1 at (-48, 48): outside`},
		"spawn nowhere":   {`x="48" y="48"`, `x="NaN" y="48"`, `outside`},
		"cut off":         {`1,0,0,0,1`, `1,0,1,0,1`, `object 2 at (112.3, 79.6): walls cut it off`},
		"team":            {`value="2"`, `value="red"`, `object 2 at (112.3, 79.6): team is "red"`},
		"no tileset":      {`firstgid="1" name="t"`, `firstgid="1" source="gone.tsx"`, "gone.tsx"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(drawing, c.old, c.new, 1)
			if text == drawing {
				t.Fatal("the case changes nothing")
			}
			dir, code, trouble := bake(t, text)
			if code != 2 || !strings.Contains(trouble, "m.tmx") || !strings.Contains(trouble, c.want) {
				t.Errorf("exit %d, %q, want 2 and %q", code, trouble, c.want)
			}
			if _, err := os.Stat(filepath.Join(dir, "m.arena")); err == nil {
				t.Error("an arena was written all the same")
			}
		})
	}
}

// The arenas in the tree are what their drawings say.
func TestMaps_TreeIsFresh(t *testing.T) {
	var out, wrong bytes.Buffer
	if code := run([]string{"maps", "-check", "-dir", filepath.Join("..", "maps")}, &out, &wrong); code != 0 {
		t.Errorf("exit %d: %s", code, wrong.String())
	}
}

func TestRun_RefusesUnknownCommandLines(t *testing.T) {
	for _, args := range [][]string{nil, {"cakes"}, {"maps", "-colour"}, {"maps", "-dir", t.TempDir()}} {
		var out, wrong bytes.Buffer
		if code := run(args, &out, &wrong); code != 2 || wrong.Len() == 0 {
			t.Errorf("%v: exit %d, %q, want 2 and a word why", args, code, wrong.String())
		}
	}
}
