package gate

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestFault_F19_FramesInTheHandshakePacket(t *testing.T) {
	onEachPath(t, testFault_F19_FramesInTheHandshakePacket)
}

func testFault_F19_FramesInTheHandshakePacket(t *testing.T, start starter) {
	s := start(t, Config{})
	conn := s.dial(t, "")
	request := append([]byte(goodRequest()), binaryFrame([]byte("first"))...)
	c, res := shake(t, conn, string(append(request, binaryFrame([]byte("second"))...)))
	if res.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("got %s, want 101", res.Status)
	}
	for _, want := range []string{"first", "second"} {
		if got := c.message(t); string(got) != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestFault_F20_ThousandsOfTinyMessages(t *testing.T) {
	onEachPath(t, testFault_F20_ThousandsOfTinyMessages)
}

func testFault_F20_ThousandsOfTinyMessages(t *testing.T, start starter) {
	s := start(t, Config{})
	done := s.witness(t)
	c := s.admitted(t)
	p := s.list()[1]
	p.does(func([]byte) error { return nil })
	c.send(t, bytes.Repeat(binaryFrame([]byte("i")), 300)) // what a stall of some seconds delivers at once
	eventually(t, "all of a burst arrive", func() bool { return p.got.Load() == 301 })
	c.send(t, bytes.Repeat(binaryFrame([]byte("i")), 5000))
	if code, _ := c.ended(t); code != CloseFlood {
		t.Errorf("got close %d, want %d", code, CloseFlood)
	}
	<-p.closed
	if got := p.got.Load(); got > 1000 {
		t.Errorf("peer was given %d messages, want no more than the cap", got)
	}
	done()
}

func TestFault_F20_BytesRate(t *testing.T) { onEachPath(t, testFault_F20_BytesRate) }

func testFault_F20_BytesRate(t *testing.T, start starter) {
	s := start(t, Config{ByteRate: 8 << 10})
	c := s.admitted(t)
	c.send(t, bytes.Repeat(binaryFrame(make([]byte, maxMessage)), 5)) // 20 KiB where 16 may come at once
	if code, _ := c.ended(t); code != CloseFlood {
		t.Errorf("got close %d, want %d", code, CloseFlood)
	}
}

func TestFault_F17_ZeroWindow(t *testing.T) { onEachPath(t, testFault_F17_ZeroWindow) }

func testFault_F17_ZeroWindow(t *testing.T, start starter) {
	held := make(chan *Conn, 1)
	s := &testServer{}
	cfg := Config{
		SlowAfter: 300 * time.Millisecond, CloseTimeout: 200 * time.Millisecond,
		Accept: func(c *Conn, r *http.Request) Peer {
			if r.Header.Get("X-Stalls") != "" {
				held <- c
				return newPeer(c)
			}
			return s.keep(newEcho(c))
		},
	}
	started := start(t, cfg)
	s.gate, s.addr = started.gate, started.addr
	done := s.witness(t)

	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.(*net.TCPConn).SetReadBuffer(2 << 10); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	c, _ := shake(t, conn, upgradeRequest("Sec-WebSocket-Protocol: "+Subprotocol, "X-Stalls: yes"))
	c.send(t, binaryFrame([]byte("hello")))
	slow := <-held

	before := heap()
	taken, offered := 0, 0
	fresh := bytes.Repeat([]byte("f"), 1000)
	for slow.end.Load() == nil { // a tick that offers its newest frame, on and on
		offered++
		if slow.Send(fresh) {
			taken++
		}
		time.Sleep(100 * time.Microsecond)
		if offered > 100_000 {
			t.Fatal("a client that reads nothing was never given up")
		}
	}
	t.Logf("%d frames of %d bytes taken of %d offered", taken, len(fresh), offered)
	if kept := taken * len(fresh); kept > 64<<10 {
		t.Errorf("%d KiB of frames were taken for a client that reads nothing, want at most 64", kept>>10)
	}
	if grown := int64(heap()) - int64(before); grown > 64<<10 {
		t.Errorf("heap grew by %d KiB while it stalled, want at most 64", grown>>10)
	}
	if e := slow.end.Load(); e.code != CloseSlow {
		t.Errorf("got close %d, want %d", e.code, CloseSlow)
	}
	eventually(t, "its socket is freed", func() bool { return s.gate.Stats().Sockets == 1 })
	if !slow.Ready() || slow.Send(fresh) {
		t.Error("an ended connection must give its frame back and take no other")
	}
	done()
}

// A slow client that comes back in time gets whole frames, the last of them the newest it was offered.
func TestFault_F17_ReadsAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, p := pipeServer(t, Config{})
		c.greet(t)
		sent := [][]byte{}
		for i := range 60 { // two seconds of sends to a client that does not read
			f := bytes.Repeat([]byte{byte(i)}, 2000)
			if p.c.Ready() && p.c.Send(f) {
				sent = append(sent, f)
			}
			time.Sleep(33 * time.Millisecond)
		}
		if len(sent) != 1 {
			t.Fatalf("%d frames were taken while nothing was read, want one in flight", len(sent))
		}
		if got := c.message(t); !bytes.Equal(got, sent[0]) {
			t.Errorf("the frame in flight came damaged")
		}
		synctest.Wait()
		if !p.c.Ready() {
			t.Fatal("not ready after the frame was read")
		}
		p.c.Send([]byte("newest"))
		if got := c.message(t); string(got) != "newest" {
			t.Errorf("got %q, want the newest", got)
		}
		_ = c.Close()
	})
}

func TestFault_F17_LimitAndCode(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, p := pipeServer(t, Config{})
		c.greet(t)
		p.does(func([]byte) error { return nil })
		began := time.Now()
		p.c.Send(make([]byte, 1000))
		alongside(t, func() { // it lives, it only does not read
			for {
				if _, err := c.Write(binaryFrame([]byte("i"))); err != nil {
					return
				}
				time.Sleep(time.Second)
			}
		})
		<-p.closed
		if took := time.Since(began); took != 10*time.Second {
			t.Errorf("given up after %v, want 10s", took)
		}
		if code, _ := after(t, c); code != CloseSlow { // reads at last: the frame in flight, then why
			t.Errorf("got close %d, want %d", code, CloseSlow)
		}
	})
}

func TestFault_N14_HalfOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, p := pipeServer(t, Config{})
		c.greet(t)
		began := time.Now()
		var pings atomic.Int64
		alongside(t, func() {
			for {
				op, _, err := c.next()
				if err != nil {
					return
				}
				if op == opPing {
					pings.Add(1)
				}
			}
		})
		<-p.closed
		if took := time.Since(began); took != 15*time.Second || pings.Load() != 1 {
			t.Errorf("found after %v and %d pings, want 15s and 1", took, pings.Load())
		}
		_ = c.Close()
		if _, err := c.Read(nil); !errors.Is(err, io.ErrClosedPipe) && !errors.Is(err, os.ErrClosed) {
			t.Errorf("read: %v", err)
		}
	})
}

func TestPingsKeepAQuietClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, p := pipeServer(t, Config{})
		c.greet(t)
		for range 30 { // five minutes of saying nothing but pongs
			op, payload, err := c.next()
			if err != nil || op != opPing {
				t.Fatalf("got opcode %d, %v; want a ping", op, err)
			}
			c.send(t, frame(fin|opPong, payload))
		}
		if p.c.end.Load() != nil {
			t.Error("a client that answers pings was given up")
		}
		_ = c.Close()
	})
}
