//go:build amd64 || arm64

package gate

import (
	"iter"
	"net"
	"sync"
	"time"
)

// tinyFrame is up to which size, with its header, a frame needs little of the stack: most are so small.
const tinyFrame = 256

// direct is the line of a connection on a pump: it writes on the goroutine of whoever sends, as much as TCP takes at once. What TCP does not take is
// the one frame in flight; the pump goes on with it. It lives in its berth.
type direct struct {
	mu     sync.Mutex
	opened bool // the 101 is out
	parted bool // the last message was handed over
	ended  bool // the close frame was
	shut   bool // and TCP has taken all
	broken bool // nothing can be written any more
	flying bool // a data frame is in flight
	size   int  // its payload, in bytes
	conn   *Conn
	berth  *berth
	plain  *socket  // what the pump may read for, and the berth is where frames go; nil: TLS
	out    net.Conn // the berth, or TLS over it
	sealed []byte   // the newest frame given to TLS
}

// newLine makes the line of a connection: direct if board has put it onto a pump.
func newLine(c *Conn, raw net.Conn) line {
	b, ok := inner[*berth](raw)
	if !ok {
		return newWriter(c, raw)
	}
	d := &b.line
	d.conn, d.berth, d.out = c, b, raw
	if counted, ok := raw.(*countedConn); ok {
		d.out = counted.Conn // no TLS in between
	}
	return d
}

func (d *direct) open() {
	d.mu.Lock()
	d.opened = true
	d.mu.Unlock()
	d.poke()
}

// run makes a coroutine of the reading half and hands it to the pump.
func (d *direct) run(s *socket, reader func()) {
	b := d.berth
	if d.out == net.Conn(b) {
		d.plain = s
	}
	b.next, _ = iter.Pull(func(yield func(struct{}) bool) {
		b.yield = yield
		reader()
	})
	p := b.want.Load()
	if p == nil {
		p = d.conn.gate.pickPump()
	}
	p.take(b)
}

func (d *direct) ready() bool { return !d.berth.stuck.Load() }

func (d *direct) send(frame []byte) bool {
	d.mu.Lock()
	taken, err := d.offer(frame)
	d.mu.Unlock()
	if err != nil {
		d.conn.Close(nil, CloseGone, "")
	}
	return taken
}

// offer writes a data frame if none is in flight. The caller holds the lock, as in the methods below.
func (d *direct) offer(frame []byte) (taken bool, err error) {
	if !d.opened || d.ended || d.broken || d.berth.stuck.Load() || d.conn.end.Load() != nil {
		return false, nil
	}
	d.flying, d.size = true, len(frame)
	if err := d.put(opBinary, frame); err != nil {
		d.broken = true
		return false, err
	}
	d.landed()
	return true, nil
}

// poke writes what there is to write as far as TCP takes it.
func (d *direct) poke() {
	d.mu.Lock()
	err := d.flush()
	d.broken = d.broken || err != nil
	d.mu.Unlock()
	if err != nil {
		d.conn.Close(nil, CloseGone, "")
	}
}

// flush writes the rest of the frame in flight, then whatever else is due, frame by frame, until TCP takes no more.
func (d *direct) flush() error {
	if !d.opened || d.shut || d.broken {
		return nil
	}
	if err := d.berth.flush(); err != nil {
		return err
	}
	for {
		if d.berth.stuck.Load() {
			return nil
		}
		d.landed()
		opcode, payload, ok := d.due()
		if !ok {
			break
		}
		if err := d.put(opcode, payload); err != nil {
			return err
		}
	}
	if !d.ended {
		return nil
	}
	d.shut = true
	return d.out.(interface{ CloseWrite() error }).CloseWrite()
}

// landed counts the frame in flight when TCP has taken all of it.
func (d *direct) landed() {
	if !d.flying || d.berth.stuck.Load() {
		return
	}
	d.flying = false
	d.conn.gate.counts.framesOut.Add(1)
	d.conn.gate.counts.bytesOut.Add(uint64(d.size))
}

// due takes the next frame that is due beside the data frames.
func (d *direct) due() (opcode byte, payload []byte, ok bool) {
	c := d.conn
	if d.ended {
		return 0, nil, false
	}
	if pong := c.pong.Swap(nil); pong != nil {
		return opPong, *pong, true
	}
	if c.pingDue.Swap(false) {
		return opPing, nil, true
	}
	e := c.end.Load()
	if e == nil {
		return 0, nil, false
	}
	if e.last != nil && !d.parted {
		d.parted = true
		return opBinary, e.last, true
	}
	d.ended = true
	return opClose, e.closePayload(), true
}

// put writes one frame (RFC 6455 section 5.2).
func (d *direct) put(opcode byte, payload []byte) error {
	switch {
	case d.out != net.Conn(d.berth): // one piece, for TLS, whose records cost more than a copy
		d.sealed = append(appendHead(d.sealed[:0], opcode, len(payload)), payload...)
		_, err := d.out.Write(d.sealed)
		return err
	case len(payload) <= tinyFrame-maxHead:
		var frame [tinyFrame]byte // nearer than any buffer of the connection's own, which has gone cold
		_, err := d.berth.Write(append(appendHead(frame[:0], opcode, len(payload)), payload...))
		return err
	case len(payload) <= smallFrame-maxHead:
		var frame [smallFrame]byte
		_, err := d.berth.Write(append(appendHead(frame[:0], opcode, len(payload)), payload...))
		return err
	default:
		var head [maxHead]byte
		return d.berth.writeTwo(appendHead(head[:0], opcode, len(payload)), payload)
	}
}

func (d *direct) finish(*ending) {
	_ = d.berth.SetReadDeadline(time.Unix(1, 0)) // ends the reading half's wait; see socket.watch
	d.poke()
	d.berth.mark()
}

func (d *direct) settle() (broken bool) {
	e := d.conn.end.Load()
	for {
		d.mu.Lock()
		shut, broken := d.shut, d.broken
		d.mu.Unlock()
		switch {
		case broken || d.berth.gone || !d.berth.now().Before(e.by):
			return true
		case shut:
			return false
		}
		d.berth.wait()
	}
}

func (d *direct) cut() {
	d.berth.sever()
	d.berth.mark()
}

func (d *direct) ride(pump int) {
	pumps := d.conn.gate.cfg.Pumps
	if pump < 0 || pump >= len(pumps) {
		return
	}
	d.berth.want.Store(pumps[pump])
	d.berth.mark()
}

// tend goes on with what TCP has not taken yet and ends a connection that is too slow. It reports whether that has to be looked at again.
func (d *direct) tend(now time.Time) (again bool) {
	d.poke()
	if d.conn.end.Load() != nil {
		return true
	}
	if !d.berth.stuck.Load() {
		return false
	}
	if d.berth.stuckFor(now) >= d.conn.gate.cfg.SlowAfter {
		d.conn.Close(nil, CloseSlow, "")
	}
	return true
}
