package main

import (
	"bytes"
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"ionwake/server/account"
	"ionwake/server/certs/testca"
)

// wantLine fails unless one line of the output begins with the mark and has all the words.
func wantLine(t *testing.T, got result, mark string, words ...string) {
	t.Helper()
	for line := range strings.Lines(got.stdout) {
		all := strings.HasPrefix(line, mark+" ")
		for _, w := range words {
			all = all && strings.Contains(line, w)
		}
		if all {
			return
		}
	}
	t.Errorf("no line %s with %q in\n%s%s", mark, words, got.stdout, got.stderr)
}

// doctor names each thing that is wrong, in a line that says what to do, and fails.
func TestDoctor(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	past := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", time.Now().Add(-3*time.Hour).UTC().Format(http.TimeFormat))
	}))
	defer past.Close()
	dir := t.TempDir()
	own := []string{"--admin-listen=127.0.0.1:0"}
	for _, test := range []struct {
		name string
		args []string
		mark string
		want []string
	}{
		{"port in use", []string{"--listen=" + taken.Addr().String()}, "FAIL", []string{"port " + taken.Addr().String() + ": in use by another program. What to do: "}},
		{"closed port", []string{"--listen=127.0.0.1:0", "--address=" + closed.Addr().String()}, "FAIL", []string{"reach " + closed.Addr().String() + ": closed: connection refused. What to do: open the port in the firewall"}},
		{"wrong clock", []string{"--clock=" + past.URL}, "FAIL", []string{"clock: 3h0m0s ahead of " + past.URL, "timedatectl"}},
		{"no redis", []string{"--redis=redis://:hunter2@" + closed.Addr().String()}, "FAIL", []string{"redis " + closed.Addr().String() + ": connection refused"}},
		{"no postgres", []string{"--data=" + dir, "--database=postgres://u:hunter2@" + closed.Addr().String() + "/x"}, "FAIL", []string{"postgres " + closed.Addr().String() + ": connection refused"}},
		{"data", []string{"--data=/proc"}, "FAIL", []string{"data /proc: no file can be made in it", "chown"}},
		{"no data", nil, "warn", []string{"data: nothing is kept", "--data DIR"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := runToEnd(t, nil, append(append([]string{"doctor"}, own...), test.args...)...)
			wantLine(t, got, test.mark, test.want...)
			if want := map[string]int{"FAIL": 1, "warn": 0}[test.mark]; got.code != want && test.name != "no data" || strings.Contains(got.stdout, "hunter2") {
				t.Errorf("exit code %d, want %d, output\n%s", got.code, want, got.stdout)
			}
		})
	}
}

func TestDoctorIsContent(t *testing.T) {
	got := runToEnd(t, nil, "doctor", "--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0", "--data="+t.TempDir())
	if got.code != 0 || got.stderr != "" || strings.Contains(got.stdout, "FAIL") || strings.Count(got.stdout, "\n") < 5 {
		t.Errorf("exit code %d, %q, output\n%s", got.code, got.stderr, got.stdout)
	}
	p := start(t)
	got = runToEnd(t, nil, "doctor", "--listen="+p.game, "--admin-listen="+p.admin)
	wantLine(t, got, "ok", "port "+p.game+": in use by a server of this game")
	wantLine(t, got, "ok", "port "+p.admin+": in use by a server of this game")
}

func TestDoctorLooksAtCertificates(t *testing.T) {
	root := testca.Issue(t, nil, testca.Authority)
	made := func(left time.Duration) *testca.Identity {
		return testca.Issue(t, root, func(c *x509.Certificate) {
			testca.ForHosts("play.example.org")(c)
			c.NotAfter = time.Now().Add(left)
		})
	}
	const day = 24 * time.Hour
	good, old := made(60*day), made(-time.Minute)
	look := func(cert, key *testca.Identity, more ...string) result {
		certPath, keyPath := testca.Put(t, t.TempDir(), testca.CertPEM(cert), testca.KeyPEM(t, key))
		return runToEnd(t, nil, append([]string{"doctor", "--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0", "--tls-cert=" + certPath, "--tls-key=" + keyPath}, more...)...)
	}
	wantLine(t, look(good, good), "warn", "certificate: ", "whom this machine does not know")
	wantLine(t, look(old, old), "FAIL", "certificate: ", "has expired on")
	wantLine(t, look(good, old), "FAIL", "certificate: ", "does not belong to the certificate")
	wantLine(t, look(good, good, "--address=play.example.com"), "FAIL", "certificate: ", "for play.example.org and not for play.example.com")
	wantLine(t, look(good, good, "--tls-domain=other.example.org"), "FAIL", "certificate: ", "not for other.example.org")
}

// runShell runs the program after some commands of a shell.
func runShell(t *testing.T, before string, args ...string) result {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("there is no sh here")
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", append([]string{"-c", before + ` && exec "$0" "$@"`, built}, args...)...)
	var out, errs bytes.Buffer
	cmd.Env, cmd.Stdout, cmd.Stderr = []string{"PATH=" + os.Getenv("PATH")}, &out, &errs
	_ = cmd.Run() // its exit code is in the result
	return result{code: cmd.ProcessState.ExitCode(), stdout: out.String(), stderr: errs.String()}
}

