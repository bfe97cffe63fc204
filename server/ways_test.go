package main

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ionwake/server/admin"
	"ionwake/server/certs/testca"
	"ionwake/server/flags"
	"ionwake/shared/wire"
)

// way is how a host tells a server something.
type way string

const (
	byFlag     way = "flag"
	byVariable way = "variable"
	byKey      way = "key of a file"
)

// setting is a flag with a value and what shows from outside that it is taken; nil: the
// setting is refused, as what is not there yet.
type setting struct {
	flag, value string
	seen        func(*observed)
}

// observed is a server that was told all settings of a group in one way.
type observed struct {
	*program
	data string
}

// TestEverySettingInEveryWay starts servers with every flag there is, each given as a
// flag, as a variable in the environment and as a key of a file, and looks from outside
// whether it has its effect. Whoever adds a flag adds a line.
func TestEverySettingInEveryWay(t *testing.T) {
	t.Parallel()
	known := new(commands).root().Default
	for _, w := range []way{byFlag, byVariable, byKey} {
		t.Run(string(w), func(t *testing.T) {
			t.Parallel()
			told := make(map[string]bool)
			for _, group := range [][]setting{openGame(t), lockedGame(t), fetchedPadlock(t)} {
				o := observe(t, w, known, group)
				for _, s := range group {
					told[s.flag] = true
					if s.seen != nil {
						s.seen(o)
					}
				}
				o.stop()
				o.afterwards(group)
			}
			for _, s := range notThere(t) {
				told[s.flag] = true
				args, env, where := giving(t, w, known, []setting{s})
				wantRefused(t, runToEnd(t, env, args...), strings.TrimSuffix(s.flag, fileSuffix)+" is not possible yet", where(s.flag))
			}
			for _, f := range known.Flags {
				if !told[f.Name] {
					t.Errorf("--%s is tried by no line of this test", f.Name)
				}
			}
		})
	}
}

// giving puts settings into arguments, variables and a file, and says where each is.
func giving(t *testing.T, w way, known *flags.Verb, all []setting) (args, env []string, where func(string) string) {
	t.Helper()
	var lines []string
	file := filepath.Join(t.TempDir(), "host.toml")
	places := make(map[string]string)
	for _, s := range all {
		if s.flag == "config" { // which a file cannot hold
			text, err := os.ReadFile(s.value)
			if err != nil {
				t.Fatal(err)
			}
			if w == byKey {
				lines = append(lines, strings.TrimSpace(string(text)))
				continue
			}
		}
		switch w {
		case byFlag:
			args = append(args, "--"+s.flag+"="+s.value)
			places[s.flag] = ""
		case byVariable:
			env = append(env, variable(s.flag)+"="+s.value)
			places[s.flag] = variable(s.flag) + " in the environment"
		case byKey:
			lines = append(lines, s.flag+" = "+keyValue(t, known.Flag(s.flag), s.value))
			places[s.flag] = fmt.Sprintf("%s:%d", file, len(lines))
		}
	}
	if w == byKey {
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--config="+file)
	}
	return args, env, func(flag string) string { return places[flag] }
}

// keyValue writes a value as the file has it.
func keyValue(t *testing.T, f *flags.Flag, value string) string {
	t.Helper()
	if f == nil {
		t.Fatal("a line of this test is of no flag")
	}
	if list, ok := reflect.TypeAssert[[]string](f.Target); ok {
		return tomlOf(append(list[:0:0], strings.Split(value, ",")...))
	}
	switch f.Target.Kind() {
	case reflect.String, reflect.Int64: // and lengths of time
		return tomlOf(value)
	}
	return value
}

// observe starts a server with the settings. What the verb config says of them is where
// they come from.
func observe(t *testing.T, w way, known *flags.Verb, group []setting) *observed {
	t.Helper()
	args, env, where := giving(t, w, known, group)
	printed := runToEnd(t, env, append([]string{"config"}, args...)...)
	for _, s := range group {
		from := where(s.flag)
		if w == byFlag {
			from = commandLine
		}
		line := "\n" + s.flag + " = "
		if secret(s.flag) {
			line = "\n# " + s.flag + " is set, by "
		}
		_, rest, found := strings.Cut(printed.stdout, line)
		rest, _, _ = strings.Cut(rest, "\n")
		if s.flag != "config" && (!found || !strings.Contains(rest, from)) {
			t.Errorf("config says of %s %q, want that it is from %s; %s", s.flag, rest, from, printed.stderr)
		}
	}
	if slices.ContainsFunc(group, func(s setting) bool { return s.flag == "tls-authority" }) {
		env = append(env, "SSL_CERT_FILE="+authorityOf(group))
	}
	return &observed{program: launch(t, func(*program) {}, env, args...), data: valueOf(group, "data")}
}

func valueOf(group []setting, flag string) string {
	for _, s := range group {
		if s.flag == flag {
			return s.value
		}
	}
	return ""
}

// authorityOf is where the certificate of the tests' authority lies.
func authorityOf(group []setting) string {
	return filepath.Join(valueOf(group, "data"), "authority.pem")
}

