package admin

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// front is an Admin with a desk, served over HTTP.
type front struct {
	*office
	admin *Admin
	url   string
}

func newFront(t *testing.T) *front {
	t.Helper()
	o := newOffice(t, "")
	a := newAdmin(newFake())
	tail := NewTail(slog.NewTextHandler(&bytes.Buffer{}, nil))
	if err := a.OpenDesk(DeskConfig{House: o.house, Book: o.ledger, Tail: tail}); err != nil {
		t.Fatal(err)
	}
	o.desk = a.desk
	slog.New(tail).Warn("the cat sleeps", "on", "the mat")
	server := httptest.NewServer(a.Private())
	t.Cleanup(server.Close)
	return &front{o, a, server.URL}
}

// guest is somebody with what a browser keeps, or a program.
type guest struct {
	f              *front
	cookie, page   string
	bearer, origin string
	site, kind     string
}

// enter signs somebody in.
func (f *front) enter(r Role) *guest {
	f.t.Helper()
	g := &guest{f: f}
	secret, page, err := f.vault.open(Grant{Role: r, Name: r.String()}, true)
	if err != nil {
		f.t.Fatal(err)
	}
	g.cookie, g.page = secret, page
	return g
}

func (g *guest) request(method, path, body string) *http.Request {
	g.f.t.Helper()
	r, err := http.NewRequestWithContext(g.f.t.Context(), method, g.f.url+path, strings.NewReader(body))
	if err != nil {
		g.f.t.Fatal(err)
	}
	set := func(name, value string) {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	if g.cookie != "" {
		r.AddCookie(&http.Cookie{Name: cookieName, Value: g.cookie})
	}
	set(pageHeader, g.page)
	set("Origin", g.origin)
	set("Sec-Fetch-Site", g.site)
	if g.bearer != "" {
		set("Authorization", "Bearer "+g.bearer)
	}
	if g.kind == "" {
		g.kind = "application/json"
	}
	set("Content-Type", g.kind)
	return r
}

func (g *guest) ask(method, path, body string) answer {
	g.f.t.Helper()
	res, err := http.DefaultClient.Do(g.request(method, path, body))
	if err != nil {
		g.f.t.Fatal(err)
	}
	defer res.Body.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(res.Body); err != nil {
		g.f.t.Fatal(err)
	}
	return answer{res, text.String()}
}

var doors = []struct{ method, path, body string }{
	{"GET", "/host/live", ""}, {"POST", "/host/do", `{"do":"players"}`}, {"POST", "/console", "players"}, {"DELETE", "/host/session", ""},
}

func TestFault_R28_NothingWithoutASession(t *testing.T) {
	f := newFront(t)
	in := f.enter(Host)
	for name, g := range map[string]*guest{
		"nothing": {}, "a cookie alone": {cookie: in.cookie}, "the page's half alone": {page: in.page}, "another cookie": {cookie: in.page, page: in.page},
		"a browser's session as a program's": {bearer: in.cookie}, "both halves as one": {bearer: in.cookie + "." + in.page}, "rubbish": {bearer: strings.Repeat("A", 5000)},
	} {
		g.f = f
		for _, d := range doors {
			got := g.ask(d.method, d.path, d.body)
			if got.StatusCode != 401 || strings.Contains(got.body, "Ada") || strings.Contains(got.body, "foundry") {
				t.Errorf("%s: %s %s got %d %s", name, d.method, d.path, got.StatusCode, got.body)
			}
		}
	}
	// The page itself and its parts tell nothing of this server.
	stranger := &guest{f: f}
	files := []string{"/"}
	_ = fs.WalkDir(web, "web", func(p string, e fs.DirEntry, _ error) error {
		if !e.IsDir() {
			files = append(files, "/host/"+path.Base(p))
		}
		return nil
	})
	for _, file := range files {
		got := stranger.ask("GET", file, "")
		if got.StatusCode != 200 || got.Header.Get("Content-Type") == "" || strings.Contains(got.body, "Bob's") {
			t.Errorf("%s: got %d %s", file, got.StatusCode, got.Header.Get("Content-Type"))
		}
		if policy := got.Header.Get("Content-Security-Policy"); policy != strict || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", file, policy)
		}
	}
	for _, path := range []string{"/host/", "/host/none.js", "/host/../vault.go", "/host/%2e%2e%2fvault.go", "/console", "/host/session", "/host/do"} {
		if got := stranger.ask("GET", path, ""); got.StatusCode == 200 {
			t.Errorf("GET %s is answered: %s", path, got.body)
		}
	}
}

