//go:build amd64 || arm64

package gate

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// handTurned is a server with pumps that only the test turns, and what turns them while a client waits.
func handTurned(t *testing.T, pumps int, cfg Config) (*testServer, func(until func() bool)) {
	t.Helper()
	var err error
	if cfg.Pumps, err = NewPumps(pumps); err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var turning sync.WaitGroup
	t.Cleanup(func() {
		close(stop)
		turning.Wait()
		for _, p := range cfg.Pumps {
			p.Close()
		}
	})
	s := startServer(t, cfg)
	t.Cleanup(func() { // before the server's own: it waits until all connections have ended
		turning.Go(func() {
			for {
				select {
				case <-stop:
					return
				case <-time.After(time.Millisecond):
					for _, p := range cfg.Pumps {
						p.Turn()
					}
				}
			}
		})
	})
	return s, func(until func() bool) {
		t.Helper()
		eventually(t, "what the pumps are turned for", func() bool {
			for _, p := range cfg.Pumps {
				p.Turn()
			}
			return until()
		})
	}
}

// aboard is how many of the connections ride on a pump and have had a turn.
func aboard(list []*Conn, p *Pump) (n int) {
	for _, c := range list {
		if b := c.line.(*direct).berth; b.pump.Load() == p && !b.marked.Load() {
			n++
		}
	}
	return n
}

// during turns the pumps until f, which runs beside, returns.
func during(turn func(until func() bool), f func()) {
	var done atomic.Bool
	var running sync.WaitGroup
	running.Go(func() { defer done.Store(true); f() })
	turn(done.Load)
	running.Wait()
}

