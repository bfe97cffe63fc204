package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// writeSettings puts a file of settings where only its owner reads it.
func writeSettings(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "host.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// wantRefused runs the program and wants one line that has all of want, exit code 2
// and nothing else.
func wantRefused(t *testing.T, got result, want ...string) {
	t.Helper()
	if got.code != 2 || got.stdout != "" {
		t.Errorf("exit code %d, output %q, want 2 and none", got.code, got.stdout)
	}
	line := strings.TrimSuffix(got.stderr, "\n")
	if strings.Contains(line, "\n") || !strings.HasPrefix(line, "ionwake-server: ") {
		t.Errorf("got %q, want one line", got.stderr)
	}
	for _, w := range want {
		if !strings.Contains(line, w) {
			t.Errorf("got %q, want %q in it", line, w)
		}
	}
	if strings.Contains(line, "hunter2") {
		t.Errorf("got %q, which tells a secret", line)
	}
	if got.took > 5*time.Second { // a second on a machine that has nothing else to do
		t.Errorf("took %v", got.took)
	}
}

// O1: mistakes in the file of settings. Each is told in one line that begins with the
// file and the line, at once.
func TestFault_O1_WrongSettingsFile(t *testing.T) {
	tests := []struct {
		name, text string
		line       string // of the mistake; "" if the file has it as a whole
		want       []string
	}{
		{"unknown key", "name = \"x\"\nmax-player = 3\n", "2", []string{"max-player is not known, did you mean max-players?"}},
		{"underscores", "max_players = 3", "1", []string{"did you mean max-players?"}},
		{"capitals", "Bots = 3", "1", []string{"did you mean bots?"}},
		{"key with a space", `"max players" = 3`, "1", []string{"did you mean max-players?"}},
		{"the first of two", "\n\nbotz = 1\nnam = 2", "3", []string{"did you mean bots?"}},
		{"port", "port = 8080", "1", []string{"did you mean listen?"}},
		{"nonsense", "frobnicate = true", "1", []string{"ionwake-server config tells"}},
		{"itself", `config = "x"`, "1", []string{"config belongs on the command line"}},
		{"help", `help = true`, "1", []string{"help belongs on the command line"}},
		{"table", "name = \"x\"\n[server]\nbots = 3", "2", []string{"[server]", "without tables"}},
		{"tables", "[[room]]\nbots = 3", "1", []string{"[room]", "without tables"}},
		{"dots", "tls.domain = \"a.example\"", "1", []string{"tls.domain", "no dots"}},
		{"inline table", "bots = { min = 3 }", "1", []string{"bots", "is a table", "whole number"}},
		{"number in quotes", `bots = "8"`, "1", []string{"bots", "is a text", "a whole number, as bots = 8"}},
		{"broken number", "bots = 8.5", "1", []string{"whole number"}},
		{"number too big", "bots = 99999999999999999999", "1", nil},
		{"number with a unit", "bots = 8k", "1", nil},
		{"negative", "bots = -1", "1", []string{"bots=-1 is not possible: it can be 0 to 1000"}},
		{"too many", "name = \"x\"\n\nmax-players = 5000", "3", []string{"max-players=5000 is not possible: it can be 1 to 1000"}},
		{"time without a unit", "drain-timeout = 10", "1", []string{"length of time in quotes", `drain-timeout = "10s"`}},
		{"time with a strange unit", `drain-timeout = "10 sec"`, "1", []string{"10s or 250ms"}},
		{"time in a date", "drain-timeout = 1979-05-27", "1", []string{"is a date", "length of time"}},
		{"too long a time", `drain-timeout = "90m"`, "1", []string{"0s to 1h"}},
		{"yes", "agones = yes", "1", nil},
		{"yes in quotes", `discovery = "yes"`, "1", []string{"true or false, as discovery = true"}},
		{"text without quotes", "name = Arena", "1", []string{"in \"quotes\""}},
		{"text without an end", "name = \"Arena\nbots = 3", "1", nil},
		{"number for text", "name = 7", "1", []string{"text in quotes"}},
		{"list for text", `map = ["foundry"]`, "1", []string{"is a list", "text in quotes"}},
		{"text for a list", `rotation = "foundry"`, "1", []string{"list of texts", `rotation = ["one", "two"]`}},
		{"numbers in a list", `origin = [1]`, "1", []string{"list of texts"}},
		{"list without an end", `rotation = ["foundry"`, "1", nil},
		{"colon for equals", "bots: 3", "1", nil},
		{"key alone", "bots", "1", nil},
		{"key without value", "bots =\n", "1", nil},
		{"twice", "bots = 3\nbots = 4", "2", nil},
		{"tab and YAML", "server:\n\tbots: 3", "1", nil},
		{"wrong mode", "bots = 1\nmode = \"squad\"", "2", []string{"mode=squad is not possible: there are squads, "}},
		{"wrong map", "map = \"foundy\"", "1", []string{"map=foundy is not possible: there are foundry, "}},
		{"wrong map of a rotation", `rotation = ["foundry", "atlantis"]`, "1", []string{"atlantis: there are "}},
		{"wrong network", `trusted-proxy = ["10.0.0.0/33"]`, "1", []string{"10.0.0.0/8"}},
		{"wrong page", `origin = ["game.example"]`, "1", []string{"https://"}},
		{"wrong address", `listen = "8080"`, "1", []string{"listen=8080 is not possible", ":8080"}},
		{"missing folder", `data = "/does/not/exist"`, "1", []string{"data=/does/not/exist is not possible: no such file or directory"}},
		{"secret of a wrong kind", "password = 77777", "1", []string{"password is a number", "text in quotes"}},
		{"secret too long", `password = "` + strings.Repeat("hunter2", 20) + `"`, "1", []string{"password is not possible"}},
		{"database", "data = \"/tmp\"\ndatabase = \"mysql://hunter2@x/y\"", "2", []string{"database is not possible", "postgres://"}},
		{"name of a certificate with a scheme", "data = \"/tmp\"\ntls-domain = [\"https://a.example\"]", "2", []string{"tls-domain", "without https://"}},
		{"private address for a certificate", `tls-ip = ["192.168.1.2"]`, "1", []string{"tls-ip", "whole Internet"}},
		{"certificate that is not there", "tls-cert = \"/nowhere\"\ntls-key = \"/nowhere\"", "1", []string{"tls-cert=/nowhere", "no such file"}},
		{"certificate without key", `tls-cert = "/dev/null"`, "", []string{"--tls-cert and --tls-key belong together"}},
		{"redis", `redis = "localhost:6379"`, "1", []string{"redis is not possible", "redis://"}},
		{"not UTF-8", "bots = 3\nname = \"J\xf6rg\"", "2", []string{"save the file as UTF-8"}},
		{"UTF-16", "\xff\xfeb\x00o\x00t\x00s\x00", "1", []string{"UTF-16", "save it as UTF-8"}},
		{"mark and mistake", "\xef\xbb\xbfbotz = 3", "1", []string{"did you mean bots?"}},
		{"Windows and mistake", "name = \"x\"\r\nbotz = 3\r\n", "2", []string{"did you mean bots?"}},
		{"huge", strings.Repeat("# nothing\n", 200_000), "", []string{"no file of settings"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := writeSettings(t, test.text)
			want := append([]string{path}, test.want...)
			if test.line != "" {
				want[0] = "ionwake-server: " + path + ":" + test.line + ": "
			} else if strings.HasPrefix(test.want[0], "--") {
				want = test.want
			}
			wantRefused(t, runToEnd(t, nil, "--config="+path), want...)
		})
	}
}

// O1: files that are none.
func TestFault_O1_NoSettingsFile(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{dir: "it is a folder", dir + "/none.toml": "no such file"} {
		wantRefused(t, runToEnd(t, nil, "--config", path), "--config="+path+" is not possible: ", want)
		wantRefused(t, runToEnd(t, []string{"IONWAKE_CONFIG=" + path}), "--config="+path+" is not possible: ", want)
	}
}

// O1: files that look odd and are right.
func TestFault_O1_OddSettingsFile(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "comments": "# nothing\n\n", "mark": "\xef\xbb\xbf", "mark and key": "\xef\xbb\xbfbots = 3\n", "Windows": "bots = 3\r\n\r\nname = \"x\"\r\n",
		"no end": "bots = 3", "number for a share": "sim-loss = 0", "key in quotes": "\"bots\" = 3",
	} {
		t.Run(name, func(t *testing.T) {
			if got := runToEnd(t, nil, "config", "--config", writeSettings(t, text)); got.code != 0 || got.stderr != "" {
				t.Errorf("exit code %d, %q, want 0", got.code, got.stderr)
			}
		})
	}
}

