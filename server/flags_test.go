package main

import (
	"fmt"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"ionwake/shared/wire"
)

// O1, as far as there are flags and variables: whatever is wrong is told in one
// line that names it and what is allowed, at once.
func TestFault_O1_WrongCommandLine(t *testing.T) {
	tests := []struct {
		args string
		env  string
		want []string
	}{
		{args: "--bogus", want: []string{"--bogus", "(ionwake-server --help tells"}},
		{args: "--max-player=3", want: []string{"--max-player", `"--max-players"`}},
		{args: "frobnicate", want: []string{"frobnicate"}},
		{args: "serve again", want: []string{"again"}},
		{args: "serve --data=/tmp --database=secret", want: []string{"--database is not possible", "postgres://"}},
		{args: "--mode=squad", want: []string{"--mode=squad is not possible: there are squads, ", "brawl"}},
		{args: "--mode=", want: []string{"--mode", "brawl"}},
		{args: "--mode=relay --map=closet", want: []string{"--map=closet is not possible", "no relay: it lacks bases"}},
		{args: "--map=atlantis", want: []string{"--map=atlantis is not possible: there are ", "closet", "foundry"}},
		{args: "--map=foundy", want: []string{"--map=foundy is not possible: there are foundry, "}},
		{args: "--map=../foundry", want: []string{"--map=../foundry", "there are foundry, "}},
		{args: "--rotation=foundry,atlantis", want: []string{"--rotation=foundry,atlantis is not possible: atlantis: there are ", "foundry"}},
		{args: "--rotation=foundry:rely", want: []string{"--rotation=foundry:rely is not possible: foundry:rely: there are relay, "}},
		{args: "--rotation=closet:beacon", want: []string{"--rotation", "closet:beacon", "no beacon: it lacks a path"}},
		{args: "--data=/does/not/exist", want: []string{"--data=/does/not/exist is not possible: no such file or directory"}},
		{args: "--data=/dev/null", want: []string{"--data=/dev/null is not possible: it has to be a folder"}},
		{args: "--password=" + strings.Repeat("x", 65), want: []string{"--password is not possible: it takes at most 64 bytes"}},
		{args: "--password=changeme", want: []string{"--password is not possible", "the first that anybody tries", "choose one of your own, as "}},
		{env: "IONWAKE_PASSWORD=a\nsecret", want: []string{"--password is not possible", "one line", "IONWAKE_PASSWORD in the environment"}},
		{env: "IONWAKE_PASSWORD_FILE=/does/not/exist", want: []string{"--password-file=/does/not/exist is not possible: no such file or directory", "IONWAKE_PASSWORD_FILE in the environment"}},
		{env: "IONWAKE_PASSWORD_FILE=/dev/null", want: []string{"--password-file=/dev/null", "one line", "IONWAKE_PASSWORD_FILE"}},
		{env: "IONWAKE_PASSWORD_FILES=x", want: []string{"did you mean IONWAKE_PASSWORD_FILE"}},
		{env: "IONWAKE_ROTATION=foundry,x", want: []string{"--rotation", "IONWAKE_ROTATION"}},
		{args: "--max-players=0", want: []string{"--max-players", "1 to 1000"}},
		{args: "--max-players=-1", want: []string{"--max-players", "1 to 1000"}},
		{args: "--max-players=1001", want: []string{"--max-players", "1 to 1000"}},
		{args: "--max-rooms=0", want: []string{"--max-rooms", "1 to 256"}},
		{args: "--max-rooms=257", want: []string{"--max-rooms", "1 to 256"}},
		{args: "--max-players=64k", want: []string{"--max-players", "64k", "whole number"}},
		{args: "--max-players=99999999999999999999", want: []string{"--max-players", "whole number"}},
		{args: "--bots=-1", want: []string{"--bots", "0 to 1000"}},
		{args: "--bots=1001", want: []string{"--bots", "0 to 1000"}},
		{args: "--bots=1.5", want: []string{"--bots", "1.5", "whole number"}},
		{args: "--bots=", want: []string{"--bots", "whole number"}},
		{args: "--bots -1", want: []string{"--bots=-1 is not possible", "0 to 1000"}},
		{args: "--sim-rtt -5s", want: []string{"--sim-rtt=-5s is not possible", "0s to 10s"}},
		{args: "--sim-loss -.5", want: []string{"--sim-loss=-0.5 is not possible", "0 to 0.9"}},
		{args: "--bots --name=x", want: []string{"--bots", "whole number"}},
		{args: "--name -x", want: []string{"--name", "a value has to follow", "--name=-"}},
		{args: "--name", want: []string{"--name", "a value has to follow"}},
		{args: "--bots", want: []string{"--bots", "whole number"}},
		{args: "--tick-rate=30", want: []string{"--tick-rate", "30", "60"}},
		{args: "--send-rate=25", want: []string{"--send-rate", "25", "20, 30 or 60"}},
		{args: "--send-rate=0", want: []string{"--send-rate", "20, 30 or 60"}},
		{args: "--listen=8080", want: []string{"--listen", "8080", ":8080"}},
		{args: "--listen=:http", want: []string{"--listen", "0 to 65535"}},
		{args: "--listen=:65536", want: []string{"--listen", "0 to 65535"}},
		{args: "--listen=:-1", want: []string{"--listen", "0 to 65535"}},
		{args: "--listen=example.com:80", want: []string{"--listen", "IP address"}},
		{args: "--listen=203.0.113.7:0", want: []string{"--listen", "203.0.113.7", "does not have that address"}},
		{args: "--admin-listen=:8080", want: []string{"--listen and --admin-listen are both port 8080", "IONWAKE_ADMIN_LISTEN"}},
		{args: "--listen=localhost:8081", want: []string{"--listen and --admin-listen are both port 8081"}},
		{args: "--listen=[::]:08081", want: []string{"--listen and --admin-listen are both port 8081"}},
		{env: "PORT=8081", want: []string{"--listen and --admin-listen are both port 8081"}},
		{args: "--admin-listen=nowhere", want: []string{"--admin-listen", ":8080"}},
		{args: "--name=", want: []string{"--name", "1 to 64 bytes"}},
		{args: "--name=" + strings.Repeat("x", 65), want: []string{"--name", "1 to 64 bytes"}},
		{args: "--name=a\nb", want: []string{"--name", "one line"}},
		{args: "--origin=game.example", want: []string{"--origin", "game.example", "https://"}},
		{args: "--origin=https://game.example/path", want: []string{"--origin", "https://"}},
		{args: "--origin=*", want: []string{"--origin", "https://"}},
		{args: "--trusted-proxy=10.0.0.0/33", want: []string{"--trusted-proxy", "10.0.0.0/8"}},
		{args: "--trusted-proxy=proxy", want: []string{"--trusted-proxy", "10.0.0.0/8"}},
		{args: "--exempt=10.0.0.0/33", want: []string{"--exempt", "10.0.0.0/8"}},
		{args: "--log-format=xml", want: []string{"--log-format", "text or json"}},
		{args: "--log-level=loud", want: []string{"--log-level", "debug, info, warn or error"}},
		{args: "--sim-rtt=-1ms", want: []string{"--sim-rtt", "0s to 10s"}},
		{args: "--sim-rtt=120", want: []string{"--sim-rtt", "250ms"}},
		{args: "--sim-jitter=1m", want: []string{"--sim-jitter", "0s to 10s"}},
		{args: "--sim-loss=2", want: []string{"--sim-loss", "0 to 0.9"}},
		{args: "--sim-loss=x", want: []string{"--sim-loss=x", "0.05"}},
		{args: "--sim-loss=NaN", want: []string{"--sim-loss", "0 to 0.9"}},
		{args: "--drain-timeout=5", want: []string{"--drain-timeout", "10s"}},
		{args: "--drain-timeout=-1s", want: []string{"--drain-timeout", "0s to 1h"}},
		{args: "--drain-timeout=2h", want: []string{"--drain-timeout", "0s to 1h"}},
		{env: "IONWAKE_BOTS=many", want: []string{"--bots", "many", "IONWAKE_BOTS"}},
		{env: "IONWAKE_SEND_RATE=25", want: []string{"--send-rate", "25", "IONWAKE_SEND_RATE"}},
		{env: "IONWAKE_MAX_PLAYERS=0", want: []string{"--max-players", "IONWAKE_MAX_PLAYERS"}},
		{env: "IONWAKE_ORIGIN=https://a.example,b", want: []string{"--origin", "--origin=b ", "IONWAKE_ORIGIN"}},
		{env: "PORT=http", want: []string{"PORT", "http", "0 to 65535"}},
		{args: "healthcheck --admin-listen=x", want: []string{"--admin-listen"}},
		{args: "healthcheck --bots=3", want: []string{"--bots", "(ionwake-server healthcheck --help tells"}},
		{env: "IONWAKE_BOT=3", want: []string{"IONWAKE_BOT ", "no such setting, did you mean IONWAKE_BOTS?"}},
		{env: "IONWAKE_PLAYERS=3", want: []string{"no such setting, did you mean IONWAKE_MAX_PLAYERS?"}},
		{env: "IONWAKE_PORT=9000", want: []string{"no such setting, did you mean IONWAKE_LISTEN or PORT?"}},
		{env: "IONWAKE_FRAGS=x", want: []string{"IONWAKE_FRAGS", "no such setting (ionwake-server --help"}},
		{env: "IONWAKE_HELP=1", want: []string{"IONWAKE_HELP", "no such setting"}},
	}
	for _, test := range tests {
		t.Run(test.args+test.env, func(t *testing.T) {
			var env []string
			if test.env != "" {
				env = []string{test.env}
			}
			got := runToEnd(t, env, strings.Split(test.args, " ")...)
			if test.args == "" {
				got = runToEnd(t, env)
			}
			if got.code != 2 || got.stdout != "" {
				t.Errorf("exit code %d, output %q, want 2 and none", got.code, got.stdout)
			}
			last := strings.TrimSuffix(got.stderr, "\n")
			if strings.Contains(last, "\n") || !strings.HasPrefix(last, "ionwake-server: ") {
				t.Errorf("got %q, want one line", got.stderr)
			}
			if strings.Contains(last, "secret") {
				t.Errorf("got %q, which tells the password", last)
			}
			for _, want := range test.want {
				if !strings.Contains(last, want) {
					t.Errorf("got %q, want %q in it", last, want)
				}
			}
			if strings.Contains(last, "envar") || strings.Count(last, "(") > 1 || strings.Contains(last, "expected") && !strings.Contains(last, "unexpected") {
				t.Errorf("got %q, which are not our words", last)
			}
			if got.took > 5*time.Second { // a second on a machine that has nothing else to do
				t.Errorf("took %v", got.took)
			}
		})
	}
}

