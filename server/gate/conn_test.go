package gate

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestSendOneInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, p := pipeServer(t, Config{})
		c.greet(t)
		if !p.c.Ready() {
			t.Fatal("not ready though nothing is in flight")
		}
		if !p.c.Send([]byte("first")) {
			t.Fatal("the first frame was not taken")
		}
		synctest.Wait()
		if p.c.Ready() || p.c.Send([]byte("second")) {
			t.Error("a second frame was taken while the first is in flight")
		}
		if got := c.message(t); string(got) != "first" {
			t.Errorf("got %q, want %q", got, "first")
		}
		synctest.Wait()
		for _, size := range []int{0, 1, 125, 126, smallFrame - maxHead, smallFrame - maxHead + 1, MaxFrame} {
			want := bytes.Repeat([]byte{byte(size)}, size)
			if !p.c.Send(want) {
				t.Fatalf("%d bytes were not taken", size)
			}
			if got := c.message(t); !bytes.Equal(got, want) {
				t.Errorf("%d bytes: got %d bytes", size, len(got))
			}
			synctest.Wait()
		}
		if p.c.Send(make([]byte, MaxFrame+1)) {
			t.Error("a frame over the limit was taken")
		}
		if code, _ := after(t, c); code != CloseFault {
			t.Errorf("frame over the limit: got close %d, want %d", code, CloseFault)
		}
	})
}

func TestCloseSaysEverythingInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, p := pipeServer(t, Config{})
		c.greet(t)
		p.c.Send([]byte("in flight"))
		p.c.Close([]byte("last words"), CloseKicked, "bad\nmanners \u00e9")
		p.c.Close([]byte("too late"), CloseFull, "")
		if p.c.Send([]byte("later")) {
			t.Error("a frame was taken after Close")
		}
		for _, want := range []string{"in flight", "last words"} {
			if got := c.message(t); string(got) != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
		op, payload, err := c.next()
		if err != nil || op != opClose || !bytes.Equal(payload, append([]byte{0x0F, 0xA3}, "bad?manners ?"...)) {
			t.Errorf("got opcode %d %q, %v; want close 4003 with clean words", op, payload, err)
		}
		_ = c.Close()
		<-p.closed
	})
}

// A client that reads nothing cannot make Close take longer than CloseTimeout, whether a frame is stuck or only the close frame is.
func TestCloseIsBounded(t *testing.T) {
	for name, send := range map[string]bool{"frame in flight": true, "nothing in flight": false} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, p := pipeServer(t, Config{})
				c.greet(t)
				time.Sleep(3 * time.Second)
				if send && !p.c.Send([]byte("stuck")) {
					t.Fatal("the frame was not taken")
				}
				synctest.Wait()
				began := time.Now()
				p.c.Close([]byte("never read"), CloseKicked, "")
				synctest.Wait()
				if !isDone(p.closed) {
					t.Error("the peer must hear of the end at once, not when the last bytes are out")
				}
				_ = p.c.line.settle()
				if took := time.Since(began); took != 2*time.Second {
					t.Errorf("the writer ended after %v, want 2s", took)
				}
				_ = c.Close()
			})
		})
	}
}

func isDone(done chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}

func TestReceiveErrors(t *testing.T) {
	tests := []struct {
		err    error
		code   uint16
		reason string
	}{
		{errors.New("secret detail"), CloseUndecodable, "undecodable message"},
		{&CloseError{CloseName, ""}, CloseName, "name refused"},
		{fmt.Errorf("decode: %w", &CloseError{CloseVersion, "need 2"}), CloseVersion, "need 2"},
		{&CloseError{1005, "nonsense"}, CloseFault, "server fault"},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			c, p := pipeServer(t, Config{})
			c.greet(t)
			p.does(func([]byte) error { return tt.err })
			alongside(t, func() { _, _ = c.Write(append(binaryFrame([]byte("a")), binaryFrame([]byte("b"))...)) })
			op, payload, err := c.next()
			if err != nil || op != opClose || int(payload[0])<<8|int(payload[1]) != int(tt.code) || string(payload[2:]) != tt.reason {
				t.Errorf("%v: got opcode %d %q, %v; want close %d %q", tt.err, op, payload, err, tt.code, tt.reason)
			}
			_ = c.Close()
			<-p.closed
			if got := p.got.Load(); got != 2 {
				t.Errorf("%v: %d messages were received, want none after the error", tt.err, got-1)
			}
		})
	}
}

