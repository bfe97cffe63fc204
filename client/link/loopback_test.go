//go:build !js

package link

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/lxzan/gws"

	"ionwake/shared/lab"
)

// realServer is net/http and the library on loopback.
func realServer(t *testing.T, secure bool) *httptest.Server {
	upgrader := gws.NewUpgrader(newEcho(), &gws.ServerOption{SubProtocols: []string{protocol}})
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("room") != "den" || r.Header.Get("X-Test") != "yes" {
			http.Error(w, "not here", http.StatusForbidden)
			return
		}
		socket, err := upgrader.Upgrade(w, r)
		if err != nil {
			t.Errorf("upgrading: %v", err)
			return
		}
		socket.ReadLoop()
	})
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // refused certificates are expected
	if secure {
		server.StartTLS()
	} else {
		server.Start()
	}
	t.Cleanup(server.Close)
	return server
}

// configFor reads a server's address as a player would give it.
func configFor(t *testing.T, server *httptest.Server) Config {
	url, err := SocketURL(server.URL + "/?room=den")
	if err != nil {
		t.Fatal(err)
	}
	return Config{URL: url, Protocol: protocol, Header: http.Header{"X-Test": {"yes"}}}
}

func echoOnce(t *testing.T, cfg Config) {
	t.Helper()
	c := dial(t, cfg)
	c.want(Opened)
	for _, text := range []string{"hello", strings.Repeat("x", 4000), ""} {
		if !c.Send([]byte(text)) {
			t.Fatalf("Send of %d bytes reports false", len(text))
		}
		c.wantMessage(text)
	}
	c.Close(CodeNormal, "bye")
	c.wantClosed(CodeNormal)
}

func TestRealServer(t *testing.T) {
	echoOnce(t, configFor(t, realServer(t, false)))
}

// TestRealServerOverABadLine: what --sim-rtt and its sisters do.
func TestRealServerOverABadLine(t *testing.T) {
	server := realServer(t, false)
	cfg := configFor(t, server)
	cfg.NetDial = func(ctx context.Context) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", server.Listener.Addr().String())
		if err != nil {
			return nil, err
		}
		return lab.Slow(conn, lab.Line{RTT: 30 * time.Millisecond, Jitter: 5 * time.Millisecond}), nil
	}
	start := time.Now()
	echoOnce(t, cfg)
	if took := time.Since(start); took < 120*time.Millisecond {
		t.Errorf("took %v, want at least four round trips of 30 ms", took)
	}
}

func TestRealServerByTLS(t *testing.T) {
	server := realServer(t, true)
	cfg := configFor(t, server)
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	cfg.TLS = &tls.Config{RootCAs: pool}
	echoOnce(t, cfg)

	cfg.TLS = nil
	dial(t, cfg).wantClosed(CodeUntrusted)

	cfg.TLS = &tls.Config{RootCAs: pool, ServerName: "elsewhere.example"}
	dial(t, cfg).wantClosed(CodeUntrusted)
}

func TestRealRefusals(t *testing.T) {
	server := realServer(t, false)
	cfg := configFor(t, server)
	cfg.Header = nil
	if ev := dial(t, cfg).wantClosed(CodeRefused); ev.Reason != "the server answered 403 Forbidden" {
		t.Errorf("%+v", ev)
	}
	cfg.URL = strings.Replace(cfg.URL, "ws://", "wss://", 1)
	dial(t, cfg).wantClosed(CodeAddress)

	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = nobody.Close()
	dial(t, Config{URL: "ws://" + nobody.Addr().String() + "/play"}).wantClosed(CodeUnreachable)

	for _, bad := range []string{"", "http://x/", "ws://", "::", "ws://[::1"} {
		dial(t, Config{URL: bad}).wantClosed(CodeAddress)
	}
}

// TestStuckTLS: the goodbye to one who reads nothing does not wait for TLS.
func TestStuckTLS(t *testing.T) {
	server := realServer(t, true) // for its certificate
	near, far := lab.Pipe(lab.Line{SendBuffer: 2048, RecvBuffer: 2048})
	release := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		raw(t, tls.Server(far, server.TLS), func(net.Conn, *bufio.Reader) { <-release })
	}()
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	cfg := over(near)
	cfg.URL, cfg.TLS = "wss://example.com/play", &tls.Config{RootCAs: pool}
	c := dial(t, cfg)
	c.want(Opened)
	for range 20 {
		c.Send(make([]byte, 1000))
		time.Sleep(time.Millisecond)
	}
	start := time.Now()
	c.Close(CodeNormal, "")
	c.wantClosed(CodeNormal)
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("closed after %v, want about 2 s at most", took)
	}
	close(release)
	near.Cut()
	<-done
}

// BenchmarkSend is what a message costs its sender.
func BenchmarkSend(b *testing.B) {
	near, far := lab.Pipe(lab.Line{})
	go raw(new(testing.T), far, swallow)
	s := Dial(over(near))
	for ev, ok := s.Poll(); !ok || ev.Kind != Opened; ev, ok = s.Poll() {
		time.Sleep(time.Millisecond)
	}
	b.ReportAllocs()
	data := make([]byte, 24)
	for b.Loop() {
		for !s.Send(data) {
			time.Sleep(time.Microsecond)
		}
	}
	near.Cut()
}
