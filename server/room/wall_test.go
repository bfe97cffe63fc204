package room

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ionwake/shared/bot"
	"ionwake/shared/sim"
)

// wallFile holds how many payload bytes a second a player was sent when somebody last
// looked, by mode.
var wallFile = filepath.Join("testdata", "payload.txt")

// wall is how much worse, or better, a figure may be than the recorded one.
const wall = 0.10

// TestPayloadStaysSmall flies 64 ships, all in sight of each other, in each mode and
// holds what one player is sent to the figure of the record. Another match is played
// when a rule changes, so it is the mean of two; what is right goes on record with
// go test ./server/room -run PayloadStaysSmall -update.
func TestPayloadStaysSmall(t *testing.T) {
	if testing.Short() {
		t.Skip("short: plays whole matches")
	}
	now := map[string]float64{}
	var lines strings.Builder
	for _, name := range sim.ModeNames() {
		mode, _ := sim.ModeByName(name)
		const matches = 2
		for seed := range uint64(matches) {
			now[name] += payload(t, mode, seed) / matches
		}
		fmt.Fprintf(&lines, "%s %.0f\n", name, now[name])
	}
	if *update {
		if err := os.MkdirAll(filepath.Dir(wallFile), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(wallFile, []byte(lines.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	record, err := os.ReadFile(wallFile)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(record)) {
		var name string
		var was float64
		if _, err := fmt.Sscan(line, &name, &was); err != nil {
			t.Fatalf("%s: line %q: %v", wallFile, line, err)
		}
		is, ok := now[name]
		delete(now, name)
		t.Logf("%s: %.0f bytes/s (%.1f kbit/s), recorded %.0f", name, is, is*8/1000, was)
		switch {
		case !ok:
			t.Errorf("%s is on record and is no mode", name)
		case is > was*(1+wall):
			t.Errorf("%s: %.0f bytes/s, %.0f %% more than the %.0f on record", name, is, (is/was-1)*100, was)
		case is < was*(1-wall):
			t.Errorf("%s: %.0f bytes/s, %.0f %% less than the %.0f on record: record it with -update, or the wall stands too far away", name, is, (1-is/was)*100, was)
		}
	}
	for name := range now {
		t.Errorf("%s is not on record: -update", name)
	}
}

// payload returns how many bytes a second a player is sent who fights 64 bots, over
// twenty seconds after the first ten.
func payload(t *testing.T, mode sim.Mode, seed uint64) float64 {
	const warm, fight = 10 * sim.TickRate, 20 * sim.TickRate
	rules := sim.Rules{Live: 1 << 30}
	r := New(Config{Arena: arena(t, "foundry"), Mode: mode, Bots: 64, MaxPlayers: 64, Seed: seed, Rules: &rules})
	c := newClient(t, r, seed)
	pilot := bot.New(seed+99, bot.Medium)
	past, bytes := &memory{}, 0
	for tick := range warm + fight {
		r.Tick()
		for _, f := range c.line.frames {
			if tick >= warm {
				bytes += len(f.data)
			}
		}
		past.keep(r)
		c.check(past)
		c.fly(pilot)
	}
	return float64(bytes) / (fight / sim.TickRate)
}
