package gate

import (
	"net"
	"time"
)

// sendBuffer is what is asked of the kernel for outgoing bytes. Left alone it takes megabytes of stale frames before a stall shows.
const sendBuffer = 16 << 10

// tune sets a game connection up for fresh frames rather than many. Options a system does not know are left as they are.
func tune(tcp *net.TCPConn) {
	_ = tcp.SetNoDelay(true)
	_ = tcp.SetWriteBuffer(sendBuffer)
	_ = tcp.SetKeepAliveConfig(net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3})
	limitUnsent(tcp)
}
