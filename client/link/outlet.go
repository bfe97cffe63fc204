//go:build !js

package link

import (
	"errors"
	"net"
	"sync"
	"time"
)

const (
	// frameCost is what a message weighs in the backlog at least besides its
	// bytes, so that many empty ones are bounded too.
	frameCost = 8
	// maxUnsent is the end of all patience: what may wait to be written, in bytes,
	// with everything the library has to say besides the owner's messages.
	maxUnsent = 64 << 10

	writeTimeout = 10 * time.Second // for each single write
	hurryTimeout = time.Second      // for the last ones
)

var errUnsent = errors.New("too much is waiting to be written")

// outlet takes bytes without ever waiting and lets one goroutine write them. So
// nobody waits for the network while holding the library's lock, and a server
// that reads nothing cannot hold up who reads it or who closes.
type outlet struct {
	conn net.Conn
	wake chan struct{} // holds one, when there is something to do

	mu      sync.Mutex
	waiting []byte // to be written next
	flying  []byte // being written
	last    bool   // nothing is added any more; end the stream after the rest
	broken  bool   // nothing can be written any more
}

func newOutlet(conn net.Conn) *outlet {
	return &outlet{conn: conn, wake: make(chan struct{}, 1)}
}

// Write takes all of p, or nothing with an error.
func (o *outlet) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.broken || o.last:
		return 0, net.ErrClosed
	case len(o.waiting)+len(o.flying)+len(p) > maxUnsent:
		return 0, errUnsent
	}
	o.waiting = append(o.waiting, p...)
	o.nudge()
	return len(p), nil
}

func (o *outlet) nudge() {
	select {
	case o.wake <- struct{}{}:
	default: // the pump has not looked since the last nudge, and will see this too
	}
}

// backlog is what has been taken and not written, in bytes.
func (o *outlet) backlog() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.waiting) + len(o.flying)
}

// finish takes nothing more and hurries: what is left has hurryTimeout to go out,
// then the stream ends.
func (o *outlet) finish() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.last {
		return
	}
	o.last = true
	_ = o.conn.SetWriteDeadline(time.Now().Add(hurryTimeout))
	o.nudge()
}

// pump writes until the stream has been finished or is broken; then it closes
// the writing side, or the connection if that cannot be done.
func (o *outlet) pump() {
	for range o.wake {
		for o.next() {
			_, err := o.conn.Write(o.flying)
			if o.wrote(err); err != nil {
				_ = o.conn.Close()
				return
			}
		}
		if o.ended() {
			if half, can := o.conn.(interface{ CloseWrite() error }); can {
				_ = half.CloseWrite()
			}
			return
		}
	}
}

// next moves what waits into flight, with a deadline; it reports false when
// nothing waits.
func (o *outlet) next() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.waiting) == 0 {
		return false
	}
	o.waiting, o.flying = o.flying[:0], o.waiting
	if !o.last { // finish has set its own
		_ = o.conn.SetWriteDeadline(time.Now().Add(writeTimeout))
	}
	return true
}

func (o *outlet) wrote(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flying = o.flying[:0]
	o.broken = err != nil
}

func (o *outlet) ended() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.last && len(o.waiting) == 0
}
