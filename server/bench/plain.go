//go:build linux && (amd64 || arm64)

package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lxzan/gws"
)

// plainFlags are the flags of the plain gws yardstick.
type plainFlags struct {
	Trace string        `help:"File with the payload bytes of each send, in turn." required:"" placeholder:"FILE"`
	Every time.Duration `help:"Between two sends." default:"33.333333ms"`
}

// plain is a gws server as its documentation shows one: ReadLoop in a goroutine for each connection, frames through a Broadcaster. It looks at no message.
type plain struct {
	gws.BuiltinEventHandler
	messages, bytesIn atomic.Int64

	mu    sync.Mutex
	socks map[*gws.Conn]struct{}
}

// OnOpen implements gws.Event.
func (s *plain) OnOpen(c *gws.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.socks[c] = struct{}{}
}

// OnClose implements gws.Event.
func (s *plain) OnClose(c *gws.Conn, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.socks, c)
}

// OnMessage implements gws.Event.
func (s *plain) OnMessage(_ *gws.Conn, m *gws.Message) {
	s.messages.Add(1)
	s.bytesIn.Add(int64(m.Data.Len()))
	_ = m.Close() // never fails: it gives the buffer back
}

func (f *plainFlags) run(in io.Reader, out io.Writer) error {
	sizes, err := readTrace(f.Trace)
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	s := &plain{socks: make(map[*gws.Conn]struct{})}
	upgrader := gws.NewUpgrader(s, &gws.ServerOption{ReadMaxPayloadSize: 4 << 10})
	web := &http.Server{ReadHeaderTimeout: patience, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, err := upgrader.Upgrade(w, r); err == nil {
			go c.ReadLoop()
		}
	})}
	go func() { _ = web.Serve(ln) }() // ends with the program
	fmt.Fprintf(out, "at %s\n", ln.Addr())

	var count served
	end, p, payload := untilEnd(in), newPace(f.Every), make([]byte, maxFrame)
	for send := 0; ; send++ {
		select {
		case <-end:
			count.Reads, count.BytesIn = int(s.messages.Load()), int(s.bytesIn.Load())
			count.LateP50, count.LateP99 = p.lateness(0.5), p.lateness(0.99)
			return tell(out, count)
		default:
		}
		p.wait()
		count.Sends += s.broadcast(payload[:sizes[send%len(sizes)]])
	}
}

// broadcast queues a frame to all and returns to how many. How that goes is known to the clients alone.
func (s *plain) broadcast(payload []byte) int {
	b := gws.NewBroadcaster(gws.OpcodeBinary, payload)
	defer func() { _ = b.Close() }() // never fails: it gives the buffer back
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.socks {
		_ = b.Broadcast(c) // fails for who is about to be closed
	}
	return len(s.socks)
}
