//go:build unix

package ground

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"ionwake/assets"
)

func TestFault_C2_WhatIsNoFileOfTheFolder(t *testing.T) {
	outside := folder(t, map[string][]byte{"secret.tmx": []byte(drawn)})
	dir := folder(t, map[string][]byte{"plain.tmx": []byte(drawn)})
	for _, err := range []error{
		os.Symlink(filepath.Join(outside, "secret.tmx"), filepath.Join(dir, "leads-out.tmx")),
		os.Symlink("plain.tmx", filepath.Join(dir, "inside.tmx")),
		os.Mkdir(filepath.Join(dir, "box.tmx"), 0o700),
		syscall.Mkfifo(filepath.Join(dir, "pipe.tmx"), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	s, err := Open(Config{Shipped: assets.Maps, Folder: dir})
	if err != nil {
		t.Fatal(err)
	}
	if s.Arena("plain") == nil || s.Arena("inside") == nil {
		t.Error("what is in the folder is not there")
	}
	for _, name := range []string{"leads-out", "box", "pipe"} {
		if s.Arena(name) != nil || s.Why(name) == nil {
			t.Errorf("%s is a map", name)
		}
	}
}
