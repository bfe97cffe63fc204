package archive

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ionwake/shared/replay"
	"ionwake/shared/sim"
)

// field is an arena of three by three tiles with an open one in the middle.
func field(t *testing.T) *sim.Arena {
	t.Helper()
	walls := make([]bool, 81)
	for i := range walls {
		walls[i] = i < 9 || i >= 72 || i%9 == 0 || i%9 == 8
	}
	a, err := sim.NewArena(sim.Plan{Name: "cell", Width: 9, Height: 9, Walls: walls, Spawns: []sim.Spawn{{Pos: sim.Vec{X: sim.Units(144), Y: sim.Units(144)}}}})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// match plays so many ticks of two people into an archive, and ends as said.
func match(t *testing.T, a *Archive, id string, ticks int, why replay.Ending) *Reel {
	t.Helper()
	return matchOf(t, a, id, ticks, why)
}

// matchOf plays such a match, of people that the server knows.
func matchOf(t *testing.T, a *Archive, id string, ticks int, why replay.Ending, people ...byte) *Reel {
	t.Helper()
	ground, rules := field(t), sim.Rules{Live: 1 << 20}
	w := sim.New(ground, sim.Brawl{}, rules, 1)
	w.Join(0, sim.Dart, sim.NoTeam)
	w.Join(1, sim.Lancer, sim.NoTeam)
	w.Step(nil)
	r := a.Begin(replay.Head{Edition: sim.Edition, ID: id, Room: "main", Server: "Here", Mode: sim.Brawl{}, Rules: rules, Arena: ground, Began: a.cfg.Now().UnixMilli()})
	if r == nil {
		t.Fatal("no recording begins")
	}
	for _, p := range people {
		r.Saw([16]byte{p})
	}
	var tape replay.Tape
	tape.Begin(w, r.Spare(), func(id sim.PlayerID) replay.Person { return replay.Person{Name: fmt.Sprint("P", id)} })
	for i := range ticks {
		w.Step([]sim.Input{{Buttons: sim.Fire, Aim: sim.Angle(i % 100)}, {Buttons: sim.Up}})
		if tape.Step(w) {
			next := r.Spare()
			if next == nil {
				t.Fatal("no memory is left")
			}
			r.Keep(tape.Turn(w, next))
		}
	}
	last := tape.Stop()
	if why != 0 {
		r.End(last, replay.End{Why: why, Lines: []replay.Line{{Person: replay.Person{Name: "P0"}, Score: 3}}})
	} else {
		r.Keep(last)
	}
	return r
}

func get(a *Archive, path string) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	a.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
	return rec
}

// TestArchive keeps a match, in a folder or in memory, and serves it: whole, as it was
// played.
func TestArchive(t *testing.T) {
	for _, folder := range []string{"", filepath.Join(t.TempDir(), "replays")} {
		synctest.Test(t, func(t *testing.T) {
			a, err := Open(Config{Folder: folder, Program: "1.2.3"})
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close(context.Background())
			match(t, a, "beef", 1400, replay.Over)
			match(t, a, "feed", 100, replay.Over) // too short
			synctest.Wait()
			body := get(a, Path).Body.String()
			var list struct{ Replays []listed }
			if err := json.Unmarshal([]byte(body), &list); err != nil || len(list.Replays) != 1 {
				t.Fatalf("%q: the list is %s, %v", folder, body, err)
			}
			is := list.Replays[0]
			if is.ID != "beef" || is.Seconds != 23 || is.Ending != "over" || !is.Playable || is.Map != "cell" || is.Version != "1.2.3" || len(is.Best) != 1 {
				t.Errorf("%q: listed is %+v", folder, is)
			}
			res := get(a, Path+"/beef")
			if res.Code != 200 || res.Body.Len() != is.Bytes || !strings.Contains(res.Header().Get("Cache-Control"), "max-age=3600") {
				t.Errorf("%q: got %d with %d bytes of %d, %v", folder, res.Code, res.Body.Len(), is.Bytes, res.Header())
			}
			rec, err := replay.Open(res.Body.Bytes())
			if err != nil || !rec.Whole || rec.Head.ID != "beef" || rec.Head.Program != "1.2.3" {
				t.Fatalf("%q: got %+v, %v", folder, rec, err)
			}
			if n, err := replay.Verify(rec); err != nil || n != 1400 {
				t.Errorf("%q: %d ticks agree, %v", folder, n, err)
			}
			for _, path := range []string{"/feed", "/", "/..", "/../beef", "/beef.ionr", "/beef/"} {
				if res := get(a, Path+path); res.Code != 404 {
					t.Errorf("%q: %s is answered with %d", folder, path, res.Code)
				}
			}
		})
	}
}

// TestFault_G22_NoReplayOfAMatchUnderWay: nobody sees where others are by a replay. It
// is there when the match is over; where it ended before that, half a minute later.
func TestFault_G22_NoReplayOfAMatchUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, err := Open(Config{})
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close(context.Background())
		match(t, a, "a1", 1400, 0) // is still going on
		match(t, a, "a2", 1400, replay.Closed)
		synctest.Wait()
		for _, id := range []string{"a1", "a2"} {
			if res := get(a, Path+"/"+id); res.Code != 404 {
				t.Errorf("%s is answered with %d", id, res.Code)
			}
		}
		time.Sleep(holdBack)
		if res := get(a, Path+"/a2"); res.Code != 200 {
			t.Errorf("half a minute later it is answered with %d", res.Code)
		}
		if res := get(a, Path+"/a1"); res.Code != 404 {
			t.Errorf("a match under way is answered with %d", res.Code)
		}
	})
}

