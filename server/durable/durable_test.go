package durable

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// TestReplace: the new content is there under the name, with nothing beside it; where
// it cannot be written, the old stays.
func TestReplace(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	for _, text := range []string{"first and longer", "second"} {
		if err := Replace(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Errorf("got %q, %v, want %q", got, err, text)
		}
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("got %v, %v, want a file for its owner alone", info.Mode(), err)
	}
	if err := os.Mkdir(path+Fresh, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Replace(path, []byte("third")); err == nil {
		t.Error("what cannot be written is no error")
	}
	if got, _ := os.ReadFile(path); string(got) != "second" {
		t.Errorf("the old content became %q", got)
	}
}

// TestReplaceNowhere: a folder that is not there is an error.
func TestReplaceNowhere(t *testing.T) {
	if err := Replace(filepath.Join(t.TempDir(), "no", "file"), nil); err == nil {
		t.Error("no error")
	}
	if err := Folder(filepath.Join(t.TempDir(), "no")); runtime.GOOS != "windows" && err == nil {
		t.Error("no error of a folder that is not there")
	}
}
