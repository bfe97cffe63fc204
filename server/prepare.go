package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"ionwake/server/doctor"
	"ionwake/server/room"
	"ionwake/shared/sim"
)

// prepare looks, before players come, at what would only show when it is too late: a
// folder that keeps nothing, a clock that cannot be true, more players than the machine
// can serve.
func prepare(set settings, log *slog.Logger) error {
	if set.data != "" {
		if canMake(set.data) {
			if err := os.Mkdir(set.data, 0o700); err != nil {
				return badFlag("--data", set.data, "%v", cause(err))
			}
			log.Info("made the data folder", "data", set.data)
		}
		switch f := doctor.Data(set.data); f.Level {
		case doctor.Fail:
			return badFlag("--data", set.data, "%s. What to do: %s", f.Text, f.Remedy)
		case doctor.Warn:
			log.Warn("the data folder is in danger", "data", set.data, "reason", f.Text, "remedy", f.Remedy)
		}
	}
	clock := doctor.Clock(context.Background(), doctor.ClockConfig{Built: builtAt(), Data: set.data})
	if clock.Level != doctor.OK {
		log.Warn("the clock is wrong", "reason", clock.Text, "remedy", clock.Remedy)
	}
	if most := able(shipCost(set.grounds.Arena(firstMap))); most < set.maxPlayers*set.maxRooms {
		log.Warn("more players are allowed than this machine can serve", "allowed", set.maxPlayers*set.maxRooms, "estimate", most,
			"remedy", "lower --max-players and --max-rooms")
	}
	return nil
}

// canMake reports whether nothing of that name is there, and a folder to make it in is. A
// path of which more is missing is taken for a mistake.
func canMake(path string) bool {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	above, err := os.Stat(filepath.Dir(filepath.Clean(path)))
	return err == nil && above.IsDir()
}

const (
	trialShips = 64
	trialTicks = 60
	trialRest  = 30  // ticks before, in which ships enter and caches fill
	trialShare = 0.5 // of a core that ticks may take: sockets and the system need the rest
)

// shipCost measures what a tick of a fight costs for each ship, on one core.
func shipCost(arena *sim.Arena) time.Duration {
	r := room.New(room.Config{Arena: arena, Bots: trialShips, BotsAlways: true, Seed: 1})
	for range trialRest {
		r.Tick()
	}
	best := time.Duration(0)
	for range 3 { // the system may be busy with others
		begin := time.Now()
		for range trialTicks {
			r.Tick()
		}
		if took := time.Since(begin); best == 0 || took < best {
			best = took
		}
	}
	return best / (trialTicks * trialShips)
}

// able is how many players at most this machine can serve whose ships cost so much each.
func able(cost time.Duration) int {
	if cost <= 0 {
		return 1 << 30
	}
	perCore := trialShare * float64(time.Second) / sim.TickRate / float64(cost)
	return int(perCore) * runtime.GOMAXPROCS(0)
}