// panicky panics where it is told to.
type panicky struct {
	*testPeer
	inReceive, inClosed bool
}

func (p *panicky) Receive(data []byte) error {
	_ = p.testPeer.Receive(data)
	if p.inReceive {
		panic("receive: " + string(data))
	}
	return nil
}

func (p *panicky) Closed() {
	p.testPeer.Closed()
	if p.inClosed {
		panic("closed")
	}
}

func TestFault_R16_PanicEndsOneConnection(t *testing.T) {
	onEachPath(t, testFault_R16_PanicEndsOneConnection)
}

func testFault_R16_PanicEndsOneConnection(t *testing.T, start starter) {
	var log lockedBuffer
	s := &testServer{}
	started := start(t, Config{
		Logger: slog.New(slog.NewTextHandler(&log, nil)),
		Accept: func(c *Conn, r *http.Request) Peer {
			where := r.Header.Get("X-Panic")
			if where == "accept" {
				panic("accept")
			}
			if where == "" {
				return s.keep(newEcho(c))
			}
			return &panicky{s.keep(newPeer(c)), where == "receive", where == "closed"}
		},
	})
	s.gate, s.addr = started.gate, started.addr
	done := s.witness(t)
	before := runtime.NumGoroutine()
	for _, where := range []string{"accept", "receive", "closed"} {
		c, _ := shake(t, s.dial(t, ""), request("", "X-Panic: "+where))
		if where == "receive" {
			c.send(t, binaryFrame([]byte("boom")))
		}
		if where == "closed" {
			c.send(t, closeFrame(1000, ""))
			_, _ = c.ended(t)
			continue
		}
		code, reason := c.ended(t)
		id := regexp.MustCompile(`^server fault ([0-9a-f]{8})$`).FindStringSubmatch(reason)
		if code != CloseFault || id == nil {
			t.Errorf("panic in %s: got close %d %q, want %d with a crash id", where, code, reason, CloseFault)
			continue
		}
		if !strings.Contains(log.String(), "crash_id="+id[1]) {
			t.Errorf("panic in %s: id %s is not in the log", where, id[1])
		}
	}
	eventually(t, "goroutines are back to where they were", func() bool { return runtime.NumGoroutine() <= before })
	for _, p := range s.list()[1:] {
		<-p.closed
	}
	eventually(t, "only the witness is left", func() bool { return s.gate.Stats().Open == 1 })
	if n := s.gate.Stats().Faults; n != 3 {
		t.Errorf("%d faults counted, want 3", n)
	}
	done()
}

func TestPanicInAPage(t *testing.T) {
	g := New(Config{})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := g.Server(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("page") }))
	var running sync.WaitGroup
	running.Go(func() { _ = srv.Serve(g.Listen(ln)) })
	defer running.Wait()
	defer func() { _ = srv.Close() }()
	conn, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_, res := shake(t, conn, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
	if res.StatusCode != http.StatusInternalServerError || g.Stats().Faults != 1 {
		t.Errorf("got %s and %d faults, want 500 and 1", res.Status, g.Stats().Faults)
	}
}

func TestFaultLogIsBounded(t *testing.T) {
	var log lockedBuffer
	l := newFaultLog(slog.New(slog.NewTextHandler(&log, nil)))
	for range 1000 {
		l.report("test", "boom", nil)
	}
	if lines := strings.Count(log.String(), "\n"); lines > 2*faultRate {
		t.Errorf("1000 faults made %d lines, want at most %d", lines, 2*faultRate)
	}
	if l.total.Load() != 1000 || l.suppressed.Load() < 900 {
		t.Errorf("counted %d and %d suppressed, want all", l.total.Load(), l.suppressed.Load())
	}
}

func TestShutdown(t *testing.T) { onEachPath(t, testShutdown) }

