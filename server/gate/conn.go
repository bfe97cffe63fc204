package gate

import (
	"crypto/tls"
	"net"
	"net/netip"
	"sync/atomic"
	"time"
)

// MaxFrame is how many bytes one outgoing message may have. With what the kernel may hold (sendBuffer, doubled by Linux) it keeps a client that
// stopped reading under 64 KiB.
const MaxFrame = 32 << 10

// States of the slot for the one frame in flight.
const (
	slotFree    = iota // nothing in flight
	slotFilling        // Send is storing a frame
	slotFull           // the writer has a frame to write or is writing it
	slotShut           // the writer has ended
)

// Conn is one WebSocket connection as the rest of the server sees it. Its methods may be called from any goroutine and never block.
type Conn struct {
	gate   *Gate
	place  *place
	prefix netip.Prefix
	raw    net.Conn // deadlines, reading, closing
	out    net.Conn // writing: the TCP connection itself where there is no TLS, so that two pieces go out in one call

	slot     atomic.Uint32
	frame    []byte // owned by Send while slotFilling, by the writer while slotFull
	wake     chan struct{}
	pong     atomic.Pointer[[]byte] // payload of the pong that is owed; the newest ping wins
	pingDue  atomic.Bool
	end      atomic.Pointer[ending] // set once; the connection is ending from then on
	admitted atomic.Bool

	written chan struct{} // closed when the writer has ended
	broken  bool          // the writer could not write to the end; read after written
	pending net.Buffers   // what is left of the frame being written
	vec     [2][]byte     // backing of pending
	small   [smallFrame]byte
}

// ending is how a connection ends.
type ending struct {
	last   []byte // one more message before the close frame, or nil
	code   uint16
	reason string
	by     time.Time // when the TCP connection ends at the latest
}

func newConn(g *Gate, place *place, prefix netip.Prefix) *Conn {
	return &Conn{gate: g, place: place, prefix: prefix, wake: make(chan struct{}, 1), written: make(chan struct{})}
}

func (c *Conn) attach(raw net.Conn) {
	c.raw, c.out = raw, raw
	tcp, ok := inner[*net.TCPConn](raw)
	if !ok {
		return
	}
	if _, secure := inner[*tls.Conn](raw); !secure {
		c.out = tcp
	}
	tune(tcp)
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

// Admit says that the peer knows who this is: it ends the wait for a greeting, lifts the limit of a message from 1 KiB to 4 KiB and frees the
// place among the connections that have not greeted yet.
func (c *Conn) Admit() {
	if c.admitted.CompareAndSwap(false, true) {
		c.place.settle()
	}
}

// Ready reports that no frame is in flight: TCP has taken the last one whole, or the connection has ended and will not read it any more.
func (c *Conn) Ready() bool {
	s := c.slot.Load()
	return s == slotFree || s == slotShut
}

// Send hands over one binary message of at most MaxFrame bytes and reports whether it was taken: not while another is in flight, nor after Close.
// The frame must stay untouched until Ready is true again. One that is too long ends the connection with CloseFault, for it is our mistake.
func (c *Conn) Send(frame []byte) bool {
	if c.end.Load() != nil || !c.slot.CompareAndSwap(slotFree, slotFilling) {
		return false
	}
	if len(frame) > MaxFrame {
		c.slot.Store(slotFree)
		c.gate.cfg.Logger.Error("frame too long", "bytes", len(frame), "limit", MaxFrame)
		c.Close(nil, CloseFault, "")
		return false
	}
	c.frame = frame
	c.slot.Store(slotFull)
	c.poke()
	return true
}

// Close ends the connection, and only the first call counts. A frame in flight is finished, then last is written (nil: nothing; it must stay
// untouched), then the close frame with the code and reason (empty: the table's words); the TCP connection ends when the client has answered,
// or after CloseTimeout. No Receive begins after Close, but one may be running; Closed follows on the reader goroutine.
func (c *Conn) Close(last []byte, code uint16, reason string) {
	if !closeAllowed(code) {
		code, reason = CloseFault, ""
	}
	if len(last) > MaxFrame {
		c.gate.cfg.Logger.Error("last frame too long", "bytes", len(last), "limit", MaxFrame)
		last = nil
	}
	e := &ending{last: last, code: code, reason: closeReason(code, reason), by: time.Now().Add(c.gate.cfg.CloseTimeout)}
	if !c.end.CompareAndSwap(nil, e) {
		return
	}
	_ = c.raw.SetReadDeadline(time.Unix(1, 0)) // wakes the reader; see socket.watch
	_ = c.raw.SetWriteDeadline(e.by)           // bounds a write in progress; see Conn.arm
	c.poke()
}

// cut ends the TCP connection at once.
func (c *Conn) cut() { reset(c.raw) }

// ping has the writer send a ping.
func (c *Conn) ping() {
	c.pingDue.Store(true)
	c.poke()
}

// answer has the writer send a pong with this payload, which the caller gives away. One that is still owed is forgotten for it, as
// RFC 6455 section 5.5.3 allows.
func (c *Conn) answer(payload []byte) {
	c.pong.Store(&payload)
	c.poke()
}

// poke wakes the writer. It looks at everything there is to do, so one token is enough for any number of pokes.
func (c *Conn) poke() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}
