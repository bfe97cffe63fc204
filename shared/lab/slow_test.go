package lab

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lxzan/gws"
)

// echo sends every message back.
type echo struct{ gws.BuiltinEventHandler }

func (echo) OnMessage(c *gws.Conn, m *gws.Message) {
	_ = c.WriteMessage(m.Opcode, m.Bytes())
	_ = m.Close()
}

// serveEcho upgrades one connection and echoes until it ends.
func serveEcho(t *testing.T, conn net.Conn) {
	br := bufio.NewReader(conn)
	r, err := http.ReadRequest(br)
	if err != nil {
		t.Errorf("reading the request: %v", err)
		return
	}
	socket, err := gws.NewUpgrader(echo{}, nil).UpgradeFromConn(conn, br, r)
	if err != nil {
		t.Errorf("upgrading: %v", err)
		return
	}
	socket.ReadLoop()
}

// listener hands on what comes back.
type listener struct {
	gws.BuiltinEventHandler
	got chan string
}

func (l listener) OnMessage(_ *gws.Conn, m *gws.Message) {
	l.got <- string(m.Bytes())
	_ = m.Close()
}

// TestWebSocketOverTheLine runs a real WebSocket over a bad line under fake
// time: the handshake and each echo take exactly one round trip.
func TestWebSocketOverTheLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := Pipe(Line{RTT: 200 * time.Millisecond})
		var group sync.WaitGroup
		group.Go(func() { serveEcho(t, far) })
		start := time.Now()
		got := make(chan string)
		socket, _, err := gws.NewClientFromConn(listener{got: got}, &gws.ClientOption{Addr: "ws://lab/play"}, near)
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took != 200*time.Millisecond {
			t.Errorf("the handshake took %v, want 200 ms", took)
		}
		group.Go(socket.ReadLoop)
		for range 100 {
			start := time.Now()
			if err := socket.WriteMessage(gws.OpcodeBinary, []byte("ping")); err != nil {
				t.Fatal(err)
			}
			if s, took := <-got, time.Since(start); s != "ping" || took != 200*time.Millisecond {
				t.Fatalf("%q after %v, want ping after 200 ms", s, took)
			}
		}
		_ = socket.WriteClose(1000, nil)
		group.Wait()
	})
}

// TestSlowInFakeTime puts a second line in front of a first.
func TestSlowInFakeTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, far := Pipe(Line{RTT: 100 * time.Millisecond})
		near := Slow(inner, Line{RTT: 60 * time.Millisecond})
		if near.RemoteAddr() != far.LocalAddr() || near.LocalAddr() != far.RemoteAddr() {
			t.Errorf("addresses %v and %v are not those of the real connection", near.LocalAddr(), near.RemoteAddr())
		}
		start := time.Now()
		write(t, near, []byte("hello"))
		if got := arrivals(t, far, start, 1, 5)[0]; got != 80*time.Millisecond {
			t.Errorf("there after %v, want 80 ms", got)
		}
		write(t, far, []byte("hello"))
		if got := arrivals(t, near, start, 1, 5)[0]; got != 160*time.Millisecond {
			t.Errorf("and back after %v, want 160 ms", got)
		}
		write(t, near, []byte("bye"))
		_ = near.Close()
		if rest, err := io.ReadAll(far); string(rest) != "bye" || err != nil {
			t.Errorf("%q, %v, want the last word", rest, err)
		}
		_ = far.Close()
	})
}

// TestSlowRealSocket does the same with a real socket and the real clock.
func TestSlowRealSocket(t *testing.T) {
	far, raw := realPair(t)
	near := Slow(raw, Line{RTT: 40 * time.Millisecond, Jitter: 5 * time.Millisecond, Loss: 0.01, Seed: 1})
	message := bytes.Repeat([]byte("ionwake "), 10_000)
	start := time.Now()
	go func() {
		write(t, near, message)
		_ = near.(*slowConn).CloseWrite()
	}()
	got, err := io.ReadAll(far)
	if !bytes.Equal(got, message) || err != nil {
		t.Errorf("%d bytes, %v, want the %d sent", len(got), err, len(message))
	}
	if took := time.Since(start); took < 20*time.Millisecond {
		t.Errorf("took %v, want at least the way of 20 ms", took)
	}
	write(t, far, []byte("back"))
	arrivals(t, near, start, 1, 4)
	_ = far.Close()
	if _, err := near.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("Read after the other end closed: %v, want EOF", err)
	}
	_ = near.Close()
}

// TestSlowPassesOnCuts: breaking the line breaks the real connection.
func TestSlowPassesOnCuts(t *testing.T) {
	far, raw := realPair(t)
	near := Slow(raw, Line{})
	near.(*slowConn).Cut()
	_ = far.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := far.Read(make([]byte, 1)); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("Read: %v, want a reset", err)
	}
	_ = near.Close()
}

// realPair is two ends of a TCP connection on loopback.
func realPair(t *testing.T) (server, client net.Conn) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	client, err = net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	server, err = ln.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close(); _ = client.Close() })
	return server, client
}