func testShutdown(t *testing.T, start starter) {
	s := start(t, Config{})
	clients := []*rawClient{s.admitted(t), s.admitted(t), s.connect(t)}
	var talk sync.WaitGroup
	for _, c := range clients {
		talk.Go(func() {
			if code, reason := c.ended(t); code != CloseRestart || reason != "server restarting" {
				t.Errorf("got close %d %q, want %d", code, reason, CloseRestart)
			}
			_ = c.Close()
		})
	}
	if err := s.gate.Shutdown(context.Background()); err != nil {
		t.Errorf("shutdown: %v", err)
	}
	talk.Wait()
	if open := s.gate.Stats().Open; open != 0 {
		t.Errorf("%d open after Shutdown returned", open)
	}
	_, res := shake(t, s.dial(t, ""), goodRequest())
	if res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("a late comer got %s, want 503", res.Status)
	}
}

func TestShutdownInAHurry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, p := pipeServer(t, Config{CloseTimeout: time.Hour})
		c.greet(t)
		ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		began := time.Now()
		if err := p.c.gate.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 3*time.Second {
			t.Errorf("got %v after %v, want the context's error after 3s", err, time.Since(began))
		}
		<-p.closed
		_ = c.Close()
	})
}

// Being stopped ourselves (a debugger, a sleeping machine) must not cost anybody the connection.
func TestOwnDelayIsNotThePeersSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, p := pipeServer(t, Config{})
		c.greet(t)
		p.does(func([]byte) error { time.Sleep(time.Minute); return nil }) // nothing is read meanwhile
		alongside(t, func() {
			for {
				if _, _, err := c.next(); err != nil {
					return
				}
			}
		})
		c.send(t, binaryFrame([]byte("a")))
		time.Sleep(61 * time.Second)
		p.does(func([]byte) error { return nil })
		c.send(t, binaryFrame([]byte("b")))
		synctest.Wait()
		if p.got.Load() != 3 || p.c.end.Load() != nil {
			t.Errorf("%d messages, end %v: the connection was given up for our own delay", p.got.Load(), p.c.end.Load())
		}
		_ = c.Close()
	})
}

// stopped is a connection of a process that was stopped in the middle of a read: its deadline is long gone when it runs again, and bytes have come.
type stopped struct {
	scripted
	reads int
}

func (s *stopped) Read(p []byte) (int, error) {
	if s.reads++; s.reads == 1 {
		time.Sleep(time.Minute)
		return 0, os.ErrDeadlineExceeded
	}
	return copy(p, frame(fin|opPong, nil)), nil
}

func TestBeingStoppedIsNotThePeersSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := New(Config{})
		place, _ := g.players.enter(prefixOf(addrOf("")))
		s := newSocket(newConn(g, place, place.prefix), &stopped{}, nil)
		if n, err := s.Read(make([]byte, readBuffer)); n == 0 || err != nil {
			t.Errorf("got %d bytes, %v; want what has come meanwhile", n, err)
		}
	})
}

func TestTLS(t *testing.T) {
	t.Run("goroutines", func(t *testing.T) { testTLS(t, Config{}) })
	t.Run("pumps", func(t *testing.T) { testTLS(t, Config{Pumps: turningPumps(t)}) })
}

