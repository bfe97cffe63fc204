package hall

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"ionwake/server/room"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// tickLength is the time between two ticks.
const tickLength = time.Second / sim.TickRate

// maxBehind is how many ticks a driver catches up at once; what is further behind
// is dropped, so that a slow moment does not make the next one slower.
const maxBehind = 3

// place is a room in the hall. Its room belongs to one driver.
type place struct {
	name   string
	room   *room.Room
	stats  atomic.Pointer[room.Stats]
	orders chan func(*room.Room) // run by the driver before the next tick
	idle   int                   // ticks without anybody
}

func (p *place) publish() {
	if p.orders == nil {
		p.orders = make(chan func(*room.Room), 4)
	}
	st := p.room.Stats()
	p.stats.Store(&st)
}

// driver ticks its rooms in turn. Only its own goroutine touches them.
type driver struct {
	hall *Hall

	mu     sync.Mutex // guards the list, not the rooms
	places []*place

	last    atomic.Int64 // unix nanoseconds of the last round
	running []*place     // the list as of this round
}

func (d *driver) add(p *place) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.places = append(d.places, p)
}

func (d *driver) load() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.places)
}

func (d *driver) ticked() time.Time { return time.Unix(0, d.last.Load()) }

// run ticks at absolute times, so that lateness does not add up.
func (d *driver) run(ctx context.Context) {
	due := time.Now()
	for ctx.Err() == nil {
		due = due.Add(tickLength)
		now := time.Now()
		if wait := due.Sub(now); wait > 0 {
			time.Sleep(wait)
		} else if behind := -wait; behind > maxBehind*tickLength {
			due = now
		}
		d.round(due)
	}
}

// round lets every room pass one tick.
func (d *driver) round(due time.Time) {
	d.mu.Lock()
	d.running = append(d.running[:0], d.places...)
	d.mu.Unlock()
	for _, p := range d.running {
		begin := time.Now()
		if !d.tick(p) {
			d.drop(p)
			continue
		}
		if d.hall.cfg.Ticked != nil {
			d.hall.cfg.Ticked(time.Since(begin), max(begin.Sub(due), 0))
		}
	}
	d.last.Store(time.Now().UnixNano())
}

// tick ticks one room. A panic ends that room, not the process: its people are
// told, with a number that the log has too. It returns false when the room is over.
func (d *driver) tick(p *place) (alive bool) {
	defer func() {
		if err := recover(); err != nil {
			id := fmt.Sprintf("%08x", uint32(time.Now().UnixNano()))
			d.hall.cfg.Log.Error("room crashed", "room", p.name, "crash", id, "error", err, "stack", string(debug.Stack()))
			p.abandon(wire.Reject{Code: 1011, Message: "The room broke down (" + id + "). Join again for a new one.", RetryAfterMS: 1000})
			alive = false
		}
	}()
	for range len(p.orders) {
		(<-p.orders)(p.room)
	}
	p.room.Tick()
	if p.room.World().Tick%(sim.TickRate/4) == 0 {
		p.publish()
	}
	return !d.outlived(p)
}

// abandon closes a room that may be broken.
func (p *place) abandon(reject wire.Reject) {
	defer func() { _ = recover() }() // it panicked once already: nothing more to lose
	p.room.Close(reject)
}

// outlived reports whether a room other than MainRoom has been empty for too long.
func (d *driver) outlived(p *place) bool {
	st := p.stats.Load()
	if p.name == MainRoom || st.Players+st.Watchers > 0 || p.room.Knocking() {
		p.idle = 0
		return false
	}
	p.idle++
	return time.Duration(p.idle)*tickLength > d.hall.cfg.KeepFor
}

// drop takes a room that has ended out of the hall; MainRoom is opened again.
func (d *driver) drop(p *place) {
	d.mu.Lock()
	for i, q := range d.places {
		if q == p {
			d.places = append(d.places[:i], d.places[i+1:]...)
			break
		}
	}
	d.mu.Unlock()
	d.hall.remove(p)
	p.abandon(wire.Reject{Code: 4010, Message: "The room has ended."})
	d.hall.cfg.Log.Info("room closed", "room", p.name)
	if p.name == MainRoom {
		_, _ = d.hall.find(MainRoom)
	}
}
