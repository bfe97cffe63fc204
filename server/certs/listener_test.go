package certs_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"ionwake/server/certs"
	"ionwake/server/certs/testca"
)

// secured serves "hello" over TLS and gives its address and who vouches for it.
func secured(t *testing.T) (addr string, trust *testca.Identity) {
	t.Helper()
	id := testca.Issue(t, nil, testca.ForHosts("play.example.org"))
	cert, key := testca.Put(t, t.TempDir(), testca.CertPEM(id), testca.KeyPEM(t, id))
	f, err := certs.OpenFiles(certs.FilesConfig{Cert: cert, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	ln := localListener(t)
	answering(t, certs.Listen(ln, f.TLS()), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "hello ", r.Proto) }))
	return ln.Addr().String(), id
}

// H17: what is no TLS, or an old one, is ended within two seconds; a browser that left https out is sent to it.
func TestFault_H17_PlainOnTheTLSPort(t *testing.T) {
	addr, _ := secured(t)
	const answer = "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://"
	for _, tt := range []struct{ name, send, want string }{
		{"a page", "GET /?room=a HTTP/1.1\r\nHost: play.example.org:8443\r\n\r\n", answer + "play.example.org:8443/?room=a\r\n"},
		{"in pieces", "G|ET / HT|TP/1.1\r\nHost: play.example.org\r\n|\r\n", answer + "play.example.org/\r\n"},
		{"an address", "HEAD / HTTP/1.1\r\nHost: [2001:db8::1]:8443\r\n\r\n", answer + "[2001:db8::1]:8443/\r\n"},
		{"another's host", "GET //evil.example/ HTTP/1.1\r\nHost: play.example.org\r\n\r\n", answer + "play.example.org//evil.example/\r\n"},
		{"no host", "GET / HTTP/1.0\r\n\r\n", ""},
		{"a line break in the host", "GET / HTTP/1.1\r\nHost: a\x0bb\r\n\r\n", ""},
		{"markup in the host", "GET / HTTP/1.1\r\nHost: a\"><script>\r\n\r\n", ""},
		{"not a path", "OPTIONS * HTTP/1.1\r\nHost: play.example.org\r\n\r\n", answer + "play.example.org/\r\n"},
		{"an endless header", "GET / HTTP/1.1\r\nX: " + strings.Repeat("x", 9<<10), ""},
		{"HTTP/2 without TLS", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ""},
		{"SSH", "SSH-2.0-OpenSSH_9.9\r\n", ""},
		{"zeroes", strings.Repeat("\x00", 64), ""},
		{"a bad record", "\x16\x03\x01\xff\xff" + strings.Repeat("\xaa", 600), "\x15\x03"}, // a TLS alert
	} {
		t.Run(tt.name, func(t *testing.T) {
			conn, err := net.Dial("tcp", addr)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			for piece := range strings.SplitSeq(tt.send, "|") {
				if _, err := io.WriteString(conn, piece); err != nil {
					t.Fatal(err)
				}
				time.Sleep(5 * time.Millisecond)
			}
			_ = conn.SetReadDeadline(time.Now().Add(4 * time.Second))
			got, err := io.ReadAll(conn)
			if netErr, ok := err.(net.Error); ok && netErr.Timeout() {
				t.Fatal("the connection stays open")
			}
			if tt.want == "" && len(got) > 0 || !strings.HasPrefix(string(got), tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// H17: old versions are refused, and whoever says nothing is not waited for.
func TestFault_H17_OldAndSilent(t *testing.T) {
	addr, id := secured(t)
	for _, version := range []uint16{tls.VersionTLS10, tls.VersionTLS11} {
		_, err := tls.Dial("tcp", addr, &tls.Config{RootCAs: pool(id), ServerName: "play.example.org", MinVersion: version, MaxVersion: version})
		if err == nil {
			t.Errorf("%s is taken", tls.VersionName(version))
		}
	}
	for _, begin := range []string{"", "\x16\x03", "G"} {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, begin); err != nil {
			t.Fatal(err)
		}
		defer func() {
			_ = conn.SetReadDeadline(time.Now().Add(4 * time.Second)) // the server's patience is 2 s
			if _, err := io.ReadAll(conn); err != nil {
				t.Errorf("after %q: %v", begin, err)
			}
		}()
	}
}

// HTTP/2 is not offered, for it cannot become a WebSocket.
func TestOnlyHTTP1IsOffered(t *testing.T) {
	addr, id := secured(t)
	conn, err := tls.Dial("tcp", addr, &tls.Config{RootCAs: pool(id), ServerName: "play.example.org", NextProtos: []string{"h2", "http/1.1"}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if got := conn.ConnectionState().NegotiatedProtocol; got != "http/1.1" {
		t.Errorf("got %q", got)
	}
	fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: play.example.org\r\n\r\n")
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if got := readAll(t, res.Body); got != "hello HTTP/1.1" {
		t.Errorf("got %q", got)
	}
}
