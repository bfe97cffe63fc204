package gate

import (
	"errors"
	"io"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/lxzan/gws"
)

// maxDrain is how many bytes are read and thrown away after the end, so that TCP does not answer them with a reset that overtakes our close
// frame. Who sends more than this by then is not waiting for it.
const maxDrain = 64 << 10

// start makes the connection's peer and sets reading and writing going. Both end within CloseTimeout of the connection's end.
func (g *Gate) start(c *Conn, s *socket, ws *gws.Conn, r *http.Request, spoken bool) {
	c.line.open()
	var peer Peer
	switch {
	case !spoken:
		c.Close(nil, CloseVersion, "this server speaks "+Subprotocol)
	case g.cfg.Accept != nil:
		g.shelter(c, "accept", func() { peer = g.cfg.Accept(c, r) })
	}
	if peer == nil {
		c.Close(nil, CloseOverload, "")
		peer = nobody{}
	}
	s.peer = peer
	c.line.run(s, func() { g.read(c, s, ws) })
}

// read is the reading half: it feeds the peer until the connection ends and clears up after it. The library's own OnClose is not used, for it
// is not called after a recovered panic.
func (g *Gate) read(c *Conn, s *socket, ws *gws.Conn) {
	g.shelter(c, "read loop", ws.ReadLoop)
	code, reason := s.why()
	c.Close(nil, code, reason)
	g.shelter(c, "closed", s.peer.Closed)

	e := c.end.Load()
	drain(s, e.by)
	if c.line.settle() {
		reset(c.raw)
	} else {
		_ = c.raw.Close()
	}
	c.place.leave()
	if s.guard.closed {
		g.counts.ended(CloseLeft) // whatever code the client chose: the figures are about our reasons
	} else {
		g.counts.ended(e.code)
	}
	g.cfg.Logger.Debug("connection ended", "prefix", c.prefix, "code", e.code, "reason", e.reason, "cause", bare(s.fault))
	g.forget(c)
}

// shelter runs f, which may panic: then the connection ends with CloseFault and a crash id, and everything else goes on.
func (g *Gate) shelter(c *Conn, where string, f func()) {
	defer func() {
		if fault := recover(); fault != nil {
			c.fault(where, fault)
		}
	}()
	f()
}

// fault ends the connection for a panic that was recovered.
func (c *Conn) fault(where string, fault any) {
	c.Close(nil, CloseFault, "server fault "+c.gate.faults.report(where, fault, debug.Stack()))
}

// why gives the close code for the reason that reading ended.
func (s *socket) why() (code uint16, reason string) {
	var fault *CloseError
	switch {
	case errors.As(s.fault, &fault):
		return fault.Code, fault.Reason
	case s.guard.closed:
		return s.guard.peerCode, "goodbye"
	case s.fault == nil:
		return CloseBroken, "" // the library refused what the guard had passed
	default:
		return CloseLeft, ""
	}
}

// drain reads what still comes until the client closes its side, the time is over, or it is too much.
func drain(s *socket, by time.Time) {
	var waste [readBuffer]byte
	for total := 0; total < maxDrain; {
		// Set each time: a Close on its way may still move the deadline into the past.
		if s.Conn.SetReadDeadline(by) != nil {
			return
		}
		n, err := s.Conn.Read(waste[:])
		total += n
		if err != nil && (!isTimeout(err) || !time.Now().Before(by)) {
			return
		}
	}
}

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return !errors.Is(err, io.EOF) && errors.As(err, &t) && t.Timeout()
}

// bare takes the addresses off an error of package net: a log holds no player's address beyond its prefix.
func bare(err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Err
	}
	return err
}

// nobody is the peer of a connection that was refused after its upgrade.
type nobody struct{}

func (nobody) Receive([]byte) error { return nil }
func (nobody) Closed()              {}

// events is what the library calls from its read loop.
type events struct{ gws.BuiltinEventHandler }

// OnMessage hands on a message that the library has put together.
func (events) OnMessage(ws *gws.Conn, m *gws.Message) {
	defer func() { _ = m.Close() }()
	ws.NetConn().(*socket).take(m.Bytes())
}

// take gives one whole message to the peer. What was read ahead when the connection ended is dropped.
func (s *socket) take(data []byte) {
	c := s.conn
	if c.end.Load() != nil {
		return
	}
	c.gate.counts.messagesIn.Add(1)
	c.gate.counts.bytesIn.Add(uint64(len(data)))
	err := s.peer.Receive(data)
	if err == nil {
		return
	}
	if fault, ok := errors.AsType[*CloseError](err); ok {
		c.Close(nil, fault.Code, fault.Reason)
		return
	}
	c.Close(nil, CloseUndecodable, "")
}

// OnPing has the payload sent back (RFC 6455 section 5.5.3).
func (events) OnPing(ws *gws.Conn, payload []byte) { ws.NetConn().(*socket).conn.answer(payload) }
