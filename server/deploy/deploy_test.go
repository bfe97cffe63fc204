// Package deploy_test holds what is shipped beside the program to the program: figures
// that alerts and graphs ask for exist, settings are known, ports and times agree.
package deploy_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"ionwake/server/certs/testca"
)

func text(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// server builds the program and runs it; it returns its game and admin addresses and
// its path.
func server(t *testing.T) (game, host, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "ionwake-server")
	if out, err := exec.Command("go", "build", "-o", path, "..").CombinedOutput(); err != nil {
		t.Fatalf("build the server: %v\n%s", err, out)
	}
	id := testca.Issue(t, nil, testca.ForHosts("localhost"))
	cert, key := testca.Put(t, t.TempDir(), testca.CertPEM(id), testca.KeyPEM(t, id)) // so that its figures are there
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, path, "serve", "--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0", "--bots=2", "--discovery=false", "--data="+t.TempDir(),
		"--tls-cert="+cert, "--tls-key="+key)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH")}
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 20 * time.Second
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		if err := cmd.Wait(); err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("the server ends with: %v", err)
		}
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		line := lines.Text()
		if at, ok := strings.CutPrefix(line, "Ionwake is at "); ok {
			game = hostOf(at)
		}
		if at, ok := strings.CutPrefix(line, "For the host: "); ok {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return game, hostOf(at), path
		}
	}
	t.Fatal("the server does not say where it is")
	return "", "", ""
}

func hostOf(url string) string {
	_, at, _ := strings.Cut(url, "://")
	return strings.TrimSuffix(at, "/")
}

// comeAndGo connects to the game and goes away without a word, so that figures of
// connections that ended are there.
func comeAndGo(t *testing.T, game string) {
	t.Helper()
	conn, err := (&tls.Dialer{Config: &tls.Config{InsecureSkipVerify: true}}).DialContext(t.Context(), "tcp", game) // whose it is does not matter here
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, err = fmt.Fprintf(conn, "GET /play HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ionwake.v1\r\n\r\n", game)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("the game answers %v, %v", answer, err)
	}
}

// figures are the names of all figures of a running server, as Prometheus keeps them,
// each with its labels' names.
func figures(t *testing.T, host string) map[string][]string {
	t.Helper()
	answer, err := http.Get("http://" + host + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if got := answer.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/plain; version=0.0.4") {
		t.Errorf("the figures have Content-Type %q, which Prometheus 3 refuses", got)
	}
	names := map[string][]string{"up": {"instance", "job"}}
	line := regexp.MustCompile(`^([a-z_]+)(?:\{(.*)\})? `)
	label := regexp.MustCompile(`([a-z_]+)="`)
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		found := line.FindStringSubmatch(lines.Text())
		if found == nil {
			continue
		}
		labels := slices.Concat(names[found[1]], []string{"instance", "job"})
		for _, l := range label.FindAllStringSubmatch(found[2], -1) {
			labels = append(labels, l[1])
		}
		slices.Sort(labels)
		names[found[1]] = slices.Compact(labels)
	}
	return names
}

var (
	figure   = regexp.MustCompile(`\b((?:ionwake|go|process)_[a-z_]+|up)\b(?:\{([^}]*)\})?`)
	matched  = regexp.MustCompile(`([a-z_]+)(?:=~|!~|!=|=)"`)
	grouping = regexp.MustCompile(`by \(([a-z_, ]*)\)`)
)

