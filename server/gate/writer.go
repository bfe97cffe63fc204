package gate

import (
	"crypto/tls"
	"encoding/binary"
	"errors"
	"net"
	"os"
	"runtime"
	"sync/atomic"
	"time"
)

const (
	// smallFrame is up to which size, with its header, a frame is copied to go out in one piece; longer ones go as header and payload.
	smallFrame = 1400
	// maxHead is a server frame's header at most: payloads over 65,535 bytes are never sent, and servers do not mask.
	maxHead = 4
)

// States of a writer's slot for the one frame in flight.
const (
	slotFree    = iota // nothing in flight
	slotFilling        // send is storing a frame
	slotFull           // the goroutine has a frame to write or is writing it
	slotShut           // the goroutine has ended
)

// writer is the line of a connection that has goroutines of its own: one reads, and one, this, writes and waits for TCP to take what it writes.
type writer struct {
	conn *Conn
	raw  net.Conn // deadlines
	out  net.Conn // the TCP connection itself where there is no TLS, so that two pieces go out in one call

	slot  atomic.Uint32
	frame []byte // owned by send while slotFilling, by the goroutine while slotFull
	wake  chan struct{}

	written chan struct{} // closed when the goroutine has ended
	broken  bool          // it could not write to the end; read after written
	pending net.Buffers   // what is left of the frame being written
	vec     [2][]byte     // backing of pending
	small   [smallFrame]byte
}

func newWriter(c *Conn, raw net.Conn) *writer {
	w := &writer{conn: c, raw: raw, out: raw, wake: make(chan struct{}, 1), written: make(chan struct{})}
	if _, secure := inner[*tls.Conn](raw); !secure {
		if tcp, ok := inner[*net.TCPConn](raw); ok {
			w.out = tcp
		}
	}
	return w
}

func (w *writer) open()                        { go w.conn.gate.shelter(w.conn, "writer", w.write) }
func (w *writer) run(_ *socket, reader func()) { go reader() }
func (w *writer) cut()                         { reset(w.raw) }
func (w *writer) ride(int)                     {}

func (w *writer) ready() bool {
	s := w.slot.Load()
	return s == slotFree || s == slotShut
}

func (w *writer) send(frame []byte) bool {
	if !w.slot.CompareAndSwap(slotFree, slotFilling) {
		return false
	}
	w.frame = frame
	w.slot.Store(slotFull)
	w.poke()
	return true
}

func (w *writer) finish(e *ending) {
	_ = w.raw.SetReadDeadline(time.Unix(1, 0)) // wakes the reader; see socket.watch
	_ = w.raw.SetWriteDeadline(e.by)           // bounds a write in progress; see writer.arm
	w.poke()
}

func (w *writer) settle() (broken bool) {
	<-w.written
	return w.broken
}

// poke wakes the goroutine. It looks at everything there is to do, so one token is enough for any number of pokes.
func (w *writer) poke() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// write is the goroutine: the only one that writes to the connection after the 101. It ends when the close frame is out or cannot be.
func (w *writer) write() {
	defer close(w.written)
	defer w.shutSlot()
	for range w.wake {
		done, err := w.flush()
		if err != nil {
			w.broken = true
			w.conn.Close(nil, CloseGone, "")
			return
		}
		if done {
			return
		}
	}
}

// flush writes all there is to write and reports whether that was the end.
func (w *writer) flush() (done bool, err error) {
	if w.slot.Load() == slotFull {
		n := len(w.frame)
		if err := w.put(opBinary, w.frame); err != nil {
			return false, err
		}
		w.frame = nil
		w.slot.Store(slotFree)
		w.conn.gate.counts.framesOut.Add(1)
		w.conn.gate.counts.bytesOut.Add(uint64(n))
	}
	if pong := w.conn.pong.Swap(nil); pong != nil {
		if err := w.put(opPong, *pong); err != nil {
			return false, err
		}
	}
	if w.conn.pingDue.Swap(false) {
		if err := w.put(opPing, nil); err != nil {
			return false, err
		}
	}
	e := w.conn.end.Load()
	if e == nil {
		return false, nil
	}
	return true, w.say(e)
}

// say writes the last message and the close frame, and says that nothing more will come.
func (w *writer) say(e *ending) error {
	if e.last != nil {
		if err := w.put(opBinary, e.last); err != nil {
			return err
		}
	}
	if err := w.put(opClose, e.closePayload()); err != nil {
		return err
	}
	if half, ok := w.out.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// put writes one frame (RFC 6455 section 5.2), waiting for TCP to take it. A frame it does not take within SlowAfter ends the connection with
// CloseSlow, and has until the end to get through: in the middle of a frame no close frame can be sent.
func (w *writer) put(opcode byte, payload []byte) error {
	head := appendHead(w.small[:0], opcode, len(payload))
	if len(payload) <= smallFrame-maxHead {
		w.vec[0] = append(head, payload...)
		w.pending = w.vec[:1]
	} else {
		w.vec[0], w.vec[1] = head, payload
		w.pending = w.vec[:2]
	}
	defer func() { w.vec[0], w.vec[1] = nil, nil }()

	for {
		if err := w.arm(); err != nil {
			return err
		}
		_, err := w.pending.WriteTo(w.out)
		if err == nil {
			return nil
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return err
		}
		w.conn.Close(nil, CloseSlow, "")
		if e := w.conn.end.Load(); !time.Now().Before(e.by) {
			return err
		}
	}
}

// arm sets the deadline of one write. The end is looked at after the deadline is set, and Close sets its deadline after the end: one of the two
// sees the other.
func (w *writer) arm() error {
	if w.conn.end.Load() == nil {
		if err := w.raw.SetWriteDeadline(time.Now().Add(w.conn.gate.cfg.SlowAfter)); err != nil {
			return err
		}
	}
	if e := w.conn.end.Load(); e != nil {
		return w.raw.SetWriteDeadline(e.by)
	}
	return nil
}

// shutSlot closes the slot for good and gives a frame that was in it back to its owner.
func (w *writer) shutSlot() {
	for {
		switch s := w.slot.Load(); s {
		case slotFilling:
			runtime.Gosched() // a few instructions of Send away from slotFull
		default:
			if w.slot.CompareAndSwap(s, slotShut) {
				w.frame = nil
				return
			}
		}
	}
}

// appendHead appends the header of an unmasked frame of n payload bytes, at most 65,535 (RFC 6455 section 5.2).
func appendHead(dst []byte, opcode byte, n int) []byte {
	if n <= 125 {
		return append(dst, 0x80|opcode, byte(n))
	}
	return binary.BigEndian.AppendUint16(append(dst, 0x80|opcode, 126), uint16(n))
}

// closePayload is what the close frame says (RFC 6455 section 5.5.1).
func (e *ending) closePayload() []byte {
	payload := binary.BigEndian.AppendUint16(make([]byte, 0, maxControl), e.code)
	return append(payload, e.reason...)
}
