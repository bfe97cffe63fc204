package main

import (
	"fmt"
	"io"
	"net"
	"sync"
	"syscall"
	"unsafe"

	"ionwake/client/link"
	"ionwake/client/session"
)

// mesh holds the sockets of the crowd. The conductor looks at all of them at once and
// takes what has arrived, without a goroutine for each: at 300 players the goroutines of
// package link cost more than half of all that a player costs. What it speaks is the
// same, of RFC 6455 only what a fair server needs.
type mesh struct {
	epoll  int
	events []syscall.EpollEvent
	read   []byte
	socks  []*sock // by descriptor; nil: none

	mu    sync.Mutex
	fresh []landing
}

// landing is a socket that has connected, or failed to.
type landing struct {
	sock   *sock
	fd     int
	early  []byte // what came behind the answer to the handshake
	failed *link.Event
}

const (
	readAtOnce = 64 << 10
	sendBuffer = 16 << 10 // what is in the system's hands can only get older
)

// newMesh returns a mesh without sockets.
func newMesh() (*mesh, error) {
	epoll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("watch sockets: %w", err)
	}
	return &mesh{epoll: epoll, events: make([]syscall.EpollEvent, 1), read: make([]byte, readAtOnce)}, nil
}

// open starts to connect. readable is called by turn, for each time that Poll may have
// something.
func (m *mesh) open(url string, readable func()) session.Socket {
	s := &sock{fd: -1, readable: readable}
	go func() { // ends with the handshake, which has a time-out
		l := landing{sock: s, fd: -1}
		conn, early, failed := connect(url)
		if l.early, l.failed = early, failed; failed == nil {
			_ = conn.SetWriteBuffer(sendBuffer)
			l.fd, l.failed = take(conn)
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		m.fresh = append(m.fresh, l)
	}()
	return s
}

// take takes the descriptor of a connection away from the runtime's poller, which would
// wake for every packet.
func take(conn *net.TCPConn) (fd int, failed *link.Event) {
	defer func() { _ = conn.Close() }() // the copy lives on
	raw, err := conn.SyscallConn()
	if err == nil {
		var no syscall.Errno
		err = raw.Control(func(old uintptr) {
			var copied uintptr
			copied, _, no = syscall.RawSyscall(syscall.SYS_FCNTL, old, syscall.F_DUPFD_CLOEXEC, 0)
			fd = int(copied)
		})
		if err == nil && no != 0 {
			err = no
		}
	}
	if err != nil {
		return -1, &link.Event{Kind: link.Closed, Code: link.CodeUnreachable, Reason: "no descriptor", Err: err}
	}
	return fd, nil
}

// turn takes what has arrived at all sockets.
func (m *mesh) turn() {
	m.mu.Lock()
	fresh := m.fresh
	m.fresh = nil
	m.mu.Unlock()
	for i := range fresh {
		m.adopt(&fresh[i])
	}
	// Once around: who looks until there is nothing more might never be done.
	n, _, no := syscall.RawSyscall6(syscall.SYS_EPOLL_PWAIT, uintptr(m.epoll),
		uintptr(unsafe.Pointer(&m.events[0])), uintptr(len(m.events)), 0, 0, 0)
	if no != 0 {
		return
	}
	for i := range m.events[:n] {
		if s := m.socks[m.events[i].Fd]; s != nil {
			m.pull(s)
		}
	}
}

// adopt watches a socket that has connected, unless its player has left meanwhile.
func (m *mesh) adopt(l *landing) {
	s := l.sock
	switch {
	case l.failed != nil:
		s.ended(l.failed)
	case s.left:
		_ = syscall.Close(l.fd)
	default:
		for len(m.socks) <= l.fd {
			m.socks = append(m.socks, nil)
			m.events = append(m.events, syscall.EpollEvent{})
		}
		m.socks[l.fd] = s
		s.fd, s.in, s.opened = l.fd, l.early, true
		ev := syscall.EpollEvent{Events: syscall.EPOLLIN | syscall.EPOLLRDHUP, Fd: int32(s.fd)}
		if err := syscall.EpollCtl(m.epoll, syscall.EPOLL_CTL_ADD, s.fd, &ev); err != nil {
			s.broken(link.CodeLost, err)
		}
	}
	if !s.left {
		s.readable()
	}
}

// pull reads what one socket has.
func (m *mesh) pull(s *sock) {
	n, _, no := syscall.RawSyscall6(syscall.SYS_RECVFROM, uintptr(s.fd),
		uintptr(unsafe.Pointer(&m.read[0])), uintptr(len(m.read)), syscall.MSG_DONTWAIT, 0, 0)
	switch {
	case no == syscall.EAGAIN || no == syscall.EINTR:
		return
	case no != 0:
		s.broken(link.CodeLost, no)
	case n == 0:
		s.broken(link.CodeLost, io.EOF)
	case s.left: // nobody listens any more
	case len(s.in)+int(n) > link.MaxQueuedBytes:
		s.broken(link.CodeOverflow, nil)
	default:
		s.in = append(s.in, m.read[:n]...)
	}
	if !s.left {
		s.readable()
	}
	if s.end != nil && (n == 0 || !s.left) {
		m.release(s)
	}
}

// release closes a socket for good.
func (m *mesh) release(s *sock) {
	m.socks[s.fd] = nil
	_ = syscall.Close(s.fd) // which takes it out of epoll too
	s.fd = -1
}
