package tmx

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ionwake/shared/sim"
)

// full is a drawing with something on every layer. The tests below break its parts,
// each in its own way.
const full = `<?xml version="1.0" encoding="UTF-8"?>
<map version="1.10" orientation="orthogonal" width="8" height="5" tilewidth="32" tileheight="32" infinite="0">
 <editorsettings><export target="x" format="json"/></editorsettings>
 <tileset firstgid="1" source="gone.tsx"/>
 <layer id="1" name="walls" width="8" height="5">
  <data encoding="csv">
1,1,1,1,1,1,1,1,
1,0,0,0,0,0,0,1,
1,0,0,2,0,0,0,1,
1,0,0,0,0,0,0,1,
1,1,1,1,1,1,1,1
</data>
 </layer>
 <objectgroup id="2" name="spawns">
  <object id="1" x="48" y="48"><point/></object>
  <object id="2" x="208.3" y="111.6"><properties><property name="team" type="int" value="2"/></properties><point/></object>
 </objectgroup>
 <objectgroup id="3" name="wells">
  <object id="3" x="112" y="0" width="96" height="96"><properties><property name="pull" type="int" value="40"/></properties><ellipse/></object>
  <object id="4" x="80" y="80"><properties><property name="pull" type="int" value="-7"/><property name="radius" type="int" value="200"/></properties><point/></object>
 </objectgroup>
 <objectgroup id="4" name="zones">
  <object id="5" x="32" y="64" width="64" height="32"/>
 </objectgroup>
 <objectgroup id="5" name="items">
  <object id="6" x="144" y="48"><properties><property name="kind" value="aegis"/></properties><point/></object>
  <object id="7" x="176" y="48"><properties><property name="kind" value="any"/></properties><point/></object>
  <object id="8" x="176" y="80"><point/></object>
 </objectgroup>
 <objectgroup id="6" name="bases">
  <object id="9" x="208" y="80"><properties><property name="team" type="int" value="2"/></properties><point/></object>
  <object id="10" x="48" y="80"><properties><property name="team" type="int" value="1"/></properties><point/></object>
 </objectgroup>
 <objectgroup id="7" name="path">
  <object id="11" x="48" y="48"><polyline points="0,0 160,0 160,64 0,64"/></object>
 </objectgroup>
</map>
`

func at(x, y int) sim.Vec { return sim.Vec{X: sim.Units(x), Y: sim.Units(y)} }

func TestRead_TakesWhatIsDrawn(t *testing.T) {
	a, err := Read("m", []byte(full))
	if err != nil {
		t.Fatal(err)
	}
	if a.Name != "m" || a.Width != 8 || a.Height != 5 || !a.Solid(3, 2) || a.Solid(2, 2) {
		t.Errorf("got %q, %d x %d, Solid(3,2)=%v, Solid(2,2)=%v", a.Name, a.Width, a.Height, a.Solid(3, 2), a.Solid(2, 2))
	}
	want := sim.Plan{
		Name: "m", Width: 8, Height: 5, Walls: a.Walls,
		Spawns: []sim.Spawn{{Pos: at(48, 48)}, {Pos: at(208, 112), Team: sim.TeamEmber}},
		Wells:  []sim.Well{{Pos: at(160, 48), Radius: sim.Units(48), Pull: 40}, {Pos: at(80, 80), Radius: sim.Units(200), Pull: -7}},
		Zones:  []sim.Zone{{X: 1, Y: 2, Width: 2, Height: 1}},
		Items:  []sim.ItemPoint{{Pos: at(144, 48), Kind: sim.Aegis}, {Pos: at(176, 48)}, {Pos: at(176, 80)}},
		Bases:  [sim.Teams]sim.Vec{at(48, 80), at(208, 80)},
		Path:   []sim.Vec{at(48, 48), at(208, 48), at(208, 112), at(48, 112)},
	}
	b, err := sim.NewArena(want)
	if err != nil {
		t.Fatal(err)
	}
	if a.Hash != b.Hash {
		t.Errorf("got %+v, want %+v", a.Plan, want)
	}
}

func TestRead_PathOfPointsAndOfPolygon(t *testing.T) {
	a, err := Read("m", []byte(full))
	if err != nil {
		t.Fatal(err)
	}
	line := `<object id="11" x="48" y="48"><polyline points="0,0 160,0 160,64 0,64"/></object>`
	for name, other := range map[string]string{
		"points":  `<object id="11" x="48" y="48"><point/></object><object id="12" x="208" y="48"/><object id="13" x="208" y="112"/><object id="14" x="48" y="112"/>`,
		"polygon": strings.ReplaceAll(line, "polyline", "polygon"),
	} {
		b, err := Read("m", []byte(strings.Replace(full, line, other, 1)))
		if err != nil || b.Hash != a.Hash {
			t.Errorf("%s: %v, want the arena with a line", name, err)
		}
	}
}