// judge holds one expression to the figures there are.
func judge(t *testing.T, where, expr string, names map[string][]string) {
	t.Helper()
	asked := figure.FindAllStringSubmatch(expr, -1)
	if len(asked) == 0 {
		t.Errorf("%s asks for nothing of ours: %s", where, expr)
	}
	for _, a := range asked {
		labels, ok := names[a[1]]
		if !ok {
			t.Errorf("%s asks for %s, which there is not: %s", where, a[1], expr)
			continue
		}
		for _, m := range matched.FindAllStringSubmatch(a[2], -1) {
			if !slices.Contains(labels, m[1]) {
				t.Errorf("%s asks %s for the label %s; it has %v", where, a[1], m[1], labels)
			}
		}
	}
	for _, g := range grouping.FindAllStringSubmatch(expr, -1) {
		for by := range strings.SplitSeq(g[1], ",") {
			if by = strings.TrimSpace(by); by != "" && !slices.ContainsFunc(asked, func(a []string) bool { return slices.Contains(names[a[1]], by) }) {
				t.Errorf("%s groups by %s, which nothing in it has: %s", where, by, expr)
			}
		}
	}
	for _, pair := range []string{"()", "{}", "[]"} {
		if strings.Count(expr, pair[:1]) != strings.Count(expr, pair[1:]) {
			t.Errorf("%s: %s do not match: %s", where, pair, expr)
		}
	}
	if strings.Count(expr, `"`)%2 != 0 {
		t.Errorf("%s: a quote is open: %s", where, expr)
	}
}

// Every alert and every graph asks for figures that a running server has.
func TestAlertsAndGraphsAskForWhatThereIs(t *testing.T) {
	game, host, _ := server(t)
	comeAndGo(t, game)
	var names map[string][]string
	for begin := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		names = figures(t, host)
		if names["ionwake_disconnect_total"] != nil {
			break
		}
		if time.Since(begin) > 20*time.Second {
			t.Fatal("a connection that ended is not counted")
		}
	}
	alerts := regexp.MustCompile(`(?m)- alert: (\w+)\n +expr: (.+)$`).FindAllStringSubmatch(text(t, "prometheus/alerts.yaml"), -1)
	if len(alerts) < 10 {
		t.Errorf("%d alerts are found, want at least 10", len(alerts))
	}
	for _, a := range alerts {
		judge(t, "alert "+a[1], a[2], names)
	}
	graphs := expressions(t)
	if len(graphs) < 40 {
		t.Errorf("%d expressions of graphs are found, want at least 40", len(graphs))
	}
	for title, all := range graphs {
		for _, expr := range all {
			judge(t, "graph "+title, expr, names)
		}
	}
}

// expressions are those of the dashboard, by panel.
func expressions(t *testing.T) map[string][]string {
	t.Helper()
	var board struct {
		Panels []struct {
			ID          int
			Type, Title string
			GridPos     struct{ X, Y, W, H int }
			Targets     []struct{ Expr, RefID string }
		}
	}
	if err := json.Unmarshal([]byte(text(t, "grafana/ionwake.json")), &board); err != nil {
		t.Fatal(err)
	}
	all, ids := map[string][]string{}, map[int]bool{}
	for _, p := range board.Panels {
		if ids[p.ID] || p.GridPos.X+p.GridPos.W > 24 {
			t.Errorf("panel %s has a number twice or does not fit: %+v", p.Title, p.GridPos)
		}
		ids[p.ID] = true
		if p.Type != "row" && len(p.Targets) == 0 {
			t.Errorf("panel %s shows nothing", p.Title)
		}
		for _, target := range p.Targets {
			key := p.Title + " " + target.RefID
			all[key] = append(all[key], target.Expr)
		}
	}
	return all
}

