package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"ionwake/server/gate"
	"ionwake/shared/wire"
)

// O11: the slower the machine, the fewer players it is able to serve.
func TestFault_O11_SlowMachine(t *testing.T) {
	quick, slow := able(500), able(500_000)
	if quick < 1000 || slow > 200 || slow < 1 || able(0) < 1<<20 {
		t.Errorf("got %d at 0.5 µs a ship, %d at 500 µs, %d where nothing is known", quick, slow, able(0))
	}
}

// O11, from outside: what no machine can do is said at the start, and played all the same.
func TestFault_O11_MoreThanTheMachineCanDo(t *testing.T) {
	p := start(t, "--max-players=1000", "--max-rooms=256")
	p.logged("more players are allowed than this machine can serve", `"allowed":256000`, "lower --max-players")
	p.join("", wire.Hello{Name: "Ann"})
	p.stop()
}

func TestFitFiles(t *testing.T) {
	var log bytes.Buffer
	if got := fitFilesTo(gate.Config{}, 1<<20, slog.New(slog.NewTextHandler(&log, nil))); got.MaxConns != 0 || log.Len() > 0 {
		t.Errorf("with plenty of files: %d connections, log %q, want the usual and none", got.MaxConns, log.String())
	}
	for _, limit := range []uint64{0, 64, 128, 256, 1024, 4096, wantedFiles - 1} {
		log.Reset()
		got := fitFilesTo(gate.Config{}, limit, slog.New(slog.NewTextHandler(&log, nil)))
		if all := 2*got.MaxConns + got.MaxGreeting; got.MaxConns < 1 || got.MaxGreeting < 1 || uint64(all) > max(limit, spareFiles+8)-spareFiles {
			t.Errorf("with %d files: %d connections and %d that greet", limit, got.MaxConns, got.MaxGreeting)
		}
		if !strings.Contains(log.String(), "remedy") {
			t.Errorf("with %d files: the log is %q", limit, log.String())
		}
	}
}
