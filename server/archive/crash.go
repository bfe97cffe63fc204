package archive

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ionwake/server/durable"
)

// mostCrashes is how many files of crashes are kept.
const mostCrashes = 20

// Crash is how a room broke down, for those who mend it. It is in a file beside the
// replays, which nobody is served.
type Crash struct {
	ID    string // by which the log and its people name it
	Room  string
	Cause string
	Stack string
	State string // of the room: tick, seed, what everybody held
}

// Crashed keeps how a room broke down. It does not block; without a folder nothing is
// kept.
func (a *Archive) Crashed(c Crash) { _ = a.hand(errand{crash: &c}) }

// crash writes the file.
func (k *keeper) crash(c *Crash) {
	if k.cfg.Folder == "" || !validID(c.ID) {
		return
	}
	text := fmt.Sprintf("ionwake-server %s\ncrash %s of room %s at %s\n%s\n\n%s\n%s\n",
		k.cfg.Program, c.ID, c.Room, k.cfg.Now().UTC().Format("2006-01-02 15:04:05"), c.Cause, c.State, c.Stack)
	name := "crash-" + k.cfg.Now().UTC().Format("20060102-150405-") + c.ID + ".txt"
	k.report(durable.Replace(filepath.Join(k.cfg.Folder, name), []byte(text)))
	files, err := os.ReadDir(k.cfg.Folder) // which sorts them, the oldest first
	if err != nil {
		return
	}
	old := slices.DeleteFunc(files, func(f os.DirEntry) bool {
		return !strings.HasPrefix(f.Name(), "crash-") || filepath.Ext(f.Name()) != ".txt"
	})
	for _, f := range old[:max(len(old)-mostCrashes, 0)] {
		_ = os.Remove(filepath.Join(k.cfg.Folder, f.Name())) // or after the next
	}
}