// Every variable and flag that the files give the server is one that it knows.
func TestSettingsAreKnown(t *testing.T) {
	_, _, path := server(t)
	help, err := exec.Command(path, "serve", "--help").Output()
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	err = filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(name, ".go") {
			return err
		}
		content := text(t, name)
		for _, variable := range regexp.MustCompile(`\bIONWAKE_[A-Z_]+`).FindAllString(content, -1) {
			asked++
			if !strings.Contains(string(help), "("+variable+")") {
				t.Errorf("%s sets %s, which the server does not know", name, variable)
			}
		}
		for _, line := range regexp.MustCompile(`(?m)^(?:ExecStart=|ENTRYPOINT|CMD).*$`).FindAllString(content, -1) {
			for _, flag := range regexp.MustCompile(`--[a-z-]+`).FindAllString(line, -1) {
				asked++
				if !strings.Contains(string(help), flag+"=") {
					t.Errorf("%s gives the server %s, which it does not know", name, flag)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if asked < 10 {
		t.Errorf("%d settings are found, want at least 10", asked)
	}
}

// What several files say is the same everywhere, and what the program says too.
func TestFilesAgree(t *testing.T) {
	cases := []struct{ file, has, why string }{
		{"Dockerfile", "golang:" + goRelease(t) + ".", "the image is built with the Go release of the tests"},
		{"Dockerfile", `HEALTHCHECK`, "Docker sees a server that hangs"},
		{"Dockerfile", `CMD ["/ionwake-server", "healthcheck"]`, "there is no shell in the image"},
		{"Dockerfile", "USER 65532:65532", "nothing runs as root"},
		{"kubernetes/server.yaml", "runAsUser: 65532", "the user of the image"},
		{"kubernetes/server.yaml", "runAsNonRoot: true", "nothing runs as root"},
		{"kubernetes/server.yaml", "readOnlyRootFilesystem: true", "only the data can be written"},
		{"kubernetes/server.yaml", "terminationGracePeriodSeconds: 20", "longer than --drain-timeout"},
		{"kubernetes/server.yaml", "path: /livez", "the probe of the program"},
		{"kubernetes/server.yaml", "path: /readyz", "the probe of the program"},
		{"compose.yaml", "stop_grace_period: 20s", "longer than --drain-timeout"},
		{"compose.yaml", "127.0.0.1:8081:8081", "the host's port is for the machine alone"},
		{"ionwake.service", "TimeoutStopSec=20s", "longer than --drain-timeout"},
		{"ionwake.service", "Type=notify\n", "the server says when it serves"},
		{"ionwake.service", "WatchdogSec=", "a server that hangs is started again"},
		{"ionwake.service", "DynamicUser=yes", "nothing runs as root"},
		{"ionwake.service", "StateDirectory=ionwake\n", "the folder of --data /var/lib/ionwake"},
		{"prometheus/prometheus.yaml", `targets: ["ionwake:8081"]`, "the admin port of the service in compose.yaml"},
		{"grafana/sources.yaml", "uid: prometheus", "the source that the dashboard begins with"},
	}
	for _, c := range cases {
		if !strings.Contains(text(t, c.file), c.has) {
			t.Errorf("%s has no %q: %s", c.file, c.has, c.why)
		}
	}
	// A panic and a wrong setting have the same exit code, so it must not keep a server down.
	if unit := regexp.MustCompile(`(?m)^RestartPreventExitStatus=`); unit.MatchString(text(t, "ionwake.service")) {
		t.Error("ionwake.service: a crash would not be started again")
	}
}

// goRelease is like 1.26.
func goRelease(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOVERSION").Output()
	if err != nil {
		t.Fatal(err)
	}
	numbers := strings.Split(strings.TrimPrefix(strings.TrimSpace(string(out)), "go"), ".")
	return strings.Join(numbers[:min(2, len(numbers))], ".")
}

// Where systemd is there, it reads the unit and finds it safe.
func TestUnitIsSafe(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd-analyze is not there, so the unit is not read by systemd")
	}
	out, err := exec.Command("systemd-analyze", "security", "--offline=true", "--threshold=20", "./ionwake.service").CombinedOutput()
	if err != nil {
		t.Errorf("the unit is exposed by more than 2.0 of 10: %v\n%s", err, out)
	}
	// It is not installed here; anything else that is said is a mistake in the unit.
	said, _ := exec.Command("systemd-analyze", "verify", "./ionwake.service").CombinedOutput()
	for line := range strings.SplitSeq(strings.TrimSpace(string(said)), "\n") {
		if strings.HasPrefix(line, "ionwake.service:") && !strings.Contains(line, "is not executable") || strings.Contains(line, "ionwake.service:") && strings.Contains(line, "Unknown") {
			t.Errorf("systemd says: %s", line)
		}
	}
}
