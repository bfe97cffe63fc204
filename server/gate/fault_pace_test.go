package gate

import (
	"bytes"
	"net/http"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

func TestFault_H2_NoGreeting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, p := pipeServer(t, Config{})
		code, took := after(t, c)
		if code != CloseDenied || took != 2*time.Second {
			t.Errorf("got close %d after %v, want %d after 2s", code, took, CloseDenied)
		}
		<-p.closed
	})
}

func TestFault_H2_GreetingThatIsNotEnough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := Config{Accept: func(c *Conn, _ *http.Request) Peer { p := newPeer(c); p.mute = true; return p }}
		c, _ := pipeServer(t, cfg)
		alongside(t, func() {
			for range 100 {
				if _, err := c.Write(binaryFrame([]byte("who?"))); err != nil {
					return
				}
				time.Sleep(300 * time.Millisecond)
			}
		})
		code, took := after(t, c)
		if code != CloseDenied || took != 2*time.Second {
			t.Errorf("got close %d after %v, want %d after 2s however much was said", code, took, CloseDenied)
		}
	})
}

func TestFault_F4_PromiseThenSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, p := pipeServer(t, Config{})
		c.greet(t)
		c.send(t, header(fin|opBinary, 126, 0x10, 0)) // 4096 bytes, none of which come
		code, took := after(t, c)
		if code != ClosePolicy || took != 5*time.Second {
			t.Errorf("got close %d after %v, want %d after 5s", code, took, ClosePolicy)
		}
		<-p.closed
	})
}

func TestFault_F4_PromisesCostNothing(t *testing.T) { onEachPath(t, testFault_F4_PromisesCostNothing) }

func testFault_F4_PromisesCostNothing(t *testing.T, start starter) {
	s := start(t, Config{})
	done := s.witness(t)
	huge := header(fin|opBinary, 127, long(16<<20)...)
	for range 20 {
		c := s.admitted(t)
		c.send(t, huge)
		if code, _ := c.ended(t); code != CloseTooBig {
			t.Fatalf("16 MiB promised: got close %d, want %d", code, CloseTooBig)
		}
	}
	clients := make([]*rawClient, 50)
	for i := range clients {
		clients[i] = s.admitted(t)
	}
	before := heap()
	for _, c := range clients {
		c.send(t, header(fin|opBinary, 126, 0x10, 0))
	}
	time.Sleep(50 * time.Millisecond)
	// A pooled buffer for the 4 KiB promised and its tail is 8 KiB; the rest is slack for the witness and the runtime.
	if grown := int64(heap()) - int64(before); grown > 50*16<<10 {
		t.Errorf("50 promises of 4 KiB took %d KiB of heap, want at most 16 KiB each", grown>>10)
	}
	done()
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func TestFault_F5_Dribble(t *testing.T) {
	for name, bytes := range map[string][]byte{
		"frame":     binaryFrame(make([]byte, 100)),
		"header":    header(fin|opBinary, 126, 0x10, 0),
		"fragments": append(frame(opBinary, []byte("a")), bytes.Repeat(frame(opContinuation, []byte("a")), 16)...),
		"ping":      frame(fin|opPing, make([]byte, 100)),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, p := pipeServer(t, Config{})
				c.greet(t)
				alongside(t, func() {
					for _, b := range bytes {
						if _, err := c.Write([]byte{b}); err != nil {
							return
						}
						time.Sleep(900 * time.Millisecond)
					}
				})
				code, took := after(t, c)
				if code != ClosePolicy || took != 5*time.Second {
					t.Errorf("got close %d after %v, want %d after 5s", code, took, ClosePolicy)
				}
				<-p.closed
			})
		})
	}
}

// A message that is slow but in time goes through, byte by byte, with a ping in its middle.
func TestFault_F5_SlowButInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := pipeServer(t, Config{})
		c.greet(t)
		parts := bytes.Join([][]byte{frame(opBinary, []byte("abc")), frame(fin|opPing, []byte("x")), frame(fin|opContinuation, []byte("def"))}, nil)
		alongside(t, func() {
			for _, b := range parts {
				c.send(t, []byte{b})
				time.Sleep(100 * time.Millisecond)
			}
		})
		op, got, err := c.next()
		if err != nil || op != opPong || string(got) != "x" {
			t.Errorf("got opcode %d %q, %v; want the pong", op, got, err)
		}
		if got := c.message(t); string(got) != "abcdef" {
			t.Errorf("got %q, want the message in one piece", got)
		}
		_ = c.Close()
	})
}

func TestFault_F6_Fragments(t *testing.T) { onEachPath(t, testFault_F6_Fragments) }

func testFault_F6_Fragments(t *testing.T, start starter) {
	s := start(t, Config{})
	done := s.witness(t)
	c := s.admitted(t)
	c.send(t, frame(opBinary, []byte("a")), bytes.Repeat(frame(opContinuation, []byte("a")), 14), frame(fin|opContinuation, []byte("a")))
	if got := c.message(t); len(got) != maxPieces {
		t.Errorf("%d fragments: got %d bytes, want all", maxPieces, len(got))
	}
	for name, b := range map[string][]byte{
		"seventeen":       bytes.Join([][]byte{frame(opBinary, []byte("a")), bytes.Repeat(frame(opContinuation, []byte("a")), 15), frame(fin|opContinuation, []byte("a"))}, nil),
		"empty first":     frame(opBinary, nil),
		"empty in middle": append(frame(opBinary, []byte("a")), frame(opContinuation, nil)...),
		"flood of empty":  append(frame(opBinary, []byte("a")), bytes.Repeat(frame(opContinuation, nil), 5000)...),
	} {
		c := s.admitted(t)
		c.send(t, b)
		if code, _ := c.ended(t); code != CloseBroken {
			t.Errorf("%s: got close %d, want %d", name, code, CloseBroken)
		}
	}
	done()
}

func TestFault_F6_NeverFinished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := pipeServer(t, Config{})
		c.greet(t)
		c.send(t, frame(opBinary, []byte("a")))
		code, took := after(t, c)
		if code != ClosePolicy || took != 5*time.Second {
			t.Errorf("got close %d after %v, want %d after 5s", code, took, ClosePolicy)
		}
	})
}
