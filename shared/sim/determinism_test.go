package sim_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"ionwake/shared/sim"
)

var update = flag.Bool("update", false, "play the recorded match anew: its hashes become what this machine makes of it")

const tenMinutes = 10 * 60 * sim.TickRate

// Ten minutes of sixteen in each mode, with all hulls, recorded as inputs, give the
// World that they gave when they were recorded, bit for bit, on every CPU. It fails
// when a rule or a number of the tuning table changes too: then run it with -update,
// and the commit says what changed in play.
func TestDeterminism_TenMinutes(t *testing.T) {
	for _, mode := range sim.ModeNames() {
		t.Run(mode, func(t *testing.T) { determined(t, mode) })
	}
}

func determined(t *testing.T, mode string) {
	file := filepath.Join("testdata", mode+"16.bin")
	if *update {
		rerecord(t, mode, file)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if r.Mode.Name() != mode || r.Length != tenMinutes || len(r.Inputs) != 16 {
		t.Fatalf("recorded are %d ticks of %d players in %s, want %d of 16", r.Length, len(r.Inputs), r.Mode.Name(), tenMinutes)
	}
	seen := map[sim.EventKind]int{}
	err = r.play(func(w *sim.World) error {
		for _, e := range w.Events {
			seen[e.Kind]++
		}
		if w.Tick%hashEvery != 0 {
			return nil
		}
		if got, want := w.Hash(), r.Hashes[w.Tick/hashEvery-1]; got != want {
			return fmt.Errorf("tick %d: the World's hash is %016x, recorded is %016x; "+
				"if a rule was changed on purpose, record anew with -update", w.Tick, got, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// A recording in which little happens would prove little.
	want := map[sim.EventKind]int{sim.Killed: 100, sim.PhaseChanged: 2, sim.ItemTaken: 50}
	switch mode {
	case "relay":
		want[sim.CoreTaken], want[sim.CoreDropped], want[sim.CoreReturned], want[sim.CoreCaptured] = 8, 4, 2, 2
	case "beacon":
		want[sim.BeaconChanged] = 20
	}
	for kind, least := range want {
		if seen[kind] < least {
			t.Errorf("recorded are %d events of kind %d, want %d", seen[kind], kind, least)
		}
	}
}

// rerecord plays with players who come late, leave and come back.
func rerecord(t *testing.T, mode, file string) {
	doors := append(everybody(13),
		door{1500, 13, true}, door{1700, 14, true}, door{6001, 3, false}, door{6050, 15, true},
		door{7201, 3, true}, door{20000, 0, false}, door{20001, 0, true}, door{30000, 15, false})
	m, _ := sim.ModeByName(mode)
	r := record(readArena(t, "foundry"), m, sim.RulesOf(m), 2026, 16, tenMinutes, doors)
	data, err := r.encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("recorded %d bytes", len(data))
}
