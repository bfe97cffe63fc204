package main

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"ionwake/server/admin"
	"ionwake/shared/wire"
)

func TestServerTellsWhereItIs(t *testing.T) {
	p := start(t, "--listen=:0", "--name=Bob's place")
	if !strings.HasPrefix(p.stdout[0], "Ionwake is at http://localhost:") || !strings.HasSuffix(p.stdout[0], "/") {
		t.Errorf("first line %q, want the address to open", p.stdout[0])
	}
	if lan := lanAddress(); lan != "" && !strings.Contains(p.stdout[1], "http://"+lan+":") {
		t.Errorf("second line %q, want the address %s for others", p.stdout[1], lan)
	}
	for line := range strings.Lines(p.stderr.String()) {
		if !json.Valid([]byte(line)) {
			t.Errorf("log line %q, want JSON where nobody watches", line)
		}
	}
	p.stop()
}

func TestStatus(t *testing.T) {
	t.Parallel()
	p := start(t, "--name=Bob's place", "--bots=5", "--map=closet", "--max-players=10")
	first := waitForStatus(t, p, func(st admin.Status) bool { return st.Bots == 5 && st.Tick > 0 })
	want := admin.Status{
		Name: "Bob's place", Version: first.Version, Wire: wire.Version,
		Play: admin.Play{Mode: "brawl", Map: "closet", Bots: 5, Max: 10}, Tick: first.Tick, Rooms: first.Rooms,
	}
	if first.Version == "" || len(first.Rooms) != 1 || first.Rooms[0].Name != "main" || first.Rooms[0].Bots != 5 {
		t.Errorf("got %+v, want a version and the main room with its bots", first)
	}
	if first.Rooms = nil; !equalStatus(first, want) {
		t.Errorf("got %+v, want %+v", first, want)
	}
	p.join("main", wire.Hello{Name: "Ann"})
	p.join("den", wire.Hello{Name: "Ben", Spectate: true})
	got := waitForStatus(t, p, func(st admin.Status) bool { return st.Players == 1 && st.Spectators == 1 })
	if got.Tick <= first.Tick || len(got.Rooms) != 2 || got.Max != 20 {
		t.Errorf("got %+v, want a later tick, two rooms and room for 20", got)
	}
	if code, body := p.get(p.game, "/api/v1/nonsense"); code != 404 || !json.Valid([]byte(body)) {
		t.Errorf("got %d %q, want 404 as JSON", code, body)
	}
}

func equalStatus(a, b admin.Status) bool {
	a.Rooms, b.Rooms = nil, nil
	return slices.Equal([]any{a.Name, a.Version, a.Wire, a.Mode, a.Map, a.Players, a.Bots, a.Spectators, a.Max, a.Tick, a.Region},
		[]any{b.Name, b.Version, b.Wire, b.Mode, b.Map, b.Players, b.Bots, b.Spectators, b.Max, b.Tick, b.Region})
}

func waitForStatus(t *testing.T, p *program, ok func(admin.Status) bool) admin.Status {
	t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		var st admin.Status
		code, body := p.get(p.game, "/api/v1/status")
		if err := json.Unmarshal([]byte(body), &st); err != nil || code != 200 {
			t.Fatalf("status %d %q: %v", code, body, err)
		}
		if ok(st) {
			return st
		}
		if time.Now().After(deadline) {
			t.Fatalf("status stays %+v", st)
		}
	}
}

func TestHostPort(t *testing.T) {
	p := startIn(t, []string{"IONWAKE_LISTEN=127.0.0.1:0", "GOMEMLIMIT=300MiB"})
	p.join("", wire.Hello{Name: "Ann"})
	waitForStatus(t, p, func(st admin.Status) bool { return st.Players == 1 })
	for _, path := range []string{"/", "/livez", "/readyz", "/metrics", "/debug/pprof/"} {
		if code, _ := p.get(p.admin, path); code != 200 {
			t.Errorf("%s: got %d, want 200", path, code)
		}
	}
	_, metrics := p.get(p.admin, "/metrics")
	for _, want := range []string{
		"ionwake_players 1\n", "ionwake_rooms 1\n", "ionwake_bots 7\n", "ionwake_connections 1\n", "ionwake_connections_greeting 0\n",
		`ionwake_disconnect_total{code="4009"} 0`, `ionwake_ws_messages_total{dir="in"} 1`, "go_gc_gomemlimit_bytes 3.145728e+08\n",
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("metrics lack %q", want)
		}
	}
	for _, path := range []string{"/livez", "/readyz", "/metrics", "/debug/pprof/"} {
		if code, _ := p.get(p.game, path); code != 404 {
			t.Errorf("%s on the game port: got %d, want 404", path, code)
		}
	}
}

