package gate

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// request replaces or drops (empty line) header lines of a valid handshake by name and adds the rest.
func request(first string, lines ...string) string {
	if first == "" {
		first = "GET /play HTTP/1.1"
	}
	out := []string{first}
	base := []string{
		"Host: game.example", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
		"Sec-WebSocket-Key: " + sampleKey, "Sec-WebSocket-Protocol: " + Subprotocol,
	}
	for _, line := range base {
		name, _, _ := strings.Cut(line, ":")
		if !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, name+":") }) {
			out = append(out, line)
		}
	}
	for _, line := range lines {
		if _, value, _ := strings.Cut(line, ":"); strings.TrimSpace(value) != "-" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\r\n") + "\r\n\r\n"
}

type handshakeCase struct {
	name    string
	request string
	status  int
}

// testHandshakes wants each request answered with its status, and the connection closed behind every refusal.
func testHandshakes(t *testing.T, cfg Config, tests []handshakeCase) {
	t.Helper()
	s := startServer(t, cfg)
	done := s.witness(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, res := shake(t, s.dial(t, ""), tt.request)
			if res.StatusCode != tt.status {
				t.Fatalf("got %s, want %d", res.Status, tt.status)
			}
			if tt.status == http.StatusSwitchingProtocols {
				c.send(t, binaryFrame([]byte("hello")))
				if got := c.message(t); string(got) != "hello" {
					t.Errorf("got %q, want the greeting back", got)
				}
				_ = c.Close()
				return
			}
			if tt.status == http.StatusUpgradeRequired && res.Header.Get("Sec-WebSocket-Version") != "13" {
				t.Errorf("426 without the version that is spoken: %v", res.Header)
			}
			if tt.status == http.StatusMethodNotAllowed && res.Header.Get("Allow") != "GET" {
				t.Errorf("405 without Allow: %v", res.Header)
			}
			if _, err := io.Copy(io.Discard, c.br); err != nil && !isReset(err) {
				t.Errorf("after the refusal: %v, want the connection closed", err)
			}
		})
	}
	done()
	eventually(t, "all sockets are freed", func() bool { return s.gate.Stats().Sockets == 0 })
}

// isReset allows for a close that met bytes it had not read.
func isReset(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && !errors.Is(err, os.ErrDeadlineExceeded)
}

func TestFault_H1_Slowloris(t *testing.T) { onEachPath(t, testFault_H1_Slowloris) }

func testFault_H1_Slowloris(t *testing.T, start starter) {
	const sockets = 1000
	s := start(t, Config{HeaderTimeout: time.Second, MaxGreetingPerPrefix: 64})
	done := s.witness(t)
	before := heap()
	var conns []net.Conn
	for range sockets {
		conn, err := net.Dial("tcp", s.addr)
		if err != nil {
			continue // turned away before it was even open
		}
		defer func() { _ = conn.Close() }()
		conns = append(conns, conn)
		_, _ = io.WriteString(conn, "GET /play HTTP/1.1\r\nHost: ")
	}
	eventually(t, "the flood is turned away", func() bool { return s.gate.Stats().TurnedAway == sockets-64 })
	if n := s.gate.Stats().HeaderPending; n > 64 {
		t.Errorf("%d half-sent headers are held, want at most 64", n)
	}
	if grown := int64(heap()) - int64(before); grown > 65*32<<10 {
		t.Errorf("heap grew by %d KiB, want at most 32 each", grown>>10)
	}
	for range 20 { // somebody else joins meanwhile
		c := upgraded(t, s.dial(t, "127.0.0.5"))
		c.send(t, binaryFrame([]byte("hello")))
		_ = c.message(t)
		_ = c.Close()
	}
	began := time.Now()
	for _, conn := range conns {
		_, _ = io.WriteString(conn, "x")
	}
	eventually(t, "all are cut", func() bool { return s.gate.Stats().HeaderPending == 0 })
	if took := time.Since(began); took > 4*time.Second {
		t.Errorf("cut %v later, want about 1s", took)
	}
	done()
}

func TestFault_H1_HeaderByteBySecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		g := New(Config{})
		began := time.Now()
		alongside(t, func() { _ = g.Serve(far) })
		alongside(t, func() { _, _ = io.Copy(io.Discard, near) })
		for _, b := range []byte(goodRequest()) {
			if _, err := near.Write([]byte{b}); err != nil {
				break
			}
			time.Sleep(time.Second)
		}
		if took := time.Since(began); took < 5*time.Second || took > 6*time.Second {
			t.Errorf("cut after %v, want 5s", took)
		}
	})
}

