// Ionwake's client, for the desktop and, compiled to WebAssembly, for a browser tab:
// the same game, joined here to its socket and its screen.
package main

import (
	"time"

	"ionwake/assets"
	"ionwake/client/depot"
	"ionwake/client/session"
	"ionwake/client/view"
	"ionwake/shared/sim"
)

// newPlay returns the session of one run of the program, at the server of a
// socket's address. cfg lacks what is the same everywhere.
func newPlay(address string, cfg session.Config) *play {
	cfg.Depot = depot.New(depot.Config{Shipped: assets.Maps})
	now := clock()
	w := newWarp(now)
	cfg.Now = w.now
	return &play{Session: session.New(cfg), now: now, warp: w, depot: cfg.Depot, url: address, seed: cfg.Seed, device: cfg.Device, keep: noKeeper{}}
}

var stages = [...]view.Stage{
	session.Idle:       view.Menu,
	session.Joining:    view.Joining,
	session.Playing:    view.Playing,
	session.Spectating: view.Spectating,
	session.Lost:       view.Lost,
	session.Refused:    view.Refused,
}

// stageNames are the states of window.ionwake.stats() and of --headless.
var stageNames = [...]string{
	view.Menu:       "menu",
	view.Joining:    "joining",
	view.Playing:    "playing",
	view.Spectating: "spectating",
	view.Lost:       "lost",
	view.Refused:    "lost",
}

// clock returns a clock that begins now and never goes back.
func clock() func() time.Duration {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}

// callSign makes up a name for somebody who has not chosen one.
func callSign(seed uint64) string {
	first := [...]string{"Swift", "Silent", "Solar", "Lucky", "Amber", "Cobalt", "Rogue", "Prime", "Astral", "Neon", "Iron", "Velvet", "Polar", "Quick", "Lunar", "Wild"}
	last := [...]string{"Comet", "Kestrel", "Pilot", "Spark", "Vega", "Drifter", "Falcon", "Nomad", "Pulsar", "Raven", "Saber", "Tracer", "Viper", "Wake", "Zephyr", "Otter"}
	r := sim.Rand(seed)
	return first[r.Intn(len(first))] + " " + last[r.Intn(len(last))]
}
