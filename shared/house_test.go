//go:build !js

// Package house_test checks which packages may stand on which: depguard looks
// at the imports of each file, this at everything that comes with them.
package house_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// arrow is a rule about the packages that come with a package, directly or not.
type arrow struct {
	pkg string
	// never lists what must not come with it: a package, or with a final slash
	// everything below a path.
	never []string
	// of ours, when not nil, lists all that may come with it of this module.
	ours []string
}

// The parts of the standard library that reach outside a program.
var (
	network = []string{"net", "net/", "crypto/tls", "github.com/lxzan/gws"}
	world   = []string{"os", "os/", "time", "context", "log", "log/", "sync", "math/rand", "math/rand/v2"}
	screen  = []string{"github.com/hajimehoshi/ebiten/"}
)

const (
	sim      = "ionwake/shared/sim"
	belief   = "ionwake/shared/belief"
	wire     = "ionwake/shared/wire"
	bot      = "ionwake/shared/bot"
	replays  = "ionwake/shared/replay"
	archive  = "ionwake/server/archive"
	gamepb   = "ionwake/proto/gamepb"
	gate     = "ionwake/server/gate"
	room     = "ionwake/server/room"
	hall     = "ionwake/server/hall"
	page     = "ionwake/server/page"
	link     = "ionwake/client/link"
	replica  = "ionwake/client/replica"
	session  = "ionwake/client/session"
	practice = "ionwake/client/practice"
	view     = "ionwake/client/view"
	assets   = "ionwake/assets"
	tmx      = "ionwake/assets/tmx"
	ground   = "ionwake/server/ground"
	account  = "ionwake/server/account"
	kept     = "ionwake/server/checkpoint"
	durable  = "ionwake/server/durable"
	certs    = "ionwake/server/certs"
	depot    = "ionwake/client/depot"
	fetch    = "ionwake/client/fetch"
	swarm    = "ionwake/client/swarm"
	lab      = "ionwake/shared/lab"
	nearest  = "ionwake/shared/nearest"
	plain    = "ionwake/shared/plain"
	lan      = "ionwake/shared/lan"
	doctor   = "ionwake/server/doctor"
	beacon   = "ionwake/server/beacon"
	flags    = "ionwake/server/flags"
	ticket   = "ionwake/server/ticket"
	dist     = "ionwake/assets/dist"
	clip     = "ionwake/assets/clip"
	server   = "ionwake/server"
	client   = "ionwake/client"
)

// lookups are packages that look for methods by names that come at run time. With one of
// them in a program the linker keeps every method of every type: 2.5 MB of the server,
// which may have 25.
var lookups = []string{"text/template", "html/template", "github.com/alecthomas/kong"}

func join(lists ...[]string) []string { return slices.Concat(lists...) }

// house is the table of arrows. Where a rule forbids parts of the standard
// library they are meant as imports of our own packages: what the library
// itself stands on is its own affair (see direct).
var house = []arrow{
	{pkg: sim, ours: []string{sim}, never: join(network, screen)},
	{pkg: belief, ours: []string{belief, sim}, never: join(network, screen, []string{"google.golang.org/"})},
	{pkg: wire, ours: []string{wire, sim, belief, gamepb}, never: join(network, screen)},
	{pkg: bot, ours: []string{bot, sim, belief}, never: join(network, screen, []string{"google.golang.org/"})},
	{pkg: replays, ours: []string{replays, sim}, never: join(network, screen, []string{"google.golang.org/"})},
	{pkg: archive, ours: []string{archive, replays, durable, sim}, never: screen},
	{pkg: gate, ours: []string{gate, wire, sim, belief, gamepb}, never: screen},
	{pkg: room, ours: []string{room, sim, belief, wire, gamepb, bot, replays, plain}, never: join(network, screen)},
	{pkg: hall, ours: []string{hall, room, sim, belief, wire, gamepb, bot, replays, plain}, never: join(network, screen)},
	{pkg: kept, ours: []string{kept, durable, room, sim, belief, wire, gamepb, bot, replays, plain}, never: join(network, screen)},
	{pkg: page, ours: []string{page, dist}, never: screen},
	{pkg: link, ours: []string{link, wire, sim, belief, gamepb}, never: screen},
	{pkg: replica, ours: []string{replica, plain, sim, belief, wire, gamepb}, never: join(network, screen)},
	{pkg: session, ours: []string{session, replica, plain, link, depot, fetch, wire, sim, belief, gamepb}, never: screen},
	{pkg: swarm, ours: []string{swarm, session, replica, plain, link, depot, fetch, assets, bot, lab, wire, sim, belief, gamepb}, never: screen},
	{pkg: practice, ours: []string{practice, link, room, bot, replays, plain, wire, sim, belief, gamepb}, never: screen},
	{pkg: view, never: []string{link, "ionwake/server/", "github.com/lxzan/gws", "net/http"}},
	{pkg: assets, ours: []string{assets}, never: join(network, screen)},
	{pkg: clip, ours: []string{clip}, never: join(network, screen)},
	{pkg: dist, ours: []string{dist}, never: screen},
	{pkg: lan, ours: []string{lan}, never: join(screen, []string{"net/http", "crypto/tls"})},
	{pkg: doctor, ours: []string{doctor}, never: screen},
	{pkg: beacon, ours: []string{beacon, lan}, never: screen},
	{pkg: flags, ours: []string{flags, nearest}, never: join(network, screen)},
	{pkg: ticket, ours: []string{ticket, durable}, never: screen},
	{pkg: plain, ours: []string{plain}, never: join(network, screen)},
	{pkg: nearest, ours: []string{nearest}, never: join(network, screen)},
	{pkg: tmx, ours: []string{tmx, nearest, sim}, never: join(network, screen)},
	{pkg: ground, ours: []string{ground, tmx, nearest, sim}, never: screen},
	{pkg: durable, ours: []string{durable}, never: join(network, screen)},
	{pkg: account, ours: []string{account, durable}, never: screen},
	{pkg: "ionwake/server/admin", ours: []string{"ionwake/server/admin", durable, nearest}, never: screen},
	{pkg: certs, ours: []string{certs}, never: screen},
	{pkg: depot, ours: []string{depot, fetch, sim}, never: screen},
	{pkg: fetch, ours: []string{fetch}, never: join(screen, []string{"github.com/lxzan/gws"})},
	{pkg: server, never: join(screen, lookups, []string{"ionwake/client/", client})},
	{pkg: client, never: []string{gate, page, kept, "ionwake/server/admin", "ionwake/server/account", "ionwake/server/fleet", certs, "github.com/prometheus/"}},
}