func TestReadyOnlyWhileThereIsRoom(t *testing.T) {
	t.Parallel()
	p := start(t, "--max-players=1")
	c, _ := p.join("", wire.Hello{Name: "Ann"})
	waitForStatus(t, p, func(st admin.Status) bool { return st.Players == 1 })
	if code, body := p.get(p.admin, "/readyz"); code != 503 || !strings.Contains(body, "full") {
		t.Errorf("got %d %s, want 503 full", code, body)
	}
	late := p.dial("")
	late.hello(wire.Hello{Name: "Ben"})
	if told := late.wantEnd(4004); told.RetryAfterMS == 0 || !strings.Contains(told.Message, "full") {
		t.Errorf("told %+v, want that it is full and when to come back", *told)
	}
	c.wantPlay()
	c.send(wire.AppendLeave(nil))
	waitForStatus(t, p, func(st admin.Status) bool { return st.Players == 0 })
	if code, _ := p.get(p.admin, "/readyz"); code != 200 {
		t.Errorf("got %d after the player left, want 200", code)
	}
	p.join("", wire.Hello{Name: "Ben"})
}

func TestPageIsServed(t *testing.T) {
	p := start(t)
	res, body := p.ask(p.game, "/?room=den")
	if res.StatusCode != http.StatusOK && res.StatusCode != http.StatusServiceUnavailable { // 503: the client is not built here
		t.Errorf("got %s, want the page", res.Status)
	}
	if !strings.Contains(body, "<!doctype html>") || !strings.Contains(body, "<title>Ionwake</title>") {
		t.Errorf("got %.80q, want the page", body)
	}
	if res.StatusCode == http.StatusServiceUnavailable && !strings.Contains(body, "make") {
		t.Error("a page without a client does not say how to build it")
	}
	if policy := res.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("policy %q", policy)
	}
	if code, _ := p.get(p.game, "/nonsense"); code != 404 {
		t.Errorf("got %d for a page that does not exist, want 404", code)
	}
	if code, _ := p.get(p.game, "/play"); code != http.StatusUpgradeRequired {
		t.Errorf("got %d for a plain request to the game, want 426", code)
	}
}

func TestJoin(t *testing.T) {
	t.Parallel()
	p := start(t, "--send-rate=60", "--map=closet", "--name=Bob's place")
	c, w := p.join("den", wire.Hello{Name: "  Ann \u202e"})
	if w.Name != "Ann" || w.Room != "den" || w.Mode != "brawl" || w.Arena != "closet" || w.Server != "Bob's place" ||
		w.TickRate != 60 || w.SendInterval != 1 || w.Version != wire.Version || len(w.Resume) != wire.TokenSize || w.Resumed {
		t.Errorf("welcomed with %+v", *w)
	}
	begin := time.Now()
	for range 60 {
		c.next()
	}
	if took := time.Since(begin); took < 500*time.Millisecond {
		t.Errorf("60 frames came in %v, want about a second", took)
	}
	if _, w := p.join("", wire.Hello{Name: "Ann"}); w.Room != "main" || w.Name != "Ann" {
		t.Errorf("welcomed with %+v, want the main room", *w)
	}
}

