package gate

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience is how long a test on real sockets waits for something that must come. It decides nothing but how a failure looks.
const patience = 10 * time.Second

const sampleKey = "dGhlIHNhbXBsZSBub25jZQ==" // RFC 6455 section 1.3

// upgradeRequest is a valid handshake with lines added.
func upgradeRequest(lines ...string) string {
	head := []string{
		"GET /play?room=main HTTP/1.1", "Host: game.example", "Upgrade: websocket", "Connection: Upgrade",
		"Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: " + sampleKey,
	}
	return strings.Join(append(head, lines...), "\r\n") + "\r\n\r\n"
}

func goodRequest() string { return upgradeRequest("Sec-WebSocket-Protocol: " + Subprotocol) }

const fin = 0x80

// frame builds a masked client frame with its length in the shortest form.
func frame(b0 byte, payload []byte) []byte {
	return frameMasked(b0, payload, [4]byte{0x11, 0x22, 0x33, 0x44})
}

func frameMasked(b0 byte, payload []byte, mask [4]byte) []byte {
	out := []byte{b0}
	switch n := len(payload); {
	case n <= 125:
		out = append(out, 0x80|byte(n))
	case n <= 0xFFFF:
		out = binary.BigEndian.AppendUint16(append(out, 0x80|126), uint16(n))
	default:
		out = binary.BigEndian.AppendUint64(append(out, 0x80|127), uint64(n))
	}
	out = append(out, mask[:]...)
	for i, b := range payload {
		out = append(out, b^mask[i&3])
	}
	return out
}

func binaryFrame(payload []byte) []byte { return frame(fin|opBinary, payload) }

func closeFrame(code uint16, reason string) []byte {
	return frame(fin|opClose, append(binary.BigEndian.AppendUint16(nil, code), reason...))
}

// rawClient speaks WebSocket by hand.
type rawClient struct {
	net.Conn
	br *bufio.Reader
}

// shake sends a request and reads the answer's head.
func shake(t *testing.T, conn net.Conn, request string) (*rawClient, *http.Response) {
	t.Helper()
	_ = conn.SetDeadline(time.Now().Add(patience))
	c := &rawClient{Conn: conn, br: bufio.NewReader(conn)}
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatalf("send request: %v", err)
	}
	res, err := http.ReadResponse(c.br, nil)
	if err != nil {
		t.Fatalf("read answer: %v", err)
	}
	return c, res
}

func upgraded(t *testing.T, conn net.Conn) *rawClient {
	t.Helper()
	c, res := shake(t, conn, goodRequest())
	if res.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("got %s, want 101", res.Status)
	}
	return c
}

func (c *rawClient) send(t *testing.T, b ...[]byte) {
	t.Helper()
	if _, err := c.Write(bytes.Join(b, nil)); err != nil {
		t.Fatalf("send: %v", err)
	}
}

// next reads one server frame.
func (c *rawClient) next() (opcode byte, payload []byte, err error) {
	var head [2]byte
	if _, err := io.ReadFull(c.br, head[:]); err != nil {
		return 0, nil, err
	}
	if head[0]&0xF0 != fin || head[1]&0x80 != 0 {
		return 0, nil, fmt.Errorf("server frame header %x", head)
	}
	n := int(head[1])
	if n == 126 {
		var long [2]byte
		if _, err := io.ReadFull(c.br, long[:]); err != nil {
			return 0, nil, err
		}
		n = int(binary.BigEndian.Uint16(long[:]))
	}
	payload = make([]byte, n)
	_, err = io.ReadFull(c.br, payload)
	return head[0] & 0x0F, payload, err
}

// message reads the next data frame, past pings.
func (c *rawClient) message(t *testing.T) []byte {
	t.Helper()
	for {
		op, payload, err := c.next()
		if err != nil {
			t.Fatalf("read message: %v", err)
		}
		switch op {
		case opBinary:
			return payload
		case opClose:
			t.Fatalf("got close %d %q, want a message", binary.BigEndian.Uint16(payload), payload[2:])
		}
	}
}

// ended reads until the close frame and the end of the TCP connection behind it, and gives the code.
func (c *rawClient) ended(t *testing.T) (code uint16, reason string) {
	t.Helper()
	for {
		op, payload, err := c.next()
		if err != nil {
			t.Fatalf("connection ended without a close frame: %v", err)
		}
		if op != opClose {
			continue
		}
		if len(payload) > maxControl {
			t.Errorf("close frame of %d bytes", len(payload))
		}
		if n, err := c.br.Read(make([]byte, 1)); err != io.EOF {
			t.Errorf("after the close frame: %d bytes, %v; want EOF", n, err)
		}
		return binary.BigEndian.Uint16(payload), string(payload[2:])
	}
}

// testPeer admits at the first message and does with each what it was told.
type testPeer struct {
	c      *Conn
	mute   bool // never admits
	act    atomic.Pointer[func(data []byte) error]
	closed chan struct{}
	got    atomic.Int64
}

// newPeer makes one that does nothing.
func newPeer(c *Conn) *testPeer {
	p := &testPeer{c: c, closed: make(chan struct{})}
	p.does(func([]byte) error { return nil })
	return p
}

// does says what Receive does from now on.
func (p *testPeer) does(f func(data []byte) error) { p.act.Store(&f) }

func newEcho(c *Conn) *testPeer {
	p := newPeer(c)
	p.does(func(data []byte) error {
		mine := bytes.Clone(data)
		for !c.Send(mine) && c.end.Load() == nil {
			time.Sleep(50 * time.Microsecond)
		}
		return nil
	})
	return p
}

