// Package archive keeps what was played: replays in a folder, or the newest few in
// memory. Rooms hand their pieces over in the tick; everything else, packing and the
// disk, is done on a goroutine of its own.
package archive

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"ionwake/shared/replay"
	"ionwake/shared/sim"
)

// What is kept at most; the oldest goes first. Memory holds less than a folder.
const (
	mostFiles      = 200
	mostBytes      = 500 << 20
	mostFilesInRAM = 8
	mostBytesInRAM = 32 << 20
)

const (
	// errandsWaiting bounds what waits for the disk. A recording whose piece finds no
	// place ends there.
	errandsWaiting = 256
	// piecesEach is how many pieces of a match are in memory at most: one that is being
	// filled, and those that wait for the disk.
	piecesEach = 4
	// shortest is how many ticks a match must have for its replay to be kept: 5 s.
	shortest = 5 * sim.TickRate
	// holdBack is for how long nobody gets a replay whose match may still be going on,
	// as when the server restarts in it: it shows where others are.
	holdBack = 30 * time.Second
)

// Config describes an Archive. Zero values are useful.
type Config struct {
	Folder  string // is made if need be; "": in memory
	Program string // version of this program
	Private string // why nobody is served replays, a sentence; "": everybody is
	Now     func() time.Time
	Log     *slog.Logger
}

// Archive keeps replays. Its methods may be called from any goroutine.
type Archive struct {
	cfg     Config
	errands chan errand
	done    chan struct{}

	mu      sync.Mutex
	closed  bool
	entries []Entry // the newest first
	taken   map[string]bool
	reels   map[*Reel]struct{} // that have not ended
}

// Entry is a replay that is kept.
type Entry struct {
	Head    replay.Head // without its Arena
	Arena   string
	End     replay.End
	Whole   bool // it has an End
	Seconds int
	Bytes   int
	public  time.Time // not before
	other   bool      // of another version: it is only kept
	data    []byte    // in memory
}

// errand is something for the goroutine of the archive.
type errand struct {
	reel   *Reel
	people []person      // who else is in it, from piece on
	piece  *replay.Piece // nil: nothing to append
	end    *replay.End
	crash  *Crash
	forget *forgetting
	index  bool // find what is in the folder
}

// Open returns an archive that works until Close.
func Open(cfg Config) (*Archive, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Folder != "" {
		if err := os.MkdirAll(cfg.Folder, 0o700); err != nil {
			return nil, fmt.Errorf("make the folder of replays: %w", err)
		}
	}
	a := &Archive{cfg: cfg, errands: make(chan errand, errandsWaiting), done: make(chan struct{}), taken: make(map[string]bool), reels: make(map[*Reel]struct{})}
	if err := a.reserve(); err != nil {
		return nil, err
	}
	a.errands <- errand{index: true}
	go a.run() // until Close
	return a, nil
}

// reserve keeps the names of what is in the folder: a match that goes on after a restart
// must not take the place of its first part.
func (a *Archive) reserve() error {
	if a.cfg.Folder == "" {
		return nil
	}
	files, err := os.ReadDir(a.cfg.Folder)
	if err != nil {
		return fmt.Errorf("list the replays: %w", err)
	}
	for _, f := range files {
		id, _, _ := strings.Cut(f.Name(), ".")
		a.taken[id] = true
	}
	return nil
}

// Close ends the archive when everything that was handed over is kept, or ctx ends.
func (a *Archive) Close(ctx context.Context) {
	a.mu.Lock()
	if !a.closed {
		a.closed = true
		close(a.errands)
	}
	a.mu.Unlock()
	select {
	case <-a.done:
	case <-ctx.Done():
		a.cfg.Log.Error("replays are not kept in time")
	}
}

// hand gives the goroutine an errand; false: too many wait.
func (a *Archive) hand(e errand) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return false
	}
	select {
	case a.errands <- e:
		return true
	default:
		return false
	}
}

// run does errands until there will be no more.
func (a *Archive) run() {
	defer close(a.done)
	k := &keeper{Archive: a}
	for e := range a.errands {
		switch {
		case e.index:
			k.index()
		case e.crash != nil:
			k.crash(e.crash)
		case e.forget != nil:
			e.forget.done <- k.forget(e.forget.who)
		default:
			k.carry(e)
		}
	}
}

// List returns what is kept and may be seen, the newest first.
func (a *Archive) List() []Entry {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.cfg.Now()
	list := make([]Entry, 0, len(a.entries))
	for i := range a.entries {
		if e := &a.entries[i]; !e.other && !e.public.After(now) {
			list = append(list, a.entries[i])
		}
	}
	return list
}

// Open returns the file of a replay that may be seen. The error wraps fs.ErrNotExist if
// there is none.
func (a *Archive) Open(id string) (io.ReadSeekCloser, error) {
	for _, e := range a.List() {
		switch {
		case e.Head.ID != id:
		case a.cfg.Folder == "":
			return memory{bytes.NewReader(e.data)}, nil
		default:
			return os.Open(a.path(id))
		}
	}
	return nil, fs.ErrNotExist
}

// memory is a file in memory.
type memory struct{ *bytes.Reader }

// Close implements io.Closer.
func (memory) Close() error { return nil }

// add puts a replay into the list and returns what has to make way.
func (a *Archive) add(e Entry) (gone []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.entries = append(a.entries, e)
	slices.SortStableFunc(a.entries, func(x, y Entry) int { return cmp.Compare(y.Head.Began, x.Head.Began) })
	files, room := mostFiles, mostBytes
	if a.cfg.Folder == "" {
		files, room = mostFilesInRAM, mostBytesInRAM
	}
	for i := range a.entries {
		if room -= a.entries[i].Bytes; i < files && room >= 0 {
			continue
		}
		for _, old := range a.entries[i:] {
			gone = append(gone, old.Head.ID)
			delete(a.taken, old.Head.ID)
		}
		a.entries = slices.Clip(a.entries[:i])
		break
	}
	return gone
}
