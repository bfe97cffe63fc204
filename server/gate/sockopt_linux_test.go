package gate

import (
	"syscall"
	"testing"
)

// What the kernel may hold for one client, as it says itself.
func TestSocketOptions(t *testing.T) {
	s := startServer(t, Config{})
	_ = s.admitted(t)
	raw, err := s.list()[0].c.out.(syscall.Conn).SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	option := func(level, name int) int {
		t.Helper()
		value := -1
		if err := raw.Control(func(fd uintptr) { value, _ = syscall.GetsockoptInt(int(fd), level, name) }); err != nil {
			t.Fatal(err)
		}
		return value
	}
	if got := option(syscall.SOL_SOCKET, syscall.SO_SNDBUF); got > 2*sendBuffer {
		t.Errorf("send buffer of %d bytes, want at most %d", got, 2*sendBuffer)
	}
	if got := option(syscall.IPPROTO_TCP, tcpNotSentLowat); got != unsentLow {
		t.Errorf("%d bytes may wait unsent, want %d", got, unsentLow)
	}
	if option(syscall.IPPROTO_TCP, syscall.TCP_NODELAY) == 0 || option(syscall.SOL_SOCKET, syscall.SO_KEEPALIVE) == 0 {
		t.Error("TCP_NODELAY and keep-alive must be on")
	}
}
