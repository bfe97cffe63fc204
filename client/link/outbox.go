//go:build !js

package link

import "sync"

// frameCost is what a message weighs in the backlog besides its bytes: its
// header, and so that many empty ones are bounded too.
const frameCost = 8

// outbox is what waits to be written: a few messages, at most one pong, and the
// goodbye. The owner adds, one writer takes.
type outbox struct {
	wake chan struct{} // holds one, when there may be something to do

	mu     sync.Mutex
	open   bool
	queue  [][]byte // the first may be being written
	bytes  int      // of the queue, with frameCost
	spare  [][]byte
	pong   []byte
	ponged bool     // there is no pong to write
	bye    *goodbye // nothing is added any more
}

type goodbye struct {
	code   uint16
	reason string
}

func newOutbox() outbox {
	return outbox{wake: make(chan struct{}, 1), ponged: true}
}

func (o *outbox) nudge() {
	select {
	case o.wake <- struct{}{}:
	default: // the writer has not looked since the last nudge, and will see this too
	}
}

// setOpen lets messages in, or keeps them out.
func (o *outbox) setOpen(open bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.open = open
}

// add queues a copy of data, unless that is too much.
func (o *outbox) add(data []byte) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	cost := len(data) + frameCost
	if !o.open || o.bye != nil || len(data) > MaxSend || (o.bytes > 0 && o.bytes+cost > MaxBacklog) {
		return false
	}
	var buf []byte
	if n := len(o.spare); n > 0 {
		buf, o.spare = o.spare[n-1], o.spare[:n-1]
	}
	o.queue = append(o.queue, append(buf[:0], data...))
	o.bytes += cost
	o.nudge()
	return true
}

// answer keeps the payload of the newest ping.
func (o *outbox) answer(payload []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.pong, o.ponged = append(o.pong[:0], payload...), false
	o.nudge()
}

// part lets what is queued be followed by a goodbye, and nothing else. It reports
// false if the socket is not open, so that nobody will say it.
func (o *outbox) part(code uint16, reason string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.bye == nil {
		o.bye = &goodbye{code: code, reason: reason}
	}
	o.nudge()
	return o.open
}

// backlog is what has not been written yet, in bytes.
func (o *outbox) backlog() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.bytes
}

// takePong copies the pong to write into buf.
func (o *outbox) takePong(buf []byte) ([]byte, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ponged {
		return buf[:0], false
	}
	o.ponged = true
	return append(buf[:0], o.pong...), true
}

// take gives the next message; when there is none, some is false and bye is the
// goodbye, if there is one. done must follow a message.
func (o *outbox) take() (message []byte, some bool, bye *goodbye) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.queue) == 0 {
		return nil, false, o.bye
	}
	return o.queue[0], true, nil
}

// done says that the message taken has been written.
func (o *outbox) done() {
	o.mu.Lock()
	defer o.mu.Unlock()
	buf := o.queue[0]
	o.queue = o.queue[:copy(o.queue, o.queue[1:])]
	o.bytes -= len(buf) + frameCost
	if cap(buf) <= smallestBuffer && len(o.spare) < spareBuffers {
		o.spare = append(o.spare, buf)
	}
}
