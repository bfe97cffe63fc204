package gate

import (
	"net"
	"net/netip"
	"sync/atomic"
	"time"
)

// MaxFrame is how many bytes one outgoing message may have. With what the kernel may hold (sendBuffer, doubled by Linux) it keeps a client that
// stopped reading under 64 KiB.
const MaxFrame = 32 << 10

// Conn is one WebSocket connection as the rest of the server sees it. Its methods may be called from any goroutine and never block.
type Conn struct {
	// What each frame and each message needs comes first and together.
	line     line // writing
	gate     *Gate
	end      atomic.Pointer[ending] // set once; the connection is ending from then on
	came     time.Time              // see Came; the reading half's
	admitted atomic.Bool
	pingDue  atomic.Bool

	pong   atomic.Pointer[[]byte] // payload of the pong that is owed; the newest ping wins
	place  *place
	prefix netip.Prefix
	raw    net.Conn // reading and closing
}

// line is the writing half of a connection and what runs its reading half. Only settle may wait.
type line interface {
	open()                        // the 101 is out: frames may follow
	run(s *socket, reader func()) // has the reading half run, once; reader, which reads s, calls settle at its end
	ready() bool                  // no frame is in flight
	send(frame []byte) bool       // a frame of at most MaxFrame bytes
	poke()                        // there is a pong or a ping to write
	finish(e *ending)             // the connection's end was set: no more reading, and what is left to say is written by e.by
	settle() (broken bool)        // waits until all is written or cannot be; broken: not to the end
	cut()                         // ends the TCP connection at once
	ride(pump int)                // see Conn.Ride
}

// ending is how a connection ends.
type ending struct {
	last   []byte // one more message before the close frame, or nil
	code   uint16
	reason string
	by     time.Time // when the TCP connection ends at the latest
}

func newConn(g *Gate, place *place, prefix netip.Prefix) *Conn {
	return &Conn{gate: g, place: place, prefix: prefix}
}

func (c *Conn) attach(raw net.Conn) {
	c.raw = raw
	if tcp, ok := inner[*net.TCPConn](raw); ok {
		tune(tcp)
	}
	c.line = newLine(c, raw)
}

// Prefix is the /32 (IPv4) or /64 (IPv6) network of the client, seen through trusted proxies; the zero Prefix where there is no IP address.
func (c *Conn) Prefix() netip.Prefix { return c.prefix }

// Peer names the client's network, for telling people apart and for nothing else: "" where it is not known, or is this machine, on which a
// proxy may stand.
func (c *Conn) Peer() string {
	addr := c.prefix.Addr()
	if !c.prefix.IsValid() || addr.IsLoopback() || addr.IsUnspecified() { // ::/64 is where ::1 is
		return ""
	}
	return c.prefix.String()
}

// Admit says that the peer knows who this is: it ends the wait for a greeting, lifts the limit of a message from 3 KiB to 4 KiB and frees the
// place among the connections that have not greeted yet.
func (c *Conn) Admit() {
	if c.admitted.CompareAndSwap(false, true) {
		c.place.settle()
	}
}

// Came is when the message that Receive is being called with reached this machine. A connection on a pump knows that from the system, for the message may
// have waited for a turn. Only Receive may call it.
func (c *Conn) Came() time.Time { return c.came }

// Ride asks that the connection be moved by the pump of this number, counted as in Config.Pumps, from its next turn on. It says nothing to a
// connection that has goroutines of its own.
func (c *Conn) Ride(pump int) { c.line.ride(pump) }

// Ready reports that no frame is in flight: TCP has taken the last one whole, or the connection has ended and will not read it any more.
func (c *Conn) Ready() bool { return c.line.ready() }

// Send hands over one binary message of at most MaxFrame bytes and reports whether it was taken: not while another is in flight, nor after Close.
// The frame must stay untouched until Ready is true again. One that is too long ends the connection with CloseFault, for it is our mistake.
func (c *Conn) Send(frame []byte) bool {
	if c.end.Load() != nil {
		return false
	}
	if len(frame) > MaxFrame {
		c.gate.cfg.Logger.Error("frame too long", "bytes", len(frame), "limit", MaxFrame)
		c.Close(nil, CloseFault, "")
		return false
	}
	return c.line.send(frame)
}

// Close ends the connection, and only the first call counts. A frame in flight is finished, then last is written (nil: nothing; it must stay
// untouched), then the close frame with the code and reason (empty: the table's words); the TCP connection ends when the client has answered,
// or after CloseTimeout. No Receive begins after Close, but one may be running; Closed follows where Receive was called.
func (c *Conn) Close(last []byte, code uint16, reason string) {
	if !closeAllowed(code) {
		code, reason = CloseFault, ""
	}
	if len(last) > MaxFrame {
		c.gate.cfg.Logger.Error("last frame too long", "bytes", len(last), "limit", MaxFrame)
		last = nil
	}
	e := &ending{last: last, code: code, reason: closeReason(code, reason), by: time.Now().Add(c.gate.cfg.CloseTimeout)}
	if c.end.CompareAndSwap(nil, e) {
		c.line.finish(e)
	}
}

// cut ends the TCP connection at once.
func (c *Conn) cut() { c.line.cut() }

// ping has a ping sent.
func (c *Conn) ping() {
	c.pingDue.Store(true)
	c.line.poke()
}

// answer has a pong sent with this payload, which the caller gives away. One that is still owed is forgotten for it, as RFC 6455 section 5.5.3
// allows.
func (c *Conn) answer(payload []byte) {
	c.pong.Store(&payload)
	c.line.poke()
}
