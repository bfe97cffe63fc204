//go:build !js

package link

import (
	"bufio"
	"bytes"
	"errors"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lxzan/gws"

	"ionwake/shared/lab"
)

// inBubble runs a test in a synctest bubble with a group to wait for.
func inBubble(t *testing.T, test func(t *testing.T, group *sync.WaitGroup)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var group sync.WaitGroup
		test(t, &group)
		group.Wait()
	})
}

func TestEchoOverTheLine(t *testing.T) {
	inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
		server := newEcho()
		c := dial(t, over(wire(t, group, lab.Line{RTT: 100 * time.Millisecond}, func(conn net.Conn) { server.serve(t, conn) })))
		if c.Send([]byte("too early")) {
			t.Error("Send before Opened reports true")
		}
		c.want(Opened)
		for _, text := range []string{"", "a", strings.Repeat("b", 126), strings.Repeat("c", MaxSend)} {
			start := time.Now()
			if !c.Send([]byte(text)) {
				t.Fatalf("Send of %d bytes reports false", len(text))
			}
			c.wantMessage(text)
			if took := time.Since(start); took != 100*time.Millisecond {
				t.Errorf("echo after %v, want 100 ms", took)
			}
		}
		if c.Send(make([]byte, MaxSend+1)) {
			t.Error("Send takes a message that is too long")
		}
		c.Send([]byte("ping me"))
		if got := <-server.pongs; got != "are you there" {
			t.Errorf("pong %q, want the ping's payload", got)
		}
		c.Send([]byte("close room ended"))
		if ev := c.wantClosed(CodeRoomEnded); ev.Reason != "room ended" || ev.Err != nil {
			t.Errorf("%+v, want the server's reason", ev)
		}
	})
}

// TestEchoOverNetPipe: a connection that cannot be half-closed and has no buffers.
func TestEchoOverNetPipe(t *testing.T) {
	inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
		near, far := net.Pipe()
		server := newEcho()
		group.Go(func() { server.serve(t, far) })
		c := dial(t, over(near))
		c.want(Opened)
		c.Send([]byte("hello"))
		c.wantMessage("hello")
		c.Close(CodeNormal, "bye")
		c.wantClosed(CodeNormal)
	})
}

func TestBigMessages(t *testing.T) {
	inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
		big := bytes.Repeat([]byte("x"), MaxMessage)
		c := dial(t, over(wire(t, group, lab.Line{RTT: 10 * time.Millisecond}, func(conn net.Conn) {
			raw(t, conn, func(conn net.Conn, br *bufio.Reader) {
				_, _ = conn.Write(frame(0x82, big))
				_, _ = conn.Write(join(frame(0x02, big[:1000]), frame(0x80, big[:2000])))
				swallow(conn, br)
			})
		})))
		c.want(Opened)
		c.wantMessage(string(big))
		c.wantMessage(string(big[:3000]))
		c.Close(CodeNormal, "")
		c.wantClosed(CodeNormal)
	})
}

// TestFirstFrameWithTheHandshake: frames in the same packet as the answer to the
// upgrade are judged and delivered like all others.
func TestFirstFrameWithTheHandshake(t *testing.T) {
	for _, row := range []struct {
		name  string
		bytes []byte
		code  Code
	}{{"good", frame(0x82, []byte("hello")), 0}, {"bad", frame(0x83, []byte("hello")), CodeProtocol}} {
		inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
			c := dial(t, over(wire(t, group, lab.Line{}, func(conn net.Conn) {
				raw(t, &sticky{Conn: conn, then: row.bytes}, swallow)
			})))
			c.want(Opened)
			if row.code != 0 {
				c.wantClosed(row.code)
				return
			}
			c.wantMessage("hello")
			c.Close(CodeNormal, "")
			c.wantClosed(CodeNormal)
		})
	}
}

// sticky adds bytes to the first write.
type sticky struct {
	net.Conn
	then []byte
}

func (s *sticky) Write(p []byte) (int, error) {
	_, err := s.Conn.Write(append(bytes.Clone(p), s.then...))
	s.then = nil
	return len(p), err
}

