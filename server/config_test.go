package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// settled are the lines that say something, without where it comes from.
func settled(text string) (lines []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			lines = append(lines, strings.TrimSpace(strings.SplitN(line, " # ", 2)[0]))
		}
	}
	return lines
}

// What config prints sets the same when it is read back, with and without settings of
// the host's own.
func TestConfigLoadsBack(t *testing.T) {
	own := writeSettings(t, strings.Join([]string{
		`name = "Jörg's \"<Arena>\" # 1"`, `bots = 3`, `rotation = ["closet", "foundry:squads"]`, `drain-timeout = "1m30s"`, `sim-loss = 0.25`,
		`discovery = false`, `origin = ["https://a.example", "https://b.example"]`, `password = "hunter2"`, `map = ""`,
	}, "\n"))
	for name, args := range map[string][]string{
		"defaults": {"config"}, "a file": {"config", "--config", own}, "flags": {"config", "--no-discovery", "--bots=0", "--name=# x", "--exempt=10.0.0.0/8,10.1.2.3"},
	} {
		t.Run(name, func(t *testing.T) {
			first := runToEnd(t, nil, args...)
			again := runToEnd(t, nil, "config", "--config", writeSettings(t, first.stdout))
			if first.code != 0 || again.code != 0 || again.stderr != "" {
				t.Fatalf("exit codes %d and %d, %q %q, want 0", first.code, again.code, first.stderr, again.stderr)
			}
			got, want := settled(again.stdout), settled(first.stdout)
			if !slices.Equal(got, want) || len(want) < 10 {
				t.Errorf("got %q, want %q", got, want)
			}
			if strings.Contains(first.stdout, "hunter2") {
				t.Errorf("the password is in\n%s", first.stdout)
			}
		})
	}
}

func TestConfigSaysWhereFrom(t *testing.T) {
	path := writeSettings(t, "\nbots = 3\npassword = \"hunter2\"")
	got := runToEnd(t, []string{"PORT=9000", "IONWAKE_NAME=x"}, "config", "--config", path, "--max-players=5").stdout
	for _, want := range []string{
		"\nbots = 3 # " + path + ":2\n", "\nlisten = \":9000\" # PORT in the environment\n", "\nname = \"x\" # IONWAKE_NAME in the environment\n",
		"\nmax-players = 5 # the command line\n", "\nsend-rate = 30\n", "\n# password is set, by " + path + ":3\n", "\n# map = \"foundry\"\n",
		"\n# --max-players, IONWAKE_MAX_PLAYERS\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

// The examples have the form that their settings need: each is read, and then refused
// at most for what it says.
func TestConfigExamples(t *testing.T) {
	text := runToEnd(t, nil, "config").stdout
	examples := regexp.MustCompile(`(?m)^# ([a-z-]+ = .*)$`).FindAllStringSubmatch(text, -1)
	if len(examples) < 15 {
		t.Fatalf("%d examples", len(examples))
	}
	for _, e := range examples {
		if got := runToEnd(t, nil, "config", "--config", writeSettings(t, e[1])); strings.Contains(got.stderr, "has to be") && !strings.Contains(got.stderr, "belong") {
			t.Errorf("%s: %s", e[1], got.stderr)
		}
	}
}
