package e2e

import (
	"net"
	"sync"
	"testing"
)

// cable is a TCP wire between a browser and the server that a test can cut,
// hold and mend.
type cable struct {
	listener net.Listener
	target   string
	running  sync.WaitGroup

	mu       sync.Mutex
	changed  *sync.Cond // when held does
	open     map[net.Conn]bool
	unplug   bool // new connections are ended at once
	held     bool // bytes wait
	finished bool
}

// newCable lays a cable to target, a host:port. It is gone with the test.
func newCable(t *testing.T, target string) *cable {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("lay a cable: %v", err)
	}
	c := &cable{listener: listener, target: target, open: map[net.Conn]bool{}}
	c.changed = sync.NewCond(&c.mu)
	c.running.Go(c.accept)
	t.Cleanup(c.close)
	return c
}

// url is where a browser reaches the server through the cable.
func (c *cable) url() string { return "http://" + c.listener.Addr().String() }

// cut ends every connection now, as a reset. New ones go through.
func (c *cable) cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for conn := range c.open {
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // the close below is a reset even if this fails
		}
		conn.Close()
	}
}

// unplugged says whether new connections are refused from now on.
func (c *cable) unplugged(yes bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.unplug = yes
}

// hold stops all bytes without ending a connection, until released: what a lost
// radio link looks like.
func (c *cable) hold(yes bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held = yes
	c.changed.Broadcast()
}

func (c *cable) close() {
	c.listener.Close()
	c.cut()
	c.mu.Lock()
	c.finished = true
	c.changed.Broadcast()
	c.mu.Unlock()
	c.running.Wait()
}

func (c *cable) accept() {
	for {
		near, err := c.listener.Accept()
		if err != nil {
			return // closed
		}
		c.running.Go(func() { c.join(near) })
	}
}

func (c *cable) join(near net.Conn) {
	defer near.Close()
	far, err := net.Dial("tcp", c.target)
	if err != nil {
		return // the server is down: the browser sees its connection end
	}
	defer far.Close()
	if !c.add(near, far) {
		return
	}
	defer c.drop(near, far)
	var both sync.WaitGroup
	both.Go(func() { c.carry(near, far) })
	both.Go(func() { c.carry(far, near) })
	both.Wait()
}

func (c *cable) add(conns ...net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.unplug || c.finished {
		return false
	}
	for _, conn := range conns {
		c.open[conn] = true
	}
	return true
}

func (c *cable) drop(conns ...net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, conn := range conns {
		delete(c.open, conn)
	}
}

// carry copies one direction, and ends both when its source ends.
func (c *cable) carry(to, from net.Conn) {
	defer to.Close()
	defer from.Close()
	buffer := make([]byte, 16<<10)
	for {
		n, err := from.Read(buffer)
		c.wait()
		if n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return // io.EOF, or what cut made of it
		}
	}
}

func (c *cable) wait() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.held && !c.finished {
		c.changed.Wait()
	}
}