func TestDoctorNamesALowLimitOfFiles(t *testing.T) {
	got := runShell(t, "ulimit -n 200", "doctor", "--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0")
	wantLine(t, got, "FAIL", "open files: 200 may be open at once", "ulimit -n 65536")
	if got.code != 1 {
		t.Errorf("exit code %d, want 1", got.code)
	}
}

func TestTokenPrintsALink(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	got := runToEnd(t, nil, "token", "--data="+dir, "--role=helper", "--who=Ann", "--admin-listen=:9001")
	link := regexp.MustCompile(`^http://localhost:9001/#([A-Za-z0-9_-]{43})\n$`).FindStringSubmatch(got.stdout)
	if got.code != 0 || link == nil {
		t.Fatalf("exit code %d, %q %q", got.code, got.stdout, got.stderr)
	}
	files, err := os.ReadDir(filepath.Join(dir, "tokens"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	path := filepath.Join(dir, "tokens", files[0].Name())
	text, _ := os.ReadFile(path)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
		t.Errorf("the file may be read by others: %v, %v", info.Mode(), err)
	}
	if bytes.Contains(text, []byte(link[1])) || strings.Contains(path, link[1]) || !bytes.Contains(text, []byte("helper")) || !bytes.Contains(text, []byte("Ann")) {
		t.Errorf("the file %s has %s", path, text)
	}
	for _, test := range []struct{ args, want string }{
		{"--data=" + dir + " --role=king", "--role=king is not possible: it can be admin, moderator or helper"},
		{"--data=" + dir + " --life=1s", "--life=1s is not possible: it can be 1m to 720h"},
		{"--data=" + dir + " --life=900h", "1m to 720h"},
		{"", "token needs --data"},
		{"--data=/does/not/exist", "--data=/does/not/exist is not possible: no such file"},
		{"--data=" + dir + " --admin-listen=x", "--admin-listen=x"},
	} {
		wantRefused(t, runToEnd(t, nil, strings.Fields("token "+test.args)...), test.want)
	}
}

// A backup is made while the accounts are in use, and only once.
func TestBackup(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	store, err := account.Open(t.Context(), account.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close(context.Background()) //nolint:errcheck // it is thrown away
	who := store.Person([]byte("a device"))
	if _, err := store.Punish(t.Context(), account.Sanction{Kind: account.Ban, Person: who, Reason: "for the test", By: "test"}); err != nil {
		t.Fatal(err)
	}
	if err := store.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	settings := writeSettings(t, "bots = 3\ndata = \""+dir+"\"\n")
	copied := filepath.Join(t.TempDir(), "copy.db")
	got := runToEnd(t, nil, "backup", "--config="+settings, copied)
	if got.code != 0 || got.stdout != "accounts: "+copied+"\nsettings: "+copied+".toml\n" {
		t.Fatalf("exit code %d, %q %q", got.code, got.stdout, got.stderr)
	}
	if text, err := os.ReadFile(copied + ".toml"); err != nil || !strings.HasPrefix(string(text), "bots = 3\n") {
		t.Errorf("the settings are %q, %v", text, err)
	}
	for _, name := range []string{copied, copied + ".toml"} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
			t.Errorf("%s may be read by others: %v, %v", name, info.Mode(), err)
		}
	}
	restored := t.TempDir()
	text, err := os.ReadFile(copied)
	if err == nil {
		err = os.WriteFile(filepath.Join(restored, "account.db"), text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	again, err := account.Open(t.Context(), account.Config{Dir: restored})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close(context.Background()) //nolint:errcheck // likewise
	if all := again.InForce(); len(all) != 1 || all[0].Reason != "for the test" || again.Person([]byte("a device")) != who {
		t.Errorf("the copy has %+v, want the ban and the same persons", all)
	}
	if got := runToEnd(t, nil, "backup", "--data="+dir, copied); got.code != 1 || !strings.Contains(got.stderr, "is there already") {
		t.Errorf("a second time: exit code %d, %q, want 1 and why", got.code, got.stderr)
	}
	wantRefused(t, runToEnd(t, nil, "backup", "x"), "backup needs --data")
	wantRefused(t, runToEnd(t, nil, "backup"), "<file>")
}

// What is not there yet is refused, not left out of account.
func TestNotYet(t *testing.T) {
	for _, args := range []string{"--redis=redis://127.0.0.1:6379", "--agones", "--announce=https://list.example/"} {
		wantRefused(t, runToEnd(t, nil, strings.Fields(args)...), "not possible yet")
	}
}

// healthcheck finds the port in the file of settings too.
func TestHealthcheckByFile(t *testing.T) {
	p := start(t)
	if got := runToEnd(t, nil, "healthcheck", "--config", writeSettings(t, "admin-listen = \""+p.admin+"\"\nbots = 3")); got.code != 0 {
		t.Errorf("exit code %d, %q, want 0", got.code, got.stderr)
	}
}
