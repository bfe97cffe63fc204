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

// MainRoom is opened again at once after a crash, but not more often than this: one
// that crashes as soon as it is open must not do so sixty times a second.
const reopenEvery = time.Second

// Pump moves the bytes of connections, those of the people in one driver's rooms
// above all.
type Pump interface {
	// Turn hands over what has come and goes on with what could not be sent. It never
	// waits.
	Turn()
}

// Waiter is a Pump that knows how to wait for the next tick for less than time.Sleep
// costs.
type Waiter interface{ Wait(d time.Duration) }

// Rider is a Conn that any driver's Pump can move. That of the driver that ticks its
// room reads an input just before the tick that needs it.
type Rider interface {
	// Ride asks for the pump of the driver of this number.
	Ride(driver int)
}

// restFor is how long a driver without rooms waits between rounds, in which its pump
// turns for whoever still rides on it; a room that comes wakes it at once.
const restFor = 100 * time.Millisecond

// driver ticks its rooms in turn, and before that lets its pump turn. Only its own
// goroutine touches them.
type driver struct {
	hall   *Hall
	number int
	pump   Pump          // nil: connections move their bytes themselves
	wake   chan struct{} // a room has come

	mu     sync.Mutex // guards the list, not the rooms
	places []*place

	last    atomic.Int64 // of the last round, in nanoseconds since the hall began
	running []*place     // the list as of this round
	strain  strain       // of its rounds
	rounds  int
}

func (d *driver) add(p *place) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p.lane = freeLane(d.places)
	d.places = append(d.places, p)
	select {
	case d.wake <- struct{}{}:
	default: // it knows already
	}
}

func (d *driver) load() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.places)
}

// run ticks at absolute times, so that lateness does not add up.
func (d *driver) run(ctx context.Context) {
	rested := time.NewTimer(restFor)
	defer rested.Stop()
	due := time.Now()
	for ctx.Err() == nil {
		if d.load() == 0 {
			rested.Reset(restFor)
			select {
			case <-d.wake:
			case <-rested.C:
			case <-ctx.Done():
				return
			}
			due = time.Now()
			d.round(due)
			continue
		}
		due = due.Add(tickLength)
		now := time.Now()
		if wait := due.Sub(now); wait > 0 {
			d.wait(wait)
		} else if behind := -wait; behind > maxBehind*tickLength {
			due = now
		}
		d.round(due)
	}
}

// wait waits for the next tick.
func (d *driver) wait(rest time.Duration) {
	if w, ok := d.pump.(Waiter); ok {
		w.Wait(rest)
		return
	}
	time.Sleep(rest)
}

// round lets every room pass one tick and times that.
func (d *driver) round(due time.Time) {
	began, before := time.Now(), d.hall.cfg.work()
	rooms := d.passAll(due)
	after, took := d.hall.cfg.work(), time.Since(began)
	if share, told := d.strain.add(before, after, took); told {
		d.tellStrain(share)
	}
	if d.hall.cfg.Rounded != nil {
		d.hall.cfg.Rounded(Round{Rooms: rooms, Took: took, CPU: after.since(before, took), Late: max(began.Sub(due), 0)})
	}
}

// passAll lets the pump turn, then every room pass one tick, and returns how many they
// are.
func (d *driver) passAll(due time.Time) (rooms int) {
	if d.pump != nil {
		d.pump.Turn()
	}
	d.mu.Lock()
	d.running = append(d.running[:0], d.places...)
	d.mu.Unlock()
	for _, p := range d.running {
		d.pass(p, due)
	}
	rooms = len(d.running)
	d.rounds++
	clear(d.running) // or rooms that have ended would stay in memory
	d.last.Store(int64(time.Since(d.hall.began)))
	return rooms
}

// pass lets one room pass one tick and ends it when its time has come.
func (d *driver) pass(p *place, due time.Time) {
	if last := p.farewell.Load(); last != nil {
		d.end(p, *last, false)
		return
	}
	if p.age == 0 {
		p.room.Stagger(p.lane - d.rounds)
	}
	begin := time.Now()
	if crash := d.tick(p); crash != "" {
		d.end(p, wire.Reject{
			Code: wire.CloseFault, Message: "The room broke down (" + crash + "). Join again for a new one.", RetryAfterMS: 1000,
		}, true)
		return
	}
	if d.hall.cfg.Ticked != nil {
		d.hall.cfg.Ticked(Tick{Took: time.Since(begin), Late: max(begin.Sub(due), 0), Laps: p.room.Laps()})
	}
	d.keep(p)
	if p.outlived(d.hall.cfg.KeepFor) {
		d.end(p, wire.Reject{Code: wire.CloseRoomEnded, Message: "The room has ended."}, false)
	}
}

// tick ticks one room. A panic ends that room and not the process: tick returns a
// number by which its people can name it and which the log has too, "" if all
// is well.
func (d *driver) tick(p *place) (crash string) {
	defer func() {
		if err := recover(); err != nil {
			crash = d.crashed(p, err, debug.Stack())
		}
	}()
	p.tick()
	return ""
}

// Crash is how a room broke down.
type Crash struct {
	ID    string // by which its people can name it
	Room  *room.Room
	Cause any // what it panicked with
	Stack []byte
}

// crashed tells of a crash and returns its number.
func (d *driver) crashed(p *place, cause any, stack []byte) (id string) {
	id = fmt.Sprintf("%08x", uint32(time.Now().UnixNano()))
	d.hall.cfg.Log.Error("room crashed", "room", p.name, "crash_id", id, "error", fmt.Sprint(cause), "stack", string(stack))
	defer func() { _ = recover() }() // whatever looks at a broken room may break as well: its people come first
	if d.hall.cfg.Crashed != nil {
		d.hall.cfg.Crashed(Crash{id, p.room, cause, stack})
	}
	return id
}

// end takes a room out of the hall and tells its people why. MainRoom is opened
// again.
func (d *driver) end(p *place, reject wire.Reject, crashed bool) {
	p.publish()
	d.hall.remove(p, crashed) // first: nobody may come to its door behind our back
	d.mu.Lock()
	for i, q := range d.places {
		if q == p {
			d.places = append(d.places[:i], d.places[i+1:]...)
			break
		}
	}
	d.mu.Unlock()
	d.keepLast(p, reject, crashed)
	d.abandon(p, reject)
	close(p.ended)
	d.hall.cfg.Log.Info("room closed", "room", p.name)
	switch {
	case p.name != MainRoom:
	case time.Duration(p.age)*tickLength >= reopenEvery:
		d.hall.reopen()
	default:
		d.hall.waitForMain()
		time.AfterFunc(reopenEvery, d.hall.reopen)
	}
}

// abandon closes a room that may be broken.
func (d *driver) abandon(p *place, reject wire.Reject) {
	defer func() {
		if err := recover(); err != nil {
			d.hall.cfg.Log.Error("room crashed while closing", "room", p.name, "error", fmt.Sprint(err))
		}
	}()
	p.room.Close(reject)
}
