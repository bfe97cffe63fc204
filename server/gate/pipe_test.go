package gate

import (
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// pipeServer serves one end of an in-memory connection inside a synctest bubble and gives the other, upgraded.
func pipeServer(t *testing.T, cfg Config) (*rawClient, *testPeer) {
	t.Helper()
	made := make(chan *testPeer, 1)
	if cfg.Accept != nil {
		made <- nil
	} else {
		cfg.Accept = func(c *Conn, _ *http.Request) Peer {
			p := newEcho(c)
			made <- p
			return p
		}
	}
	near, far := net.Pipe()
	g := New(cfg)
	alongside(t, func() {
		if err := g.Serve(far); err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	c := upgraded(t, near)
	_ = near.SetDeadline(time.Time{})
	return c, <-made
}

// alongside runs f in a goroutine that the test waits for at its end; whoever uses it closes what f waits on.
func alongside(t *testing.T, f func()) {
	done := make(chan struct{})
	t.Cleanup(func() { <-done })
	go func() {
		defer close(done)
		f()
	}()
}

// after runs until the connection ends and says with which code and how long that took.
func after(t *testing.T, c *rawClient) (uint16, time.Duration) {
	t.Helper()
	began := time.Now()
	for {
		op, payload, err := c.next()
		if err != nil {
			t.Fatalf("connection ended without a close frame: %v", err)
		}
		if op == opClose {
			_ = c.Close()
			return uint16(payload[0])<<8 | uint16(payload[1]), time.Since(began)
		}
	}
}

// greet has a pipe's connection admitted.
func (c *rawClient) greet(t *testing.T) {
	t.Helper()
	c.send(t, binaryFrame([]byte("hello")))
	if got := c.message(t); string(got) != "hello" {
		t.Fatalf("got %q, want the greeting back", got)
	}
	synctest.Wait() // until the slot for the next frame is free
}
