package main

import (
	"bytes"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ionwake/shared/sim"
)

// drawing is a map that bakes.
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

func TestMaps_RefusesWithFileAndPlace(t *testing.T) {
	dir, code, trouble := bake(t, strings.Replace(drawing, `x="48" y="48"`, `x="80" y="70"`, 1))
	if want := `m.tmx: line 13: layer "spawns": object 1 at (80, 70): a wall`; code != 2 || !strings.Contains(trouble, want) {
		t.Errorf("exit %d, %q, want 2 and %q", code, trouble, want)
	}
	if _, err := os.Stat(filepath.Join(dir, "m.arena")); err == nil {
		t.Error("an arena was written all the same")
	}
}

func TestMaps_DrawsPictures(t *testing.T) {
	to := t.TempDir()
	if _, code, trouble := bake(t, drawing, "-pictures", to); code != 0 {
		t.Fatalf("exit %d: %s", code, trouble)
	}
	f, err := os.Open(filepath.Join(to, "m.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	wall, spawn := img.At(2, 2), img.At(15, 15)
	if img.Bounds().Dx() != 5*pixelsPerTile || wall != color.Color(wallInk) || spawn != color.Color(teamInk[sim.NoTeam]) {
		t.Errorf("got %v with %v and %v, want a wall and a spawn point", img.Bounds(), wall, spawn)
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
