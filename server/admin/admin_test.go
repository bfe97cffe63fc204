package admin

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// fake is a Source that says what it was told to.
type fake struct {
	status Status
	health Health
	counts Counts
	scene  Scene
	bill   Bill
}

func (f *fake) Status() Status { return f.status }
func (f *fake) Health() Health { return f.health }
func (f *fake) Counts() Counts { return f.counts }

func (f *fake) Scene() Scene { return f.scene }

func (f *fake) Flow() Flow { return Flow{} }

func (f *fake) Bill(room string) (Bill, bool) { return f.bill, room == "main" }

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

var play = Play{Mode: "brawl", Map: "foundry", Players: 3, Bots: 5, Spectators: 1, Max: 64}

func newFake() *fake {
	return &fake{health: Health{LastTick: noon}, status: Status{
		Name: "Bob's <arena>", Version: "v1", Wire: 1, Play: play, Tick: 600, Rooms: []Room{{Name: "main", Play: play, Tick: 600}},
	}}
}

func newAdmin(src Source) *Admin {
	return New(Config{Source: src, Stages: []string{"early", "late"}, Now: func() time.Time { return noon }})
}

type answer struct {
	*http.Response
	body string
}

// ask sends a request as a program on this machine does.
func ask(t *testing.T, h http.Handler, method, path string, change ...func(*http.Request)) answer {
	t.Helper()
	r := httptest.NewRequest(method, "http://localhost:8081"+path, nil)
	r.RemoteAddr = "127.0.0.1:50000"
	for _, f := range change {
		f(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	res := w.Result()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res, string(body)}
}

func TestStatusHasExactlyTheseFields(t *testing.T) {
	a := newAdmin(newFake())
	want := `{"name":"Bob's \u003carena\u003e","version":"v1","wire":1,"mode":"brawl","map":"foundry","players":3,"bots":5,` +
		`"spectators":1,"max":64,"tick":600,"region":"","locked":false,"rooms":[{"name":"main","mode":"brawl","map":"foundry","players":3,` +
		`"bots":5,"spectators":1,"max":64,"tick":600,"locked":false}]}` + "\n"
	for name, h := range map[string]http.Handler{"public": a.Public(), "private": a.Private()} {
		got := ask(t, h, "GET", "/api/v1/status")
		if got.StatusCode != 200 || got.body != want {
			t.Errorf("%s: got %d %s, want 200 %s", name, got.StatusCode, got.body, want)
		}
		if kind := got.Header.Get("Content-Type"); kind != "application/json" {
			t.Errorf("%s: content type %q", name, kind)
		}
	}
}

func TestRoomsIsAListEvenWhenEmpty(t *testing.T) {
	src := newFake()
	got := ask(t, newAdmin(src).Public(), "GET", "/api/v1/rooms")
	var rooms []Room
	if err := json.Unmarshal([]byte(got.body), &rooms); err != nil || len(rooms) != 1 || rooms[0] != src.status.Rooms[0] {
		t.Errorf("got %s (%v), want the one room", got.body, err)
	}
	src.status.Rooms = nil
	if got := ask(t, newAdmin(src).Public(), "GET", "/api/v1/rooms"); got.body != "[]\n" {
		t.Errorf("got %q, want an empty list", got.body)
	}
	if got := ask(t, newAdmin(src).Public(), "GET", "/api/v1/status"); !strings.Contains(got.body, `"rooms":[]`) {
		t.Errorf("got %q, want an empty list of rooms", got.body)
	}
}

func TestServersListsRoomsOfThisOne(t *testing.T) {
	src := newFake()
	src.status.Region = "north"
	want := `[{"name":"Bob's \u003carena\u003e","address":"","room":"main","mode":"brawl","map":"foundry","players":3,"bots":5,` +
		`"spectators":1,"max":64,"region":"north","version":"v1","wire":1,"locked":false}]` + "\n"
	if got := ask(t, newAdmin(src).Public(), "GET", "/api/v1/servers"); got.StatusCode != 200 || got.body != want {
		t.Errorf("got %d %s, want 200 %s", got.StatusCode, got.body, want)
	}
	src.status.Rooms = nil
	if got := ask(t, newAdmin(src).Public(), "GET", "/api/v1/servers"); got.body != "[]\n" {
		t.Errorf("got %q, want an empty list", got.body)
	}
}

func TestHealth(t *testing.T) {
	tests := []struct {
		name        string
		health      Health
		livez       int
		readyz      int
		live, ready string
	}{
		{"all well", Health{LastTick: noon.Add(-20 * time.Millisecond)}, 200, 200, "alive", "ready"},
		{"just in time", Health{LastTick: noon.Add(-2 * time.Second)}, 200, 200, "alive", "ready"},
		{"hangs", Health{LastTick: noon.Add(-2001 * time.Millisecond)}, 503, 200, "no tick for 2s", "ready"},
		{"not begun", Health{}, 503, 503, "no tick yet", "starting"},
		{"draining", Health{LastTick: noon, Draining: true}, 200, 503, "alive", "draining"},
		{"full", Health{LastTick: noon, Full: true}, 200, 503, "alive", "full"},
		{"the clock went back", Health{LastTick: noon.Add(time.Hour)}, 200, 200, "alive", "ready"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src := newFake()
			src.health = test.health
			h := newAdmin(src).Private()
			if got := ask(t, h, "GET", "/livez"); got.StatusCode != test.livez || !strings.Contains(got.body, test.live) {
				t.Errorf("livez: got %d %s, want %d %q", got.StatusCode, got.body, test.livez, test.live)
			}
			if got := ask(t, h, "GET", "/readyz"); got.StatusCode != test.readyz || !strings.Contains(got.body, test.ready) {
				t.Errorf("readyz: got %d %s, want %d %q", got.StatusCode, got.body, test.readyz, test.ready)
			}
		})
	}
}