// Figures are for this machine and for private networks, from which they are read, and
// not for whom a proxy lets through.
func TestFault_R28_FiguresAreForNeighbours(t *testing.T) {
	f := newFront(t)
	secret, _, err := f.vault.open(Grant{Role: Helper, Name: "prometheus"}, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from, header, value string
		want                int
	}{
		{"127.0.0.1:1", "", "", 200}, {"[::1]:1", "", "", 200}, {"10.1.2.3:1", "", "", 200}, {"[fd00::7]:1", "", "", 200}, {"192.168.0.4:1", "", "", 200},
		{"203.0.113.7:1", "", "", 401}, {"[2001:db8::1]:1", "", "", 401}, {"", "", "", 401},
		{"127.0.0.1:1", "X-Forwarded-For", "203.0.113.7", 401}, {"10.1.2.3:1", "Forwarded", "for=203.0.113.7", 401},
		{"203.0.113.7:1", "Authorization", "Bearer " + secret, 200}, {"203.0.113.7:1", "Authorization", "Bearer x" + secret, 401},
	} {
		for _, path := range []string{"/metrics", "/api/v1/status", "/api/v1/rooms", "/rooms/main/bytes"} {
			got := ask(t, f.admin.Private(), "GET", path, func(r *http.Request) {
				if r.RemoteAddr = c.from; c.header != "" {
					r.Header.Set(c.header, c.value)
				}
			})
			if got.StatusCode != c.want {
				t.Errorf("%s from %q, %s: got %d, want %d", path, c.from, c.header, got.StatusCode, c.want)
			}
		}
		for _, path := range []string{"/livez", "/readyz"} { // whoever watches a cluster asks from anywhere
			if got := ask(t, f.admin.Private(), "GET", path, func(r *http.Request) { r.RemoteAddr = c.from }); got.StatusCode != 200 {
				t.Errorf("%s from %q: got %d", path, c.from, got.StatusCode)
			}
		}
	}
}

