// Package hall knows the rooms of a server by their names: it opens them, sends
// people to them, drives their ticks and closes them. It knows no sockets.
package hall

import (
	"context"
	"errors"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"ionwake/server/room"
	"ionwake/shared/wire"
)

// MainRoom is the room of those who name none. It is always open.
const MainRoom = "main"

// Config describes a hall. Zero values are useful.
type Config struct {
	// Open returns the configuration of a room by name. It is called for MainRoom
	// at the start and for others when somebody asks for them.
	Open     func(name string) room.Config
	MaxRooms int           // 16
	Drivers  int           // goroutines that tick rooms; GOMAXPROCS
	KeepFor  time.Duration // how long a room without people stays open; 60 s
	Log      *slog.Logger
	// Ticked, if set, is told how long each tick of a room took and how late it
	// began. It is called on the drivers' goroutines.
	Ticked func(took, late time.Duration)
}

// Errors of Hall.Enter.
var (
	ErrNoRoom = errors.New("no such room")
	ErrFull   = errors.New("too many rooms")
)

// Hall is the rooms of one server.
type Hall struct {
	cfg     Config
	drivers []*driver

	mu     sync.Mutex
	rooms  map[string]*place
	closed bool
}

// New returns a hall with MainRoom open. Nothing moves until Run.
func New(cfg Config) *Hall {
	if cfg.MaxRooms == 0 {
		cfg.MaxRooms = 16
	}
	if cfg.Drivers == 0 {
		cfg.Drivers = runtime.GOMAXPROCS(0)
	}
	if cfg.KeepFor == 0 {
		cfg.KeepFor = time.Minute
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	h := &Hall{cfg: cfg, rooms: make(map[string]*place)}
	for range cfg.Drivers {
		h.drivers = append(h.drivers, &driver{hall: h})
	}
	h.open(MainRoom)
	return h
}

// Run drives all rooms until ctx ends. It returns when the last tick is done.
func (h *Hall) Run(ctx context.Context) error {
	var wg sync.WaitGroup
	for _, d := range h.drivers {
		wg.Go(func() { d.run(ctx) })
	}
	wg.Wait()
	return ctx.Err()
}

// find returns the room of a name, opening it if need be.
func (h *Hall) find(name string) (*place, error) {
	if name == "" {
		name = MainRoom
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if p := h.rooms[name]; p != nil {
		return p, nil
	}
	if !validName(name) || h.closed {
		return nil, ErrNoRoom
	}
	if len(h.rooms) >= h.cfg.MaxRooms {
		return nil, ErrFull
	}
	return h.open(name), nil
}

// open puts a new room in the care of the driver with the fewest. The caller holds
// the lock, or is New.
func (h *Hall) open(name string) *place {
	d := slices.MinFunc(h.drivers, func(a, b *driver) int { return a.load() - b.load() })
	p := &place{name: name, room: room.New(h.cfg.Open(name))}
	p.publish()
	h.rooms[name] = p
	d.add(p)
	h.cfg.Log.Info("room opened", "room", name)
	return p
}

// remove forgets a room that has ended.
func (h *Hall) remove(p *place) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.rooms[p.name] == p {
		delete(h.rooms, p.name)
	}
}

// validName reports whether a room may have the name: 1 to 32 letters a to z,
// digits and hyphens.
func validName(name string) bool {
	return len(name) >= 1 && len(name) <= 32 &&
		strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// RoomStats are the counters of one room.
type RoomStats struct {
	Name string
	room.Stats
}

// Stats returns the counters of all rooms, by name, at most a quarter of a second
// old.
func (h *Hall) Stats() []RoomStats {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := make([]RoomStats, 0, len(h.rooms))
	for _, p := range h.rooms {
		all = append(all, RoomStats{p.name, *p.stats.Load()})
	}
	slices.SortFunc(all, func(a, b RoomStats) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// LastTick returns when a driver last finished a round of ticks, the oldest of
// all drivers: a server that is alive has ticked a moment ago.
func (h *Hall) LastTick() time.Time {
	oldest := time.Time{}
	for i, d := range h.drivers {
		if t := d.ticked(); i == 0 || t.Before(oldest) {
			oldest = t
		}
	}
	return oldest
}

// Close tells everybody in every room why it ends and lets nobody in any more. It
// must be called while Run still runs and returns when the rooms have been told.
func (h *Hall) Close(ctx context.Context, reject wire.Reject) error {
	h.mu.Lock()
	h.closed = true
	var all []*place
	for _, p := range h.rooms {
		all = append(all, p)
	}
	h.mu.Unlock()
	for _, p := range all {
		done := make(chan struct{})
		p.orders <- func(r *room.Room) { r.Close(reject); close(done) }
		select {
		case <-done:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
