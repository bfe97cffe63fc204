//go:build !js

package link

import (
	"fmt"
	"net"
	"runtime/debug"
	"sync"
	"time"

	"github.com/lxzan/gws"
)

// reader is the library's side of an open connection. Its events all come on the
// goroutine of Socket.run.
type reader struct {
	socket *Socket
	conn   *gws.Conn
	guard  *guard
	pump   sync.WaitGroup
	closed error // what the library says about the end
}

// newReader starts the goroutine that writes; finish ends it.
func newReader(s *Socket, conn net.Conn) *reader {
	r := &reader{socket: s}
	r.guard = newGuard(conn, r.breach)
	r.pump.Go(r.guard.outlet.pump)
	return r
}

// finish lets the last words go out, which takes 2 s at most, and closes.
func (r *reader) finish() {
	late := time.AfterFunc(2*hurryTimeout, r.guard.abort)
	defer late.Stop()
	r.guard.outlet.finish()
	r.pump.Wait()
	r.guard.abort()
}

// OnOpen is of no use: the handshake has told.
func (r *reader) OnOpen(*gws.Conn) {}

// OnPong is of no use: any byte counts as a sign of life.
func (r *reader) OnPong(*gws.Conn, []byte) {}

// OnPing answers with the same payload (RFC 6455 section 5.5.3), unless the line
// takes nothing: then another pong would only be late.
func (r *reader) OnPing(_ *gws.Conn, payload []byte) {
	if r.guard.outlet.backlog() < MaxBacklog {
		_ = r.conn.WritePong(payload)
	}
}

// OnClose keeps how it ended.
func (r *reader) OnClose(_ *gws.Conn, err error) { r.closed = err }

// OnMessage copies the message, whose buffer is the library's, into the inbox.
func (r *reader) OnMessage(_ *gws.Conn, m *gws.Message) {
	defer m.Close()
	s, data := r.socket, m.Bytes()
	if s.ending() != nil {
		return
	}
	buf := s.inbox.buffer(len(data))
	if buf == nil {
		r.give(CodeOverflow, "more arrived than was read")
		return
	}
	copy(buf, data)
	s.put(Event{Kind: Message, Data: buf})
}

// breach ends a connection whose server broke the rules.
func (r *reader) breach(v *violation) { r.give(v.code, v.reason) }

// give ends the connection from the reading side, with a close frame.
func (r *reader) give(code Code, reason string) {
	r.socket.because(Event{Code: code, Reason: reason})
	_ = r.conn.WriteClose(code.onWire(), []byte(reason))
}

// read runs the library's loop to the end of the connection. A panic in it is a
// server's doing and ends this connection only; a panic in the owner's
// OnReadable is the owner's, and passes.
func (s *Socket) read(r *reader) (err error) {
	defer func() {
		cause := recover()
		if cause == nil {
			return
		}
		if s.calling {
			panic(cause)
		}
		r.give(CodeProtocol, "frames that cannot be read")
		err = fmt.Errorf("reading frames: %v\n%s", cause, debug.Stack())
	}()
	r.conn.ReadLoop()
	return r.closed
}