func TestFlagWinsOverEnvironment(t *testing.T) {
	p := startIn(t, []string{"IONWAKE_MAP=closet", "IONWAKE_NAME=From outside", "PORT=1"}, "--listen=127.0.0.1:0", "--name=From here")
	_, body := p.get(p.game, "/api/v1/status")
	for _, want := range []string{`"name":"From here"`, `"map":"closet"`} {
		if !strings.Contains(body, want) {
			t.Errorf("got %s, want %s", body, want)
		}
	}
}

// The value of a flag is not said to be from a variable that it is only like.
func TestFlagErrorNamesItsOwnSource(t *testing.T) {
	for _, env := range []string{"IONWAKE_BOTS=3000", "IONWAKE_BOTS=3"} {
		if got := runToEnd(t, []string{env}, "--bots=3000"); got.code != 2 || strings.Contains(got.stderr, "environment") {
			t.Errorf("with %s: exit code %d, %q, want 2 and nothing of the environment", env, got.code, got.stderr)
		}
	}
}

// Empty variables are none, and those that Kubernetes sets for a service called
// ionwake are no settings.
func TestFlagsFromTheEnvironmentOfAContainer(t *testing.T) {
	p := startIn(t, []string{
		"PORT=0", "IONWAKE_MAP=", "IONWAKE_BOTS=", "IONWAKE_SEND_RATE=", "IONWAKE_NAME=", "IONWAKE_ORIGIN=", "IONWAKE_UNKNOWN=",
		"IONWAKE_SERVICE_HOST=10.0.0.1", "IONWAKE_SERVICE_PORT_WEB=80", "IONWAKE_PORT=tcp://10.0.0.1:80", "IONWAKE_PORT_80_TCP_ADDR=10.0.0.1",
	})
	_, body := p.get(p.game, "/api/v1/status")
	for _, want := range []string{`"name":"Ionwake"`, `"map":"foundry"`} {
		if !strings.Contains(body, want) {
			t.Errorf("got %s, want %s", body, want)
		}
	}
}

