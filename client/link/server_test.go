//go:build !js

package link

import (
	"bufio"
	"context"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lxzan/gws"
	"go.uber.org/goleak"

	"ionwake/shared/lab"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const protocol = "ionwake.v1"

// echo is a server of the library's: it sends every message back, and a ping
// before the first, whose answer it keeps.
type echo struct {
	gws.BuiltinEventHandler
	pongs  chan string
	closes chan error
}

func newEcho() *echo { return &echo{pongs: make(chan string, 16), closes: make(chan error, 1)} }

func (e *echo) OnPong(_ *gws.Conn, payload []byte) { e.pongs <- string(payload) }
func (e *echo) OnClose(_ *gws.Conn, err error)     { e.closes <- err }
func (e *echo) OnMessage(c *gws.Conn, m *gws.Message) {
	defer m.Close()
	switch text := string(m.Bytes()); {
	case text == "ping me":
		_ = c.WritePing([]byte("are you there"))
	case strings.HasPrefix(text, "close "):
		_ = c.WriteClose(4010, []byte(strings.TrimPrefix(text, "close ")))
	default:
		_ = c.WriteMessage(m.Opcode, m.Bytes())
	}
}

// serve upgrades one connection with the library and serves it to its end.
func (e *echo) serve(t *testing.T, conn net.Conn) {
	defer conn.Close()
	br := bufio.NewReader(conn)
	r, err := http.ReadRequest(br)
	if err != nil {
		t.Errorf("reading the request: %v", err)
		return
	}
	option := &gws.ServerOption{SubProtocols: []string{protocol}}
	socket, err := gws.NewUpgrader(e, option).UpgradeFromConn(conn, br, r)
	if err != nil {
		t.Errorf("upgrading: %v", err)
		return
	}
	socket.ReadLoop()
}

// raw is a server by hand: it answers the upgrade and then does as it likes.
func raw(t *testing.T, conn net.Conn, do func(conn net.Conn, br *bufio.Reader)) {
	defer conn.Close()
	br := bufio.NewReader(conn)
	r, err := http.ReadRequest(br)
	if err != nil {
		t.Errorf("reading the request: %v", err)
		return
	}
	sum := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	fmt.Fprintf(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Protocol: %s\r\nSec-WebSocket-Accept: %s\r\n\r\n", protocol, base64.StdEncoding.EncodeToString(sum[:]))
	do(conn, br)
}

// swallow reads until the other side is gone.
func swallow(_ net.Conn, br *bufio.Reader) { _, _ = io.Copy(io.Discard, br) }

// over is a Config that plays over a ready connection.
func over(conn net.Conn) Config {
	return Config{URL: "ws://lab/play?room=main", Protocol: protocol,
		NetDial: func(context.Context) (net.Conn, error) { return conn, nil }}
}

// client is a Socket with an owner who waits for events.
type client struct {
	*Socket
	t        *testing.T
	readable chan struct{}
}

func dial(t *testing.T, cfg Config) *client {
	c := &client{t: t, readable: make(chan struct{}, 1)}
	cfg.OnReadable = func() {
		select {
		case c.readable <- struct{}{}:
		default:
		}
	}
	c.Socket = Dial(cfg)
	return c
}

// next waits for the next event, by OnReadable alone. It is at most 30 s of real
// time, or of a bubble's.
func (c *client) next() Event {
	c.t.Helper()
	deadline := time.After(30 * time.Second)
	for {
		if ev, ok := c.Poll(); ok {
			return ev
		}
		select {
		case <-c.readable:
		case <-deadline:
			c.t.Fatal("no event within 30 s")
		}
	}
}

func (c *client) want(kind Kind) Event {
	c.t.Helper()
	ev := c.next()
	if ev.Kind != kind {
		c.t.Fatalf("event %+v, want kind %d", ev, kind)
	}
	return ev
}

func (c *client) wantMessage(text string) {
	c.t.Helper()
	if ev := c.want(Message); string(ev.Data) != text {
		c.t.Fatalf("message of %d bytes, want %.40q", len(ev.Data), text)
	}
}

// wantClosed skips messages and wants the end, and nothing after it.
func (c *client) wantClosed(code Code) Event {
	c.t.Helper()
	for {
		ev := c.next()
		if ev.Kind == Message {
			continue
		}
		if ev.Kind != Closed || ev.Code != code {
			c.t.Fatalf("event %+v, want closed with %d", ev, code)
		}
		if after, ok := c.Poll(); ok {
			c.t.Errorf("%+v after Closed", after)
		}
		if c.Send([]byte("late")) {
			c.t.Error("Send after Closed reports true")
		}
		return ev
	}
}

// wire starts a server on the far end of a line and returns the near end.
func wire(t *testing.T, group *sync.WaitGroup, line lab.Line, serve func(conn net.Conn)) *lab.Conn {
	near, far := lab.Pipe(line)
	group.Go(func() { serve(far) })
	return near
}