// O6: a secret that everybody on the machine can read.
func TestFault_O6_ReadableSettingsFile(t *testing.T) {
	for _, key := range []string{"password", "redis", "database"} {
		path := writeSettings(t, "bots = 3\n"+key+" = \"hunter2\"\n")
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
		wantRefused(t, runToEnd(t, nil, "--config", path), path+":2: "+key+" is a secret", "chmod 600 ", key+"-file")
	}
	path := writeSettings(t, "bots = 3\n")
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := runToEnd(t, nil, "config", "--config", path); got.code != 0 {
		t.Errorf("without a secret: exit code %d, %q, want 0", got.code, got.stderr)
	}
}

// What is nearer wins: command line, environment, customary variable, file.
func TestPrecedence(t *testing.T) {
	t.Parallel()
	path := writeSettings(t, "name = \"of the file\"\nmap = \"closet\"\nbots = 3\nlisten = \"127.0.0.1:1\"\n")
	p := startIn(t, []string{"IONWAKE_CONFIG=" + path, "IONWAKE_MAP=harbour", "IONWAKE_BOTS=4", "PORT=0"}, "--bots=5")
	_, body := p.get(p.game, "/api/v1/status")
	for _, want := range []string{`"name":"of the file"`, `"map":"harbour"`} {
		if !strings.Contains(body, want) {
			t.Errorf("got %s, want %s", body, want)
		}
	}
	p.stop()
	if log := p.stderr.String(); !strings.Contains(log, `"bots":5`) {
		t.Errorf("the log is %s, want 5 bots in it", log)
	}
}

