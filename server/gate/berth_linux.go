//go:build amd64 || arm64

package gate

import (
	"fmt"
	"io"
	"math"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	// turnBudget is how many bytes one connection may have read in one turn; the rest stays in the kernel until the next.
	turnBudget = 16 << 10
	// sharedBudget is how many bytes all connections of a pump may have read in one turn; a thousand players send a tenth of it. Beyond that each has
	// leastBudget, which is more than a player sends in a second, so that a flood by many neither holds up the tick nor keeps others waiting.
	sharedBudget = 128 << 10
	leastBudget  = 1 << 10
	// maxRest bounds what a berth keeps for TCP: a frame and what TLS adds to it.
	maxRest = 2 * MaxFrame
)

// never is the deadline of a read that has none.
const never = math.MaxInt64

// berth is the net.Conn of a TCP connection whose file descriptor we own. Read suspends the reading half's coroutine until the pump finds something
// to read, Write takes all and keeps for the pump what TCP does not take. Read deadlines count in turns; write deadlines do nothing.
//
// Read, and what runs in its coroutine, belongs to the goroutine that turns the pump; the rest may be called from any.
type berth struct {
	// What a frame and a message need comes first and together: each time it has gone cold, and waiting for memory is most of what they cost here.
	line   direct // how the connection uses it
	mu     sync.Mutex
	fd     int // -1: closed
	stuck  atomic.Bool
	closed atomic.Bool

	waiting  bool      // the coroutine stands in Read
	readable bool      // there are bytes, or the end of them, as far as is known
	hung     bool      // the end of them is near: there is no other sign of it to come
	gone     bool      // the pump ends: no more waiting
	budget   int       // what may still be read in this turn
	rest     []byte    // what TCP has not taken yet
	fault    error     // why nothing can be written any more
	ahead    []byte    // what the pump has read for the coroutine
	stamp    time.Time // when what was read last came

	local, remote net.Addr
	began         time.Time // what deadlines count from
	next          func() (struct{}, bool)
	yield         func(struct{}) bool
	since         time.Time // when rest was begun
	slot          int       // in the pump's list; -1: not in it

	deadline atomic.Int64         // of Read, since began; never
	pump     atomic.Pointer[Pump] // whose turns this is part of; nil before the first
	want     atomic.Pointer[Pump] // whose it is to be; nil: any
	marked   atomic.Bool          // in a pump's list of those to look after
}

// takeOver takes the file descriptor out of a connection of package net, which is closed behind it.
func takeOver(tcp *net.TCPConn) (*berth, error) {
	raw, err := tcp.SyscallConn()
	if err != nil {
		return nil, fmt.Errorf("reach the socket: %w", err)
	}
	fd, errno := -1, syscall.Errno(0)
	err = raw.Control(func(old uintptr) {
		n, _, e := syscall.Syscall(syscall.SYS_FCNTL, old, syscall.F_DUPFD_CLOEXEC, 0)
		fd, errno = int(n), e
	})
	if err == nil && errno != 0 {
		err = errno
	}
	if err != nil {
		return nil, fmt.Errorf("copy the file descriptor: %w", err)
	}
	now := time.Now()
	b := &berth{local: tcp.LocalAddr(), remote: tcp.RemoteAddr(), began: now, stamp: now, fd: fd, slot: -1}
	b.deadline.Store(never)
	_ = syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_TIMESTAMPNS, 1) // else what waits for a turn counts as come at it
	_ = tcp.Close()                                                              // the copy lives on: the client notices nothing
	return b, nil
}

// Read gives what has come, waiting for it in the coroutine.
func (b *berth) Read(p []byte) (int, error) {
	for {
		switch {
		case b.gone || b.closed.Load():
			return 0, net.ErrClosed
		case b.overdue(b.now()):
			return 0, os.ErrDeadlineExceeded
		case len(b.ahead) > 0:
			n := copy(p, b.ahead)
			b.ahead = b.ahead[n:]
			return n, nil
		case b.readable && b.budget > 0:
			n, errno := b.recv(p)
			switch {
			case n > 0:
				return n, nil
			case errno == 0:
				return 0, io.EOF
			case errno != syscall.EAGAIN:
				return 0, os.NewSyscallError("recvmsg", errno)
			}
		}
		if b.readable {
			b.mark() // the pump has told of it and will not again
		}
		b.waiting = true
		b.wait()
		b.waiting = false
	}
}

// recv reads what there is, as far as p reaches.
func (b *berth) recv(p []byte) (int, syscall.Errno) {
	n, came, errno := recv(b.fd, p)
	if n > 0 {
		b.note(came)
		b.budget -= n
		b.readable = n == len(p) || b.hung // less has emptied the socket
	} else {
		b.readable = errno != syscall.EAGAIN // an end stays one
	}
	return n, errno
}

// overdue reports whether Read has waited long enough.
func (b *berth) overdue(now time.Time) bool { return b.deadline.Load() <= int64(now.Sub(b.began)) }

// wait suspends the coroutine until the pump has a reason to go on with it.
func (b *berth) wait() { b.yield(struct{}{}) }

// note remembers when something came, by the stamp that the system put on it. It was before this turn and, unless a clock was set, not long ago.
func (b *berth) note(came int64) {
	now := b.now()
	ago := time.Duration(now.UnixNano() - came)
	if came == 0 || ago < 0 || ago > time.Second {
		ago = 0
	}
	b.stamp = now.Add(-ago)
}

