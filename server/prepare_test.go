package main

import (
	"os"
	"path/filepath"
	"testing"
)

// A folder for --data that is not there is made, for its owner alone, where the folder
// above is.
func TestDataFolderIsMade(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "mine")
	p := start(t, "--data="+data, "--bots=0")
	p.stop()
	info, err := os.Stat(data)
	if err != nil || !info.IsDir() || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("got %v, %v, want a folder of the owner's", info, err)
	}
	if kept, err := filepath.Glob(filepath.Join(data, "*.db")); err != nil || len(kept) == 0 {
		t.Errorf("there is no database in it: %v", err)
	}
}
