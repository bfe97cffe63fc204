//go:build linux && (amd64 || arm64)

package main

// figures is the table: what was to be reached, and where it is measured.
func figures() []figure {
	const (
		payload = "one of 64 ships of all hulls that fight in one view, 30 sends a second, five minutes of each mode (worst mode)"
		arena   = "arena bench: processor time of the server process, ratio inside each repetition, median of all [whole range]"
	)
	return []figure{
		{"payload to a client, median second", "ArenaPayload/*", "kbit/s-median", goal{allMost, 24}, payload},
		{"payload to a client, 99th percentile", "ArenaPayload/*", "kbit/s-p99", goal{allMost, 64}, payload},
		{"sends in which a ship's aim had changed", "ArenaPayload/*", "aims-turned/send", goal{allLeast, 0.5}, payload},
		{"server CPU, 64 seats, against the floor", "Arena/ratio=floor/n=64", "x", goal{medianMost, 1.5}, arena},
		{"server CPU, 128 seats, against the floor", "Arena/ratio=floor/n=128", "x", goal{medianMost, 1.5}, arena},
		{"server CPU, 400 seats, against the floor", "Arena/ratio=floor/n=400", "x", goal{medianMost, 1.5}, arena},
		{"server CPU, 64 seats, against plain gws", "Arena/ratio=plain/n=64", "x", goal{medianMost, 0.35}, arena},
		{"server CPU, 128 seats, against plain gws", "Arena/ratio=plain/n=128", "x", goal{medianMost, 0.35}, arena},
		{"server CPU, 400 seats, against plain gws", "Arena/ratio=plain/n=400", "x", goal{medianMost, 0.5}, arena},
		{"server CPU from 64 to 128 seats in one room", "Arena/growth/n=64", "x", goal{medianMost, 2.3}, arena},
	}
}
