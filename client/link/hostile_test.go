//go:build !js

package link

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"ionwake/shared/lab"
)

// TestFault_C1_HostileServer plays every bad stream at a real Socket: it ends
// with the right code, the server is told, and the process lives.
func TestFault_C1_HostileServer(t *testing.T) {
	for _, row := range streams {
		if row.code == 0 {
			continue
		}
		inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
			said := make(chan uint16, 1)
			c := dial(t, over(wire(t, group, lab.Line{RTT: 10 * time.Millisecond}, func(conn net.Conn) {
				raw(t, conn, func(conn net.Conn, br *bufio.Reader) {
					_, _ = conn.Write(frame(0x82, []byte("innocent")))
					_, _ = conn.Write(row.bytes)
					said <- closeCode(br)
				})
			})))
			c.want(Opened)
			c.wantMessage("innocent")
			if ev := c.wantClosed(row.code); ev.Reason == "" {
				t.Errorf("%s: no reason given", row.name)
			}
			if got := <-said; got != uint16(row.code) {
				t.Errorf("%s: the server was told %d, want %d", row.name, got, row.code)
			}
		})
	}
}

// closeCode reads a client's frames up to a close frame, and is its code.
func closeCode(br *bufio.Reader) uint16 {
	for {
		head := make([]byte, 6)
		if _, err := io.ReadFull(br, head); err != nil {
			return 0
		}
		body := make([]byte, head[1]&0x7F)
		if _, err := io.ReadFull(br, body); err != nil {
			return 0
		}
		for i := range body {
			body[i] ^= head[2+i%4]
		}
		if head[0]&0x0F == opClose && len(body) >= 2 {
			return binary.BigEndian.Uint16(body)
		}
	}
}

// TestHostileAndDeaf: a breach from a server that reads nothing does not hold the
// client up.
func TestHostileAndDeaf(t *testing.T) {
	inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
		release := make(chan struct{})
		c := dial(t, over(wire(t, group, lab.Line{SendBuffer: 2048, RecvBuffer: 2048}, func(conn net.Conn) {
			raw(t, conn, func(conn net.Conn, _ *bufio.Reader) {
				time.Sleep(time.Second)
				_, _ = conn.Write(frame(0x83, nil))
				<-release
			})
		})))
		c.want(Opened)
		for range 100 {
			c.Send(make([]byte, 1000))
			time.Sleep(time.Millisecond)
		}
		start := time.Now()
		c.wantClosed(CodeProtocol)
		if took := time.Since(start); took > 4*time.Second {
			t.Errorf("closed after %v, want a few seconds at most", took)
		}
		close(release)
	})
}

// TestHandshakeAnswers: every answer to the upgrade that is not one.
func TestHandshakeAnswers(t *testing.T) {
	long := "HTTP/1.1 101 Switching Protocols\r\n" + strings.Repeat("X: "+strings.Repeat("y", 1000)+"\r\n", 1000)
	for _, row := range []struct {
		name, answer string
		code         Code
		after        time.Duration
	}{
		{"forbidden", "HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\n\r\nno\xc1\xff!", CodeRefused, 0},
		{"not found", "HTTP/1.1 404 Not Found\r\n\r\n", CodeRefused, 0},
		{"ordinary page", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>", CodeRefused, 0},
		{"redirect", "HTTP/1.1 301 Moved\r\nLocation: ws://evil.example/\r\n\r\n", CodeRefused, 0},
		{"too many", "HTTP/1.1 429 \x1b[31m\r\nRetry-After: 7\r\n\r\n", CodeBusy, 7 * time.Second},
		{"too many for ever", "HTTP/1.1 429 Slow\r\nRetry-After: 999999999999\r\n\r\n", CodeBusy, 24 * time.Hour},
		{"overloaded", "HTTP/1.1 503 Busy\r\nRetry-After: soon\r\n\r\n", CodeBusy, 0},
		{"proxy without server", "HTTP/1.1 502 Bad Gateway\r\n\r\n", CodeBusy, 0},
		{"no upgrade", "HTTP/1.1 101 Switching Protocols\r\n\r\n", CodeUnreachable, 0},
		{"wrong key", "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n", CodeUnreachable, 0},
		{"not HTTP", "SSH-2.0-OpenSSH_9.2\r\n", CodeUnreachable, 0},
		{"bytes", "\x15\x03\x01\x00\x02\x02\x16\r\n\r\n", CodeUnreachable, 0},
		{"nothing", "", CodeUnreachable, 0},
		{"head without end", long, CodeUnreachable, 0},
		{"line without end", strings.Repeat("x", 1_000_000), CodeUnreachable, 0},
	} {
		inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
			c := dial(t, over(wire(t, group, lab.Line{}, func(conn net.Conn) {
				defer conn.Close()
				_, _ = conn.Read(make([]byte, 4096))
				_, _ = io.WriteString(conn, row.answer)
			})))
			ev := c.wantClosed(row.code)
			if ev.RetryAfter != row.after || ev.Reason == "" || ev.Err == nil {
				t.Errorf("%s: %+v, want to wait %v, a reason and an error", row.name, ev, row.after)
			}
		})
	}
}