// openIn opens the archive of a folder.
func openIn(t *testing.T, folder string) *Archive {
	t.Helper()
	a, err := Open(Config{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestRestart: what was being written when the program died is there afterwards as far
// as it goes, and the same match, which goes on, does not take its place.
func TestRestart(t *testing.T) {
	folder := t.TempDir()
	a := openIn(t, folder)
	r := match(t, a, "c0de", 1400, 0)
	a.Close(t.Context())
	half := filepath.Join(folder, "c0de"+ending+partly)
	data, err := os.ReadFile(half)
	if err == nil {
		err = os.WriteFile(half, data[:len(data)-7], 0o600)
	}
	if err := errors.Join(err, r.volume.file.Close()); err != nil {
		t.Fatal(err)
	}
	a = openIn(t, folder)
	match(t, a, "c0de", 600, replay.Over)
	a.Close(t.Context())
	a = openIn(t, folder)
	a.Close(t.Context())
	found := map[string]int{}
	for _, e := range a.entries {
		found[e.Head.ID] = e.Seconds
	}
	if len(found) != 2 || found["c0de"] != 20 || found["c0de-2"] != 10 {
		t.Errorf("found are %v", found)
	}
}

// TestScrapsAreRemoved: what was hardly begun when the program died does not pile up, and
// what is of another version is left to that.
func TestScrapsAreRemoved(t *testing.T) {
	folder := t.TempDir()
	a, err := Open(Config{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	match(t, a, "aa", 100, 0)
	a.Close(t.Context())
	for name, text := range map[string]string{"bb": "", "cc": "IonReplay01 and no more", "dd": "IonReplay99"} {
		if err := os.WriteFile(filepath.Join(folder, name+ending+partly), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if a, err = Open(Config{Folder: folder}); err != nil {
		t.Fatal(err)
	}
	a.Close(t.Context())
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 1 || files[0].Name() != "dd"+ending {
		t.Errorf("in the folder are %v, %v, want dd%s alone", files, err, ending)
	}
}

// TestFullDisk: it is told once that a replay cannot be kept, and not that it can again
// when only nothing more is tried.
func TestFullDisk(t *testing.T) {
	folder := t.TempDir()
	var told bytes.Buffer
	a, err := Open(Config{Folder: folder, Log: slog.New(slog.NewTextHandler(&told, nil))})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(folder, "aa"+ending+partly), 0o700); err != nil {
		t.Fatal(err)
	}
	match(t, a, "aa", 1400, replay.Over)
	a.Close(t.Context())
	if text := told.String(); strings.Count(text, "cannot be kept") != 1 || strings.Contains(text, "kept again") || len(a.entries) != 0 {
		t.Errorf("%d are listed, told is %s", len(a.entries), text)
	}
}

// TestOldOnesMakeWay for new ones, by number and by size.
func TestOldOnesMakeWay(t *testing.T) {
	a := &Archive{cfg: Config{Folder: "x"}, taken: map[string]bool{}}
	gone := 0
	for i := range mostFiles + 3 {
		gone += len(a.add(Entry{Head: replay.Head{ID: fmt.Sprintf("%x", i), Began: int64(i)}, Bytes: 1}))
	}
	if len(a.entries) != mostFiles || gone != 3 || a.entries[mostFiles-1].Head.ID != "3" {
		t.Errorf("%d are kept and %d gone, the oldest %s", len(a.entries), gone, a.entries[len(a.entries)-1].Head.ID)
	}
	if a.add(Entry{Head: replay.Head{ID: "b1", Began: 1 << 40}, Bytes: mostBytes - 5}); len(a.entries) != 6 {
		t.Errorf("%d are kept beside a large one, want 5", len(a.entries)-1)
	}
}

// TestSlowDisk: with nobody taking pieces away, the memory of a recording is bounded,
// and so is what waits.
func TestSlowDisk(t *testing.T) {
	a := &Archive{errands: make(chan errand, 1), taken: map[string]bool{}, reels: map[*Reel]struct{}{}}
	r := a.Begin(replay.Head{ID: "ab"})
	for i := range piecesEach {
		if r.Spare() == nil {
			t.Fatalf("no memory for piece %d", i)
		}
	}
	if r.Spare() != nil {
		t.Error("there is memory without end")
	}
	r.Keep(new(replay.Piece))
	r.Keep(new(replay.Piece))
	if !r.lost || r.Spare() != nil {
		t.Error("what found no place is not missed")
	}
}

// TestFault_R16_CrashFile: how a room broke down is in a file that nobody is served.
func TestFault_R16_CrashFile(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a [strange] * name")
	a, err := Open(Config{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	for i := range mostCrashes + 2 {
		a.Crashed(Crash{ID: fmt.Sprintf("%08x", i), Room: "main", Cause: "boom", Stack: "goroutine 1", State: "tick 7"})
	}
	a.Close(t.Context())
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != mostCrashes {
		t.Fatalf("%d files, %v, want %d", len(files), err, mostCrashes)
	}
	text, err := os.ReadFile(filepath.Join(folder, files[0].Name()))
	for _, part := range []string{"boom", "goroutine 1", "tick 7", "room main"} {
		if err != nil || !strings.Contains(string(text), part) {
			t.Errorf("%q is missing in %s, %v", part, text, err)
		}
	}
	name := files[0].Name()
	if res := get(a, Path+"/"+name); res.Code != 404 {
		t.Errorf("it is served: %d", res.Code)
	}
	if _, err := a.Open(name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it opens: %v", err)
	}
}