func TestFault_O3_DrawingsThatAreNone(t *testing.T) {
	cases := map[string]struct{ old, new, want string }{
		"cut file":            {`</map>`, ``, "line 38: unexpected EOF"},
		"no XML":              {full, "PK\x03\x04", "line 1"},
		"empty":               {full, "", "no <map>"},
		"another file":        {"<map ", "<tileset ", "<tileset>"},
		"isometric":           {`"orthogonal"`, `"isometric"`, `line 2: the orientation is "isometric", want orthogonal`},
		"infinite":            {`infinite="0"`, `infinite="1"`, "infinite"},
		"tile size":           {`tilewidth="32"`, `tilewidth="16"`, "16 x 32, want 32 x 32"},
		"huge":                {`width="8"`, `width="65535"`, `the width is "65535", want 3 to 1024`},
		"two widths":          {`width="8"`, `width="8" width="65535"`, `line 2: <map> has width twice`},
		"two widths in two":   {`width="8"`, `width="8" a:width="65535"`, `line 2: <map> has width twice`},
		"negative":            {`height="5"`, `height="-5"`, `the height is "-5", want 3 to 1024`},
		"capital":             {`name="walls"`, `name="Walls"`, `line 5: layer "Walls" is not known, did you mean walls? There are walls, spawns,`},
		"singular":            {`name="spawns"`, `name="spawn"`, `did you mean spawns?`},
		"no spawns":           {`<objectgroup id="2" name="spawns">`, `<objectgroup id="2" name="items">`, `two of them`},
		"wrong kind":          {`name="walls"`, `name="zones"`, `layer "zones": it is of the wrong kind`},
		"image layer":         {`<editorsettings>`, `<imagelayer name="sky"/><editorsettings>`, `layer "sky" is an image layer`},
		"folder of layers":    {`<editorsettings>`, `<group name="all"/><editorsettings>`, `layer "all" is an assembly`},
		"shifted":             {`name="items"`, `name="items" offsetx="4"`, `line 25: layer "items": it is shifted by (4, 0)`},
		"too few tiles":       {`1,0,0,0,0,0,0,1,`, `1,0,0,0,0,0,1,`, `layer "walls": it has more or fewer tiles`},
		"compressed":          {`encoding="csv"`, `encoding="base64" compression="zlib"`, `layer "walls": its tiles are compressed (zlib), want`},
		"open border":         {`1,0,0,2,0,0,0,1`, `1,0,0,2,0,0,0,0`, `layer "walls": tile (7, 2): the border is open`},
		"spawn in a wall":     {`x="48" y="48"><point`, `x="112" y="70"><point`, `line 15: layer "spawns": object 1 at (112, 70): a wall`},
		"spawn outside":       {`x="48" y="48"><point`, `x="-48" y="48"><point`, `object 1 at (-48, 48): outside the map, want 16 to 240 across`},
		"spawn nowhere":       {`x="48" y="48"><point`, `x="NaN" y="48"><point`, `outside`},
		"spawn is a box":      {`x="48" y="48"><point/>`, `x="48" y="48" width="3" height="3">`, `it is drawn as rectangle, want point`},
		"team of a spawn":     {`value="2"`, `value="red"`, `line 16: layer "spawns": object 2 at (208.3, 111.6): its team is "red", want 0 to 2`},
		"third team":          {`value="2"`, `value="3"`, `its team is "3", want 0 to 2`},
		"misspelt property":   {`name="team"`, `name="taem"`, `it has a property "taem", did you mean team?`},
		"cut off":             {"1,0,0,0,0,0,0,1,\n1,0,0,2,0,0,0,1,\n1,0,0,0", "1,0,0,1,0,0,0,1,\n1,0,0,2,0,0,0,1,\n1,0,0,1", `object 2 at (208.3, 111.6): walls cut it off`},
		"well of no strength": {`name="pull" type="int" value="40"`, `name="pul" type="int" value="40"`, `layer "wells": object 3 at (112, 0): it has a property "pul", did you mean pull?`},
		"well without":        {`<properties><property name="pull" type="int" value="40"/></properties>`, ``, `it has no property pull, want -75 to 75`},
		"well too strong":     {`value="40"`, `value="4000"`, `its pull is "4000", want -75 to 75`},
		"well is an egg":      {`width="96" height="96"`, `width="96" height="90"`, `it is 96 wide and 90 high, want a circle`},
		"well is a dot":       {`width="96" height="96"`, `width="6" height="6"`, `its radius is 3, want 32 to 2048`},
		"well's radius":       {`value="200"`, `value="20"`, `its radius is "20", want 32 to 2048`},
		"well in a wall":      {`x="80" y="80"`, `x="112" y="80"`, `object 4 at (112, 80): its middle is in a wall`},
		"well outside":        {`x="80" y="80"`, `x="800" y="80"`, `object 4 at (800, 80): its middle is outside`},
		"zone off the grid":   {`x="32" y="64" width`, `x="33" y="64" width`, `line 23: layer "zones": object 5 at (33, 64): its left side is at 33, which is not on the grid: want a multiple of 32`},
		"zone too narrow":     {`width="64" height="32"`, `width="64" height="31.5"`, `its height is at 31.5, which is not on the grid`},
		"zone outside":        {`width="64" height="32"`, `width="640" height="32"`, `it is 640 x 32 and not inside`},
		"zone beyond numbers": {`width="64" height="32"`, `width="1e300" height="32"`, `not inside`},
		"zone turned":         {`width="64" height="32"`, `width="64" height="32" rotation="45"`, `it is turned by 45 degrees`},
		"zone with a wish":    {`width="64" height="32"/>`, `width="64" height="32"><properties><property name="team" value="1"/></properties></object>`, `it has a property "team", want none`},
		"kind":                {`value="aegis"`, `value="agis"`, `layer "items": object 6 at (144, 48): its kind is "agis", did you mean aegis? There are any, surge,`},
		"item in a wall":      {`x="144" y="48"`, `x="144" y="40"`, `object 6 at (144, 40): a wall`},
		"one base":            {`  <object id="10" x="48" y="80"><properties><property name="team" type="int" value="1"/></properties><point/></object>`, ``, `layer "bases": it has 1 points, want 2 or none`},
		"two of a team":       {`name="team" type="int" value="1"`, `name="team" type="int" value="2"`, `object 10 at (48, 80): team 2 has a base already`},
		"base of nobody":      {`<properties><property name="team" type="int" value="1"/></properties>`, ``, `object 10 at (48, 80): it has no property team, want 1 to 2`},
		"path into a wall":    {`160,64 0,64`, `160,64 64,32`, `line 35: layer "path": object 11 at (48, 48): corner 4 at (112, 80): a wall`},
		"path through a wall": {`0,0 160,0 160,64 0,64`, `0,32 160,32`, `corner 2 at (208, 80): a wall stands in the way`},
		"path back":           {`0,0 160,0 160,64 0,64`, `0,32 0,0 160,0 160,32`, `layer "path": a wall stands in the way from the last point (208, 80) back to the first (48, 80)`},
		"path of one":         {`0,0 160,0 160,64 0,64`, `0,0`, `it has one point, want 2 to 64`},
		"path crosses itself": {`160,64 0,64`, `160,64 0,64 0,0`, `corner 5 at (48, 48): the path has been here already`},
		"path of boxes":       {`<polyline points="0,0 160,0 160,64 0,64"/>`, `<ellipse/>`, `it is drawn as ellipse, want point, polyline or polygon`},
		"path and points":     {` </objectgroup>` + "\n</map>", `<object id="12" x="48" y="48"><point/></object></objectgroup></map>`, `it is a polyline among 2 objects, want it alone`},
		"template":            {`<object id="8" x="176" y="80">`, `<object id="8" x="176" y="80" template="t.tx">`, `it is drawn as template, want point`},
		"tile object":         {`<object id="8" x="176" y="80">`, `<object id="8" x="176" y="80" gid="1" width="32" height="32">`, `it is drawn as tile, want point`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(full, c.old, c.new, 1)
			if text == full {
				t.Fatal("the case changes nothing")
			}
			a, err := Read("m", []byte(text))
			if a != nil || err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestFault_C2_HugeDrawing(t *testing.T) {
	if _, err := Read("m", make([]byte, MaxBytes+1)); err == nil || !strings.Contains(err.Error(), "8388609 bytes, want at most 8388608") {
		t.Errorf("got %v", err)
	}
	if _, err := Read("m", []byte(strings.Repeat("<map>", 1<<20))); err == nil {
		t.Error("a million maps in each other are read")
	}
}

func TestRead_NameIsTheCallers(t *testing.T) {
	if _, err := Read(strings.Repeat("x", 33), []byte(full)); !errors.Is(err, sim.ErrArena) {
		t.Errorf("got %v, want sim.ErrArena", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(full))
	drawings, err := filepath.Glob(filepath.Join("..", "maps", "*.tmx"))
	if err != nil || len(drawings) == 0 {
		f.Fatalf("no drawings: %v", err)
	}
	for _, file := range drawings {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := Read("m", data)
		if err != nil {
			return
		}
		if _, err := sim.ParseArena(a.Encode()); err != nil {
			t.Fatalf("what was read does not survive: %v", err)
		}
	})
}