// openGame is a server that is played on by plain HTTP.
func openGame(t *testing.T) []setting {
	data, people := t.TempDir(), filepath.Join(t.TempDir(), "people.db")
	game, host := fmt.Sprintf(":%d", freePort(t)), fmt.Sprintf("127.0.0.1:%d", freePort(t))
	status := func(want string) func(*observed) {
		return func(o *observed) {
			eventually(t, want, func() bool { _, body := o.get(o.game, "/api/v1/status"); return strings.Contains(body, want) })
		}
	}
	return []setting{
		{"listen", game, func(o *observed) {
			if !strings.HasSuffix(o.game, game) {
				t.Errorf("the game is at %s, want %s", o.game, game)
			}
		}},
		{"admin-listen", host, func(o *observed) {
			if code, _ := o.get(host, "/livez"); code != http.StatusOK {
				t.Errorf("the host's port: %d", code)
			}
		}},
		{"data", data, func(*observed) { wantFile(t, filepath.Join(data, "account.lock")) }},
		{"database", "sqlite:" + people, func(*observed) { wantFile(t, people) }},
		{"name", "Bob's place", status(`"name":"Bob's place"`)},
		{"mode", "squads", status(`"mode":"squads"`)},
		{"map", "harbour", status(`"map":"harbour"`)},
		{"max-players", "3", status(`"max":3`)},
		{"bots", "4", status(`"bots":4`)},
		{"rotation", "harbour,closet:brawl", func(o *observed) {
			if words := o.hand(data, admin.Host).says("rooms"); !strings.Contains(words, "closet:brawl") {
				t.Errorf("rooms: %s", words)
			}
		}},
		{"send-rate", "20", func(o *observed) {
			if _, w := o.join("main", wire.Hello{Name: "Ann"}); w.SendInterval != 3 || w.TickRate != 60 {
				o.t.Errorf("welcomed with %+v, want 60 ticks a second and a frame every third", *w)
			}
		}},
		{"tick-rate", "60", nil}, // above
		{"motd", "Squads tonight", func(o *observed) {
			c := o.dial("main")
			c.hello(wire.Hello{Name: "Ben"})
			c.wantSaid("Squads tonight")
		}},
		{"max-rooms", "1", func(o *observed) {
			c := o.dial("den")
			c.hello(wire.Hello{Name: "Ann"})
			c.wantEnd(wire.CloseFull)
		}},
		{"origin", "https://games.example", func(o *observed) {
			for origin, want := range map[string]int{"https://games.example": http.StatusSwitchingProtocols, "https://other.example": http.StatusForbidden} {
				code, conn := o.knock("Origin: " + origin)
				_ = conn.Close()
				if code != want {
					t.Errorf("from %s: %d, want %d", origin, code, want)
				}
			}
		}},
		{"trusted-proxy", "127.0.0.0/8", func(o *observed) {
			_, conn := o.knock("X-Forwarded-For: 203.0.113.9")
			_ = conn.Close()
			o.logged("203.0.113.9/32")
		}},
		{"exempt", "127.0.0.1", func(o *observed) {
			for n := range 70 { // six more than may greet at once from one address
				code, conn := o.knock("")
				defer conn.Close()
				if code != http.StatusSwitchingProtocols {
					t.Fatalf("connection %d: %d", n, code)
				}
			}
		}},
		{"log-format", "text", func(o *observed) { o.logged("time=", "level=INFO", "msg=serving") }},
		{"log-level", "debug", func(o *observed) { o.logged("level=DEBUG") }},
		{"drain-timeout", "7s", nil}, // afterwards, as the next
		{"discovery", "false", nil},
		{"agones-port", "9400", nil}, // of what is not there yet: what config says of it is all
	}
}

// lineRTT is what lines are made longer by.
const lineRTT = 40 * time.Millisecond

// lockedGame is a server with a certificate in files, and secrets in files.
func lockedGame(t *testing.T) []setting {
	dir, people := t.TempDir(), filepath.Join(t.TempDir(), "people.db")
	id := testca.Issue(t, nil, testca.ForHosts("localhost"))
	cert, key := testca.Put(t, dir, testca.CertPEM(id), testca.KeyPEM(t, id))
	secretFile := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return []setting{
		{"listen", "0.0.0.0:0", nil}, // others are found there
		{"admin-listen", "127.0.0.1:0", nil},
		{"config", secretFile("more.toml", "bots = 2"), func(o *observed) { o.logged("serving", `"bots":2`) }},
		{"data", t.TempDir(), nil},
		{"tls-cert", cert, func(o *observed) {
			o.secure = &tls.Config{RootCAs: testca.Pool(testca.CertPEM(id)), ServerName: "localhost"}
			if res, _ := o.askSecure("/api/v1/status"); res.StatusCode != http.StatusOK {
				t.Errorf("https: %s", res.Status)
			}
		}},
		{"tls-key", key, nil}, // without which there is none of it
		{"password-file", secretFile("password", "sesame"), func(o *observed) {
			begin := time.Now()
			out := o.dial("main")
			out.hello(wire.Hello{Name: "Eve"})
			out.wantEnd(wire.ClosePassword)
			if took := time.Since(begin); took < 3*lineRTT { // two handshakes and the hello
				t.Errorf("refused after %v, want at least %v", took, 3*lineRTT)
			}
			o.join("main", wire.Hello{Name: "Ann", Password: "sesame"})
		}},
		{"sim-rtt", lineRTT.String(), func(o *observed) {
			o.logged("every line is made worse", `"sim_rtt":"40ms"`, `"sim_jitter":"1ms"`, `"sim_loss":0.01`)
		}},
		{"sim-jitter", "1ms", nil}, // above
		{"sim-loss", "0.01", nil},  // likewise
		{"database-file", secretFile("database", "sqlite:"+people), func(*observed) { wantFile(t, people) }},
		{"discovery", "true", nil}, // afterwards
		{"log-format", "json", func(o *observed) { o.logged(`"level":"INFO"`, `"msg":"serving"`) }},
	}
}

