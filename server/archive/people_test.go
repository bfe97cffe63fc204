package archive

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ionwake/shared/replay"
)

// names are what is in a folder.
func names(t *testing.T, folder string) (list []string) {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		list = append(list, f.Name())
	}
	return list
}

// Forget removes what somebody is in, of earlier runs too, and the match under way; of
// others nothing.
func TestForget(t *testing.T) {
	folder := t.TempDir()
	forget := func(a *Archive, who byte, wantGone, wantUnknown int) {
		t.Helper()
		if gone, unknown, err := a.Forget(t.Context(), [16]byte{who}); gone != wantGone || unknown != wantUnknown || err != nil {
			t.Errorf("of %d are gone %d, unknown %d, %v, want %d and %d", who, gone, unknown, err, wantGone, wantUnknown)
		}
	}
	a := openIn(t, folder)
	matchOf(t, a, "a1", 600, replay.Over, 1, 2, 2)
	matchOf(t, a, "a2", 600, replay.Over, 2, 3)
	matchOf(t, a, "a3", 600, replay.Over)
	matchOf(t, a, "a4", 100, replay.Over, 2) // too short
	cut := matchOf(t, a, "a5", 1400, 0, 2)   // and then the program died
	a.Close(t.Context())
	if err := cut.volume.file.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(folder, "a3.ionr.people")); err != nil {
		t.Fatal(err)
	}
	a = openIn(t, folder)
	forget(a, 1, 1, 1)
	with := matchOf(t, a, "b1", 1400, 0, 2)    // goes on
	without := matchOf(t, a, "b2", 1400, 0, 3) // likewise
	late := matchOf(t, a, "b3", 1400, 0)       // likewise, and what follows is not on the disk yet
	late.Saw([16]byte{2})
	forget(a, 2, 2, 1)
	forget(a, 2, 0, 1)
	for _, r := range []*Reel{with, without, late} {
		r.End(nil, replay.End{Why: replay.Over})
	}
	a.Close(t.Context())
	if got, want := names(t, folder), []string{"a3.ionr", "b2.ionr", "b2.ionr.people"}; !slices.Equal(got, want) {
		t.Errorf("there are %v, want %v", got, want)
	}
	if list := a.List(); len(list) != 2 {
		t.Errorf("listed are %+v", list)
	}
	if _, _, err := a.Forget(t.Context(), [16]byte{3}); err == nil {
		t.Error("no error when it is closed")
	}
}

// Without who is in it nothing is kept: they could not be forgotten.
func TestNoReplayOfWhomNobodyKnows(t *testing.T) {
	folder := t.TempDir()
	a, err := Open(Config{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(folder, "aa.ionr.people"), 0o700); err != nil {
		t.Fatal(err)
	}
	matchOf(t, a, "aa", 1400, replay.Over, 1)
	a.Close(t.Context())
	if got := names(t, folder); len(a.List()) != 0 || slices.Contains(got, "aa.ionr") {
		t.Errorf("%v are listed, and there are %v", a.List(), got)
	}
}

// What is of another version makes way as everything does, and so does who was in it.
func TestFilesOfOtherVersionsMakeWay(t *testing.T) {
	folder := t.TempDir()
	for i := range mostFiles + 3 {
		name := filepath.Join(folder, fmt.Sprintf("%04x", i)+ending)
		if err := os.WriteFile(name, []byte("IonReplay99"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name+peopled, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "beef"+ending+peopled), nil, 0o600); err != nil { // of nothing
		t.Fatal(err)
	}
	a, err := Open(Config{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	a.Close(t.Context())
	if got := names(t, folder); len(got) != 2*mostFiles || len(a.List()) != 0 {
		t.Errorf("there are %d files, want %d, and %d are listed", len(got), 2*mostFiles, len(a.List()))
	}
}

// Where replays are not for everybody nobody is served any, and told why.
func TestPrivate(t *testing.T) {
	a, err := Open(Config{Private: "They are not for everybody."})
	if err != nil {
		t.Fatal(err)
	}
	match(t, a, "beef", 600, replay.Over)
	a.Close(t.Context())
	if len(a.List()) != 1 {
		t.Fatalf("listed are %+v", a.List())
	}
	for _, path := range []string{Path, Path + "/beef", Path + "/none"} {
		res := get(a, path)
		if body := res.Body.String(); res.Code != http.StatusForbidden || strings.TrimSpace(body) != `{"error":"They are not for everybody."}` || res.Header().Get("Content-Type") != "application/json" {
			t.Errorf("%s: %d %s %v", path, res.Code, body, res.Header())
		}
	}
}