func TestSignIn(t *testing.T) {
	f := newFront(t)
	link, err := f.admin.NewLink(Grant{Role: Moderator, Name: "Mia", Until: noon.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	stranger := &guest{f: f}
	got := stranger.ask("POST", "/host/session", fmt.Sprintf(`{"link":%q}`, link))
	var told struct{ Page, Bearer string }
	if err := json.Unmarshal([]byte(got.body), &told); err != nil || got.StatusCode != 200 || told.Page == "" || told.Bearer != "" {
		t.Fatalf("got %d %s", got.StatusCode, got.body)
	}
	cookies := got.Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteStrictMode || cookies[0].Secure || cookies[0].Path != "/" || cookies[0].Domain != "" || cookies[0].MaxAge <= 0 {
		t.Fatalf("cookies %+v", cookies)
	}
	in := &guest{f: f, cookie: cookies[0].Value, page: told.Page}
	if got := in.ask("POST", "/host/do", `{"do":"players"}`); got.StatusCode != 200 || !strings.Contains(got.body, "Ada") {
		t.Errorf("got %d %s", got.StatusCode, got.body)
	}
	if got := stranger.ask("POST", "/host/session", fmt.Sprintf(`{"link":%q}`, link)); got.StatusCode != 403 || len(got.Cookies()) != 0 {
		t.Errorf("a second time: got %d %s", got.StatusCode, got.body)
	}
	if got := in.ask("DELETE", "/host/session", ""); got.StatusCode != 200 || got.Cookies()[0].MaxAge >= 0 {
		t.Errorf("signing out: got %d, %+v", got.StatusCode, got.Cookies())
	}
	if got := in.ask("POST", "/host/do", `{"do":"players"}`); got.StatusCode != 401 {
		t.Errorf("signed out: got %d", got.StatusCode)
	}
	deeds, _ := f.audit.newest.since(0)
	if len(deeds) != 2 || deeds[0].Do != "sign in" || deeds[1].Do != "sign out" || deeds[0].Name != "Mia" {
		t.Errorf("the audit has %+v", deeds)
	}
}

func TestCookieIsSecureOverHTTPS(t *testing.T) {
	f := newFront(t)
	link, _ := f.admin.NewLink(Grant{Role: Host, Until: noon.Add(time.Hour)})
	got := ask(t, f.admin.Private(), "POST", "/host/session", func(r *http.Request) {
		*r = *httptest.NewRequest("POST", "http://localhost/host/session", strings.NewReader(fmt.Sprintf(`{"link":%q}`, link)))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("X-Forwarded-Proto", "https")
	})
	if c := got.Cookies(); len(c) != 1 || !c[0].Secure {
		t.Errorf("got %d, %+v", got.StatusCode, c)
	}
}

func TestProgramSignsIn(t *testing.T) {
	f := newFront(t)
	link, _ := f.admin.NewLink(Grant{Role: Host, Name: "script", Until: noon.Add(time.Hour)})
	got := (&guest{f: f}).ask("POST", "/host/session", fmt.Sprintf(`{"link":%q,"bearer":true}`, link))
	var told struct{ Bearer string }
	if err := json.Unmarshal([]byte(got.body), &told); err != nil || told.Bearer == "" || len(got.Cookies()) != 0 {
		t.Fatalf("got %d %s", got.StatusCode, got.body)
	}
	g := &guest{f: f, bearer: told.Bearer, kind: "text/plain"}
	if got := g.ask("POST", "/console", "say #den good evening"); got.StatusCode != 200 || got.body != "Said: good evening\n" || !slices.Equal(f.house.did, []string{"announce den: good evening"}) {
		t.Errorf("got %d %q, %v", got.StatusCode, got.body, f.house.did)
	}
	if got := g.ask("POST", "/console", "say #nowhere good evening"); got.StatusCode != 422 || got.body != "There is no such room.\n" {
		t.Errorf("got %d %q", got.StatusCode, got.body)
	}
	// A program's secret in a cookie is no session: browsers send cookies by themselves.
	if got := (&guest{f: f, cookie: told.Bearer}).ask("POST", "/host/do", `{"do":"players"}`); got.StatusCode != 401 {
		t.Errorf("as a cookie: got %d", got.StatusCode)
	}
}

// Another page can neither order anything nor sign anybody in or out.
func TestOtherPagesAreRefused(t *testing.T) {
	f := newFront(t)
	in := f.enter(Host)
	for _, change := range []func(*guest){
		func(g *guest) { g.site = "cross-site" }, func(g *guest) { g.site = "same-site" }, func(g *guest) { g.origin = "https://evil.example" }, func(g *guest) { g.origin = "null" },
	} {
		g := *in
		change(&g)
		for _, d := range doors {
			if d.method == "GET" {
				continue
			}
			if got := g.ask(d.method, d.path, d.body); got.StatusCode != 403 {
				t.Errorf("%+v: %s %s got %d", g, d.method, d.path, got.StatusCode)
			}
		}
	}
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"} { // what forms can send
		g := *in
		g.kind = kind
		if got := g.ask("POST", "/host/do", `{"do":"say","text":"x"}`); got.StatusCode != 415 {
			t.Errorf("%s: got %d", kind, got.StatusCode)
		}
	}
	if len(f.house.did) != 0 {
		t.Errorf("did %v", f.house.did)
	}
	if got := in.ask("POST", "/host/do", `{"do":"players"}`); got.StatusCode != 200 {
		t.Errorf("the session has ended: %d", got.StatusCode)
	}
}

func TestOrdersAreBounded(t *testing.T) {
	f := newFront(t)
	in := f.enter(Host)
	for body, want := range map[string]int{
		`{`: 400, `{"do":1}`: 400, `{"do":"say","what":"x"}`: 400, `{"do":"say","text":"` + strings.Repeat("x", maxBody) + `"}`: 400,
		`{"do":"say","text":"` + strings.Repeat("x", maxSay+1) + `"}`: 422, `{"do":"nonsense"}`: 422, `{}`: 422, `{"do":"say","text":"\u202e"}`: 422,
	} {
		if got := in.ask("POST", "/host/do", body); got.StatusCode != want {
			t.Errorf("%.60s: got %d %s, want %d", body, got.StatusCode, got.body, want)
		}
	}
	refused := 0
	for range 2 * ordersAtOnce {
		if got := in.ask("POST", "/host/do", `{"do":"bans"}`); got.StatusCode == 429 {
			refused++
		}
	}
	if refused == 0 {
		t.Error("any number of orders is taken")
	}
	refused = 0
	for range 3 * signInsAtOnce {
		if got := (&guest{f: f}).ask("POST", "/host/session", `{"link":"x"}`); got.StatusCode == 429 {
			refused++
		}
	}
	if refused == 0 {
		t.Error("any number of links is tried")
	}
}

// events reads so many events of a dashboard.
func (g *guest) events(n int) map[string]string {
	g.f.t.Helper()
	ctx, stop := context.WithTimeout(g.f.t.Context(), 20*time.Second) // if one does not come
	defer stop()
	res, err := http.DefaultClient.Do(g.request("GET", "/host/live", "").WithContext(ctx))
	if err != nil {
		g.f.t.Fatal(err)
	}
	defer res.Body.Close()
	if kind := res.Header.Get("Content-Type"); res.StatusCode != 200 || kind != "text/event-stream" {
		g.f.t.Fatalf("got %d %s", res.StatusCode, kind)
	}
	all, name := map[string]string{}, ""
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	for len(all) < n && lines.Scan() {
		if event, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			name = event
		}
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			all[name] = data
		}
	}
	return all
}

