package lab

import (
	"errors"
	"io"
	"net"
	"syscall"
	"time"
)

// linger is how long a closed Slow connection may take to hand over its last bytes.
const linger = 10 * time.Second

// slowConn is the near end of a Pipe whose far end is pumped into a real
// connection.
type slowConn struct {
	*Conn
	real net.Conn
}

// Slow puts a bad line in front of a real connection: what is written goes over
// the line before it reaches conn, what conn receives goes over the line before
// it can be read. It takes conn over. The two goroutines it starts end when conn
// does, at the latest 10 s after Close.
func Slow(conn net.Conn, line Line) net.Conn {
	near, far := Pipe(line)
	near.SetLocalAddr(conn.LocalAddr())
	far.SetLocalAddr(conn.RemoteAddr())
	go pumpOut(conn, near, far)
	go pumpIn(conn, far)
	return &slowConn{Conn: near, real: conn}
}

// Close closes the near end; its last bytes have 10 s to get through.
func (s *slowConn) Close() error {
	err := s.Conn.Close()
	time.AfterFunc(linger, func() { _ = s.real.Close() })
	return err
}

// pumpOut carries what the owner writes to the real connection. A half-closed
// line half-closes that; a closed or broken one closes it.
func pumpOut(conn net.Conn, near, far *Conn) {
	_, err := io.Copy(conn, far)
	half, can := conn.(interface{ CloseWrite() error })
	if err == nil && can && !near.isClosed() {
		_ = half.CloseWrite()
		return
	}
	if tcp, ok := conn.(*net.TCPConn); ok && err != nil {
		_ = tcp.SetLinger(0) // broken here, so broken there: a reset, not an end
	}
	_ = conn.Close()
	_ = far.Close()
}

// pumpIn carries what the real connection receives to the owner, its end or its
// breaking included.
func pumpIn(conn net.Conn, far *Conn) {
	_, err := io.Copy(far, conn)
	if err == nil || errors.Is(err, net.ErrClosed) {
		_ = far.CloseWrite()
		return
	}
	if errors.Is(err, syscall.ECONNRESET) {
		far.Cut()
	}
	_ = conn.Close()
	_ = far.Close()
}

func (c *Conn) isClosed() bool {
	c.wire.mu.Lock()
	defer c.wire.mu.Unlock()
	return c.closed
}