func TestFault_H3_BigHeaders(t *testing.T) {
	many := strings.Repeat("X-A: b\r\n", 10000)
	cookies := strings.Repeat("a=b; ", 5000)
	testHandshakes(t, Config{}, []handshakeCase{
		{"1 MiB header", upgradeRequest("X-Big: " + strings.Repeat("x", 1<<20)), 431},
		{"10,000 headers", upgradeRequest(strings.TrimSuffix(many, "\r\n")), 431},
		{"64 KiB URL", request("GET /play?" + strings.Repeat("x", 64<<10) + " HTTP/1.1"), 431},
		{"8 KiB URL", request("GET /play?" + strings.Repeat("x", 8<<10) + " HTTP/1.1"), 414},
		{"5,000 cookies", upgradeRequest("Cookie: " + cookies), 431},
	})
}

func TestFault_H3_BigHeadersCostNothing(t *testing.T) {
	onEachPath(t, testFault_H3_BigHeadersCostNothing)
}

func testFault_H3_BigHeadersCostNothing(t *testing.T, start starter) {
	s := start(t, Config{})
	before := heap()
	for range 20 {
		conn := s.dial(t, "")
		_, _ = io.WriteString(conn, upgradeRequest("X-Big: "+strings.Repeat("x", 1<<20)))
	}
	if grown := int64(heap()) - int64(before); grown > 1<<20 {
		t.Errorf("heap grew by %d KiB, want less than 1 MiB", grown>>10)
	}
}

func TestFault_H4_BrokenRequests(t *testing.T) { onEachPath(t, testFault_H4_BrokenRequests) }

func testFault_H4_BrokenRequests(t *testing.T, start starter) {
	testHandshakes(t, Config{}, []handshakeCase{
		{"no request line", "hello\r\n\r\n", 400},
		{"HTTP/0.9", "GET /play\r\n\r\n", 400},
		{"HTTP/1.0", request("GET /play HTTP/1.0"), 505},
		{"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
		{"no host", request("", "Host: -"), 400},
		{"two hosts", request("", "Host: a", "Host: b"), 400},
		{"length and chunks", request("", "Content-Length: 5", "Transfer-Encoding: chunked") + "0\r\n\r\n", 400},
		{"two lengths", request("", "Content-Length: 5", "Content-Length: 6") + "hello", 400},
		{"a body", request("", "Content-Length: 5") + "hello", 400},
		{"a space before the colon", request("", "X-A : b"), 400},
		{"a second request behind a bad one", request("", "Sec-WebSocket-Key: x") + goodRequest(), 400},
	})
	s := start(t, Config{})
	c, res := shake(t, s.dial(t, ""), goodRequest()+goodRequest())
	if res.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("got %s, want 101", res.Status)
	}
	if code, _ := c.ended(t); code != CloseBroken { // the second request is read as frames
		t.Errorf("pipelined second request: got close %d, want %d", code, CloseBroken)
	}
}

func TestFault_H5_MethodAndUpgrade(t *testing.T) {
	testHandshakes(t, Config{}, []handshakeCase{
		{"POST", request("POST /play HTTP/1.1", "Content-Length: 0"), 405},
		{"HEAD", request("HEAD /play HTTP/1.1"), 405},
		{"no Upgrade", request("", "Upgrade: -"), 426},
		{"other Upgrade", request("", "Upgrade: h2c"), 426},
		{"no Connection", request("", "Connection: -"), 400},
		{"Connection without Upgrade", request("", "Connection: keep-alive"), 400},
		{"keep-alive and Upgrade", request("", "Connection: keep-alive, Upgrade"), 101},
		{"two Connection lines", request("", "Connection: keep-alive", "Connection: upgrade"), 101},
		{"odd case", request("", "Connection: UPGRADE", "Upgrade: WebSocket"), 101},
		{"Upgrade in a list", request("", "Upgrade: h2c , websocket"), 101},
		{"lower-case names", request("", "upgrade: websocket"), 101},
		{"part of a token", request("", "Connection: Upgraded"), 400},
	})
}

