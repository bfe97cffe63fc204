package ground

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"ionwake/assets"
	"ionwake/assets/tmx"
	"ionwake/shared/sim"
)

// drawn is a small drawing.
const drawn = `<map orientation="orthogonal" width="6" height="5" tilewidth="32" tileheight="32">
 <tileset firstgid="1" source="tiles.tsx"/>
 <layer name="walls" width="6" height="5">
  <data encoding="csv">1,1,1,1,1,1, 1,0,0,0,0,1, 1,0,0,0,0,1, 1,0,0,0,0,1, 1,1,1,1,1,1</data>
 </layer>
 <objectgroup name="spawns">
  <object id="1" x="80" y="80"/>
 </objectgroup>
</map>`

// code returns an arena in its encoded form.
func code(t *testing.T, name string) []byte {
	t.Helper()
	a, err := tmx.Read(name, []byte(drawn))
	if err != nil {
		t.Fatal(err)
	}
	return a.Encode()
}

func folder(t *testing.T, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func open(t *testing.T, files map[string][]byte) *Store {
	t.Helper()
	s, err := Open(Config{Shipped: assets.Maps, Folder: folder(t, files)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestOpen_ShippedAndFolder(t *testing.T) {
	s := open(t, map[string][]byte{
		"pond.tmx": []byte(drawn), "dune.arena": code(t, "dune"), "tiles.tsx": []byte("<tileset/>"), "notes.txt": []byte("x"),
	})
	if len(s.Refused()) != 0 {
		t.Errorf("refused %v", s.Refused())
	}
	for _, name := range []string{"closet", "foundry", "pond", "dune"} {
		if a := s.Arena(name); a == nil || a.Name != name || !slices.Contains(s.Names(), name) {
			t.Errorf("%s: got %v", name, a)
		}
	}
	if !slices.IsSorted(s.Names()) {
		t.Errorf("names %v, want them in order", s.Names())
	}
}

func TestOpen_WithoutFolder(t *testing.T) {
	for _, folder := range []string{"", filepath.Join(t.TempDir(), "none")} {
		if s, err := Open(Config{Shipped: assets.Maps, Folder: folder}); err != nil || s.Arena("foundry") == nil {
			t.Errorf("%q: %v", folder, err)
		}
	}
	if _, err := Open(Config{Shipped: assets.Maps, Folder: filepath.Join(folder(t, map[string][]byte{"a": nil}), "a")}); err == nil {
		t.Error("a file is taken for a folder")
	}
	if _, err := Open(Config{Shipped: fstest.MapFS{}}); err == nil {
		t.Error("a program without arenas opens")
	}
	if _, err := Open(Config{Shipped: fstest.MapFS{"maps/a.arena": {Data: []byte("x")}}}); !errors.Is(err, sim.ErrArena) {
		t.Errorf("a bad built-in arena: %v", err)
	}
}

// O3, C2: a bad file is refused with its reason; all the others are there.
func TestFault_O3_BadMapsAreRefusedAlone(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"bad.tmx":                        {[]byte(strings.Replace(drawn, `x="80"`, `x="8"`, 1)), `line 7: layer "spawns": object 1 at (8, 80)`},
		"cut.tmx":                        {[]byte(drawn[:100]), "line 2"},
		"empty.tmx":                      {nil, "no <map>"},
		"cut.arena":                      {code(t, "cut")[:20], "cut"},
		"old.arena":                      {[]byte("IWA1\x01a"), "not an Ionwake arena of this version"},
		"picture.arena":                  {[]byte("\x89PNG\r\n"), "not an Ionwake arena"},
		"other.arena":                    {code(t, "another"), `the map in it is called "another"`},
		"foundry.tmx":                    {[]byte(drawn), "comes with the game"},
		"Pond.tmx":                       {[]byte(drawn), "no name for a map"},
		"a b.tmx":                        {[]byte(drawn), "no name for a map"},
		".tmx":                           {[]byte(drawn), "no name for a map"},
		"..arena":                        {[]byte(drawn), "no name for a map"},
		strings.Repeat("x", 33) + ".tmx": {[]byte(drawn), "no name for a map"},
		"huge.tmx":                       {[]byte(strings.Replace(drawn, `width="6"`, `width="65535"`, 1)), `"65535", want 3 to 1024`},
		"fat.tmx":                        {make([]byte, tmx.MaxBytes+1), "more than 8388608 bytes"},
		"fat.arena":                      {make([]byte, tmx.MaxBytes+1), "more than 8388608 bytes"},
		"long.arena":                     {make([]byte, sim.MaxArenaBytes+1), "at most 1048576"},
		"sound.TMX":                      {[]byte("<svg/>"), "<svg>"},
		"good.tmx":                       {[]byte(drawn), "there is good.arena already"},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, map[string][]byte{name: c.data, "good.arena": code(t, "good")})
			if s.Arena("good") == nil || s.Arena("closet") == nil {
				t.Error("the good maps are not there")
			}
			if len(s.Refused()) != 1 {
				t.Fatalf("refused %v, want one", s.Refused())
			}
			got := s.Refused()[0]
			if filepath.Base(got.File) != name || !strings.Contains(got.Err.Error(), c.want) {
				t.Errorf("got %s: %v, want %s and %q", got.File, got.Err, name, c.want)
			}
			stem := name[:strings.LastIndex(name, ".")]
			if why := s.Why(stem); why == nil || !strings.Contains(why.Error(), name) {
				t.Errorf("why: %v, want the file in it", why)
			}
			if a := s.Arena("foundry"); a == nil || a.Width < 20 {
				t.Error("foundry is another one")
			}
		})
	}
}

