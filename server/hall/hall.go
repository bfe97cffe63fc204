// Package hall knows the rooms of a server by their names: it opens them, sends
// people to them, drives their ticks and closes them. It knows no sockets.
package hall

import (
	"context"
	"errors"
	"fmt"
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
	Pumps    []Pump        // one for each driver, turned before each of its rounds; fewer: the other drivers have none
	KeepFor  time.Duration // how long a room without people stays open; 60 s
	Password string        // what every newcomer has to say, at most wire.MaxPassword bytes; "": nothing
	Tickets  Tickets       // what every newcomer has to show; nil: nothing
	Keeper   Keeper        // keeps rooms across a restart; nil: nothing does
	Log      *slog.Logger
	// Full, if set, is asked whether the server has no place for somebody without a seat,
	// whatever the rooms have; and why. It is called from any goroutine.
	Full func() (why wire.Reject, full bool)
	// Crashed, if set, is told how a room broke down, on its driver's goroutine: it must
	// not block, and the room may be broken.
	Crashed func(Crash)
	// Ticked and Rounded, if set, are told how each tick of a room and each round of a
	// driver went. They are called on the drivers' goroutines.
	Ticked  func(Tick)
	Rounded func(Round)

	work func() stint // what the calling thread has worked; work
}

// Why somebody does not get into a room; see Guest.
var (
	errNoRoom  = errors.New("no such room")
	errFull    = errors.New("too many rooms")
	errCrowded = errors.New("too many at the door")
	errClosing = errors.New("closing")
	errHasty   = errors.New("too many joins from one network")
	errRooms   = errors.New("too many rooms opened from one network")
)

// Hall is the rooms of one server.
type Hall struct {
	cfg     Config
	began   time.Time
	drivers []*driver
	paces   *paces
	scribe  *scribe // nil: nothing is kept

	mu     sync.Mutex
	rooms  map[string]*place
	closed bool
	past   Totals // of rooms that have ended

	farewell wire.Reject // to newcomers, once closed
	mainFrom time.Time   // MainRoom is not opened before
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
	if cfg.work == nil {
		cfg.work = work
	}
	h := &Hall{cfg: cfg, began: time.Now(), rooms: make(map[string]*place), paces: newPaces()}
	for i := range cfg.Drivers {
		d := &driver{hall: h, number: i, wake: make(chan struct{}, 1)}
		if i < len(cfg.Pumps) {
			d.pump = cfg.Pumps[i]
		}
		h.drivers = append(h.drivers, d)
	}
	if cfg.Keeper != nil {
		h.scribe = newScribe(h)
		h.restore()
	}
	if h.rooms[MainRoom] == nil {
		h.open(MainRoom)
	}
	return h
}

// Run drives all rooms until ctx ends. It returns when the last tick is done.
func (h *Hall) Run(ctx context.Context) error {
	var wg, writing sync.WaitGroup
	if h.scribe != nil {
		writing.Go(h.scribe.run)
		defer writing.Wait()
		defer close(h.scribe.errands)
	}
	for _, d := range h.drivers {
		wg.Go(func() { d.run(ctx) })
	}
	wg.Wait()
	return ctx.Err()
}

// enter brings a connection to the door of a room, which it opens if need be. The
// lock is held to the end: a room that has left the list gets no more visits, so
// whoever closes it finds everybody.
func (h *Hall) enter(name string, out room.Outbox, hello wire.Hello) (*room.Visit, error) {
	if name == "" {
		name = MainRoom
	}
	may := h.paces.of(out)
	if !may.joins.Allow() {
		return nil, errHasty
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	p, err := h.find(name, may)
	if err != nil {
		return nil, err
	}
	visit, ok := p.room.Enter(out, hello)
	if !ok {
		return nil, errCrowded
	}
	p.board(out)
	return visit, nil
}

// find returns the room of a name, opening it if need be and if may allows that. The
// caller holds the lock.
func (h *Hall) find(name string, may *allowance) (*place, error) {
	if h.closed {
		return nil, errClosing
	}
	if p := h.rooms[name]; p != nil {
		return p, nil
	}
	if !validName(name) {
		return nil, errNoRoom
	}
	if name == MainRoom && time.Now().Before(h.mainFrom) {
		return nil, errCrowded // it has just broken down
	}
	if len(h.rooms) >= h.cfg.MaxRooms && name != MainRoom {
		h.dismiss()
		return nil, errFull
	}
	if name != MainRoom && !may.rooms.Allow() {
		return nil, errRooms
	}
	return h.open(name), nil
}

// dismiss asks one room in which nobody seems to be connected to end, so that a name
// asked for again finds a place. The caller holds the lock.
func (h *Hall) dismiss() {
	for name, p := range h.rooms {
		if name != MainRoom && p.connected.Load() == 0 {
			p.unwanted.Store(true)
			return
		}
	}
}

// open makes a new room. The caller holds the lock, or is New.
func (h *Hall) open(name string) *place {
	p := h.put(name, room.New(h.cfg.Open(name)))
	h.cfg.Log.Info("room opened", "room", name)
	return p
}

// put puts a room in the care of the driver with the fewest. The caller holds the lock,
// or is New.
func (h *Hall) put(name string, r *room.Room) *place {
	d := slices.MinFunc(h.drivers, func(a, b *driver) int { return a.load() - b.load() })
	p := newPlace(name, r, d.number)
	h.rooms[name] = p
	h.past.Opened++
	d.add(p)
	return p
}

// remove forgets a room that has ended, but not its counters.
func (h *Hall) remove(p *place, crashed bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.rooms, p.name)
	st := p.seen()
	h.past.add(&st)
	if crashed {
		h.past.Crashed++
	}
}

// waitForMain keeps MainRoom closed for a while, whoever asks for it.
func (h *Hall) waitForMain() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.mainFrom = time.Now().Add(reopenEvery - tickLength)
}

// reopen opens MainRoom again, unless somebody has asked for it meanwhile.
func (h *Hall) reopen() {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, _ = h.find(MainRoom, h.paces.shared) // in vain only when the hall is closing
}

// validName reports whether a room may have the name: 1 to 32 letters a to z,
// digits and hyphens.
func validName(name string) bool {
	return len(name) >= 1 && len(name) <= 32 &&
		strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// LastTick returns when a driver last finished a round of ticks, the oldest of all
// drivers, and when the hall was made before the first: a server that is alive has
// ticked a moment ago, a driver without rooms within restFor.
func (h *Hall) LastTick() time.Time {
	oldest := h.drivers[0].last.Load()
	for _, d := range h.drivers[1:] {
		oldest = min(oldest, d.last.Load())
	}
	return h.began.Add(time.Duration(oldest)) // on the clock that nobody can set
}

// Close tells everybody in every room why it ends and lets nobody in any more:
// newcomers are told the same. Where the server restarts, the rooms are kept. It must be
// called while Run still runs, and returns when the rooms have been told, and are safe on
// the disk, or ctx ends.
func (h *Hall) Close(ctx context.Context, reject wire.Reject) error {
	h.mu.Lock()
	h.closed, h.farewell = true, reject
	all := make([]*place, 0, len(h.rooms))
	for _, p := range h.rooms {
		all = append(all, p)
	}
	h.mu.Unlock()
	for _, p := range all {
		p.farewell.Store(&reject)
	}
	for _, p := range all {
		select {
		case <-p.ended:
		case <-ctx.Done():
			return fmt.Errorf("close the rooms: %w", ctx.Err())
		}
	}
	if h.scribe != nil {
		if err := h.scribe.flush(ctx); err != nil {
			return fmt.Errorf("keep the rooms: %w", err)
		}
	}
	return nil
}