// TestCloseSaysGoodbye: what Send took goes out, then the code and reason, and
// the server's answer ends it.
func TestCloseSaysGoodbye(t *testing.T) {
	inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
		server := newEcho()
		c := dial(t, over(wire(t, group, lab.Line{RTT: 100 * time.Millisecond}, func(conn net.Conn) { server.serve(t, conn) })))
		c.want(Opened)
		start := time.Now()
		c.Send([]byte("ping me"))
		c.Close(CodeElsewhere, "later\n")
		if c.Send([]byte("more")) {
			t.Error("Send after Close reports true")
		}
		if ev := c.wantClosed(CodeElsewhere); ev.Reason != "later?" {
			t.Errorf("%+v, want our own reason", ev)
		}
		if took := time.Since(start); took != 100*time.Millisecond {
			t.Errorf("closed after %v, want one round trip", took)
		}
		var by *gws.CloseError
		if err := <-server.closes; !errors.As(err, &by) || by.Code != 4006 || string(by.Reason) != "later?" {
			t.Errorf("the server saw %v", err)
		}
		c.Close(CodeNormal, "again")
	})
}

// TestCloseDoesNotWaitForEver: nobody answers, or the line takes nothing.
func TestCloseDoesNotWaitForEver(t *testing.T) {
	for _, dark := range []bool{false, true} {
		inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
			release := make(chan struct{})
			near := wire(t, group, lab.Line{SendBuffer: 2048, RecvBuffer: 2048}, func(conn net.Conn) {
				raw(t, conn, func(net.Conn, *bufio.Reader) { <-release })
			})
			c := dial(t, over(near))
			c.want(Opened)
			near.Blackhole(dark)
			for c.Send(make([]byte, 512)) {
				synctest.Wait()
			}
			start := time.Now()
			c.Close(CodeNormal, "")
			c.wantClosed(CodeNormal)
			if took := time.Since(start); took > lingerTime {
				t.Errorf("dark %v: closed after %v, want 2 s at most", dark, took)
			}
			near.Cut()
			close(release)
		})
	}
}

func TestCloseWhileConnecting(t *testing.T) {
	inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
		near, far := lab.Pipe(lab.Line{})
		c := dial(t, over(near))
		time.Sleep(time.Second)
		start := time.Now()
		c.Close(CodeNormal, "changed my mind")
		c.wantClosed(CodeNormal)
		if took := time.Since(start); took != 0 {
			t.Errorf("closed after %v, want at once", took)
		}
		_ = far.Close()
	})
}

// TestBacklogIsBounded: a line that takes nothing makes Send refuse after a few
// KiB, and the connection ends by the write's deadline.
func TestBacklogIsBounded(t *testing.T) {
	inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
		release := make(chan struct{})
		cfg := over(wire(t, group, lab.Line{SendBuffer: 2048, RecvBuffer: 2048}, func(conn net.Conn) {
			raw(t, conn, func(net.Conn, *bufio.Reader) { <-release })
		}))
		cfg.Silence = -1
		c := dial(t, cfg)
		c.want(Opened)
		start := time.Now()
		sent := 0
		for range 10_000 {
			if c.Send(make([]byte, 100)) {
				sent += 100
			}
			if c.Backlog() > MaxBacklog {
				t.Fatalf("backlog of %d bytes, want at most %d", c.Backlog(), MaxBacklog)
			}
			synctest.Wait()
		}
		if sent < 4_000 || sent > 12_000 {
			t.Errorf("%d bytes were taken, want about the buffers and the backlog", sent)
		}
		c.wantClosed(CodeLost)
		if took := time.Since(start); took != writeTimeout {
			t.Errorf("ended after %v, want %v", took, writeTimeout)
		}
		close(release)
	})
}

// TestManyEmptyMessages: they have weight, or the queue would have no end.
func TestManyEmptyMessages(t *testing.T) {
	inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
		near := wire(t, group, lab.Line{}, func(conn net.Conn) { raw(t, conn, swallow) })
		c := dial(t, over(near))
		c.want(Opened)
		near.Blackhole(true)
		near.SetLine(lab.Line{SendBuffer: 1})
		n := 0
		for n < 10_000 && c.Send(nil) {
			n++
		}
		if n > MaxBacklog/6 {
			t.Errorf("%d empty messages fit, want %d at most", n, MaxBacklog/6)
		}
		near.Cut()
		c.wantClosed(CodeLost)
	})
}

