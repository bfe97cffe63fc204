//go:build unix

package gate

import "syscall"

// smallReceiveBuffer makes a client's receive window as small as the system lets it be.
func smallReceiveBuffer(_, _ string, raw syscall.RawConn) error {
	var failed error
	err := raw.Control(func(fd uintptr) {
		failed = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 2<<10)
	})
	if err != nil {
		return err
	}
	return failed
}
