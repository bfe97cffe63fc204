package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/lxzan/gws"

	"ionwake/shared/wire"
)

// patience is how long a test waits for something that must come. It decides
// nothing but how a failure looks.
const patience = 20 * time.Second

// built is the program under test, built once.
var built string

func TestMain(m *testing.M) { os.Exit(testMain(m)) }

func testMain(m *testing.M) int {
	if os.Getenv(shortMatches) != "" {
		return runShort(os.Args[1:])
	}
	dir, err := os.MkdirTemp("", "ionwake-server")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	built = filepath.Join(dir, "ionwake-server")
	build := append(append([]string{"build"}, buildFlags...), "-o", built, ".")
	if out, err := exec.Command("go", build...).CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the server: %v\n%s", err, out)
		return 1
	}
	_ = flag.Set("test.parallel", "6") // tests wait for programs, most of the time
	return m.Run()
}

// command prepares the program with a clean environment but for env.
func command(ctx context.Context, env []string, args ...string) *exec.Cmd {
	program := built
	if slices.ContainsFunc(env, func(e string) bool { return strings.HasPrefix(e, shortMatches+"=") }) {
		program = os.Args[0] // see runShort
	}
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"),
		"GORACE=atexit_sleep_ms=20", // the race detector makes every program end a second late
	}, env...)
	return cmd
}

// result is what came of a program that ended by itself.
type result struct {
	code           int
	stdout, stderr string
	took           time.Duration
}

func runToEnd(t *testing.T, env []string, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := command(ctx, env, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	begin := time.Now()
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("run %v: %v", args, err)
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), errs.String(), time.Since(begin)}
}

// program is a running server.
type program struct {
	t      *testing.T
	cmd    *exec.Cmd
	stdout []string // the lines it greeted with
	stderr lockedBuffer
	game   string // host:port
	admin  string // host:port
	ended  chan struct{}
	secure *tls.Config // how to come by TLS; nil: plain
}

type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// start runs a server on free ports of the loopback and waits until it has said
// where it is. It is killed when the test ends, if it has not ended by then.
func start(t *testing.T, args ...string) *program { return startIn(t, nil, args...) }

func startIn(t *testing.T, env []string, args ...string) *program {
	t.Helper()
	return startWith(t, func(*program) {}, env, args...)
}

// startWith starts a server as startIn does, after prepare has changed how.
func startWith(t *testing.T, prepare func(*program), env []string, args ...string) *program {
	t.Helper()
	if !slices.ContainsFunc(args, func(a string) bool { return strings.HasPrefix(a, "--listen") }) && len(env) == 0 {
		args = append(args, "--listen=127.0.0.1:0")
	}
	return launch(t, prepare, env, append(args, "--admin-listen=127.0.0.1:0")...)
}

// launch starts a server with these arguments alone.
func launch(t *testing.T, prepare func(*program), env []string, args ...string) *program {
	t.Helper()
	p := &program{t: t, cmd: command(context.Background(), env, args...), ended: make(chan struct{})}
	p.cmd.Stderr = &p.stderr
	prepare(p)
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	greeted := make(chan struct{})
	go func() {
		defer close(p.ended)
		p.readGreeting(out, greeted)
		_, _ = io.Copy(io.Discard, out)
		_ = p.cmd.Wait() // how it ended is read from ProcessState
	}()
	select {
	case <-greeted:
	case <-p.ended:
	case <-time.After(patience):
	}
	if p.game == "" || p.admin == "" {
		t.Fatalf("the server %v did not say where it is: %q, log: %s", args, p.stdout, p.stderr.String())
	}
	return p
}

// readGreeting reads what the server says at its start, up to the address of the
// host's port.
func (p *program) readGreeting(out io.Reader, greeted chan<- struct{}) {
	defer close(greeted)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		line := lines.Text()
		p.stdout = append(p.stdout, line)
		if at, ok := strings.CutPrefix(line, "Ionwake is at http://localhost:"); ok {
			p.game = "127.0.0.1:" + strings.TrimSuffix(at, "/")
		}
		if at, ok := strings.CutPrefix(line, "Ionwake is at https://"); ok {
			_, port, _ := strings.Cut(strings.TrimSuffix(at, "/"), ":")
			p.game = "127.0.0.1:" + port
		}
		if at, ok := strings.CutPrefix(line, "For the host: http://"); ok {
			p.admin = strings.TrimSuffix(at, "/")
			return
		}
	}
}

// eventually waits for something to become true.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within %v", what, patience)
		}
	}
}

// logged waits for a line of the log that has all the words.
func (p *program) logged(words ...string) {
	p.t.Helper()
	eventually(p.t, "log of "+strings.Join(words, " "), func() bool {
		for line := range strings.Lines(p.stderr.String()) {
			all := true
			for _, w := range words {
				all = all && strings.Contains(line, w)
			}
			if all {
				return true
			}
		}
		return false
	})
}

func (p *program) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
	if strings.Contains(p.stderr.String(), "DATA RACE") {
		p.t.Error("the server has a data race")
	}
	if p.t.Failed() {
		p.t.Logf("log of the server:\n%s", p.stderr.String())
	}
}

