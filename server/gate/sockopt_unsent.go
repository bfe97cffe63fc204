//go:build linux || darwin

package gate

import (
	"net"
	"syscall"
)

// unsentLow is how many bytes may wait in the kernel unsent before a write has to wait: a sixth of a second of a usual client's frames, and a
// sixteenth of one on a line of 64 kbit/s.
const unsentLow = 1 << 9

// limitUnsent keeps frames that cannot leave yet out of the kernel (TCP_NOTSENT_LOWAT), so that a slow line gets fewer frames and not older ones.
func limitUnsent(tcp *net.TCPConn) {
	raw, err := tcp.SyscallConn()
	if err != nil {
		return
	}
	_ = raw.Control(func(fd uintptr) {
		_ = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, tcpNotSentLowat, unsentLow)
	})
}