// A secret may come straight or by a file, from each origin; the nearer one counts,
// and both from one origin are a mistake.
func TestSecretsFromEverywhere(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "secret")
	if err := os.WriteFile(file, []byte("hunter2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		text, env, args string
		want            string // where the password came from
	}{
		{text: `password = "a"`, want: "host.toml:1"},
		{text: `password-file = "` + file + `"`, want: "host.toml:1"},
		{text: `password = "a"`, env: "IONWAKE_PASSWORD_FILE=" + file, want: "IONWAKE_PASSWORD_FILE in the environment"},
		{text: `password-file = "/does/not/exist"`, env: "IONWAKE_PASSWORD=a", want: "IONWAKE_PASSWORD in the environment"},
		{env: "IONWAKE_PASSWORD=a", args: "--password-file=" + file, want: "command line"},
	} {
		got := runToEnd(t, []string{test.env, "IONWAKE_CONFIG=" + writeSettings(t, test.text)}, strings.Fields("config "+test.args)...)
		if got.code != 0 || !strings.Contains(got.stdout, test.want) || strings.Contains(got.stdout, "hunter2") {
			t.Errorf("%+v: exit code %d, %q, output\n%s", test, got.code, got.stderr, got.stdout)
		}
	}
	wantRefused(t, runToEnd(t, []string{"IONWAKE_PASSWORD=a", "IONWAKE_PASSWORD_FILE=" + file}), "--password and --password-file are both given")
}
