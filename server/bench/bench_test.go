//go:build linux && (amd64 || arm64)

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// built is this program, built once.
var built string

func TestMain(m *testing.M) { os.Exit(testMain(m)) }

func testMain(m *testing.M) int {
	dir, err := os.MkdirTemp("", "ionwake-bench")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	built = filepath.Join(dir, "ionwake-bench")
	if out, err := exec.Command("go", "build", "-o", built, ".").CombinedOutput(); err != nil {
		panic(string(out))
	}
	return m.Run()
}

// The processor clock of another process counts what that has worked, and nothing while it sleeps.
func TestProcessorClock(t *testing.T) {
	idle, err := start("sleep", nil, "sleep", "30")
	if err != nil {
		t.Fatal(err)
	}
	defer idle.kill()
	busy, err := start("a loop", nil, "sh", "-c", "while :; do :; done")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.kill()
	for deadline := time.Now().Add(patience); ; {
		rest, err := idle.cpu()
		if err != nil {
			t.Fatal(err)
		}
		work, err := busy.cpu()
		if err != nil {
			t.Fatal(err)
		}
		if work > 100*time.Millisecond {
			if rest > work/2 {
				t.Errorf("sleeping took %v, working %v", rest, work)
			}
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("working took %v only", work)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// Both yardsticks do the work they are given, no more and no less: run checks it.
func TestYardsticksDoTheWork(t *testing.T) {
	for _, kind := range []string{"floor", "plain"} {
		path := filepath.Join(t.TempDir(), "a.trace")
		sizes := trace{100, 200, 90, 126, 125}
		if err := sizes.write(path, "test"); err != nil {
			t.Fatal(err)
		}
		p := programs{self: built}
		w := work{clients: 5, rate: 25, size: 20, trace: path, mean: sizes.framed().mean(), procs: 1, window: time.Second}
		m, err := p.run(t.Context(), kind, w)
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		if m.cpu <= 0 || m.served.Sends == 0 {
			t.Errorf("%s: CPU %v for %d sends", kind, m.cpu, m.served.Sends)
		}
		// A drain takes all that has come, so there are fewer reads than messages at most by what came together.
		bytes := m.loaded.Sent * w.size
		if kind == "floor" {
			bytes = m.loaded.Sent * (w.size + frameHeader(w.size, true))
		}
		if m.served.BytesIn != bytes {
			t.Errorf("%s: %d bytes read, %d sent", kind, m.served.BytesIn, bytes)
		}
	}
}

// A yardstick that did something else is no yardstick.
func TestYardstickIsChecked(t *testing.T) {
	good := func() (*measured, work) {
		return &measured{loaded: loaded{Seconds: 10, Sent: 2500, BytesIn: 10 * 10 * sends * 100}}, work{clients: 10, rate: 25, mean: 100}
	}
	if m, w := good(); m.check(w) != nil {
		t.Fatalf("good work: %v", m.check(w))
	}
	for what, spoil := range map[string]func(*measured){
		"lost":      func(m *measured) { m.loaded.Lost = 1 },
		"shortfall": func(m *measured) { m.served.Shortfalls = 1 },
		"inputs":    func(m *measured) { m.loaded.Sent = 2000 },
		"bytes":     func(m *measured) { m.loaded.BytesIn *= 2 },
	} {
		m, w := good()
		spoil(m)
		if m.check(w) == nil {
			t.Errorf("%s: not noticed", what)
		}
	}
}

// TestQuick is the whole bench in small: real server, real swarm, both yardsticks, result and table.
func TestQuick(t *testing.T) {
	if testing.Short() {
		t.Skip("half a minute, and it builds two programs")
	}
	out := t.TempDir()
	cmd := exec.CommandContext(t.Context(), built, "run", "--quick", "--only", "arena,scale", "--out", out)
	cmd.Dir = filepath.Join("..", "..")
	var progress strings.Builder
	cmd.Stderr = &progress
	printed, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, progress.String())
	}
	if !strings.Contains(string(printed), "| what ") || !strings.Contains(string(printed), "cores ") {
		t.Errorf("printed:\n%s", printed)
	}
	results, err := filepath.Glob(filepath.Join(out, "*.txt"))
	if err != nil || len(results) != 1 {
		t.Fatalf("results %v, %v", results, err)
	}
	text, err := os.ReadFile(results[0])
	if err != nil {
		t.Fatal(err)
	}
	var b book
	b.read(self, string(text))
	for _, want := range []struct{ name, unit string }{
		{arenaName(4), "us/client-s"}, {arenaName(8), "round-cpu-p99-ms"}, {arenaName(8), "stage-step-us"}, {arenaName(8), "mismatches"},
		{"Arena/system=floor/n=8", "us/client-s"}, {"Arena/system=plain/n=8", "us/client-s"},
		{"Arena/ratio=floor/n=4", "x"}, {"Arena/ratio=plain/n=8", "x"}, {"Arena/growth/n=4", "x"},
		{crowdRoom, "kbit-out/client-s"}, {crowdRooms, "us/client-s"},
	} {
		if got := b.values(want.name, want.unit); len(got) != 1 {
			t.Errorf("%s in %s: %v, want one figure\n%s", want.name, want.unit, got, text)
		}
	}
	for _, name := range []string{arenaName(4), arenaName(8), crowdRoom, crowdRooms} {
		if got := b.values(name, "noticed"); len(got) != 1 || got[0] != 0 {
			t.Errorf("%s: players noticed %v, want nothing", name, got)
		}
	}
}