// TestHandshakeWithoutProtocol: a server that chooses none of our protocols is
// of another version.
func TestHandshakeWithoutProtocol(t *testing.T) {
	inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
		cfg := over(wire(t, group, lab.Line{}, func(conn net.Conn) { raw(t, conn, swallow) }))
		cfg.Protocol = "ionwake.v2"
		dial(t, cfg).wantClosed(CodeVersion)
	})
}

// TestHandshakeTakesTooLong: a server that says nothing, or a byte now and then.
func TestHandshakeTakesTooLong(t *testing.T) {
	for _, dribble := range []bool{false, true} {
		inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
			c := dial(t, over(wire(t, group, lab.Line{}, func(conn net.Conn) {
				defer conn.Close()
				_, _ = conn.Read(make([]byte, 4096))
				for dribble {
					if _, err := conn.Write([]byte("H")); err != nil {
						return
					}
					time.Sleep(time.Second)
				}
				_, _ = io.Copy(io.Discard, conn)
			})))
			start := time.Now()
			ev := c.wantClosed(CodeUnreachable)
			if took := time.Since(start); took != DefaultTimeout || !strings.Contains(ev.Reason, "too long") {
				t.Errorf("dribble %v: %+v after %v, want it to have taken too long after 10 s", dribble, ev, took)
			}
		})
	}
}

// TestNothingPassesUnseen: however a server writes the end of its answer, the
// frames behind it are judged.
func TestNothingPassesUnseen(t *testing.T) {
	for _, end := range []string{"\r\n\r\n", "\n\n", "\r\n\n", "\n\r\n"} {
		near, far := lab.Pipe(lab.Line{})
		var breach *violation
		g := newGuard(near, func(v *violation) { breach = v })
		answer := "HTTP/1.1 101 X\r\nA: b" + end
		_, _ = far.Write([]byte(answer))
		_, _ = far.Write(frame(0x83, []byte("no such opcode")))
		br := bufio.NewReaderSize(g, 4096)
		for line := ""; line != "\n" && line != "\r\n"; { // a reader that takes both ends of line
			var err error
			if line, err = br.ReadString('\n'); err != nil {
				t.Fatal(err)
			}
		}
		if br.Buffered() != 0 {
			t.Errorf("end %q: %d bytes behind the answer were handed on", end, br.Buffered())
		}
		g.upgraded = true
		if rest, _ := io.ReadAll(br); len(rest) != 0 || breach == nil || breach.code != CodeProtocol {
			t.Errorf("end %q: %q passed, breach %v", end, rest, breach)
		}
	}
}

// FuzzHostileServer lets the whole Socket read what a hostile server sends after
// the handshake. Whatever it is, the Socket ends and the messages it gave out are
// within bounds.
func FuzzHostileServer(f *testing.F) {
	for _, row := range streams {
		if len(row.bytes) < 300 {
			f.Add(row.bytes)
		}
	}
	f.Fuzz(func(t *testing.T, stream []byte) {
		inBubble(t, func(t *testing.T, group *sync.WaitGroup) {
			c := dial(t, over(wire(t, group, lab.Line{}, func(conn net.Conn) {
				raw(t, conn, func(conn net.Conn, br *bufio.Reader) {
					_, _ = io.Copy(conn, bytes.NewReader(stream))
					_ = conn.(*lab.Conn).CloseWrite()
					swallow(conn, br)
				})
			})))
			c.want(Opened)
			for {
				ev := c.next()
				if ev.Kind == Closed {
					if want, _ := reference(stream); want != 0 && ev.Code != want {
						t.Errorf("closed with %d, the reference says %d", ev.Code, want)
					}
					return
				}
				if len(ev.Data) > MaxMessage {
					t.Error(fmt.Sprint("message of ", len(ev.Data), " bytes"))
				}
			}
		})
	})
}