// A message that comes byte by byte, a turn for each, comes whole; between two fragments there may be a ping.
func TestPumpReadsByteByByte(t *testing.T) {
	s, turn := handTurned(t, 1, Config{})
	c := s.connect(t)
	turn(func() bool { return aboard(s.gate.list(), s.gate.cfg.Pumps[0]) == 1 })
	p := s.list()[0]
	stream := bytes.Join([][]byte{
		binaryFrame([]byte("whole")), binaryFrame(bytes.Repeat([]byte("L"), 130)),
		frame(opBinary, []byte("in ")), frame(fin|opPing, []byte("payload")), frame(fin|opContinuation, []byte("two")),
		binaryFrame([]byte("last")),
	}, nil)
	var got []string
	p.does(func(data []byte) error { got = append(got, string(data)); return nil })
	pump := s.gate.cfg.Pumps[0]
	for i := range stream {
		c.send(t, stream[i:i+1])
		b := p.c.line.(*direct).berth
		turn(func() bool { return peeked(t, b) == 0 })
	}
	pump.Turn()
	if want := []string{"whole", string(bytes.Repeat([]byte("L"), 130)), "in two", "last"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if op, payload, err := c.next(); err != nil || op != opPong || string(payload) != "payload" {
		t.Errorf("got opcode %d %q, %v; want the ping's payload in a pong", op, payload, err)
	}
}

// peeked is how many bytes wait in the kernel to be read.
func peeked(t *testing.T, b *berth) int {
	t.Helper()
	n := 0
	err := b.control(func(fd int) error {
		var err error
		if n, _, err = syscall.Recvfrom(fd, make([]byte, 1), syscall.MSG_PEEK|syscall.MSG_DONTWAIT); err == syscall.EAGAIN {
			n, err = 0, nil
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// All of a thousand messages that come in one piece arrive, once and in order, whether they were sent in one frame each or in pieces.
func TestPumpReadsAThousandAtOnce(t *testing.T) {
	s := startServer(t, Config{Pumps: turningPumps(t), MessageRate: 10000, ByteRate: 1 << 20})
	c := s.admitted(t)
	p := s.list()[0]
	var got []uint16
	var n atomic.Int64
	p.does(func(data []byte) error {
		got = append(got, binary.BigEndian.Uint16(data))
		n.Add(1)
		return nil
	})
	const many = 1000
	var stream, want = []byte(nil), make([]uint16, many)
	for i := range want {
		want[i] = uint16(i)
		data := binary.BigEndian.AppendUint16(nil, want[i])
		switch i % 7 {
		case 3:
			stream = append(append(stream, frame(opBinary, data[:1])...), frame(fin|opContinuation, data[1:])...)
		default:
			stream = append(stream, binaryFrame(data)...)
		}
	}
	c.send(t, stream)
	eventually(t, "all arrive", func() bool { return n.Load() == many })
	if !slices.Equal(got, want) {
		t.Errorf("got %d messages in another order than sent", len(got))
	}
	if in := s.gate.Stats().MessagesIn; in != many+1 {
		t.Errorf("%d messages counted, want %d", in, many+1)
	}
}

// A client that stops reading holds up nobody; when it reads again the frames it gets are whole, in order, and end with the newest.
func TestPumpAndAClientThatStopsReading(t *testing.T) {
	s := startServer(t, Config{Pumps: turningPumps(t)})
	done := s.witness(t)
	conn := s.dial(t, "")
	if err := conn.(*net.TCPConn).SetReadBuffer(4 << 10); err != nil {
		t.Fatal(err)
	}
	c := upgraded(t, conn)
	c.send(t, binaryFrame([]byte("hello")))
	_ = c.message(t)
	conns := s.list()
	line := conns[len(conns)-1].c
	var taken []int
	offered := 0
	stalls := 0
	for ; stalls < 50; offered++ {
		if !line.Ready() {
			stalls++
			time.Sleep(time.Millisecond)
			continue
		}
		if line.Send(bytes.Repeat([]byte{byte(offered)}, 8000+offered)) {
			taken = append(taken, offered)
		}
	}
	for _, i := range taken {
		if got := c.message(t); !bytes.Equal(got, bytes.Repeat([]byte{byte(i)}, 8000+i)) {
			t.Fatalf("frame %d came damaged: %d bytes", i, len(got))
		}
	}
	eventually(t, "ready again", line.Ready)
	if !line.Send([]byte("newest")) {
		t.Error("the newest frame was not taken")
	}
	if got := c.message(t); string(got) != "newest" {
		t.Errorf("got %q, want the newest", got)
	}
	done()
}

// Whoever comes and goes, in whatever way, leaves no file descriptor, goroutine or place behind.
func TestPumpLeaksNothing(t *testing.T) {
	s := startServer(t, Config{Pumps: turningPumps(t), MaxGreetingPerPrefix: 1000, MaxPerPrefix: 1000})
	hello := func(c *rawClient) { c.send(t, binaryFrame([]byte("hello"))); _ = c.message(t) }
	ways := []func(c *rawClient){
		func(c *rawClient) { c.send(t, closeFrame(1000, "")); _, _ = c.ended(t) },
		func(c *rawClient) { _ = c.Conn.(*net.TCPConn).SetLinger(0) },
		func(c *rawClient) { hello(c); _ = c.Conn.(*net.TCPConn).CloseWrite() },
		func(c *rawClient) { c.send(t, binaryFrame(make([]byte, 100))[:50]) },
		func(c *rawClient) { c.send(t, frame(fin|opText, nil)); _, _ = c.ended(t) },
	}
	hello(s.connect(t))
	runtime.GC()
	fds, goroutines := openFiles(t), runtime.NumGoroutine()
	for i := range 500 {
		c := s.connect(t)
		ways[i%len(ways)](c)
		_ = c.Close()
	}
	eventually(t, "all but the first are gone", func() bool { st := s.gate.Stats(); return st.Open == 1 && st.Sockets == 1 })
	eventually(t, "file descriptors and goroutines are back", func() bool {
		return openFiles(t) <= fds && runtime.NumGoroutine() <= goroutines
	})
}

func openFiles(t *testing.T) int {
	t.Helper()
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

// A turn in which everybody says something and is sent something allocates nothing.
func TestPumpTurnDoesNotAllocate(t *testing.T) {
	pumps, err := NewPumps(1)
	if err != nil {
		t.Fatal(err)
	}
	s := startServer(t, Config{
		Pumps: pumps, MessageRate: 1 << 20, ByteRate: 1 << 30,
		Accept: func(c *Conn, _ *http.Request) Peer { return &counting{c: c} },
	})
	defer pumps[0].Close()
	const many = 32
	var clients [many]*rawClient
	var frames [many][]byte
	for i := range clients {
		clients[i], frames[i] = s.connect(t), binaryFrame(make([]byte, 14))
	}
	for aboard(s.gate.list(), pumps[0]) < many {
		pumps[0].Turn()
	}
	conns := s.gate.list()
	out, in := make([]byte, 300), make([]byte, 4096)
	tick := func() {
		for i, c := range clients {
			_, _ = c.Write(frames[i])
		}
		pumps[0].Turn()
		for _, c := range conns {
			if !c.Ready() || !c.Send(out) {
				t.Error("a frame was not taken")
			}
		}
		for _, c := range clients {
			_, _ = c.Conn.Read(in)
		}
	}
	for range 10 {
		tick()
	}
	before := s.gate.Stats().MessagesIn
	if allocs := testing.AllocsPerRun(100, tick); allocs != 0 {
		t.Errorf("%v allocations a tick of %d clients, want none", allocs, many)
	}
	if got := s.gate.Stats().MessagesIn - before; got != 101*many {
		t.Errorf("%d messages were read in 101 turns, want %d", got, 101*many)
	}
	for _, c := range clients {
		_ = c.Close()
	}
	for s.gate.Stats().Open > 0 {
		pumps[0].Turn()
	}
}

// counting is a peer that admits and does nothing.
type counting struct{ c *Conn }

func (p *counting) Receive([]byte) error { p.c.Admit(); return nil }
func (p *counting) Closed()              {}

// A connection may change its pump at any time and loses nothing by it.
func TestRide(t *testing.T) {
	s := startServer(t, Config{Pumps: turningPumps(t), MessageRate: 10000, ByteRate: 1 << 20})
	c := s.admitted(t)
	p := s.list()[0]
	pumps := s.gate.cfg.Pumps
	for i := range 100 {
		to := i % len(pumps)
		p.c.Ride(to)
		if err := c.round(uint64(i)); err != nil {
			t.Fatalf("round %d: %v", i, err)
		}
		eventually(t, "it rides on", func() bool { return aboard(s.gate.list(), pumps[to]) == 1 })
	}
	p.c.Ride(7) // there is none
	if err := c.round(1); err != nil {
		t.Fatal(err)
	}
}

// A pump that nobody turns gets no newcomers, and cannot hold up a stop.
func TestPumpThatHangs(t *testing.T) {
	pumps := []*Pump{turningPumps(t)[0], mustPumps(t, 1)[0]}
	started := make(chan struct{})
	s := startServer(t, Config{
		Pumps: pumps, CloseTimeout: 50 * time.Millisecond,
		Accept: func(c *Conn, r *http.Request) Peer {
			if r.Header.Get("X-Stuck") != "" {
				c.Ride(1)
				close(started)
			}
			return newEcho(c)
		},
	})
	stuck, _ := shake(t, s.dial(t, ""), request("", "X-Stuck: yes"))
	<-started
	for range 5 {
		c := s.admitted(t)
		defer func() { _ = c.Close() }()
	}
	began := time.Now()
	if err := s.gate.Shutdown(context.Background()); !errors.Is(err, ErrHung) {
		t.Errorf("got %v, want that a peer hangs", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
	if code, _ := stuck.ended(t); code != CloseRestart {
		t.Errorf("who rides on the pump that hangs got close %d, want %d all the same", code, CloseRestart)
	}
	pumps[1].Close()
	if open := s.gate.Stats().Open; open != 0 {
		t.Errorf("%d are open", open)
	}
}

func mustPumps(t *testing.T, n int) []*Pump {
	t.Helper()
	pumps, err := NewPumps(n)
	if err != nil {
		t.Fatal(err)
	}
	return pumps
}

// What is left when a pump is closed ends, and so does whoever comes later.
func TestPumpClose(t *testing.T) {
	pumps := mustPumps(t, 1)
	s := startServer(t, Config{Pumps: pumps})
	early := s.connect(t)
	for aboard(s.gate.list(), pumps[0]) == 0 {
		pumps[0].Turn()
	}
	waiting := s.connect(t)
	eventually(t, "both are known", func() bool { return len(s.list()) == 2 })
	pumps[0].Close()
	late := s.connect(t)
	for i, c := range []*rawClient{early, waiting, late} {
		if _, err := io.Copy(io.Discard, c.br); err != nil && !errors.Is(err, net.ErrClosed) {
			t.Logf("client %d: %v", i, err)
		}
	}
	eventually(t, "none are open", func() bool { st := s.gate.Stats(); return st.Open == 0 && st.Sockets == 0 })
}

// Even a fault that nothing shelters ends one connection and not the pump.
func TestPumpOutlivesAFault(t *testing.T) {
	s, turn := handTurned(t, 1, Config{})
	place, _ := s.gate.players.enter(prefixOf(addrOf("")))
	near, far := tcpPair(t)
	b, err := takeOver(far)
	if err != nil {
		t.Fatal(err)
	}
	c := newConn(s.gate, place, place.prefix)
	c.attach(b)
	if !s.gate.enlist(c) {
		t.Fatal("not let in")
	}
	c.line.open()
	c.line.run(nil, func() { panic("unsheltered") })
	turn(func() bool { return s.gate.Stats().Open == 0 })
	if n, err := near.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("got %d bytes, %v; want the end", n, err)
	}
	if s.gate.Stats().Faults != 1 {
		t.Error("the fault was not counted")
	}
	client := s.connect(t)
	during(turn, func() {
		if err := client.round(1); err != nil {
			t.Errorf("after the fault: %v", err)
		}
	})
}

// tcpPair is the two ends of a TCP connection.
func tcpPair(t *testing.T) (near, far *net.TCPConn) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	conn, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(patience))
	accepted, err := ln.Accept()
	if err != nil {
		t.Fatal(err)
	}
	return conn.(*net.TCPConn), accepted.(*net.TCPConn)
}

// The limits of time hold on pumps, counted in turns.
func TestPumpKeepsTheLimits(t *testing.T) {
	tests := []struct {
		name  string
		cfg   Config
		say   []byte
		code  uint16
		after time.Duration
	}{
		{"no greeting", Config{HelloTimeout: 100 * time.Millisecond}, nil, CloseDenied, 100 * time.Millisecond},
		{"silence", Config{LostAfter: 150 * time.Millisecond, PingEvery: 100 * time.Millisecond}, binaryFrame([]byte("hello")), CloseGone, 150 * time.Millisecond},
		{"half a message", Config{MessageTimeout: 100 * time.Millisecond}, append(binaryFrame([]byte("hello")), fin|opBinary), ClosePolicy, 100 * time.Millisecond},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.cfg.Pumps = turningPumps(t)
			s := startServer(t, tt.cfg)
			c := s.connect(t)
			began := time.Now()
			c.send(t, tt.say)
			pinged := false
			for {
				op, payload, err := c.next()
				if err != nil {
					t.Fatalf("ended without a close frame: %v", err)
				}
				pinged = pinged || op == opPing
				if op != opClose {
					continue
				}
				if code := binary.BigEndian.Uint16(payload); code != tt.code {
					t.Errorf("got close %d, want %d", code, tt.code)
				}
				break
			}
			if took := time.Since(began); took < tt.after-20*time.Millisecond {
				t.Errorf("given up after %v, want not before %v", took, tt.after)
			}
			if want := tt.cfg.PingEvery > 0; pinged != want {
				t.Errorf("pinged: %t, want %t", pinged, want)
			}
		})
	}
}

// When a message came is known though it waited for a turn: what is told about the line must not depend on how often we look.
func TestPumpKnowsWhenItCame(t *testing.T) {
	s, turn := handTurned(t, 1, Config{})
	c := s.connect(t)
	turn(func() bool { return aboard(s.gate.list(), s.gate.cfg.Pumps[0]) == 1 })
	p := s.list()[0]
	var came time.Time
	p.does(func([]byte) error { came = p.c.Came(); return nil })
	for range 20 { // the system begins to stamp only some time after it was asked to
		sent := time.Now()
		c.send(t, binaryFrame([]byte("a")))
		eventually(t, "it has come", func() bool { return peeked(t, p.c.line.(*direct).berth) > 0 })
		there := time.Now()
		time.Sleep(50 * time.Millisecond)
		s.gate.cfg.Pumps[0].Turn()
		if !came.Before(sent.Add(-time.Millisecond)) && came.Before(there.Add(time.Millisecond)) {
			return
		}
		t.Logf("sent at 0, there after %v, said to have come after %v", there.Sub(sent), came.Sub(sent))
	}
	t.Error("when a message came is not known")
}