// What a dashboard is told depends on the role: helpers get no networks and no log,
// moderators no audit.
func TestLiveTellsByRole(t *testing.T) {
	f := newFront(t)
	f.admin.Heard(ChatLine{Room: "main", Name: "Ada", Text: "<b>hello</b>"})
	f.admin.graph.turn(noon, Flow{}, 0)
	f.admin.graph.turn(noon.Add(2*time.Second), Flow{BytesOut: 4000}, 3)
	f.ledger.all = []Sanction{{ID: "id1", Kind: Ban, Network: "203.0.113.0/24", Reason: "x", By: "Ann"}}
	for r, want := range map[Role]string{Helper: "chat graph hello state", Moderator: "chat graph hello log state", Host: "chat deeds graph hello log state"} {
		f.audit.newest.add(Deed{Do: "kick", Whom: "Zoe"})
		g := f.enter(r)
		got := g.events(len(strings.Fields(want)))
		var names []string
		for name := range got {
			names = append(names, name)
		}
		if slices.Sort(names); strings.Join(names, " ") != want {
			t.Errorf("%s is told of %v, want %s", r, names, want)
		}
		if networks := strings.Contains(got["state"], "203.0.113"); networks != (r > Helper) {
			t.Errorf("%s: networks %v in %s", r, networks, got["state"])
		}
		if sessions := strings.Contains(got["state"], `"sessions"`); sessions != (r == Host) {
			t.Errorf("%s: sessions %v", r, sessions)
		}
		if !strings.Contains(got["state"], `"name":"Ada"`) || !strings.Contains(got["chat"], `\u003cb\u003ehello`) || !strings.Contains(got["graph"], `"out":2000`) {
			t.Errorf("%s: told %v", r, got)
		}
		if r > Helper && !strings.Contains(got["log"], `the cat sleeps on=\"the mat\"`) {
			t.Errorf("%s: log %s", r, got["log"])
		}
		if strings.Contains(got["hello"], `"invite"`) != (r == Host) {
			t.Errorf("%s may %s", r, got["hello"])
		}
	}
}

// Who is signed out hears nothing more.
func TestLiveEndsWithTheSession(t *testing.T) {
	f := newFront(t)
	g := f.enter(Host)
	time.AfterFunc(50*time.Millisecond, func() { f.vault.end(hashOf(g.cookie)) })
	if got := g.events(5); got["over"] == "" {
		t.Errorf("got %v", got)
	}
}

func TestDashboardsAreBounded(t *testing.T) {
	f := newFront(t)
	g := f.enter(Host)
	f.open.Store(maxLive)
	if got := g.ask("GET", "/host/live", ""); got.StatusCode != 503 {
		t.Errorf("got %d", got.StatusCode)
	}
	f.open.Store(0)
	g.events(1)
	for deadline := time.Now().Add(10 * time.Second); f.open.Load() != 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d dashboards are still open", f.open.Load())
		}
	}
}

// The page has nothing that its policy forbids, and puts nothing in as markup.
func TestPageKeepsItsPolicy(t *testing.T) {
	forbidden := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|https?://(?:[^w]|w[^w])|\sstyle=| on[a-z]+=`)
	_ = fs.WalkDir(web, "web", func(p string, e fs.DirEntry, _ error) error {
		if e.IsDir() || path.Ext(p) == ".svg" || path.Ext(p) == ".css" {
			return nil
		}
		text, err := fs.ReadFile(web, p)
		if err != nil {
			t.Error(err)
		}
		if found := forbidden.FindString(string(text)); found != "" {
			t.Errorf("%s has %q", p, found)
		}
		return nil
	})
}
