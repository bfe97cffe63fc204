package hall

import (
	"sync"
	"sync/atomic"
	"time"

	"ionwake/server/room"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// place is a room in the hall. Its room belongs to one driver, but for the door,
// at which anybody may knock.
type place struct {
	name     string
	room     *room.Room
	driver   int                         // the number of the driver it belongs to
	lane     int                         // among its places: in which of the rounds the room sends
	farewell atomic.Pointer[wire.Reject] // set: the room ends at the next tick, with these words
	unwanted atomic.Bool                 // set: it ends if nobody is connected
	ended    chan struct{}               // closed when it has
	idle     sim.Tick                    // for how long nobody has been there
	age      sim.Tick
	kept     keepsake

	connected atomic.Int64 // people, as of stats
	present   bool         // somebody is there, as of stats

	mu    sync.Mutex // guards stats
	stats room.Stats
}

func newPlace(name string, r *room.Room, driver int) *place {
	p := &place{name: name, room: r, driver: driver, ended: make(chan struct{}), kept: newKeepsake()}
	p.publish()
	return p
}

// board has a connection moved by the pump of the place's driver, if it can be.
func (p *place) board(conn any) {
	if rider, ok := conn.(Rider); ok {
		rider.Ride(p.driver)
	}
}

// publish makes the counters readable for everybody.
func (p *place) publish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stats = p.room.Stats()
	p.connected.Store(int64(p.stats.Connected))
	p.present = p.stats.Players+p.stats.Watchers > 0
}

// seen returns the counters as they were published last.
func (p *place) seen() room.Stats {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stats
}

// tick passes one tick in the room.
func (p *place) tick() {
	p.room.Tick()
	p.age++
	if p.age%(sim.TickRate/4) == 0 {
		p.publish()
	}
	p.idle++
	if p.present {
		p.idle = 0
	}
}

// outlived reports whether a room other than MainRoom has been empty for too long.
// The counters may not know yet of somebody who has just come in, so the seats are
// looked at before a room is given up.
func (p *place) outlived(keepFor time.Duration) bool {
	if p.unwanted.Swap(false) && p.room.Connected() == 0 && !p.room.Knocking() {
		return true
	}
	if p.name == MainRoom || time.Duration(p.idle)*tickLength <= keepFor {
		return false
	}
	if people, watchers := p.room.People(); people+watchers > 0 || p.room.Knocking() {
		p.idle = 0
	}
	return p.idle > 0
}
