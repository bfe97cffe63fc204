package main

import (
	"math"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"ionwake/server/account/testdb"
	"ionwake/shared/sim"
)

// quantile returns a share of what a histogram of /metrics took in between two looks, in
// seconds: the bound of the class that it falls into.
func quantile(before, after map[string]float64, name string, share float64) float64 {
	all := after[name+"_count"] - before[name+"_count"]
	bound := math.Inf(1)
	for key := range after {
		text, ok := strings.CutPrefix(key, name+`_bucket{le="`)
		le, err := strconv.ParseFloat(strings.TrimSuffix(text, `"}`), 64)
		if ok && err == nil && after[key]-before[key] >= share*all {
			bound = min(bound, le)
		}
	}
	return bound
}

// watch lets a server play for a while and returns the 99th percentile of its ticks: of
// the CPU time, and of the time that passed.
func (p *program) watch(length time.Duration) (cpu, took time.Duration) {
	p.t.Helper()
	before := p.figures()
	time.Sleep(length)
	after := p.figures()
	if n := after["ionwake_tick_duration_seconds_count"] - before["ionwake_tick_duration_seconds_count"]; n < length.Seconds()*sim.TickRate/2 {
		p.t.Errorf("%v ticks in %v", n, length)
	}
	p99 := func(name string) time.Duration {
		return time.Duration(quantile(before, after, name, 0.99) * float64(time.Second))
	}
	return p99("ionwake_round_cpu_seconds"), p99("ionwake_tick_duration_seconds")
}

// R11, R15: Postgres is stopped in the middle of play, for six seconds or as long as
// DATABASE_AWAY says. Matches end and are kept, and the ticks are what they were. Told to
// stop meanwhile, the server says where the results lie and fails; the next one starts all
// the same, and when the database is there again it gets everything, once.
func TestFault_R11_PostgresGoneWhileMatchesEnd(t *testing.T) {
	t.Parallel()
	away := 6 * time.Second
	if long, err := time.ParseDuration(os.Getenv("DATABASE_AWAY")); err == nil {
		away = long
	} else if testing.Short() {
		away = 3 * time.Second
	}
	db := new(testdb.Server).Need(t)
	t.Cleanup(db.Stop)
	data, url := t.TempDir(), db.URL("postgres", "public")
	kept := map[string]bool{}
	p := startShort(t, data, "--database="+url, "--drain-timeout=1s")
	p.join("main", pilot("Ann"))
	p.keeps(1)
	cpuBefore, tookBefore := p.watch(min(away, 2*time.Second))

	db.Halt()
	had := len(p.kept())
	cpu, took := p.watch(away)
	during := len(p.kept()) - had
	if least := int(away / (2 * time.Second)); during < least {
		t.Errorf("%d matches were kept in %v without a database, want %d at least", during, away, least)
	}
	if waiting, err := strconv.Atoi(p.figure("ionwake_account_pending")); err != nil || waiting < during {
		t.Errorf("%d records wait, of %d", waiting, during)
	}
	if most := time.Second / sim.TickRate / 2; cpu > most {
		t.Errorf("the ticks took %v of CPU at the 99th percentile, %v before", cpu, cpuBefore)
	}
	if away > 5*time.Second {
		p.logged("does not take results")
	}
	t.Logf("%v without a database: %d matches kept; p99 of a tick %v of CPU and %v in all, before that %v and %v",
		away, during, cpu, took, cpuBefore, tookBefore)

	p.signal(syscall.SIGTERM)
	if code := p.exit(); code != exitFailed {
		t.Errorf("exit code %d, want %d", code, exitFailed)
	}
	if log := p.stderr.String(); !strings.Contains(log, "wait for the database in "+data) {
		t.Errorf("it does not say where the results lie: %s", log)
	}
	note := func() {
		for _, id := range p.kept() {
			kept[id] = true
		}
	}
	note()
	p = startShort(t, data, "--database="+url)
	p.join("main", pilot("Ann"))
	p.keeps(1)
	if err := db.Run(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the database has everything", func() bool { return p.figure("ionwake_account_pending") == "0" })
	p.stop()
	note()
	p = startShort(t, data, "--database="+url)
	if rungs := p.ladder(""); len(rungs) != 1 || rungs[0].Games != len(kept) {
		t.Errorf("%+v, want %d games", rungs, len(kept))
	}
}