func TestServeHTTP(t *testing.T) {
	s := open(t, map[string][]byte{"pond.tmx": []byte(drawn)})
	pond := s.Arena("pond")
	good := "/maps/" + hexed(pond.Hash) + ".arena"
	for _, c := range []struct {
		method, path string
		code         int
	}{
		{"GET", good, 200},
		{"HEAD", good, 200},
		{"GET", "/maps/" + hexed(s.Arena("foundry").Hash) + ".arena", 200},
		{"GET", "/maps/" + hexed(pond.Hash+1) + ".arena", 404},
		{"GET", strings.ToUpper(good), 404},
		{"GET", strings.TrimSuffix(good, ".arena"), 404},
		{"GET", "/maps/0" + hexed(pond.Hash) + ".arena", 404},
		{"GET", "/maps/pond.arena", 404},
		{"GET", "/maps/../maps/x", 404},
		{"GET", "/maps/", 404},
		{"GET", "/maps/+123456789abcdef.arena", 404},
		{"POST", good, 405},
		{"OPTIONS", good, 405},
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(c.method, "/", nil)
		r.URL.Path = c.path
		s.ServeHTTP(w, r)
		if w.Code != c.code || w.Header().Get("Access-Control-Allow-Origin") != "*" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s %s: got %d with %v, want %d", c.method, c.path, w.Code, w.Header(), c.code)
		}
		if cached := strings.Contains(w.Header().Get("Cache-Control"), "immutable"); cached != (c.code == http.StatusOK) {
			t.Errorf("%s %s: cached %v", c.method, c.path, cached)
		}
		if c.code == 200 && c.method == "HEAD" && w.Body.Len() != 0 {
			t.Errorf("HEAD has a body of %d bytes", w.Body.Len())
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", good, nil))
	if a, err := sim.ParseArena(w.Body.Bytes()); err != nil || a.Hash != pond.Hash {
		t.Errorf("got %v, want the arena", err)
	}
	if n := w.Header().Get("Content-Length"); n != strconv.Itoa(w.Body.Len()) {
		t.Errorf("length %s of %d", n, w.Body.Len())
	}
}

func hexed(h sim.Hash) string {
	text := strconv.FormatUint(uint64(h), 16)
	return strings.Repeat("0", 16-len(text)) + text
}

func names(entries []Entry) string {
	var list []string
	for _, e := range entries {
		list = append(list, e.Arena.Name+":"+e.Mode.Name())
	}
	return strings.Join(list, " ")
}

func TestRotation(t *testing.T) {
	s := open(t, map[string][]byte{"pond.tmx": []byte(drawn), "bad.tmx": nil})
	for _, c := range []struct{ list, want, wrong string }{
		{"foundry,closet", "foundry:squads closet:squads", ""},
		{"foundry:relay, closet:brawl,foundry", "foundry:relay closet:brawl foundry:squads", ""},
		{"pond:beacon", "", "pond:beacon: arena \"pond\" has no beacon: it lacks a path"},
		{"foundry,foundy", "", "foundy: there are foundry, "},
		{"foundry:rely", "", "foundry:rely: there are relay, "},
		{"foundry:", "", "foundry:: there are "},
		{"bad", "", "bad.tmx: there is no <map>"},
		{"", "", ": there are "},
		{strings.Repeat("closet,", 64) + "closet", "", "65 entries, at most 64"},
	} {
		got, err := s.Rotation(strings.Split(c.list, ","), sim.Squads{})
		if c.wrong == "" && (err != nil || names(got) != c.want) {
			t.Errorf("%s: got %s, %v, want %s", c.list, names(got), err, c.want)
		}
		if c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
			t.Errorf("%s: got %v, want %q", c.list, err, c.wrong)
		}
	}
	if got, err := s.Rotation(nil, sim.Brawl{}); err != nil || len(got) != 0 {
		t.Errorf("none: got %v, %v", got, err)
	}
}

func TestUsual_FitsModeAndCrowd(t *testing.T) {
	s := open(t, nil)
	first := s.Arena("foundry")
	few, crowd, duel := s.Usual(first, sim.Relay{}, 8), s.Usual(first, sim.Brawl{}, 64), s.Usual(s.Arena("colossus"), sim.Brawl{}, 2)
	for _, c := range []struct {
		what    string
		entries []Entry
		with    []string
		without []string
	}{
		{"relay of 8", few, []string{"foundry", "harbour", "slingshot", "switchyard"}, []string{"closet", "colossus"}},
		{"brawl of 64", crowd, []string{"foundry", "colossus"}, []string{"closet", "expanse"}},
		{"brawl of 1000", s.Usual(s.Arena("expanse"), sim.Brawl{}, 1000), []string{"expanse"}, []string{"foundry", "colossus"}},
		{"duel that begins in a huge one", duel, []string{"colossus", "closet"}, []string{"foundry", "expanse"}},
	} {
		for _, name := range append(slices.Clone(c.with), c.without...) {
			has := slices.ContainsFunc(c.entries, func(e Entry) bool { return e.Arena.Name == name })
			if has != slices.Contains(c.with, name) {
				t.Errorf("%s: %s, and of %s it says %v", c.what, names(c.entries), name, has)
			}
		}
	}
	if few[0].Arena != first || duel[0].Arena.Name != "colossus" {
		t.Errorf("first are %s and %s", few[0].Arena.Name, duel[0].Arena.Name)
	}
}
