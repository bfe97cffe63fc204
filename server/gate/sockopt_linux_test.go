package gate

import (
	"net"
	"syscall"
	"testing"
)

// What the kernel may hold for one client, as it says itself.
func TestSocketOptions(t *testing.T) { onEachPath(t, testSocketOptions) }

func testSocketOptions(t *testing.T, start starter) {
	s := start(t, Config{})
	_ = s.admitted(t)
	conn := s.list()[0].c.raw
	option := func(level, name int) int {
		t.Helper()
		value := -1
		get := func(fd int) error {
			var err error
			value, err = syscall.GetsockoptInt(fd, level, name)
			return err
		}
		if ours, ok := inner[interface {
			control(f func(fd int) error) error
		}](conn); ok {
			if err := ours.control(get); err != nil {
				t.Fatal(err)
			}
			return value
		}
		tcp, _ := inner[*net.TCPConn](conn)
		raw, err := tcp.SyscallConn()
		if err != nil {
			t.Fatal(err)
		}
		if err := raw.Control(func(fd uintptr) { _ = get(int(fd)) }); err != nil {
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
