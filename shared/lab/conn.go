package lab

import (
	"io"
	"net"
	"os"
	"syscall"
	"time"
)

// Conn is one end of a connection in memory. It is a net.Conn for any number of
// goroutines, with the handles of a test's hand on the line besides.
type Conn struct {
	wire   *wire
	side   int // which flow this end sends: 0 client, 1 server
	addr   *net.Addr
	peer   *net.Addr
	closed bool // guarded by wire.mu
}

// Pipe makes a connection whose two directions are as bad as line says. Until
// SetLocalAddr says otherwise the client is 192.0.2.1:49152 and the server
// 192.0.2.2:8080 (addresses for documentation, RFC 5737).
func Pipe(line Line) (client, server *Conn) {
	w := newWire(line)
	var from net.Addr = &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 49152}
	var to net.Addr = &net.TCPAddr{IP: net.IPv4(192, 0, 2, 2), Port: 8080}
	client = &Conn{wire: w, side: 0, addr: &from, peer: &to}
	server = &Conn{wire: w, side: 1, addr: &to, peer: &from}
	return client, server
}

func (c *Conn) out() *flow { return &c.wire.flows[c.side] }
func (c *Conn) in() *flow  { return &c.wire.flows[1-c.side] }

// Deadlines are kept with the flow they limit: that of this end's reads with the
// flow that comes in, that of its writes with the one that goes out.
func (c *Conn) readLimit() int  { return 2 * (1 - c.side) }
func (c *Conn) writeLimit() int { return 2*c.side + 1 }

// Read waits for bytes. Errors are a *net.OpError around net.ErrClosed,
// os.ErrDeadlineExceeded or syscall.ECONNRESET, or a plain io.EOF.
func (c *Conn) Read(p []byte) (int, error) {
	c.wire.mu.Lock()
	defer c.wire.mu.Unlock()
	f := c.in()
	for {
		now := c.wire.settle()
		switch {
		case c.closed:
			return 0, c.fail("read", net.ErrClosed)
		case c.wire.expired(c.readLimit(), now):
			return 0, c.fail("read", os.ErrDeadlineExceeded)
		case len(p) == 0:
			return 0, nil
		case f.arrived > f.read:
			n := f.take(p)
			c.wire.stir()
			return n, nil
		case f.reset:
			return 0, c.fail("read", syscall.ECONNRESET)
		case f.eof:
			return 0, io.EOF
		}
		c.wire.wait(now)
	}
}

// Write waits until the send buffer has taken all of p. The bytes of two Writes
// never mix. Errors are a *net.OpError around net.ErrClosed,
// os.ErrDeadlineExceeded, syscall.EPIPE (after CloseWrite) or
// syscall.ECONNRESET; n then says how much was taken before.
func (c *Conn) Write(p []byte) (n int, err error) {
	w := c.wire
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := c.beginWrite(); err != nil {
		return 0, err
	}
	defer c.endWrite()
	for {
		now := w.settle()
		if err := c.writeError(now); err != nil {
			return n, err
		}
		if n == len(p) {
			return n, nil
		}
		if taken := c.out().accept(p[n:]); taken > 0 {
			n += taken
			w.settle()
			w.stir()
			continue
		}
		w.wait(now)
	}
}

// beginWrite waits for another Write to end. It waits on the condition and not
// on a lock, for the reason given at wire.
func (c *Conn) beginWrite() error {
	for {
		now := c.wire.settle()
		if err := c.writeError(now); err != nil {
			return err
		}
		if !c.wire.writing[c.side] {
			c.wire.writing[c.side] = true
			return nil
		}
		c.wire.wait(now)
	}
}

func (c *Conn) endWrite() {
	c.wire.writing[c.side] = false
	c.wire.stir()
}

// writeError says why nothing can be written, if so.
func (c *Conn) writeError(now time.Duration) error {
	switch f := c.out(); {
	case c.closed:
		return c.fail("write", net.ErrClosed)
	case c.wire.expired(c.writeLimit(), now):
		return c.fail("write", os.ErrDeadlineExceeded)
	case f.reset:
		return c.fail("write", syscall.ECONNRESET)
	case f.fin:
		return c.fail("write", syscall.EPIPE)
	}
	return nil
}

func (c *Conn) fail(op string, err error) error {
	return &net.OpError{Op: op, Net: "lab", Source: *c.addr, Addr: *c.peer, Err: err}
}

// Close ends this end's reading and writing at once. What was written before
// still goes its way, followed by the end of the stream. If bytes were left
// unread, or arrive later, the other end gets a reset, as with TCP.
func (c *Conn) Close() error {
	c.wire.mu.Lock()
	defer c.wire.mu.Unlock()
	c.wire.settle()
	if c.closed {
		return c.fail("close", net.ErrClosed)
	}
	c.closed = true
	c.out().fin = true
	c.in().deaf = true
	c.in().refuse()
	c.wire.settle()
	c.wire.moved.Broadcast()
	return nil
}

// CloseWrite ends the stream this end sends and leaves reading open (a FIN).
func (c *Conn) CloseWrite() error {
	c.wire.mu.Lock()
	defer c.wire.mu.Unlock()
	if err := c.writeError(c.wire.settle()); err != nil {
		return err
	}
	c.out().fin = true
	c.wire.settle()
	c.wire.moved.Broadcast()
	return nil
}

// SetDeadline sets both deadlines. The zero time is none. One that has passed
// ends a Read or Write that waits, with os.ErrDeadlineExceeded.
func (c *Conn) SetDeadline(t time.Time) error {
	return c.setLimits(t, c.readLimit(), c.writeLimit())
}

// SetReadDeadline is SetDeadline for Read alone.
func (c *Conn) SetReadDeadline(t time.Time) error { return c.setLimits(t, c.readLimit()) }

// SetWriteDeadline is SetDeadline for Write alone.
func (c *Conn) SetWriteDeadline(t time.Time) error { return c.setLimits(t, c.writeLimit()) }

func (c *Conn) setLimits(t time.Time, indexes ...int) error {
	c.wire.mu.Lock()
	defer c.wire.mu.Unlock()
	if c.closed {
		return c.fail("set", net.ErrClosed)
	}
	for _, i := range indexes {
		c.wire.setLimit(i, t)
	}
	return nil
}
