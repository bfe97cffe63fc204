package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"ionwake/assets/dist"
)

func testBuild(t *testing.T, quality int) (b webBuild, said *bytes.Buffer) {
	t.Helper()
	said = &bytes.Buffer{}
	return webBuild{dir: filepath.Join(t.TempDir(), dist.Dir), quality: quality, out: said}, said
}

func mustPack(t *testing.T, b webBuild, wasm, script string) dist.Manifest {
	t.Helper()
	m, err := b.pack([]byte(wasm), []byte(script))
	if err != nil {
		t.Fatalf("pack: %v", err)
	}
	return m
}

func TestPackKeepsTheBytes(t *testing.T) {
	b, _ := testBuild(t, 5)
	wasm := strings.Repeat("ion and wake ", 5000)
	m := mustPack(t, b, wasm, "script")

	read, err := dist.Read(os.DirFS(filepath.Dir(b.dir)))
	if err != nil {
		t.Fatalf("read the build: %v", err)
	}
	if read != m {
		t.Errorf("manifest read back is %+v, written was %+v", read, m)
	}
	if m.Wasm.Raw != int64(len(wasm)) || !strings.HasSuffix(m.Wasm.Name, ".wasm") || !strings.HasSuffix(m.Exec.Name, ".js") {
		t.Errorf("manifest is %+v for %d bytes", m, len(wasm))
	}
	packed, err := os.ReadFile(filepath.Join(b.dir, m.Wasm.BrName()))
	if err != nil {
		t.Fatalf("read the packed game: %v", err)
	}
	got, err := io.ReadAll(brotli.NewReader(bytes.NewReader(packed)))
	if err != nil || string(got) != wasm {
		t.Errorf("the packed game unpacks to %d bytes (%v), want the %d packed", len(got), err, len(wasm))
	}
}

func TestPackWorksOnlyWhenNeeded(t *testing.T) {
	b, said := testBuild(t, 5)
	first := mustPack(t, b, "one", "script")
	cases := []struct {
		name         string
		wasm, script string
		quality      int
		wantSkip     bool
	}{
		{"same again", "one", "script", 5, true},
		{"same, lower quality asked", "one", "script", 2, true},
		{"same, higher quality asked", "one", "script", 9, false},
		{"another game", "two", "script", 5, false},
		{"another support script", "two", "other script", 5, false},
	}
	for _, c := range cases {
		said.Reset()
		if err := os.WriteFile(filepath.Join(b.dir, "stray.gz"), []byte("left by an older build"), 0o644); err != nil {
			t.Fatal(err)
		}
		b.quality = c.quality
		m := mustPack(t, b, c.wasm, c.script)
		if skipped := strings.Contains(said.String(), "unchanged"); skipped != c.wantSkip {
			t.Errorf("%s: skipped is %v, want %v", c.name, skipped, c.wantSkip)
		}
		entries, err := os.ReadDir(b.dir)
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) != 3 { // two files and their list
			t.Errorf("%s: %d files are left, want 3", c.name, len(entries))
		}
		if changed := m.Wasm.Name != first.Wasm.Name; changed != (c.wasm != "one") {
			t.Errorf("%s: the game's name is %s, the first was %s", c.name, m.Wasm.Name, first.Wasm.Name)
		}
	}
}

func TestPackMendsABrokenBuild(t *testing.T) {
	b, said := testBuild(t, 5)
	m := mustPack(t, b, "one", "script")
	if err := os.WriteFile(filepath.Join(b.dir, m.Wasm.BrName()), []byte("cut"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := dist.Read(os.DirFS(filepath.Dir(b.dir))); err == nil {
		t.Error("a build with a cut file reads without an error")
	}
	said.Reset()
	mustPack(t, b, "one", "script")
	if strings.Contains(said.String(), "unchanged") {
		t.Error("a build with a cut file was kept")
	}
	if err := os.Remove(filepath.Join(b.dir, dist.ManifestName)); err != nil {
		t.Fatal(err)
	}
	if _, err := dist.Read(os.DirFS(filepath.Dir(b.dir))); !errors.Is(err, dist.ErrNotBuilt) {
		t.Errorf("a build without its list reads with error %v, want ErrNotBuilt", err)
	}
}

func TestWebRefusesBadFlags(t *testing.T) {
	for _, args := range [][]string{
		{"web", "-quality", "12"},
		{"web", "-quality", "-1"},
		{"web", "-dir", t.TempDir()},
		{"size", "-speed", "3"},
	} {
		var out, trouble bytes.Buffer
		if code := run(args, &out, &trouble); code != 2 {
			t.Errorf("bake %v exits with %d, want 2", args, code)
		}
	}
}