func TestPortFromTheEnvironment(t *testing.T) {
	p := startIn(t, []string{"PORT=0"})
	if code, _ := p.get(p.game, "/api/v1/status"); code != 200 {
		t.Errorf("got %d, want 200", code)
	}
}

// O2: a port that is taken.
func TestFault_O2_PortInUse(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	_, port, _ := net.SplitHostPort(ln.Addr().String())
	for way, args := range map[string][]string{
		"--listen or IONWAKE_LISTEN":             {"--listen=127.0.0.1:" + port, "--admin-listen=127.0.0.1:0"},
		"--admin-listen or IONWAKE_ADMIN_LISTEN": {"--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:" + port},
	} {
		got := runToEnd(t, nil, args...)
		line := ""
		for l := range strings.Lines(got.stderr) {
			if strings.HasPrefix(l, "ionwake-server: ") {
				line = l
			}
		}
		if got.code != 2 || !strings.Contains(line, "port "+port+" is in use") || !strings.Contains(line, "Choose another port with "+way) {
			t.Errorf("exit code %d, %q, want 2, the port and %s", got.code, line, way)
		}
		if got.stdout != "" {
			t.Errorf("said %q before it failed", got.stdout)
		}
	}
}

// O2: a port that needs rights.
func TestFault_O2_PrivilegedPort(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may open every port")
	}
	got := runToEnd(t, nil, "--listen=127.0.0.1:1", "--admin-listen=127.0.0.1:0")
	if got.code == 0 || !strings.Contains(got.stderr, "above 1023") {
		t.Errorf("exit code %d, %q, want advice", got.code, got.stderr)
	}
}

