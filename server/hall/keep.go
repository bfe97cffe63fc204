package hall

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"ionwake/server/room"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// Keeper keeps rooms across a restart. Its methods wait for a disk; they are called on
// one goroutine, New's or the hall's own.
type Keeper interface {
	// Names lists the rooms that are kept.
	Names() ([]string, error)
	// Load returns a room as it was kept.
	Load(name string) (*room.Snapshot, error)
	// Keep returns when the room will be there after any end of this process.
	Keep(name string, s *room.Snapshot) error
	// Drop forgets a room.
	Drop(name string) error
}

const (
	// keepEvery is how many ticks pass between two times that a room with people in it
	// is kept: what a crash costs at most.
	keepEvery = 3 * sim.TickRate
	// keepSoon is how many pass at least when somebody has come: their token is in no
	// older copy.
	keepSoon = sim.TickRate / 2
)

// errBroken is what a room of a Keeper ends in that cannot be taken apart.
var errBroken = errors.New("the room breaks down")

// errand is a room to be kept, or forgotten, or with done alone just an answer when all
// errands before are done.
type errand struct {
	name string
	snap *room.Snapshot        // nil: forget it
	back chan<- *room.Snapshot // takes snap's memory again; nil: nobody needs it
	done chan<- struct{}
}

// scribe carries errands to the Keeper, so that no tick waits for a disk.
type scribe struct {
	hall    *Hall
	errands chan errand
	failing bool
}

func newScribe(h *Hall) *scribe {
	return &scribe{hall: h, errands: make(chan errand, 4*h.cfg.MaxRooms+8)}
}

// run carries errands until there will be no more.
func (s *scribe) run() {
	for e := range s.errands {
		s.carry(e)
	}
}

func (s *scribe) carry(e errand) {
	if e.done != nil {
		close(e.done)
		return
	}
	var err error
	if e.snap == nil {
		err = s.hall.cfg.Keeper.Drop(e.name)
	} else {
		err = s.hall.cfg.Keeper.Keep(e.name, e.snap)
	}
	if e.back != nil {
		e.back <- e.snap
	}
	switch {
	case err != nil && !s.failing: // once, not every three seconds
		s.hall.cfg.Log.Error("rooms cannot be kept: a restart would lose the match", "room", e.name, "error", err)
	case err == nil && s.failing:
		s.hall.cfg.Log.Info("rooms are kept again", "room", e.name)
	}
	s.failing = err != nil
}

// flush returns when all errands until now are done, or ctx ends.
func (s *scribe) flush(ctx context.Context) error {
	done := make(chan struct{})
	select {
	case s.errands <- errand{done: done}:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// keepsake is what a place knows of being kept.
type keepsake struct {
	spare    chan *room.Snapshot // its memory, while no scribe has it
	age      sim.Tick            // of the newest copy
	arrivals uint32              // as of it
	manned   bool                // somebody was there then
}

func newKeepsake() keepsake {
	k := keepsake{spare: make(chan *room.Snapshot, 1)}
	k.spare <- new(room.Snapshot)
	return k
}

// due reports whether a copy of r is wanted. Nobody misses a room without people.
func (k *keepsake) due(r *room.Room, present bool) bool {
	if k.age++; k.age < keepSoon {
		return false
	}
	return r.Arrivals() != k.arrivals || k.age >= keepEvery && (present || k.manned)
}

// keep takes a copy of a room that has just ticked, if one is due and the last one has
// reached the disk.
func (d *driver) keep(p *place) {
	if d.hall.scribe == nil || !p.kept.due(p.room, p.present) {
		return
	}
	select {
	case snap := <-p.kept.spare:
		p.room.Save(snap)
		p.kept.age, p.kept.arrivals, p.kept.manned = 0, p.room.Arrivals(), p.present
		select {
		case d.hall.scribe.errands <- errand{name: p.name, snap: snap, back: p.kept.spare}:
		default:
			p.kept.spare <- snap // a slow disk: later
		}
	default:
	}
}

// keepLast takes the last copy of a room that ends, if the server restarts; any other
// end is one for good.
func (d *driver) keepLast(p *place, why wire.Reject, crashed bool) {
	if d.hall.scribe == nil {
		return
	}
	last := errand{name: p.name}
	if why.Code == wire.CloseRestart && !crashed {
		last.snap = d.copied(p)
	}
	select {
	case d.hall.scribe.errands <- last:
	default: // a disk that hangs must not hold up who is told
		d.hall.cfg.Log.Error("a room could not be kept in time", "room", p.name)
	}
}

// copied returns a copy of a room that may be broken, nil if it is.
func (d *driver) copied(p *place) (snap *room.Snapshot) {
	defer func() {
		if err := recover(); err != nil {
			d.hall.cfg.Log.Error("room crashed while it was kept", "room", p.name, "error", fmt.Sprint(err))
			snap = nil
		}
	}()
	snap = new(room.Snapshot)
	p.room.Save(snap)
	return snap
}

// restore opens the rooms that were kept, as far as there is place for them. What cannot
// be gone on from is forgotten.
func (h *Hall) restore() {
	names, err := h.cfg.Keeper.Names()
	if err != nil {
		h.cfg.Log.Error("the rooms that were kept cannot be had", "error", err)
		return
	}
	slices.SortStableFunc(names, func(a, b string) int { return first(b) - first(a) })
	for _, name := range names {
		begin := time.Now()
		r, err := h.restored(name)
		if err != nil {
			h.cfg.Log.Warn("a room that was kept begins anew", "room", name, "reason", err)
			_ = h.cfg.Keeper.Drop(name) // else the next copy replaces it
			continue
		}
		h.put(name, r)
		people, watchers := r.People()
		h.cfg.Log.Info("room goes on", "room", name, "people", people+watchers, "took", time.Since(begin))
	}
}

// first is 1 for the room that must not miss its place.
func first(name string) int {
	if name == MainRoom {
		return 1
	}
	return 0
}

func (h *Hall) restored(name string) (r *room.Room, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			r, err = nil, fmt.Errorf("%w: %v", errBroken, broken)
		}
	}()
	if !validName(name) {
		return nil, errNoRoom
	}
	if len(h.rooms) >= h.cfg.MaxRooms && name != MainRoom {
		return nil, errFull
	}
	snap, err := h.cfg.Keeper.Load(name)
	if err != nil {
		return nil, err
	}
	return room.Restore(h.cfg.Open(name), snap)
}
