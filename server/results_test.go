package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"ionwake/server/admin"
	"ionwake/server/room"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// shortMatches in the environment makes a server of the test program itself, whose
// matches last half a second, or as many ticks as it says, if that is more than one.
const shortMatches = "SHORT_MATCHES"

// shortRules are those of these matches.
var shortRules = sim.Rules{Warmup: 6, Live: 30, Results: 6}

// runShort serves as main does, but for the rules.
func runShort(args []string) int {
	stop := make(chan os.Signal, 2)
	signal.Notify(stop, syscall.SIGTERM, os.Interrupt)
	set, err := again(args)
	if err == nil {
		rules := shortRules
		if n, err := strconv.Atoi(os.Getenv(shortMatches)); err == nil && n > 1 {
			rules.Live = sim.Tick(n)
		}
		set.rotation = slices.Clone(set.rotation)
		for i := range set.rotation {
			set.rotation[i] = room.Ground{Arena: set.rotation[i].Arena, Mode: set.rotation[i].Mode, Rules: &rules}
		}
		log := newLogging(set, os.Stderr)
		err = serve(set, outside{stop, os.Stdout, log, func() (settings, error) { return again(args) }})
		log.pipe.close()
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "ionwake-server: %s\n", oneLine(err.Error()))
		return exitFailed
	}
	return exitOK
}

// startShort runs a server with short matches and its data in a folder.
func startShort(t *testing.T, data string, args ...string) *program {
	t.Helper()
	return startIn(t, []string{shortMatches + "=1"}, shortArgs(data, args...)...)
}

func shortArgs(data string, args ...string) []string {
	return append([]string{"--listen=127.0.0.1:0", "--data=" + data, "--log-format=json", "--rotation=foundry", "--bots=2", "--discovery=false"}, args...)
}

func pilot(name string) wire.Hello {
	return wire.Hello{Name: name, Device: bytes.Repeat([]byte{7}, wire.DeviceSize)}
}

var keptLine = regexp.MustCompile(`"msg":"a match is kept","match":"([0-9a-f]{32})"`)

// kept returns the matches that the log says are kept.
func (p *program) kept() (ids []string) {
	for _, m := range keptLine.FindAllStringSubmatch(p.stderr.String(), -1) {
		ids = append(ids, m[1])
	}
	return ids
}

// keeps waits until so many matches are kept.
func (p *program) keeps(n int) {
	p.t.Helper()
	for end := time.Now().Add(patience); len(p.kept()) < n; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("%d matches are kept after %v, want %d", len(p.kept()), patience, n)
		}
	}
}

// ladder returns who is best, on a server that was not asked before.
func (p *program) ladder(query string) (rungs []admin.Rung) {
	p.t.Helper()
	code, body := p.get(p.game, "/api/v1/ladder"+query)
	var told struct{ Ladder []admin.Rung }
	if err := json.Unmarshal([]byte(body), &told); code != 200 || err != nil {
		p.t.Fatalf("ladder: %d %s", code, body)
	}
	return told.Ladder
}

// figure returns a figure of /metrics.
func (p *program) figure(name string) string {
	p.t.Helper()
	_, body := p.get(p.admin, "/metrics")
	for line := range strings.Lines(body) {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			return strings.TrimSpace(value)
		}
	}
	p.t.Fatalf("no figure %s in %s", name, body)
	return ""
}

func TestResultsOutliveARestart(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := startShort(t, data)
	p.join("main", pilot("Ann"))
	p.keeps(2)
	p.stop()
	games := len(p.kept())

	p = startShort(t, data)
	rungs := p.ladder("")
	if len(rungs) != 1 || rungs[0].Games != games || rungs[0].Name != "Ann" || rungs[0].Rank != 1 || rungs[0].Seconds == 0 {
		t.Fatalf("after a restart: %+v, want %d games of Ann alone: bots have none", rungs, games)
	}
	if squads := p.ladder("?mode=squads"); len(squads) != 0 {
		t.Errorf("in a mode that nobody has played: %+v", squads)
	}
	if now := p.ladder("?mode=brawl&season=now"); len(now) != 1 || now[0].Person != rungs[0].Person {
		t.Errorf("this season: %+v", now)
	}
	p.join("main", pilot("Bea")) // the same device under another name
	p.keeps(1)
	p.stop()
	games += len(p.kept())

	p = startShort(t, data)
	again := p.ladder("")
	if len(again) != 1 || again[0].Person != rungs[0].Person || again[0].Name != "Bea" || again[0].Games != games {
		t.Errorf("under another name: %+v, want %d games of the same person", again, games)
	}
	if got := p.figure("ionwake_account_pending"); got != "0" {
		t.Errorf("%s records wait for the database, want 0", got)
	}
}

func TestResultsAreNotKeptWithoutData(t *testing.T) {
	p := start(t)
	if log := p.stderr.String(); !strings.Contains(log, "results are not kept") || !strings.Contains(log, "--data DIR") {
		t.Errorf("the host is not told: %s", log)
	}
	if code, body := p.get(p.game, "/api/v1/ladder"); code != 404 || !strings.Contains(body, "keeps no results") {
		t.Errorf("ladder: %d %s", code, body)
	}
}

// lockDatabase holds the write lock of the accounts until the returned function is called.
func lockDatabase(t *testing.T, data string) (unlock func()) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(data, "account.db"))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		if _, err = conn.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err == nil {
			break
		} else if time.Now().After(end) {
			t.Fatal(err)
		}
	}
	return func() {
		_ = conn.Close()
		_ = db.Close()
	}
}

// R8: while another program has the database locked, matches end as they do, and what is
// said to be kept is there afterwards.
func TestFault_R8_MatchesEndWhileTheDatabaseIsLocked(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := startShort(t, data)
	p.join("main", pilot("Ann"))
	p.keeps(1)
	unlock := lockDatabase(t, data)
	before := len(p.kept())
	p.keeps(before + 4)
	if got := p.figure("ionwake_account_pending"); got == "0" || got == "1" {
		t.Errorf("%s records wait for a locked database, want those since", got)
	}
	if code, body := p.get(p.admin, "/livez"); code != 200 {
		t.Errorf("it is not alive: %d %s", code, body)
	}
	unlock()
	p.stop()
	games := len(p.kept())
	p = startShort(t, data)
	if rungs := p.ladder(""); len(rungs) != 1 || rungs[0].Games != games {
		t.Errorf("%+v, want %d games", rungs, games)
	}
}

// R15: told to stop while the database takes nothing, a server says where the results lie
// and fails; the next one takes them up.
func TestFault_R15_StoppedWhileTheDatabaseIsLocked(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := startShort(t, data, "--drain-timeout=1s")
	p.join("main", pilot("Ann"))
	p.keeps(1)
	unlock := lockDatabase(t, data)
	p.keeps(len(p.kept()) + 2)
	p.signal(syscall.SIGTERM)
	if code := p.exit(); code != exitFailed {
		t.Errorf("exit code %d, want %d", code, exitFailed)
	}
	if log := p.stderr.String(); !strings.Contains(log, "wait for the database in "+data) || !strings.Contains(log, "taken up at the next start") {
		t.Errorf("it does not say where the results lie: %s", log)
	}
	unlock()
	games := len(p.kept())
	p = startShort(t, data)
	for end := time.Now().Add(patience); p.figure("ionwake_account_pending") != "0"; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the next start does not take up what waits")
		}
	}
	if rungs := p.ladder(""); len(rungs) != 1 || rungs[0].Games != games {
		t.Errorf("%+v, want %d games", rungs, games)
	}
}