// came is when what was read last reached this machine, be it that nobody looked at once.
func (b *berth) came() time.Time { return b.stamp }

// now is the time of this turn.
func (b *berth) now() time.Time {
	if p := b.pump.Load(); p != nil {
		return p.now
	}
	return time.Now()
}

// Write writes p or keeps what TCP does not take of it for the pump. It fails when nothing can be written any more.
func (b *berth) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.writable(len(p)); err != nil {
		return 0, err
	}
	n := 0
	if len(b.rest) == 0 {
		var errno syscall.Errno
		if n, errno = send(b.fd, p); errno != 0 && errno != syscall.EAGAIN {
			return 0, b.fail(errno)
		}
	}
	b.keep(p[n:])
	return len(p), nil
}

// writeTwo is Write of two pieces, neither of them empty.
func (b *berth) writeTwo(head, payload []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.writable(len(head) + len(payload)); err != nil {
		return err
	}
	n := 0
	if len(b.rest) == 0 {
		var errno syscall.Errno
		if n, errno = sendTwo(b.fd, head, payload); errno != 0 && errno != syscall.EAGAIN {
			return b.fail(errno)
		}
	}
	if n < len(head) {
		b.keep(head[n:])
	}
	b.keep(payload[max(n-len(head), 0):])
	return nil
}

// writable says why n more bytes cannot be taken. The caller holds the lock, as in the methods below.
func (b *berth) writable(n int) error {
	switch {
	case b.fd < 0:
		return net.ErrClosed
	case b.fault == nil && len(b.rest)+n > maxRest:
		b.fault = fmt.Errorf("more than %d bytes wait for TCP", maxRest)
	}
	return b.fault
}

func (b *berth) fail(errno syscall.Errno) error {
	b.fault = os.NewSyscallError("sendto", errno)
	b.rest = nil
	b.stuck.Store(false)
	return b.fault
}

// keep adds what TCP did not take to the rest, which the pump writes at its turns.
func (b *berth) keep(p []byte) {
	if len(p) == 0 {
		return
	}
	if len(b.rest) == 0 {
		b.since = time.Now()
	}
	b.rest = append(b.rest, p...)
	b.stuck.Store(true)
	b.mark()
}

// flush writes the rest as far as TCP takes it.
func (b *berth) flush() error {
	if !b.stuck.Load() {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.rest) == 0 || b.fd < 0 {
		return nil
	}
	n, errno := send(b.fd, b.rest)
	if errno != 0 && errno != syscall.EAGAIN {
		return b.fail(errno)
	}
	if b.rest = b.rest[n:]; len(b.rest) == 0 {
		b.rest = nil
		b.stuck.Store(false)
	}
	return nil
}

// stuckFor is how long TCP has not taken the rest.
func (b *berth) stuckFor(now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.rest) == 0 {
		return 0
	}
	return now.Sub(b.since)
}

// CloseWrite says that nothing more will be written.
func (b *berth) CloseWrite() error {
	return b.control(func(fd int) error { return syscall.Shutdown(fd, syscall.SHUT_WR) })
}

// SetLinger says what Close does about bytes that TCP still holds; 0: it resets the connection.
func (b *berth) SetLinger(sec int) error {
	return b.control(func(fd int) error {
		return syscall.SetsockoptLinger(fd, syscall.SOL_SOCKET, syscall.SO_LINGER, &syscall.Linger{Onoff: 1, Linger: int32(sec)})
	})
}

// sever ends the TCP connection. The file descriptor stays: only the pump may close it, for its number may be given anew at once.
func (b *berth) sever() {
	_ = b.control(func(fd int) error { return syscall.Shutdown(fd, syscall.SHUT_RDWR) })
}

func (b *berth) control(f func(fd int) error) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fd < 0 {
		return net.ErrClosed
	}
	return f(b.fd)
}

// Close closes the socket. Once the pump has the connection only the reading half may call it.
func (b *berth) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fd < 0 {
		return net.ErrClosed
	}
	if p := b.pump.Load(); p != nil {
		p.leave(b, b.fd)
	}
	fd := b.fd
	b.fd, b.rest = -1, nil
	b.closed.Store(true)
	b.stuck.Store(false)
	return os.NewSyscallError("close", syscall.Close(fd))
}

// LocalAddr is our end.
func (b *berth) LocalAddr() net.Addr { return b.local }

// RemoteAddr is the client's end.
func (b *berth) RemoteAddr() net.Addr { return b.remote }

// SetDeadline sets the deadline of Read.
func (b *berth) SetDeadline(t time.Time) error { return b.SetReadDeadline(t) }

// SetReadDeadline sets when Read stops waiting; the zero time: never. It is kept to the next turn of the pump.
func (b *berth) SetReadDeadline(t time.Time) error {
	if b.closed.Load() {
		return net.ErrClosed
	}
	if t.IsZero() {
		b.deadline.Store(never)
		return nil
	}
	b.deadline.Store(int64(t.Sub(b.began)))
	if p := b.pump.Load(); p != nil {
		p.expect(t)
	}
	return nil
}

// SetWriteDeadline does nothing: Write does not wait.
func (b *berth) SetWriteDeadline(time.Time) error { return nil }

// mark asks the pump to look after the connection at its next turn.
func (b *berth) mark() {
	if p := b.pump.Load(); p != nil {
		p.mark(b)
	}
}