func TestOnlyReadingIsAnswered(t *testing.T) {
	a := newAdmin(newFake())
	for name, h := range map[string]http.Handler{"public": a.Public(), "private": a.Private()} {
		for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"} {
			got := ask(t, h, method, "/api/v1/status")
			if got.StatusCode != 405 || got.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("%s: %s got %d, Allow %q", name, method, got.StatusCode, got.Header.Get("Allow"))
			}
		}
		if got := ask(t, h, "HEAD", "/api/v1/status"); got.StatusCode != 200 {
			t.Errorf("%s: HEAD got %d, want 200", name, got.StatusCode)
		}
	}
}

func TestWhatThereIsWhere(t *testing.T) {
	a := newAdmin(newFake())
	tests := []struct {
		path            string
		public, private int
	}{
		{"/livez", 404, 200},
		{"/readyz", 404, 200},
		{"/metrics", 404, 200},
		{"/debug/pprof/", 404, 200},
		{"/debug/pprof/goroutine", 404, 200},
		{"/debug/pprof/cmdline", 404, 404},
		{"/debug/pprof/nonsense", 404, 404},
		{"/debug/vars", 404, 404},
		{"/api/v1/status", 200, 200},
		{"/api/v1/rooms", 200, 200},
		{"/api/v1/servers", 200, 404},
		{"/api/v1/status/", 404, 404},
		{"/api/v1/nonsense", 404, 404},
		{"/nonsense", 404, 404},
	}
	for _, test := range tests {
		for name, side := range map[string]struct {
			h    http.Handler
			want int
		}{"public": {a.Public(), test.public}, "private": {a.Private(), test.private}} {
			got := ask(t, side.h, "GET", test.path)
			if got.StatusCode != side.want {
				t.Errorf("%s %s: got %d, want %d", name, test.path, got.StatusCode, side.want)
			}
			for header, want := range map[string]string{
				"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
				"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
			} {
				if got.Header.Get(header) != want {
					t.Errorf("%s %s: %s is %q, want %q", name, test.path, header, got.Header.Get(header), want)
				}
			}
			// Pages of others may read what is public, and nothing else.
			if got := got.Header.Get("Access-Control-Allow-Origin"); got != map[string]string{"public": "*"}[name] {
				t.Errorf("%s %s: may be read by %q", name, test.path, got)
			}
			if !strings.Contains(got.Header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Errorf("%s %s: no policy", name, test.path)
			}
		}
	}
}

// R28: nobody far away, and no page that was lured here under another name, gets a
// profile; and no command line is shown to anybody.
func TestFault_R28_ProfilesAreForThisMachine(t *testing.T) {
	h := newAdmin(newFake()).Private()
	from := func(addr, host string) func(*http.Request) {
		return func(r *http.Request) { r.RemoteAddr, r.Host = addr, host }
	}
	tests := []struct {
		addr, host string
		want       int
	}{
		{"127.0.0.1:1234", "localhost:8081", 200},
		{"127.0.0.1:1234", "LOCALHOST", 200},
		{"127.0.0.1:1234", "127.0.0.1:8081", 200},
		{"[::1]:1234", "[::1]:8081", 200},
		{"[::ffff:127.0.0.1]:1234", "127.0.0.1", 200},
		{"10.0.0.7:1234", "localhost:8081", 403},
		{"10.0.0.7:1234", "10.0.0.1:8081", 403},
		{"127.0.0.1:1234", "evil.example:8081", 403},
		{"127.0.0.1:1234", "localhost.evil.example", 403},
		{"127.0.0.1:1234", "", 403},
		{"", "localhost", 403},
	}
	for _, path := range []string{"/debug/pprof/", "/debug/pprof/goroutine", "/debug/pprof/heap"} {
		for _, test := range tests {
			if got := ask(t, h, "GET", path, from(test.addr, test.host)); got.StatusCode != test.want {
				t.Errorf("%s from %q as %q: got %d, want %d", path, test.addr, test.host, got.StatusCode, test.want)
			}
		}
	}
	for _, path := range []string{"/debug/pprof/profile?seconds=1", "/debug/pprof/trace?seconds=1"} {
		if got := ask(t, h, "GET", path, from("10.0.0.7:1234", "localhost")); got.StatusCode != 403 {
			t.Errorf("%s from far away: got %d, want 403", path, got.StatusCode)
		}
	}
}
