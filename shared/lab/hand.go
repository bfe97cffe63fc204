package lab

import (
	"net"
	"time"
)

// SetLine changes what this end sends from now on; segments already on their
// way keep their times. The random source goes on, so line.Seed is not read.
func (c *Conn) SetLine(line Line) {
	c.touch(func(time.Duration) { c.out().line = line.withDefaults() })
}

// Stall holds back everything in both directions for d from now; then it
// arrives at once, as after a lost segment.
func (c *Conn) Stall(d time.Duration) {
	c.touch(func(now time.Duration) {
		for i := range c.wire.flows {
			f := &c.wire.flows[i]
			f.held = max(f.held, now+d)
		}
	})
}

// Blackhole makes the line swallow everything in both directions without a word
// (a pulled cable), or, with false, heals it: what was lost is then sent again
// and arrives one way later.
func (c *Conn) Blackhole(on bool) {
	c.touch(func(now time.Duration) {
		for i := range c.wire.flows {
			f := &c.wire.flows[i]
			if f.black && !on {
				f.held = max(f.held, now+f.line.RTT/2)
			}
			f.black = on
		}
	})
}

// Cut breaks the connection at once, at both ends, whatever was on its way (a
// reset by somebody in between).
func (c *Conn) Cut() {
	c.touch(func(time.Duration) {
		for i := range c.wire.flows {
			c.wire.flows[i].drop()
		}
	})
}

// touch does something to the wire and makes everybody look.
func (c *Conn) touch(do func(now time.Duration)) {
	c.wire.mu.Lock()
	defer c.wire.mu.Unlock()
	do(c.wire.settle())
	c.wire.settle()
	c.wire.moved.Broadcast()
}

// Buffered is how many bytes this end has written that the other has not read:
// what a sender holds for a receiver, and what is on the line.
func (c *Conn) Buffered() int {
	c.wire.mu.Lock()
	defer c.wire.mu.Unlock()
	c.wire.settle()
	return len(c.out().data)
}

// LocalAddr is this end's address.
func (c *Conn) LocalAddr() net.Addr {
	c.wire.mu.Lock()
	defer c.wire.mu.Unlock()
	return *c.addr
}

// RemoteAddr is the other end's address.
func (c *Conn) RemoteAddr() net.Addr {
	c.wire.mu.Lock()
	defer c.wire.mu.Unlock()
	return *c.peer
}

// SetLocalAddr changes this end's address, as the other end sees it too.
func (c *Conn) SetLocalAddr(addr net.Addr) {
	c.wire.mu.Lock()
	defer c.wire.mu.Unlock()
	*c.addr = addr
}