// TestOverflow: an owner who does not poll loses the connection, not a message.
func TestOverflow(t *testing.T) {
	inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
		c := dial(t, over(wire(t, group, lab.Line{}, func(conn net.Conn) {
			raw(t, conn, func(conn net.Conn, br *bufio.Reader) {
				for i := range 2_000 {
					if _, err := conn.Write(frame(0x82, []byte{byte(i), byte(i >> 8)})); err != nil {
						break
					}
				}
				swallow(conn, br)
			})
		})))
		c.want(Opened)
		time.Sleep(10 * time.Second)
		for i := range MaxQueued {
			c.wantMessage(string([]byte{byte(i), byte(i >> 8)}))
		}
		c.wantClosed(CodeOverflow)
	})
}

// TestHiddenTabOverTheLine: the owner's loop stands still, OnReadable alone
// drains, for ten minutes at 30 a second.
func TestHiddenTabOverTheLine(t *testing.T) {
	inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
		const frames = 10 * 60 * 30
		cfg := over(wire(t, group, lab.Line{RTT: 80 * time.Millisecond, Jitter: 20 * time.Millisecond, StallEvery: 20 * time.Second, StallFor: time.Second},
			func(conn net.Conn) {
				raw(t, conn, func(conn net.Conn, br *bufio.Reader) {
					for i := range frames {
						_, _ = conn.Write(frame(0x82, bytes.Repeat([]byte{byte(i)}, 200)))
						time.Sleep(time.Second / 30)
					}
					_, _ = conn.Write(closing(1000, "done"))
					swallow(conn, br)
				})
			}))
		ended := make(chan Event, 1)
		ready := make(chan struct{})
		var s *Socket
		next := 0
		cfg.OnReadable = func() {
			<-ready
			for ev, ok := s.Poll(); ok; ev, ok = s.Poll() {
				switch ev.Kind {
				case Message:
					if len(ev.Data) != 200 || ev.Data[0] != byte(next) || ev.Data[199] != byte(next) {
						t.Errorf("message %d is not the one that was sent", next)
					}
					next++
				case Closed:
					ended <- ev
				}
			}
		}
		s = Dial(cfg)
		close(ready)
		if ev := <-ended; ev.Code != CodeNormal || next != frames {
			t.Errorf("%+v after %d messages, want %d", ev, next, frames)
		}
	})
}

// TestSilentServer: half-open, nothing comes any more.
func TestSilentServer(t *testing.T) {
	inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
		near := wire(t, group, lab.Line{RTT: 50 * time.Millisecond}, func(conn net.Conn) {
			raw(t, conn, func(conn net.Conn, br *bufio.Reader) {
				for range 10 { // pings alone keep it alive for 100 s
					time.Sleep(10 * time.Second)
					_, _ = conn.Write(frame(0x89, nil))
				}
				swallow(conn, br)
			})
		})
		c := dial(t, over(near))
		c.want(Opened)
		time.Sleep(101 * time.Second)
		if ev, ok := c.Poll(); ok {
			t.Fatalf("%+v while the server pings", ev)
		}
		near.Blackhole(true)
		start := time.Now()
		c.wantClosed(CodeSilent)
		if took := time.Since(start); took > DefaultSilence+DefaultSilence/checksPerLimit {
			t.Errorf("found out after %v, want 15 s and a check", took)
		}
		near.Cut()
	})
}

func TestCutAndEnd(t *testing.T) {
	for name, end := range map[string]func(near, far *lab.Conn){
		"cut":        func(near, far *lab.Conn) { near.Cut() },
		"closed":     func(near, far *lab.Conn) { _ = far.Close() },
		"half close": func(near, far *lab.Conn) { _ = far.CloseWrite() },
	} {
		inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
			near, far := lab.Pipe(lab.Line{})
			group.Go(func() { raw(t, far, swallow) })
			c := dial(t, over(near))
			c.want(Opened)
			end(near, far)
			if ev := c.wantClosed(CodeLost); ev.Err == nil || ev.Code.Advice() != Retry {
				t.Errorf("%s: %+v, want an error for the log and a retry", name, ev)
			}
		})
	}
}

// TestPanicOfTheOwner: a mistake in OnReadable is not hidden as a bad connection.
func TestPanicOfTheOwner(t *testing.T) {
	s := &Socket{cfg: Config{OnReadable: func() { panic("the owner's") }}}
	defer func() {
		if cause := recover(); cause != "the owner's" {
			t.Errorf("recovered %v, want the owner's own panic", cause)
		}
	}()
	s.put(Event{Kind: Message})
	t.Error("no panic")
}
