//go:build !js

package settings

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestFileKeeps(t *testing.T) {
	st := File{filepath.Join(t.TempDir(), "new", "settings.toml")}
	s, said := Load(st)
	if len(said) > 0 || !reflect.DeepEqual(s, Default()) {
		t.Fatalf("without a file: %v", said)
	}
	s = rich()
	if err := st.Save(s.Text()); err != nil {
		t.Fatal(err)
	}
	if got, said := Load(st); len(said) > 0 || !reflect.DeepEqual(got, s) {
		t.Errorf("came back with %v:\n%s", said, got.Text())
	}
	left, err := os.ReadDir(filepath.Dir(st.Path))
	if err != nil || len(left) != 1 {
		t.Errorf("beside the file: %v, %v", left, err)
	}
}

func TestBrokenFileIsKeptAside(t *testing.T) {
	st := File{filepath.Join(t.TempDir(), "settings.toml")}
	const text = "version = 1\n[sound]\nmaster = 900\n[accessibility]\nshake = 5\n"
	if err := os.WriteFile(st.Path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, said := Load(st)
	if s.Shake != 5 || s.Master != Default().Master || len(said) != 1 || said[0].Line != 3 {
		t.Errorf("shake %d, master %d, said %v", s.Shake, s.Master, said)
	}
	if err := st.Save(s.Text()); err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(st.Path + ".broken")
	if err != nil || string(kept) != text {
		t.Errorf("aside is %q, %v", kept, err)
	}
}

func TestStoreThatFails(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "wall"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	st := File{filepath.Join(dir, "wall", "settings.toml")}
	if err := st.Save("x"); err == nil || !strings.Contains(err.Error(), "folder for settings") {
		t.Errorf("saving below a file: %v", err)
	}
	if s, said := Load(st); len(said) != 1 || !reflect.DeepEqual(s, Default()) {
		t.Errorf("loading from below a file: %v", said)
	}
	if s, said := Load(nil); len(said) != 0 || !reflect.DeepEqual(s, Default()) {
		t.Errorf("without a store: %v", said)
	}
}