func TestPretendedLine(t *testing.T) {
	t.Parallel()
	// A stop waits half a second for answers; what is still pretended to be under way
	// then ends with the program.
	const rtt = 250 * time.Millisecond
	p := start(t, "--sim-rtt="+rtt.String(), "--sim-jitter=5ms")
	begin := time.Now()
	c := p.dial("")
	c.hello(wire.Hello{Name: "Ann"})
	if f := c.next(); f.Welcome == nil {
		t.Fatalf("the first frame has no welcome: %+v", f)
	}
	if took := time.Since(begin); took < 2*rtt { // the handshake and the hello
		t.Errorf("in after %v, want at least two round trips of %v", took, rtt)
	}
	c.wantPlay()
	p.signal(os.Interrupt)
	c.wantEnd(1012)
	if code := p.exit(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
}

func TestRefusalsComeInWords(t *testing.T) {
	t.Parallel()
	p := start(t)
	witness, _ := p.join("", wire.Hello{Name: "Witness"})
	tests := []struct {
		name, room string
		hello      wire.Hello
		code       uint16
		words      []string
	}{
		{"room with a space", "a%20b", wire.Hello{}, 4005, []string{"no such room"}},
		{"room in capitals", "MAIN", wire.Hello{}, 4005, []string{"no such room"}},
		{"room that climbs", "..%2f..%2fetc", wire.Hello{}, 4005, []string{"no such room"}},
		{"room that is too long", strings.Repeat("x", 33), wire.Hello{}, 4005, []string{"no such room"}},
		{"newer client", "", wire.Hello{Version: 7}, 4001, []string{"version 7", "version 3"}},
		{"token of nobody", "", wire.Hello{Resume: make([]byte, wire.TokenSize)}, 4011, []string{"Join again"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := p.dial(test.room)
			c.hello(test.hello)
			told := c.wantEnd(test.code)
			for _, want := range test.words {
				if !strings.Contains(told.Message, want) {
					t.Errorf("told %q, want %q in it", told.Message, want)
				}
			}
		})
	}
	witness.wantPlay()
}

// drop ends a connection as a broken line does.
func (c *player) drop() {
	if tcp, ok := c.ws.NetConn().(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = c.ws.NetConn().Close()
}

// H14 from outside: hall has the cases in depth.
func TestFault_H14_ResumeFromOutside(t *testing.T) {
	t.Parallel()
	p := start(t)
	first, seat := p.join("", wire.Hello{Name: "Ann"})
	first.drop()
	second, again := p.join("", wire.Hello{Name: "Ann", Resume: seat.Resume})
	if !again.Resumed || again.ID != seat.ID || again.Name != "Ann" {
		t.Errorf("came back to %+v, want seat %d", *again, seat.ID)
	}
	second.send(wire.AppendInput(nil, wire.Input{Tick: 1})) // so its Welcome has arrived
	second.wantPlay()
	for name, token := range map[string][]byte{"used": seat.Resume, "wrong": make([]byte, wire.TokenSize)} {
		thief := p.dial("")
		thief.hello(wire.Hello{Name: "Eve", Resume: token})
		if told := thief.wantEnd(4011); told.Message == "" {
			t.Errorf("%s token: no words", name)
		}
		second.wantPlay()
	}
	third, newest := p.join("", wire.Hello{Name: "Ann", Resume: again.Resume})
	second.wantEnd(4006)
	if newest.ID != seat.ID {
		t.Errorf("the newest window has seat %d, want %d", newest.ID, seat.ID)
	}
	third.wantPlay()
	st := waitForStatus(t, p, func(st admin.Status) bool { return st.Players > 0 })
	if st.Players != 1 {
		t.Errorf("%d people, want one", st.Players)
	}
}

// No player's whole address is in the log, whatever happens to the connection.
func TestLogHasNoAddressOfAPlayer(t *testing.T) {
	t.Parallel()
	p := start(t, "--log-level=debug")
	c, seat := p.join("", wire.Hello{Name: "Ann"})
	c.drop()
	bad := p.dial("")
	bad.send([]byte("no message of ours"))
	again, _ := p.join("", wire.Hello{Name: "Ann", Resume: seat.Resume})
	again.send(wire.AppendLeave(nil))
	waitForStatus(t, p, func(st admin.Status) bool { return st.Players == 0 })
	p.stop()
	log := p.stderr.String()
	if !strings.Contains(log, "127.0.0.1/32") || !strings.Contains(log, `"joined"`) {
		t.Fatal("the log does not tell of the connections at all")
	}
	for _, who := range []*player{c, bad, again} {
		if addr := who.ws.NetConn().LocalAddr().String(); strings.Contains(log, addr) {
			t.Errorf("the log has %s", addr)
		}
	}
}

// H18: HTTP/2 without TLS is not spoken, neither by prior knowledge nor by upgrade.
func TestFault_H18_NoCleartextHTTP2(t *testing.T) {
	p := start(t)
	for name, request := range map[string]string{
		"preface": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00",
		"upgrade": "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n",
	} {
		for _, host := range []string{p.game, p.admin} {
			conn, err := net.Dial("tcp", host)
			if err != nil {
				t.Fatal(err)
			}
			_ = conn.SetDeadline(time.Now().Add(patience))
			if _, err := io.WriteString(conn, request); err != nil {
				t.Fatal(err)
			}
			answer, err := io.ReadAll(conn)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if text := string(answer); !strings.HasPrefix(text, "HTTP/1.1 ") || strings.HasPrefix(text, "HTTP/1.1 101") {
				t.Errorf("%s: got %.60q, want an answer in HTTP/1.1", name, text)
			}
			_ = conn.Close()
		}
	}
}