func TestFault_H6_Version(t *testing.T) {
	testHandshakes(t, Config{}, []handshakeCase{
		{"8", request("", "Sec-WebSocket-Version: 8"), 426},
		{"twice", request("", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 13"), 426},
		{"in a list", request("", "Sec-WebSocket-Version: 13, 8"), 426},
		{"missing", request("", "Sec-WebSocket-Version: -"), 426},
		{"013", request("", "Sec-WebSocket-Version: 013"), 426},
	})
}

func TestFault_H7_Key(t *testing.T) {
	testHandshakes(t, Config{}, []handshakeCase{
		{"missing", request("", "Sec-WebSocket-Key: -"), 400},
		{"not base64", request("", "Sec-WebSocket-Key: x"), 400},
		{"15 bytes", request("", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA"), 400},
		{"17 bytes", request("", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAA="), 400},
		{"18 bytes", request("", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAAA"), 400},
		{"repeated", request("", "Sec-WebSocket-Key: "+sampleKey, "Sec-WebSocket-Key: "+sampleKey), 400},
		{"two in a line", request("", "Sec-WebSocket-Key: "+sampleKey+", "+sampleKey), 400},
		{"16 bytes", request(""), 101},
	})
}

func TestFault_H8_Origin(t *testing.T) {
	cfg := Config{Origins: []string{"https://play.example", "http://10.0.0.5:8080", "https://xn--bcher-kva.example", "ftp://bad"}}
	origin := func(name, value string, status int) handshakeCase {
		return handshakeCase{name, request("", "Origin: "+value), status}
	}
	testHandshakes(t, cfg, []handshakeCase{
		{"absent", request(""), 101},
		origin("own", "http://game.example", 101),
		origin("own with port", "http://game.example:80", 101),
		origin("own in capitals", "HTTP://GAME.example", 101),
		origin("listed", "https://play.example", 101),
		origin("listed with its port", "https://play.example:443", 101),
		origin("listed address", "http://10.0.0.5:8080", 101),
		origin("international name as browsers send it", "https://xn--bcher-kva.example", 101),
		origin("own host, other scheme", "https://game.example", 403),
		origin("own host, other port", "http://game.example:8080", 403),
		origin("listed, other scheme", "http://play.example", 403),
		origin("listed, other port", "https://play.example:8443", 403),
		origin("foreign", "https://evil.example", 403),
		origin("null", "null", 403),
		origin("empty", "", 403),
		origin("longer name", "http://game.example.evil", 403),
		origin("longer label", "http://evilgame.example", 403),
		origin("subdomain", "http://a.game.example", 403),
		origin("trailing dot", "http://game.example.", 403),
		origin("path", "http://game.example/", 403),
		origin("user", "http://game.example@evil.example", 403),
		origin("own name as user", "http://game.example:80@evil.example", 403),
		origin("look-alike letter", "http://g\u0430me.example", 403),
		origin("international name in Unicode", "https://bücher.example", 403),
		origin("not a web origin", "file://", 403),
		{"twice", request("", "Origin: http://game.example", "Origin: http://game.example"), 403},
		{"own on its port", request("", "Host: game.example:8080", "Origin: http://game.example:8080"), 101},
		{"own IPv6", request("", "Host: [::1]:8080", "Origin: http://[::1]:8080"), 101},
		{"other port than Host", request("", "Host: game.example:8080", "Origin: http://game.example"), 403},
	})
}

func TestFault_H9_Subprotocol(t *testing.T) { onEachPath(t, testFault_H9_Subprotocol) }

func testFault_H9_Subprotocol(t *testing.T, start starter) {
	offer := func(text string) string { return request("", "Sec-WebSocket-Protocol: "+text) }
	tests := []struct {
		name, request, answer string
		code                  uint16 // 0: plays
	}{
		{"spoken", offer(Subprotocol), Subprotocol, 0},
		{"spoken among others", offer("chat,\t" + Subprotocol + " , soap"), Subprotocol, 0},
		{"spoken behind a later version", offer("ionwake.v2, " + Subprotocol), Subprotocol, 0},
		{"in a second line", request("", "Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Protocol: "+Subprotocol), Subprotocol, 0},
		{"1,000 offered", offer(strings.Repeat("a,", 1000) + Subprotocol), Subprotocol, 0},
		{"missing", offer("-"), "", CloseVersion},
		{"unknown", offer("chat"), "", CloseVersion},
		{"other case", offer("Ionwake.v1"), "", CloseVersion},
		{"spaces only", offer(strings.Repeat(" ", 3000) + ","), "", CloseVersion},
		{"later version", offer("ionwake.v2"), "ionwake.v2", CloseVersion},
		{"no version", offer("ionwake.v2; rm"), "", CloseVersion},
		{"endless version", offer("ionwake.v" + strings.Repeat("1", 2000)), "", CloseVersion},
	}
	s := start(t, Config{})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := len(s.list())
			c, res := shake(t, s.dial(t, ""), tt.request)
			if res.StatusCode != http.StatusSwitchingProtocols {
				t.Fatalf("got %s, want 101", res.Status)
			}
			if got := res.Header.Get("Sec-WebSocket-Protocol"); got != tt.answer {
				t.Errorf("got subprotocol %q, want %q", got, tt.answer)
			}
			if tt.code == 0 {
				c.send(t, binaryFrame([]byte("hello")))
				_ = c.message(t)
				_ = c.Close()
				return
			}
			code, reason := c.ended(t)
			if code != tt.code || !strings.Contains(reason, Subprotocol) {
				t.Errorf("got close %d %q, want %d and the version that is spoken", code, reason, tt.code)
			}
			if len(s.list()) != before {
				t.Error("a client of another version was given a peer")
			}
		})
	}
}

func TestFault_H10_ExtensionsIgnored(t *testing.T) { onEachPath(t, testFault_H10_ExtensionsIgnored) }

func testFault_H10_ExtensionsIgnored(t *testing.T, start starter) {
	s := start(t, Config{})
	for _, offer := range []string{
		"permessage-deflate; client_max_window_bits=99; server_max_window_bits=0", "permessage-deflate", ";;=,\"", strings.Repeat("permessage-deflate,", 500),
	} {
		c, res := shake(t, s.dial(t, ""), request("", "Sec-WebSocket-Extensions: "+offer))
		if res.StatusCode != http.StatusSwitchingProtocols || len(res.Header.Values("Sec-WebSocket-Extensions")) > 0 {
			t.Errorf("%.40q: got %s with %q, want 101 without extensions", offer, res.Status, res.Header["Sec-Websocket-Extensions"])
		}
		c.send(t, frame(fin|0x40|opBinary, []byte("x")))
		if code, _ := c.ended(t); code != CloseBroken {
			t.Errorf("%.40q: a compressed frame got close %d, want %d", offer, code, CloseBroken)
		}
	}
}

func TestFault_H19_ForwardedFor(t *testing.T) {
	g := New(Config{TrustedProxies: prefixes("10.1.0.0/16", "fd00::/8")})
	tests := []struct {
		name, remote string
		forwarded    []string
		want         string
	}{
		{"no proxy", "203.0.113.9:1234", nil, "203.0.113.9/32"},
		{"forged by a client", "203.0.113.9:1234", []string{"10.1.0.1"}, "203.0.113.9/32"},
		{"proxy", "10.1.2.3:1234", []string{"203.0.113.9"}, "203.0.113.9/32"},
		{"forged before a proxy", "10.1.2.3:1234", []string{"1.2.3.4, 203.0.113.9"}, "203.0.113.9/32"},
		{"forged in another line", "10.1.2.3:1234", []string{"1.2.3.4", "203.0.113.9"}, "203.0.113.9/32"},
		{"100 hops", "10.1.2.3:1234", []string{strings.Repeat("1.2.3.4, ", 99) + "203.0.113.9"}, "203.0.113.9/32"},
		{"IPv6 client", "10.1.2.3:1234", []string{"2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::/64"},
		{"IPv6 client with port", "10.1.2.3:1234", []string{"[2001:db8:1:2::6]:99"}, "2001:db8:1:2::/64"},
		{"IPv6 proxy", "[fd00::1]:1234", []string{"203.0.113.9:80"}, "203.0.113.9/32"},
		{"mapped client", "[::ffff:203.0.113.9]:1234", nil, "203.0.113.9/32"},
		{"mapped proxy", "[::ffff:10.1.2.3]:1234", []string{"203.0.113.9"}, "203.0.113.9/32"},
		{"zone", "[fe80::1%eth0]:1234", nil, "fe80::/64"},
		{"empty", "10.1.2.3:1234", []string{""}, "10.1.2.3/32"},
		{"junk", "10.1.2.3:1234", []string{"unknown"}, "10.1.2.3/32"},
		{"no address", "pipe", []string{"1.2.3.4"}, "invalid Prefix"},
	}
	for _, tt := range tests {
		r := &http.Request{RemoteAddr: tt.remote, Header: http.Header{"X-Forwarded-For": tt.forwarded}}
		if got := fmt.Sprint(prefixOf(g.client(r))); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestSchemeBehindAProxy(t *testing.T) {
	g := New(Config{TrustedProxies: prefixes("10.1.0.0/16")})
	r := &http.Request{RemoteAddr: "10.1.2.3:1", Host: "game.example", Header: http.Header{
		"X-Forwarded-Proto": {"https"}, "Origin": {"https://game.example"},
	}}
	if !g.originAllowed(r) {
		t.Error("a page that the trusted proxy served over TLS must be allowed")
	}
	r.RemoteAddr = "203.0.113.9:1"
	if g.originAllowed(r) {
		t.Error("anybody's X-Forwarded-Proto was believed")
	}
}
