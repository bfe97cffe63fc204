package gate

import (
	"encoding/binary"
	"errors"
	"os"
	"runtime"
	"time"
)

const (
	// smallFrame is up to which size, with its header, a frame is copied to go out in one piece; longer ones go as header and payload.
	smallFrame = 1400
	// maxHead is a server frame's header at most: payloads over 65,535 bytes are never sent, and servers do not mask.
	maxHead = 4
)

// write is the writer goroutine: the only one that writes to the connection after the 101. It ends when the close frame is out or cannot be.
func (c *Conn) write() {
	defer close(c.written)
	defer c.shutSlot()
	for range c.wake {
		done, err := c.flush()
		if err != nil {
			c.broken = true
			c.Close(nil, CloseGone, "")
			return
		}
		if done {
			return
		}
	}
}

// flush writes all there is to write and reports whether that was the end.
func (c *Conn) flush() (done bool, err error) {
	if c.slot.Load() == slotFull {
		n := len(c.frame)
		if err := c.put(opBinary, c.frame); err != nil {
			return false, err
		}
		c.frame = nil
		c.slot.Store(slotFree)
		c.gate.counts.framesOut.Add(1)
		c.gate.counts.bytesOut.Add(uint64(n))
	}
	if pong := c.pong.Swap(nil); pong != nil {
		if err := c.put(opPong, *pong); err != nil {
			return false, err
		}
	}
	if c.pingDue.Swap(false) {
		if err := c.put(opPing, nil); err != nil {
			return false, err
		}
	}
	e := c.end.Load()
	if e == nil {
		return false, nil
	}
	return true, c.finish(e)
}

// finish writes the last message and the close frame, and says that nothing more will come.
func (c *Conn) finish(e *ending) error {
	if e.last != nil {
		if err := c.put(opBinary, e.last); err != nil {
			return err
		}
	}
	payload := binary.BigEndian.AppendUint16(make([]byte, 0, maxControl), e.code)
	if err := c.put(opClose, append(payload, e.reason...)); err != nil {
		return err
	}
	if half, ok := c.out.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// put writes one frame (RFC 6455 section 5.2), waiting for TCP to take it. A frame it does not take within SlowAfter ends the connection with
// CloseSlow, and has until the end to get through: in the middle of a frame no close frame can be sent.
func (c *Conn) put(opcode byte, payload []byte) error {
	head := append(c.small[:0], 0x80|opcode)
	if len(payload) <= 125 {
		head = append(head, byte(len(payload)))
	} else {
		head = binary.BigEndian.AppendUint16(append(head, 126), uint16(len(payload)))
	}
	if len(payload) <= smallFrame-maxHead {
		c.vec[0] = append(head, payload...)
		c.pending = c.vec[:1]
	} else {
		c.vec[0], c.vec[1] = head, payload
		c.pending = c.vec[:2]
	}
	defer func() { c.vec[0], c.vec[1] = nil, nil }()

	for {
		if err := c.arm(); err != nil {
			return err
		}
		_, err := c.pending.WriteTo(c.out)
		if err == nil {
			return nil
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return err
		}
		c.Close(nil, CloseSlow, "")
		if e := c.end.Load(); !time.Now().Before(e.by) {
			return err
		}
	}
}

// arm sets the deadline of one write. The end is looked at after the deadline is set, and Close sets its deadline after the end: one of the two
// sees the other.
func (c *Conn) arm() error {
	if c.end.Load() == nil {
		if err := c.raw.SetWriteDeadline(time.Now().Add(c.gate.cfg.SlowAfter)); err != nil {
			return err
		}
	}
	if e := c.end.Load(); e != nil {
		return c.raw.SetWriteDeadline(e.by)
	}
	return nil
}

// shutSlot closes the slot for good and gives a frame that was in it back to its owner.
func (c *Conn) shutSlot() {
	for {
		switch s := c.slot.Load(); s {
		case slotFilling:
			runtime.Gosched() // a few instructions of Send away from slotFull
		default:
			if c.slot.CompareAndSwap(s, slotShut) {
				c.frame = nil
				return
			}
		}
	}
}