func TestHealthcheck(t *testing.T) {
	p := start(t)
	if got := runToEnd(t, nil, "healthcheck", "--admin-listen="+p.admin); got.code != 0 || got.stderr != "" {
		t.Errorf("of a live server: exit code %d, %q, want 0", got.code, got.stderr)
	}
	_, port, _ := net.SplitHostPort(p.admin)
	if got := runToEnd(t, []string{"IONWAKE_ADMIN_LISTEN=:" + port, "HTTP_PROXY=http://203.0.113.7:1"}, "healthcheck"); got.code != 0 {
		t.Errorf("by the environment: exit code %d, %q, want 0", got.code, got.stderr)
	}
	p.stop()
	if got := runToEnd(t, nil, "healthcheck", "--admin-listen="+p.admin); got.code != 1 || got.stderr == "" {
		t.Errorf("of a server that has ended: exit code %d, %q, want 1 and why", got.code, got.stderr)
	}
}

func TestVersionAndHelp(t *testing.T) {
	if got := runToEnd(t, nil, "version"); got.code != 0 || !strings.HasPrefix(got.stdout, "ionwake-server ") || !strings.Contains(got.stdout, fmt.Sprintf("wire %d", wire.Version)) {
		t.Errorf("version: exit code %d, %q", got.code, got.stdout)
	}
	for _, args := range [][]string{{"--help"}, {"serve", "--help"}} {
		got := runToEnd(t, nil, args...)
		for _, want := range []string{"--listen", "--max-players", "IONWAKE_BOTS", "--drain-timeout"} {
			if got.code != 0 || !strings.Contains(got.stdout, want) {
				t.Errorf("%v: exit code %d, lacks %q", args, got.code, want)
			}
		}
	}
}
