package room

import (
	"flag"
	"go/format"
	"os"
	"testing"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

var update = flag.Bool("update", false, "write the trained table of priors")

// TestPriors trains the starting probabilities of chunks on matches of bots and
// demands that the table in the tree costs at most 5 % more than the newly trained
// one would.
func TestPriors(t *testing.T) {
	if testing.Short() {
		t.Skip("short: trains on whole matches")
	}
	meter := &belief.Meter{}
	for seed, name := range []string{"brawl", "brawl", "squads", "relay", "beacon", "brawl"} {
		mode, _ := sim.ModeByName(name)
		r := New(Config{
			Arena: arena(t, "foundry"), Mode: mode, Bots: 16 << (seed % 3), BotsAlways: true, Meter: meter, MaxPlayers: 64, Seed: uint64(seed),
		})
		for range 3 * 60 * sim.TickRate {
			r.Tick()
		}
	}
	now, trained := meter.Cost()
	t.Logf("%.0f kB as the table is, %.0f kB trained", now/8000, trained/8000)
	if *update {
		source, err := format.Source(meter.Prior())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("../../shared/belief/prior.go", source, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if now > trained*1.05 {
		t.Errorf("the table of priors costs %.1f %% more than a new one: go test ./server/room -run Priors -update", (now/trained-1)*100)
	}
}
