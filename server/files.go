package main

import (
	"log/slog"

	"ionwake/server/doctor"
	"ionwake/server/gate"
)

// wantedFiles is how many files and connections a server with the gate's usual caps may
// have open at once.
const wantedFiles = 2*usualConns + usualGreeting + spareFiles

// The gate's usual caps, and the files that are not connections of players.
const (
	usualConns    = 4096
	usualGreeting = 2000
	spareFiles    = 64
)

// fitFiles lowers the gate's caps to what the system lets this process open: who plays
// keeps playing when it is full, and nobody's connection takes the file of a database.
// (Go has raised the limit to its hard one at the start.)
func fitFiles(cfg gate.Config, log *slog.Logger) gate.Config {
	limit, known := doctor.OpenFiles()
	if !known {
		return cfg
	}
	return fitFilesTo(cfg, limit, log)
}

func fitFilesTo(cfg gate.Config, limit uint64, log *slog.Logger) gate.Config {
	if limit >= wantedFiles {
		return cfg
	}
	spare := max(int(limit)-spareFiles, 8)
	// The gate lets in twice as many sockets as players, and those that greet.
	cfg.MaxConns, cfg.MaxGreeting = spare*3/8, spare/4
	log.Warn("few files may be open at once: fewer can play", "limit", limit, "players", cfg.MaxConns, "remedy", "ulimit -n 65536, or LimitNOFILE=65536 in the unit")
	return cfg
}
