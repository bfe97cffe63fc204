package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ionwake/assets"
	"ionwake/server/admin"
	"ionwake/server/ground"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// pond is a small drawing.
const pond = `<map orientation="orthogonal" width="16" height="12" tilewidth="32" tileheight="32">
 <tileset firstgid="1" source="tiles.tsx"/>
 <layer name="walls" width="16" height="12">
  <data encoding="csv">%s</data>
 </layer>
 <objectgroup name="spawns">
  <object id="1" x="80" y="80"/>
  <object id="2" x="400" y="300"/>
 </objectgroup>
</map>`

// dataFolder is a host's folder with a good map and a bad one.
func dataFolder(t *testing.T) string {
	t.Helper()
	var tiles []string
	for i := range 16 * 12 {
		edge := i%16 == 0 || i%16 == 15 || i < 16 || i >= 11*16
		tiles = append(tiles, map[bool]string{true: "1", false: "0"}[edge])
	}
	good := fmt.Sprintf(pond, strings.Join(tiles, ","))
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "maps"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"pond.tmx": good, "broken.tmx": strings.Replace(good, `x="80"`, `x="8"`, 1),
	} {
		if err := os.WriteFile(filepath.Join(dir, "maps", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestHostsMapIsPlayedAndHandedOut(t *testing.T) {
	t.Parallel()
	p := start(t, "--data="+dataFolder(t), "--rotation=pond,closet:squads", "--bots=0")
	_, w := p.join("", wire.Hello{Name: "Ann"})
	if w.Arena != "pond" || w.Mode != "brawl" || w.NextArena != "closet" {
		t.Errorf("welcomed to %s in %s, then %s; want pond in brawl, then closet", w.Arena, w.Mode, w.NextArena)
	}
	res, body := p.ask(p.game, fmt.Sprintf("/maps/%016x.arena", uint64(w.ArenaHash)))
	a, err := sim.ParseArena([]byte(body))
	if res.StatusCode != http.StatusOK || err != nil || a.Hash != w.ArenaHash || a.Name != "pond" || len(body) != int(w.ArenaSize) {
		t.Errorf("got %s and %d bytes (%v), want the arena of %d", res.Status, len(body), err, w.ArenaSize)
	}
	if code, _ := p.get(p.game, "/maps/0000000000000000.arena"); code != 404 {
		t.Errorf("got %d for no map, want 404", code)
	}
	if code, _ := p.get(p.admin, fmt.Sprintf("/maps/%016x.arena", uint64(w.ArenaHash))); code != 404 {
		t.Errorf("got %d on the host's port, want 404", code)
	}
	p.stop()
	if log := p.stderr.String(); !strings.Contains(log, "map refused") || !strings.Contains(log, "broken.tmx") ||
		!strings.Contains(log, `line 7: layer \"spawns\": object 1 at (8, 80)`) || strings.Count(log, "map refused") != 1 {
		t.Errorf("the log is %s, want one map refused, with its line and place", log)
	}
}

// O3: a server begins on another map, but not on one that was asked for.
func TestFault_O3_BadMapAskedFor(t *testing.T) {
	dir := dataFolder(t)
	got := runToEnd(t, nil, "--data="+dir, "--map=broken")
	want := "--map=broken is not possible: " + filepath.Join(dir, "maps", "broken.tmx") + ": line 7: layer \"spawns\": object 1 at (8, 80): "
	if got.code != 2 || !strings.Contains(got.stderr, want) {
		t.Errorf("exit code %d, %q, want 2 and %q", got.code, got.stderr, want)
	}
}

func TestServersMayBeReadByOtherPages(t *testing.T) {
	t.Parallel()
	p := start(t, "--name=Bob's place", "--mode=relay", "--map=harbour")
	waitForStatus(t, p, func(st admin.Status) bool { return st.Bots > 0 && st.Mode == "relay" && st.Map == "harbour" })
	res, body := p.ask(p.game, "/api/v1/servers")
	var list []admin.Server
	if err := json.Unmarshal([]byte(body), &list); err != nil || res.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Fatalf("got %s (%v) with %v", body, err, res.Header)
	}
	if len(list) != 1 || list[0].Name != "Bob's place" || list[0].Room != "main" || list[0].Mode != "relay" || list[0].Map != "harbour" ||
		list[0].Max != 64 || list[0].Wire != wire.Version {
		t.Errorf("got %+v", list)
	}
}

func TestWhatIsPlayedInTurn(t *testing.T) {
	t.Parallel()
	grounds, err := ground.Open(ground.Config{Shipped: assets.Maps})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		flags serveFlags
		want  string
	}{
		{serveFlags{Mode: "brawl", Rotation: []string{"closet", "harbour"}}, "closet:brawl harbour:brawl"},
		{serveFlags{Mode: "relay", Rotation: []string{"harbour", "closet:squads", "foundry"}}, "harbour:relay closet:squads foundry:relay"},
		{serveFlags{Mode: "brawl", Map: "foundry", Rotation: []string{"closet", "foundry", "harbour"}}, "foundry:brawl harbour:brawl closet:brawl"},
		{serveFlags{Mode: "brawl", Map: "foundry", Rotation: []string{"closet", "foundry:relay"}}, "foundry:brawl closet:brawl foundry:relay"},
		{serveFlags{Mode: "relay", Bots: 8}, "foundry:relay harbour:relay slingshot:relay switchyard:relay"},
		{serveFlags{Mode: "brawl", Map: "closet"}, "closet:brawl foundry:brawl harbour:brawl slingshot:brawl switchyard:brawl"},
	} {
		s := settings{grounds: grounds}
		if err := c.flags.checkGrounds(&s); err != nil {
			t.Errorf("%+v: %v", c.flags, err)
			continue
		}
		var got []string
		for _, g := range s.rotation {
			got = append(got, g.Arena.Name+":"+g.Mode.Name())
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("got %v, want %s", got, c.want)
		}
	}
}
