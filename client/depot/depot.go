// Package depot finds the ground of a match: among the arenas that came with the
// client, in memory, or on the server that plays on it. Nothing in it waits: who
// needs an arena asks again and again until it is there.
package depot

import (
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"ionwake/shared/sim"
)

// keep is how many fetched arenas stay in memory; the one not asked for longest
// goes first.
const keep = 4

// Why there is no arena. Whatever Find returns but ErrComing is a sentence for the
// player and wraps one of these.
var (
	ErrComing      = errors.New("the map is on its way")
	ErrUnreachable = errors.New("the server did not hand over the map")
	ErrSlow        = errors.New("the map took too long to arrive")
	ErrTooLarge    = errors.New("the map is larger than a map may be")
	ErrWrong       = errors.New("the server sent another map than it plays on")
)

// Want names an arena as a server's Welcome does.
type Want struct {
	URL  string // of the socket, ws://host/play?room=x: who is asked if the client lacks it
	Name string
	Hash sim.Hash
	Size uint32 // of its encoded form in bytes, as the server says; 0: not told
}

// Config describes a Depot. Zero values are useful.
type Config struct {
	Shipped fs.FS         // has maps/NAME.arena: assets.Maps; nil: nothing came with the client
	Timeout time.Duration // of one fetch; 20 s
}

// Depot finds arenas. Its methods never block and may be called from any goroutine.
type Depot struct {
	cfg   Config
	fetch fetcher

	mu   sync.Mutex
	kept []kept // the one asked for last is the last
	job  *job   // the newest fetch, also after it failed; nil: none
}

type kept struct {
	want  Want
	arena *sim.Arena
}

// job is one fetch.
type job struct {
	want   Want
	cancel func()
	err    error // of a fetch that failed
}

// fetcher gets what url has, at most limit bytes, and then calls done once from
// another goroutine, with a nil error or one that wraps one of this package's.
// After cancel it may call done or not.
type fetcher func(url string, limit int, timeout time.Duration, done func([]byte, error)) (cancel func())

// New returns a Depot that has fetched nothing yet.
func New(cfg Config) *Depot {
	if cfg.Timeout == 0 {
		cfg.Timeout = 20 * time.Second
	}
	return &Depot{cfg: cfg, fetch: ask}
}

// Find returns the arena, or ErrComing while it is being fetched, which Find begins
// by itself: ask again later. Any other error stays until Again, or until another
// arena is asked for: then the fetch of this one ends.
func (d *Depot) Find(w Want) (*sim.Arena, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if a := d.recall(w); a != nil {
		return a, nil
	}
	if d.job != nil && d.job.want == w {
		if d.job.err != nil {
			return nil, d.job.err
		}
		return nil, ErrComing
	}
	if a := d.shipped(w); a != nil {
		d.remember(w, a)
		return a, nil
	}
	if d.job != nil {
		d.job.cancel()
	}
	d.job = &job{want: w, cancel: func() {}}
	d.job.err = d.begin(d.job)
	if d.job.err != nil {
		return nil, d.job.err
	}
	return nil, ErrComing
}

// Again forgets what went wrong, so that the next Find tries anew.
func (d *Depot) Again() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.job != nil && d.job.err != nil {
		d.job = nil
	}
}

// Stop ends the fetch under way, if there is one, for who leaves.
func (d *Depot) Stop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.job != nil {
		d.job.cancel()
		d.job = nil
	}
}

func (d *Depot) recall(w Want) *sim.Arena {
	for i, k := range d.kept {
		if k.want == w {
			copy(d.kept[i:], d.kept[i+1:])
			d.kept[len(d.kept)-1] = k
			return k.arena
		}
	}
	return nil
}

func (d *Depot) remember(w Want, a *sim.Arena) {
	if len(d.kept) == keep {
		d.kept = append(d.kept[:0], d.kept[1:]...)
	}
	d.kept = append(d.kept, kept{w, a})
}

// shipped returns the arena that came with the client, if it is the one wanted: a
// server of another version may have another of the same name.
func (d *Depot) shipped(w Want) *sim.Arena {
	if d.cfg.Shipped == nil {
		return nil
	}
	data, err := fs.ReadFile(d.cfg.Shipped, "maps/"+w.Name+".arena")
	if err != nil {
		return nil
	}
	a, err := sim.ParseArena(data)
	if err != nil || a.Hash != w.Hash {
		return nil
	}
	return a
}

// begin asks the server for what j wants. The caller holds the lock.
func (d *Depot) begin(j *job) error {
	limit := sim.MaxArenaBytes
	if int64(j.want.Size) > int64(limit) {
		return fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, j.want.Size, limit)
	}
	if j.want.Size > 0 {
		limit = int(j.want.Size)
	}
	url, err := address(j.want.URL, j.want.Hash)
	if err != nil {
		return err
	}
	j.cancel = d.fetch(url, limit, d.cfg.Timeout, func(data []byte, err error) { d.arrived(j, data, err) })
	return nil
}

// arrived takes what came of a fetch.
func (d *Depot) arrived(j *job, data []byte, err error) {
	var a *sim.Arena
	if err == nil {
		a, err = check(j.want, data) // outside the lock: it may take a moment
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.job != j {
		return // nobody wants it any more
	}
	if err != nil {
		j.err = err
		return
	}
	d.job = nil
	d.remember(j.want, a)
}

// check makes of bytes from a server the arena that was asked for.
func check(w Want, data []byte) (*sim.Arena, error) {
	if w.Size > 0 && len(data) != int(w.Size) {
		return nil, fmt.Errorf("%w: %d bytes instead of %d", ErrWrong, len(data), w.Size)
	}
	a, err := sim.ParseArena(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWrong, err)
	}
	if a.Hash != w.Hash {
		return nil, fmt.Errorf("%w: its mark is %016x instead of %016x", ErrWrong, uint64(a.Hash), uint64(w.Hash))
	}
	return a, nil
}

// Put keeps an arena that came by another way, for places without an address.
func (d *Depot) Put(a *sim.Arena) {
	d.mu.Lock()
	defer d.mu.Unlock()
	w := Want{Name: a.Name, Hash: a.Hash, Size: uint32(len(a.Encode()))}
	if d.recall(w) == nil {
		d.remember(w, a)
	}
}
