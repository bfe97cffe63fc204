package gate

import (
	"bytes"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestFault_F11_Pings(t *testing.T) { onEachPath(t, testFault_F11_Pings) }

func testFault_F11_Pings(t *testing.T, start starter) {
	s := start(t, Config{})
	done := s.witness(t)
	c := s.admitted(t)
	for _, size := range []int{0, 1, maxControl} {
		want := bytes.Repeat([]byte("p"), size)
		c.send(t, frame(fin|opPing, want))
		if op, got, err := c.next(); err != nil || op != opPong || !bytes.Equal(got, want) {
			t.Errorf("ping of %d bytes: got opcode %d %q, %v; want its payload in a pong", size, op, got, err)
		}
	}
	for name, tt := range map[string]breach{
		"126 bytes":  {bytes: frame(fin|opPing, make([]byte, 126)), code: CloseBroken},
		"fragmented": {bytes: frame(opPing, nil), code: CloseBroken},
		"flood":      {bytes: bytes.Repeat(frame(fin|opPing, []byte("x")), 5000), code: CloseFlood},
	} {
		c := s.admitted(t)
		c.send(t, tt.bytes)
		if code, _ := c.ended(t); code != tt.code {
			t.Errorf("%s: got close %d, want %d", name, code, tt.code)
		}
	}
	done()
}

func TestFault_F11_PingRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := pipeServer(t, Config{})
		c.greet(t)
		for range 50 { // ten a second, five seconds long: allowed
			c.send(t, frame(fin|opPing, []byte("ok")))
			if op, got, err := c.next(); err != nil || op != opPong || string(got) != "ok" {
				t.Fatalf("got opcode %d %q, %v; want the pong", op, got, err)
			}
			time.Sleep(100 * time.Millisecond)
		}
		alongside(t, func() {
			for range 100 { // twenty a second
				if _, err := c.Write(frame(fin|opPing, nil)); err != nil {
					return
				}
				time.Sleep(50 * time.Millisecond)
			}
		})
		if code, took := after(t, c); code != CloseFlood || took > 3*time.Second {
			t.Errorf("got close %d after %v, want %d within 3s", code, took, CloseFlood)
		}
	})
}

// Pings from a client that reads nothing must not hold up its own messages: they are answered beside the read path, one at a time.
func TestFault_F11_NeverAnsweredOnTheReadPath(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, p := pipeServer(t, Config{})
		c.greet(t)
		p.does(func([]byte) error { return nil })
		for range 8 {
			c.send(t, frame(fin|opPing, []byte("x")), binaryFrame([]byte("input"))) // the pipe holds nothing: who wrote was read
		}
		synctest.Wait()
		if got := p.got.Load(); got != 9 {
			t.Errorf("peer got %d messages, want 9", got)
		}
		_ = c.Close()
	})
}

func TestFault_F12_Pongs(t *testing.T) { onEachPath(t, testFault_F12_Pongs) }

func testFault_F12_Pongs(t *testing.T, start starter) {
	s := start(t, Config{})
	done := s.witness(t)
	c := s.admitted(t)
	c.send(t, bytes.Repeat(frame(fin|opPong, nil), 5))
	c.send(t, binaryFrame([]byte("still here")))
	if got := c.message(t); string(got) != "still here" {
		t.Errorf("a few pongs nobody asked for: got %q", got)
	}
	c.send(t, bytes.Repeat(frame(fin|opPong, nil), 5000))
	if code, _ := c.ended(t); code != CloseFlood {
		t.Errorf("flood: got close %d, want %d", code, CloseFlood)
	}
	done()
}

func TestFault_F14_AfterClose(t *testing.T) { onEachPath(t, testFault_F14_AfterClose) }

func testFault_F14_AfterClose(t *testing.T, start starter) {
	s := start(t, Config{})
	for name, b := range map[string][]byte{
		"data":         binaryFrame([]byte("late")),
		"second close": closeFrame(1001, ""),
		"broken":       header(fin|opBinary, 127, long(1<<63)...),
	} {
		c := s.admitted(t)
		c.send(t, closeFrame(1000, ""), b)
		if code, _ := c.ended(t); code != CloseLeft {
			t.Errorf("%s after close: got close %d, want %d", name, code, CloseLeft)
		}
	}
	for _, p := range s.list() {
		<-p.closed
		if got := p.got.Load(); got != 1 {
			t.Errorf("peer got %d messages, want the one before the close", got)
		}
	}
}

func TestFault_F14_CloseThenSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, p := pipeServer(t, Config{})
		c.greet(t)
		time.Sleep(3 * time.Second) // past the greeting's deadline: nothing else wakes the reader soon
		began := time.Now()
		p.c.Close(nil, CloseKicked, "")
		for { // answers nothing and does not close
			if _, _, err := c.next(); err != nil {
				break
			}
		}
		if took := time.Since(began); took != 2*time.Second {
			t.Errorf("TCP closed after %v, want 2s", took)
		}
		_ = c.Close()
	})
}

func TestFault_F15_HalfClose(t *testing.T) { onEachPath(t, testFault_F15_HalfClose) }

func testFault_F15_HalfClose(t *testing.T, start starter) {
	s := start(t, Config{})
	done := s.witness(t)
	c := s.admitted(t)
	if err := c.Conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if code, _ := c.ended(t); code != CloseLeft {
		t.Errorf("got close %d, want %d", code, CloseLeft)
	}
	<-s.list()[1].closed
	eventually(t, "its socket is freed", func() bool { return s.gate.Stats().Sockets == 1 })
	done()
}

func TestFault_F16_Reset(t *testing.T) { onEachPath(t, testFault_F16_Reset) }

func testFault_F16_Reset(t *testing.T, start starter) {
	var log lockedBuffer
	s := start(t, Config{Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelInfo}))})
	done := s.witness(t)
	for name, act := range map[string]func(c *rawClient){
		"mid frame":  func(c *rawClient) { c.send(t, binaryFrame(make([]byte, 100))[:50]) },
		"mid header": func(c *rawClient) { c.send(t, []byte{fin | opBinary}) },
		"mid write":  func(c *rawClient) { c.send(t, binaryFrame(make([]byte, maxMessage))) },
	} {
		c := s.admitted(t)
		act(c)
		_ = c.Conn.(*net.TCPConn).SetLinger(0)
		_ = c.Close()
		peers := s.list()
		select {
		case <-peers[len(peers)-1].closed:
		case <-time.After(patience):
			t.Errorf("%s: the peer was never told", name)
		}
	}
	eventually(t, "their sockets are freed", func() bool { return s.gate.Stats().Sockets == 1 })
	done()
	if text := log.String(); text != "" {
		t.Errorf("logged above debug: %s", text)
	}
}

type lockedBuffer struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