// inBrowsers is what must not be downloaded by every player. What the engine
// brings of its own is not in it: see TestBrowserImports.
var inBrowsers = arrow{pkg: client, never: []string{
	"net/http", "net/http/", "crypto/tls", "crypto/x509", "html/template", "database/sql",
	"github.com/lxzan/gws", "github.com/prometheus/", "github.com/klauspost/", "github.com/andybalholm/",
	"github.com/alecthomas/", "github.com/lafriks/",
	gate, page, "ionwake/server/admin",
}}

var browser = []string{"GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0"}

func TestArrows(t *testing.T) {
	for _, a := range house {
		t.Run(strings.TrimPrefix(a.pkg, "ionwake/"), func(t *testing.T) { a.check(t) })
	}
}

func TestArrowsInBrowsers(t *testing.T) {
	inBrowsers.check(t, browser...)
}

// The engine and protobuf bring some large things that they need; nothing of
// ours may ask for them in a page. (net/url and net/netip are small and there
// anyway.)
func TestBrowserImports(t *testing.T) {
	never := []string{"net", "encoding/json", "text/template", "log/syslog", "testing", "go/"}
	for _, line := range list(t, client, "{{.ImportPath}} {{join .Imports \",\"}}", browser...) {
		pkg, imports, _ := strings.Cut(line, " ")
		if !strings.HasPrefix(pkg, "ionwake/") {
			continue
		}
		for imported := range strings.SplitSeq(imports, ",") {
			if forbidden(never, imported) {
				t.Errorf("%s must not import %s, it is in the browser's game", pkg, imported)
			}
		}
	}
}

func (a arrow) check(t *testing.T, env ...string) {
	t.Helper()
	deps := list(t, a.pkg, "{{.ImportPath}} {{join .Imports \",\"}}", env...)
	from := map[string]string{} // package -> one that imports it
	for _, line := range deps {
		pkg, imports, _ := strings.Cut(line, " ")
		for imported := range strings.SplitSeq(imports, ",") {
			if _, known := from[imported]; !known {
				from[imported] = pkg
			}
		}
	}
	for _, line := range deps {
		dep, _, _ := strings.Cut(line, " ")
		if forbidden(a.never, dep) {
			t.Errorf("%s must not stand on %s, which comes by %s", a.pkg, dep, way(from, a.pkg, dep))
		}
		if a.ours != nil && strings.HasPrefix(dep, "ionwake/") && !slices.Contains(a.ours, dep) {
			t.Errorf("%s may not stand on %s, which comes by %s", a.pkg, dep, way(from, a.pkg, dep))
		}
	}
}

// way names the packages between two, as found.
func way(from map[string]string, pkg, dep string) string {
	steps := []string{dep}
	for dep != pkg {
		dep = from[dep]
		steps = append(steps, dep)
	}
	slices.Reverse(steps)
	return strings.Join(steps, " > ")
}

func forbidden(never []string, dep string) bool {
	return slices.ContainsFunc(never, func(n string) bool {
		return n == dep || strings.HasSuffix(n, "/") && strings.HasPrefix(dep, n)
	})
}

// What a package asks of the standard library itself. What comes with that does
// not count: fmt alone brings os and time.
func TestPureRulesImportNoOutsideWorld(t *testing.T) {
	cases := map[string][]string{
		sim:     world,
		belief:  world,
		bot:     world,
		replays: world,
		replica: join([]string{"os", "os/", "log", "log/", "math/rand", "math/rand/v2"}),
	}
	for pkg, never := range cases {
		for _, imported := range list(t, pkg, "{{if eq .ImportPath \""+pkg+"\"}}{{join .Imports \"\\n\"}}{{end}}") {
			if forbidden(never, imported) {
				t.Errorf("%s must not import %s", pkg, imported)
			}
		}
	}
}

// list asks the go command about pkg and all it stands on. A package that does
// not exist yet has no arrows; with CI=true it has to.
func list(t *testing.T, pkg, format string, env ...string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-f", format, pkg)
	cmd.Env = append(os.Environ(), env...)
	var trouble strings.Builder
	cmd.Stderr = &trouble
	out, err := cmd.Output()
	if err != nil && os.Getenv("CI") != "true" && strings.Contains(trouble.String(), "is not in std") {
		t.Skipf("skipped: there is no package %s yet", pkg)
	}
	if err != nil {
		t.Fatalf("list %s: %v\n%s", pkg, err, trouble.String())
	}
	return strings.FieldsFunc(string(out), func(r rune) bool { return r == '\n' })
}