// fetchedPadlock is a server that gets certificates for a name and for an address from
// an authority of the tests' own.
func fetchedPadlock(t *testing.T) []setting {
	plain, data := freePort(t), t.TempDir()
	ca := testca.New(t, testca.Config{HTTPPort: plain})
	shows := func(host string) func(*observed) {
		return func(o *observed) {
			o.secure = &tls.Config{RootCAs: testca.Pool(ca.Issued), ServerName: host}
			o.padlock()
		}
	}
	i := newIssuer(t)
	group := []setting{
		{"listen", "127.0.0.1:0", nil},
		{"admin-listen", "127.0.0.1:0", nil},
		{"data", data, nil},
		{"tls-ip", "127.0.0.1", shows("127.0.0.1")},
		{"tls-domain", "play.example.org", shows("play.example.org")},
		{"tls-authority", ca.Directory, nil}, // who else
		{"tls-plain", fmt.Sprintf("127.0.0.1:%d", plain), func(o *observed) {
			wantLed(t, fmt.Sprintf("http://127.0.0.1:%d/", plain), "https://127.0.0.1:"+port(o.game)+"/")
		}},
		{"password", "sesame", func(o *observed) {
			if _, body := o.askSecure("/api/v1/status"); !strings.Contains(body, `"locked":true`) {
				t.Errorf("the status is %s", body)
			}
		}},
		{"token-key", i.there, func(o *observed) {
			o.refuses("main", wire.Hello{Name: "Eve", Password: "sesame"}, "asks for a ticket")
			o.join("main", wire.Hello{Name: "Ann", Password: "sesame", Ticket: i.signs("ann", nil)})
		}},
		{"token-audience", "arena", nil}, // whom the ticket is for
	}
	if err := os.WriteFile(authorityOf(group), ca.Roots, 0o600); err != nil {
		t.Fatal(err)
	}
	return group
}

// notThere are settings of what is refused yet.
func notThere(t *testing.T) []setting {
	file := filepath.Join(t.TempDir(), "redis")
	if err := os.WriteFile(file, []byte("redis://127.0.0.1:6379\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return []setting{
		{"redis", "redis://127.0.0.1:6379", nil}, {"redis-file", file, nil}, {"agones", "true", nil}, {"announce", "https://list.example/", nil},
	}
}

// afterwards looks at what the log of a server that has ended has to say.
func (o *observed) afterwards(group []setting) {
	o.t.Helper()
	log := o.stderr.String()
	if drain := valueOf(group, "drain-timeout"); drain != "" && !strings.Contains(log, "drain_timeout="+drain) {
		o.t.Errorf("the log does not say that a stop may take %s", drain)
	}
	found := strings.Contains(log, "clients on the local network")
	if want := valueOf(group, "discovery"); want == "false" && found || want == "true" && !found && lanAddress() != "" {
		o.t.Errorf("found on the local network: %v, with --discovery=%s", found, want)
	}
}

// knock asks for the game with one more header line and returns the status code.
func (p *program) knock(header string) (int, net.Conn) {
	p.t.Helper()
	conn, err := net.Dial("tcp", p.game)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(patience))
	if header != "" {
		header += "\r\n"
	}
	request := "GET /play HTTP/1.1\r\nHost: " + p.game + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + header +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: " + wire.Protocol + "\r\n\r\n"
	if _, err := io.WriteString(conn, request); err != nil {
		p.t.Fatal(err)
	}
	var version string
	var code int
	if _, err := fmt.Fscanf(conn, "%s %d", &version, &code); err != nil {
		p.t.Fatalf("no answer: %v", err)
	}
	return code, conn
}

// wantSaid waits until the server says something to a player.
func (c *player) wantSaid(words string) {
	c.t.Helper()
	for range 100 {
		for _, line := range c.next().Chat {
			if strings.Contains(line.Text, words) {
				return
			}
		}
	}
	c.t.Fatalf("the server does not say %q", words)
}

func wantFile(t *testing.T, path string) {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func port(addr string) string {
	_, port, _ := net.SplitHostPort(addr)
	return port
}