func testTLS(t *testing.T, cfg Config) {
	s := &testServer{}
	cfg.SlowAfter, cfg.CloseTimeout = 100*time.Millisecond, 200*time.Millisecond
	cfg.Accept = func(c *Conn, _ *http.Request) Peer { return s.keep(newEcho(c)) }
	s.gate = New(cfg)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := s.gate.Server(s.gate)
	var running sync.WaitGroup
	running.Go(func() { _ = srv.Serve(tls.NewListener(s.gate.Listen(ln), serverTLS(t))) })
	defer running.Wait()
	defer func() { _ = srv.Close() }()
	dial := func() *tls.Conn {
		t.Helper()
		conn, err := tls.Dial("tcp", ln.Addr().String(), &tls.Config{InsecureSkipVerify: true}) //nolint:gosec // a certificate made a moment ago
		if err != nil {
			t.Fatal(err)
		}
		return conn
	}
	c, res := shake(t, dial(), request("", "Origin: https://game.example"))
	if res.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("got %s, want 101 for a page served over TLS", res.Status)
	}
	for _, size := range []int{5, 900, 3000} {
		want := bytes.Repeat([]byte("x"), size)
		c.send(t, binaryFrame(want))
		if got := c.message(t); !bytes.Equal(got, want) {
			t.Errorf("%d bytes: got %d", size, len(got))
		}
	}
	time.Sleep(150 * time.Millisecond) // deadlines that fire in between do no harm
	c.send(t, binaryFrame([]byte("again")))
	_ = c.message(t)
	s.list()[0].c.Close([]byte("last"), CloseKicked, "")
	if got := c.message(t); string(got) != "last" {
		t.Errorf("got %q, want the last message", got)
	}
	if code, _ := c.ended(t); code != CloseKicked {
		t.Errorf("got close %d, want %d", code, CloseKicked)
	}
	_ = c.Close()

	stalled := upgraded(t, dial())
	stalled.send(t, binaryFrame([]byte("hello")))
	_ = stalled.message(t)
	p := s.list()[1]
	for began := time.Now(); p.c.end.Load() == nil && time.Since(began) < patience; time.Sleep(time.Millisecond) {
		p.c.Send(make([]byte, MaxFrame)) // never read
	}
	<-p.closed
	if e := p.c.end.Load(); e.code != CloseSlow {
		t.Errorf("stalled: got close %d, want %d", e.code, CloseSlow)
	}
	eventually(t, "both sockets are freed", func() bool { return s.gate.Stats().Sockets == 0 })
	_ = stalled.Close()
}

func serverTLS(t *testing.T) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"game.example"}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
}

func TestEndings(t *testing.T) {
	last := uint16(0)
	for _, e := range Endings() {
		if e.Code <= last {
			t.Errorf("%d comes after %d", e.Code, last)
		}
		last = e.Code
		if !closeAllowed(e.Code) || e.Reason == "" || closeReason(e.Code, e.Reason) != e.Reason {
			t.Errorf("%d %q cannot be sent as it stands", e.Code, e.Reason)
		}
	}
	if got := closeReason(CloseFull, strings.Repeat("long ", 50)); len(got) != maxReason {
		t.Errorf("a long reason became %d bytes, want %d", len(got), maxReason)
	}
}

// sink is a peer of BenchmarkSend: it takes whatever comes, in memory.
type sink struct{ scripted }

// Send's side of a frame must not allocate: it runs for every client at every tick.
func BenchmarkSend(b *testing.B) {
	c, stop := sinkConn(b)
	defer stop()
	frame := make([]byte, 120)
	b.ReportAllocs()
	for b.Loop() {
		for !c.Send(frame) {
			runtime.Gosched()
		}
	}
}

func TestSendDoesNotAllocate(t *testing.T) {
	c, stop := sinkConn(t)
	defer stop()
	for _, size := range []int{120, 8000} {
		frame := make([]byte, size)
		allocs := testing.AllocsPerRun(1000, func() {
			for !c.Send(frame) {
				runtime.Gosched()
			}
		})
		if allocs != 0 {
			t.Errorf("%d bytes: %v allocations a frame, writer included; want none", size, allocs)
		}
	}
}

// sinkConn is a started writer over a connection that swallows everything.
func sinkConn(tb testing.TB) (*Conn, func()) {
	tb.Helper()
	g := New(Config{})
	place, _ := g.players.enter(prefixOf(addrOf("")))
	c := newConn(g, place, place.prefix)
	newSocket(c, &sink{}, nil)
	c.line.open()
	return c, func() {
		c.Close(nil, CloseLeft, "")
		_ = c.line.settle()
	}
}

func TestServeEndsWithARefusal(t *testing.T) {
	near, far := net.Pipe()
	g := New(Config{})
	done := make(chan error, 1)
	go func() { done <- g.Serve(far) }()
	c, res := shake(t, near, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
	if res.StatusCode != http.StatusUpgradeRequired {
		t.Errorf("got %s, want 426", res.Status)
	}
	_, _ = io.Copy(io.Discard, c.br)
	if err := <-done; err != nil {
		t.Errorf("serve: %v", err)
	}
}
