//go:build amd64 || arm64

package gate

import (
	"cmp"
	"fmt"
	"net"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Pump moves the bytes of connections when it is told to, instead of goroutines that wait for them: what came since the last turn is read with one
// look at all sockets and handed to the peers in order, on the goroutine that calls Turn. Sends need no turn; only what TCP did not take does.
//
// Inputs that are consumed at ticks lose nothing by it, and waking a goroutine for each costs several times as much as reading them in one go.
type Pump struct {
	epoll  int
	alarm  *alarm
	began  time.Time
	now    time.Time // of this turn
	left   int       // of sharedBudget
	inbox  []byte    // what is read past the coroutines, for as long as it is dealt with
	riders []*berth
	byFD   []*berth // by file descriptor; nil: not ours
	ready  []syscall.EpollEvent
	coming []arrival
	tended []*berth     // backing of the next list of marked ones
	turned atomic.Int64 // when the last turn began, in Unix nanoseconds
	due    atomic.Int64 // no rider has a deadline before this, since began

	mu     sync.Mutex
	marked []*berth // to be looked after at the next turn: new, leaving, stuck, ending
	closed bool
}

// NewPumps makes n pumps for Config.Pumps. Where the system has none, here anything but Linux on amd64 and arm64, the result is empty and every
// connection has goroutines of its own, which a gate without pumps does everywhere. The error says why a pump could not be had.
func NewPumps(n int) ([]*Pump, error) {
	var pumps []*Pump
	for range n {
		p, err := newPump()
		if err != nil {
			for _, p := range pumps {
				p.Close()
			}
			return nil, fmt.Errorf("make a pump: %w", err)
		}
		pumps = append(pumps, p)
	}
	return pumps, nil
}

func newPump() (*Pump, error) {
	epoll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return nil, err
	}
	a, err := newAlarm()
	if err != nil {
		_ = syscall.Close(epoll)
		return nil, err
	}
	now := time.Now()
	p := &Pump{epoll: epoll, alarm: a, began: now, now: now, inbox: make([]byte, turnBudget), ready: make([]syscall.EpollEvent, 64)}
	p.due.Store(never)
	return p, nil
}

// Wait waits for d between two turns, for less than time.Sleep costs. It is called by who calls Turn.
func (p *Pump) Wait(d time.Duration) {
	if d > 0 && p.alarm.wait(d) != nil {
		time.Sleep(d)
	}
}

// board moves a hijacked TCP connection onto file descriptors of our own, if there are pumps. One that cannot be moved stays as it is.
func (g *Gate) board(raw net.Conn) {
	if len(g.cfg.Pumps) == 0 {
		return
	}
	counted, ok := inner[*countedConn](raw)
	if !ok {
		return
	}
	tcp, ok := counted.Conn.(*net.TCPConn)
	if !ok {
		return
	}
	tune(tcp)
	b, err := takeOver(tcp)
	if err != nil {
		g.cfg.Logger.Debug("connection keeps goroutines of its own", "error", err)
		return
	}
	counted.Conn = b
}

// pickPump gives the pump that turned last: one that hangs gets no newcomers.
func (g *Gate) pickPump() *Pump {
	return slices.MaxFunc(g.cfg.Pumps, func(a, b *Pump) int { return cmp.Compare(a.turned.Load(), b.turned.Load()) })
}

// Turn reads what has come, hands it to the peers and goes on with what could not be written. It never waits. Only one goroutine may call it, and
// must go on until every connection has ended; a peer that blocks blocks all connections of the pump.
func (p *Pump) Turn() {
	p.now = time.Now()
	p.turned.Store(p.now.UnixNano())
	p.left = sharedBudget
	p.tendMarked()
	p.readReady()
	if p.due.Load() <= int64(p.now.Sub(p.began)) {
		p.wakeOverdue()
	}
}

// wakeOverdue goes on with those whose deadline has come and looks when the next one comes.
func (p *Pump) wakeOverdue() {
	p.due.Store(never)                            // one that is set from now on counts too
	for _, b := range slices.Backward(p.riders) { // one that ends makes way for the last
		if b.overdue(p.now) {
			p.resume(b)
		}
	}
	for _, b := range p.riders {
		p.expectOf(b)
	}
}

// expect has the pump look at deadlines at t, if not before.
func (p *Pump) expect(t time.Time) {
	at := int64(t.Sub(p.began))
	for {
		due := p.due.Load()
		if due <= at || p.due.CompareAndSwap(due, at) {
			return
		}
	}
}

func (p *Pump) expectOf(b *berth) {
	if at := b.deadline.Load(); at != never {
		p.expect(b.began.Add(time.Duration(at)))
	}
}

// readReady reads what has come. It is told once of each coming; who has more to say than a turn's budget marks itself for the next.
func (p *Pump) readReady() {
	if len(p.riders) == 0 {
		return
	}
	n, errno := pollNow(p.epoll, p.ready)
	if errno != 0 {
		return
	}
	for events := p.ready[:n]; len(events) > 0; {
		k := min(len(events), lookAhead)
		p.coming = p.coming[:0]
		for _, event := range events[:k] {
			if b := p.byFD[event.Fd]; b != nil {
				b.hung = b.hung || event.Events&^syscall.EPOLLIN != 0
				p.coming = append(p.coming, arrival{b, b.straight()})
			}
		}
		for _, a := range p.coming {
			if b := a.berth; !b.readable && b.slot >= 0 { // else its budget of this turn is spent, or it has left
				b.readable = true
				p.read(b, a.straight)
			}
		}
		events = events[k:]
	}
}