func (p *program) signal(sig os.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil {
		p.t.Fatalf("signal %v: %v", sig, err)
	}
}

// exit waits for the program's end and gives its exit code.
func (p *program) exit() int {
	p.t.Helper()
	select {
	case <-p.ended:
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(patience):
		p.t.Fatal("the server does not end")
		return 0
	}
}

// stop ends the server as its host would.
func (p *program) stop() {
	p.t.Helper()
	p.signal(syscall.SIGTERM)
	if code := p.exit(); code != 0 {
		p.t.Errorf("exit code %d, want 0", code)
	}
}

// get asks over HTTP and gives status and body.
func (p *program) get(host, path string) (int, string) {
	p.t.Helper()
	res, body := p.ask(host, path)
	return res.StatusCode, body
}

func (p *program) ask(host, path string) (*http.Response, string) {
	p.t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}
	res, err := client.Get("http://" + host + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return res, string(body)
}

// player is a connection to the game as another program would make it.
type player struct {
	gws.BuiltinEventHandler
	t      *testing.T
	ws     *gws.Conn
	frames chan *wire.Frame
	closed chan *gws.CloseError
}

// dial connects to a room without saying anything.
func (p *program) dial(room string) *player {
	p.t.Helper()
	c := &player{t: p.t, frames: make(chan *wire.Frame, 4096), closed: make(chan *gws.CloseError, 1)}
	scheme := "ws://"
	if p.secure != nil {
		scheme = "wss://"
	}
	ws, _, err := gws.NewClient(c, &gws.ClientOption{
		Addr:          scheme + p.game + "/play?room=" + room,
		TlsConfig:     p.secure,
		RequestHeader: http.Header{"Sec-Websocket-Protocol": {wire.Protocol}},
	})
	if err != nil {
		p.t.Fatalf("connect: %v", err)
	}
	c.ws = ws
	go ws.ReadLoop()
	p.t.Cleanup(func() { _ = ws.NetConn().Close() })
	return c
}

// join connects, says hello and waits for the welcome.
func (p *program) join(room string, hello wire.Hello) (*player, *wire.Welcome) {
	p.t.Helper()
	c := p.dial(room)
	c.hello(hello)
	f := c.next()
	if f.Welcome == nil {
		p.t.Fatalf("the first frame has no welcome: %+v, reject %+v", f, f.Reject)
	}
	return c, f.Welcome
}

func (c *player) hello(h wire.Hello) {
	c.t.Helper()
	if h.Version == 0 {
		h.Version = wire.Version
	}
	c.send(wire.AppendHello(nil, h))
}

func (c *player) send(data []byte) {
	c.t.Helper()
	if err := c.ws.WriteMessage(gws.OpcodeBinary, data); err != nil {
		c.t.Fatalf("send: %v", err)
	}
}

// OnMessage implements gws.Event.
func (c *player) OnMessage(_ *gws.Conn, m *gws.Message) {
	defer m.Close()
	f := new(wire.Frame)
	if err := new(wire.Decoder).Decode(bytes.Clone(m.Bytes()), f); err != nil {
		c.t.Errorf("frame of %d bytes: %v", len(m.Bytes()), err)
		return
	}
	select {
	case c.frames <- f:
	default: // a test that plays for minutes without looking
	}
}

// OnPing implements gws.Event.
func (c *player) OnPing(ws *gws.Conn, payload []byte) { _ = ws.WritePong(payload) }

// OnClose implements gws.Event.
func (c *player) OnClose(_ *gws.Conn, err error) {
	end := &gws.CloseError{Code: 1006}
	errors.As(err, &end)
	c.closed <- end
}

// next is the next frame.
func (c *player) next() *wire.Frame {
	c.t.Helper()
	select {
	case f := <-c.frames:
		return f
	case <-time.After(patience):
		c.t.Fatal("no frame comes")
		return nil
	}
}

// wantEnd waits for the end of the connection, which must be told in a Reject and
// then in a close frame with the same code.
func (c *player) wantEnd(code uint16) *wire.Reject {
	c.t.Helper()
	var end *gws.CloseError
	select {
	case end = <-c.closed:
	case <-time.After(patience):
		c.t.Fatalf("still connected, want close %d", code)
	}
	var told *wire.Reject
	for len(c.frames) > 0 {
		if f := <-c.frames; f.Reject != nil {
			told = f.Reject
		}
	}
	if end.Code != code || told == nil || told.Code != code || told.Message == "" {
		c.t.Fatalf("got close %d %q and reject %+v, want %d in both and words", end.Code, end.Reason, told, code)
	}
	return told
}

// wantPlay fails unless frames keep coming.
func (c *player) wantPlay() {
	c.t.Helper()
	for len(c.frames) > 0 {
		<-c.frames
	}
	for range 5 {
		if f := c.next(); f.Reject != nil {
			c.t.Fatalf("told %+v, want to play on", *f.Reject)
		}
	}
}
