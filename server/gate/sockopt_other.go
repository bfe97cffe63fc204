//go:build !linux && !darwin

package gate

import "net"

// limitUnsent does nothing where the system has no such option: there only sendBuffer bounds what the kernel holds.
func limitUnsent(*net.TCPConn) {}