// lookAhead is how many connections are looked at before the first of them is read: what is known of them has gone cold since the last turn, and
// memory brings many of them in the time that it takes to bring one.
const lookAhead = 16

// arrival is a connection on which something has come.
type arrival struct {
	berth    *berth
	straight bool
}

// read hands the peer the messages that have come whole, past the coroutine and the library in it: most of the time there is nothing else. The rest is
// for them.
func (p *Pump) read(b *berth, straight bool) {
	budget := turnBudget
	if p.left <= 0 {
		budget = leastBudget
	}
	b.budget = budget
	p.hand(b, straight)
	p.left -= budget - b.budget
}

func (p *Pump) hand(b *berth, straight bool) {
	if !straight {
		p.resume(b)
		return
	}
	s := b.line.plain
	if n, _ := b.recv(p.inbox[:b.budget]); n > 0 {
		b.ahead = s.relay(p.inbox[:n], p.now, b.stamp)
	}
	if len(b.ahead) > 0 || b.readable { // a broken line reads as an end the second time
		p.resume(b)
		b.ahead = slices.Clone(b.ahead) // the inbox is for others now
	}
}

// straight reports whether what comes may go to the peer past the coroutine.
func (b *berth) straight() bool { return b.line.plain != nil && b.waiting && b.line.plain.between() }

// tendMarked looks after those that asked for it, and after new ones.
func (p *Pump) tendMarked() {
	p.mu.Lock()
	list := p.marked
	p.marked, p.tended = p.tended[:0], list
	p.mu.Unlock()
	for _, b := range list {
		b.marked.Store(false)
		p.tend(b)
	}
	clear(list)
}

func (p *Pump) tend(b *berth) {
	if b.pump.Load() != p { // has moved on since
		b.mark()
		return
	}
	if b.closed.Load() {
		return
	}
	switch {
	case b.slot < 0:
		p.join(b)
		p.resume(b)
	case b.readable:
		p.read(b, b.straight())
	}
	if want := b.want.Load(); want != nil && want != p && !b.closed.Load() {
		p.leave(b, b.fd)
		want.take(b)
		return
	}
	if !b.line.tend(p.now) {
		return
	}
	if b.line.conn.end.Load() != nil {
		p.resume(b)
	}
	p.mark(b)
}

// resume goes on with a connection's reading half. Its faults are sheltered there; what comes out all the same is the end of that connection only.
func (p *Pump) resume(b *berth) {
	defer func() {
		if fault := recover(); fault != nil {
			c := b.line.conn
			c.gate.faults.report("pump", fault, debug.Stack())
			_ = c.raw.Close()
			c.place.leave()
			c.gate.forget(c)
		}
	}()
	b.next()
}

// edge has epoll tell once of what has come since it last told, which spares it looking once more at every socket that was emptied. (The constant of
// package syscall is negative and does not fit the field.)
const edge = 1 << 31

// join puts a connection under the pump's eyes.
func (p *Pump) join(b *berth) {
	if b.fd < 0 {
		return
	}
	b.slot = len(p.riders)
	p.riders = append(p.riders, b)
	if grow := b.fd + 1 - len(p.byFD); grow > 0 {
		p.byFD = append(p.byFD, make([]*berth, grow)...)
	}
	p.byFD[b.fd] = b
	p.expectOf(b)
	if len(p.riders) > len(p.ready) {
		p.ready = make([]syscall.EpollEvent, 2*len(p.ready))
	}
	event := syscall.EpollEvent{Events: syscall.EPOLLIN | syscall.EPOLLRDHUP | edge, Fd: int32(b.fd)}
	if err := syscall.EpollCtl(p.epoll, syscall.EPOLL_CTL_ADD, b.fd, &event); err != nil {
		b.line.conn.gate.cfg.Logger.Error("connection cannot be watched", "error", err)
		b.line.conn.Close(nil, CloseOverload, "")
	}
}

// leave takes a connection from under the pump's eyes.
func (p *Pump) leave(b *berth, fd int) {
	if b.slot < 0 {
		return
	}
	last := len(p.riders) - 1
	p.riders[b.slot] = p.riders[last]
	p.riders[b.slot].slot = b.slot
	p.riders[last] = nil
	p.riders = p.riders[:last]
	p.byFD[fd] = nil
	b.slot = -1
	_ = syscall.EpollCtl(p.epoll, syscall.EPOLL_CTL_DEL, fd, nil)
}

// take makes a connection the pump's from its next turn on. A pump that is closed ends it at once.
func (p *Pump) take(b *berth) {
	b.pump.Store(p)
	if !p.mark(b) {
		p.evict(b)
	}
}

// mark has a connection looked after at the next turn. It reports false when there will be none.
func (p *Pump) mark(b *berth) bool {
	if !b.marked.CompareAndSwap(false, true) {
		return true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		p.marked = append(p.marked, b)
	}
	return !p.closed
}

// Close ends what connections are left and frees the pump. It is called after the last Turn.
func (p *Pump) Close() {
	p.mu.Lock()
	left := p.marked
	p.marked, p.closed = nil, true
	p.mu.Unlock()
	for _, b := range append(left, p.riders...) {
		p.evict(b)
	}
	_ = syscall.Close(p.epoll)
	p.alarm.close()
}

// evict ends a connection whose pump turns no more.
func (p *Pump) evict(b *berth) {
	if b.closed.Load() {
		return
	}
	b.gone = true
	b.sever()
	p.resume(b)
}