func (p *testPeer) Receive(data []byte) error {
	p.got.Add(1)
	if !p.mute {
		p.c.Admit()
	}
	return (*p.act.Load())(data)
}

func (p *testPeer) Closed() { close(p.closed) }

// testServer is a gate on a loopback socket, with /play and one page.
type testServer struct {
	gate *Gate
	addr string

	mu    sync.Mutex
	peers []*testPeer
}

func startServer(t *testing.T, cfg Config) *testServer {
	t.Helper()
	s := &testServer{}
	if cfg.Accept == nil {
		cfg.Accept = func(c *Conn, _ *http.Request) Peer { return s.keep(newEcho(c)) }
	}
	s.gate = New(cfg)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.addr = ln.Addr().String()
	mux := http.NewServeMux()
	mux.Handle("/play", s.gate)
	mux.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "page") })
	srv := s.gate.Server(mux)
	var running sync.WaitGroup
	running.Go(func() { _ = srv.Serve(s.gate.Listen(ln)) })
	t.Cleanup(func() {
		_ = srv.Close()
		running.Wait()
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := s.gate.Shutdown(ctx); err != nil {
			t.Errorf("shutdown: %v", err)
		}
		for _, p := range s.list() {
			<-p.closed
		}
	})
	return s
}

// starter starts a server whose connections' bytes move in one of the two ways there are.
type starter func(t *testing.T, cfg Config) *testServer

// onEachPath runs a test once with goroutines for each connection and once on pumps.
func onEachPath(t *testing.T, test func(t *testing.T, start starter)) {
	t.Run("goroutines", func(t *testing.T) { test(t, startServer) })
	t.Run("pumps", func(t *testing.T) {
		test(t, func(t *testing.T, cfg Config) *testServer {
			t.Helper()
			cfg.Pumps = turningPumps(t)
			return startServer(t, cfg)
		})
	})
}

// turningPumps makes two pumps and turns them to the end of the test, a little faster than rooms tick.
func turningPumps(t *testing.T) []*Pump {
	t.Helper()
	pumps, err := NewPumps(2)
	if err != nil {
		t.Fatal(err)
	}
	if len(pumps) == 0 {
		t.Skip("this system has no pumps")
	}
	stop := make(chan struct{})
	var turning sync.WaitGroup
	for _, p := range pumps {
		turning.Go(func() {
			defer p.Close()
			for {
				select {
				case <-stop:
					return
				case <-time.After(5 * time.Millisecond):
					p.Turn()
				}
			}
		})
	}
	t.Cleanup(func() { close(stop); turning.Wait() })
	return pumps
}

func (s *testServer) keep(p *testPeer) *testPeer {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.peers = append(s.peers, p)
	return p
}

func (s *testServer) list() []*testPeer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*testPeer(nil), s.peers...)
}

// dial opens a TCP connection, from another loopback address if from is given.
func (s *testServer) dial(t *testing.T, from string) net.Conn {
	t.Helper()
	d := net.Dialer{Timeout: patience}
	if from != "" {
		d.LocalAddr = &net.TCPAddr{IP: net.ParseIP(from)}
	}
	conn, err := d.Dial("tcp", s.addr)
	if err != nil {
		t.Fatalf("dial: %v", err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// connect opens a WebSocket connection.
func (s *testServer) connect(t *testing.T) *rawClient {
	t.Helper()
	return upgraded(t, s.dial(t, ""))
}

// admitted opens one and has it admitted by its first message.
func (s *testServer) admitted(t *testing.T) *rawClient {
	t.Helper()
	c := s.connect(t)
	c.send(t, binaryFrame([]byte("hello")))
	if got := c.message(t); string(got) != "hello" {
		t.Fatalf("got %q, want the greeting back", got)
	}
	return c
}

// witness exchanges numbered messages until done is called and fails the test if one is missing, wrong or a second late, or if its connection
// ends. It comes from an address of its own, so that caps on the attacker do not touch it.
func (s *testServer) witness(t *testing.T) (done func()) {
	t.Helper()
	c := upgraded(t, s.dial(t, "127.0.0.77"))
	if err := c.round(0); err != nil {
		t.Fatalf("witness, first round: %v", err)
	}
	stop := make(chan struct{})
	var running sync.WaitGroup
	var rounds atomic.Uint64
	running.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(4 * time.Millisecond):
			}
			if err := c.round(rounds.Load()); err != nil {
				t.Errorf("witness, round %d: %v", rounds.Load(), err)
				return
			}
			rounds.Add(1)
		}
	})
	return func() {
		t.Helper()
		before := rounds.Load()
		eventually(t, "the witness plays on after the attack", func() bool { return rounds.Load() > before+3 || t.Failed() })
		close(stop)
		running.Wait()
		_ = c.Close()
	}
}

// round sends one number and wants it back within a second.
func (c *rawClient) round(n uint64) error {
	want := binary.BigEndian.AppendUint64(nil, n)
	_ = c.SetDeadline(time.Now().Add(time.Second))
	if _, err := c.Write(binaryFrame(want)); err != nil {
		return err
	}
	op, got, err := c.next()
	for err == nil && op == opPing {
		op, got, err = c.next()
	}
	if err != nil || op != opBinary || !bytes.Equal(got, want) {
		return fmt.Errorf("got opcode %d %x, %v; want %x", op, got, err, want)
	}
	return nil
}

// eventually waits for something that must come true.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never happened: %s", what)
		}
	}
}
