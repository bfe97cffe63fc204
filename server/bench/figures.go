//go:build linux && (amd64 || arm64)

package main

import "fmt"

// How figures are measured, for the last column. The package comment says more.
const (
	howPayload = "`BenchmarkArenaPayload`: 64 ships of all hulls fight in one view, 30 sends a second, five minutes of each mode; worst mode"
	howArena   = "CPU of the server process over that of the yardstick, inside each repetition; median of all [whole range]"
	howServer  = "the server's own metrics over a window without joins, real sockets; worst repetition"
	howCrowd   = "the same, a window of 10 s, two witnesses among the players"
	howSwarm   = "counted by the players of all runs at that number of seats"
	howMicro   = "`go test -bench`, in memory"
)

// tickBudget is half of the time a tick lasts, in milliseconds: what a crowd may take of it.
const tickBudget = 1000.0 / 60 / 2

// figures is the table: what was to be reached, and where it is measured.
func figures() []figure {
	list := []figure{
		{"payload to a client, median second", "ArenaPayload/*", "kbit/s-median", goal{allMost, 24}, howPayload},
		{"payload to a client, 99th percentile", "ArenaPayload/*", "kbit/s-p99", goal{allMost, 64}, howPayload},
		{"share of sends with another aim", "ArenaPayload/*", "aims-turned/send", goal{allLeast, 0.5}, howPayload},
	}
	for _, n := range []int{64, 128, 400} {
		list = append(list, processorFigures(n)...)
	}
	list = append(list, figure{"CPU from 64 to 128 seats in one room", "Arena/growth/n=64", "x", goal{medianMost, 2.3}, "inside each repetition; median of all [whole range]"})
	list = append(list,
		figure{"128 seats: a tick", arenaName(128), "round-p99-ms", goal{medianMost, 2}, howServer + "; median"},
		figure{"128 seats: a tick", arenaName(128), "round-p99.9-ms", goal{medianMost, 5}, howServer + "; median"},
	)
	for _, n := range []int{64, 128, 400} {
		list = append(list, serverFigures(fmt.Sprintf("%d seats", n), arenaName(n))...)
	}
	for _, c := range []struct{ what, name string }{{"1,000 players in one room", crowdRoom}, {"16 rooms of 64", crowdRooms}} {
		list = append(list, crowdFigures(c.what, c.name)...)
	}
	return append(list, microFigures()...)
}

func arenaName(n int) string { return fmt.Sprintf("Arena/system=ionwake/n=%d", n) }

// processorFigures are those of the arena bench: a server of 400 seats may cost more of a plain gws server, whose goroutines then wake less often.
func processorFigures(n int) []figure {
	plain := 0.35
	if n >= 400 {
		plain = 0.5
	}
	return []figure{
		{fmt.Sprintf("%d seats: CPU against the floor", n), fmt.Sprintf("Arena/ratio=floor/n=%d", n), "x", goal{medianMost, 1.5}, howArena},
		{fmt.Sprintf("%d seats: CPU against plain gws", n), fmt.Sprintf("Arena/ratio=plain/n=%d", n), "x", goal{medianMost, plain}, howArena},
		{fmt.Sprintf("%d seats: CPU of the server", n), arenaName(n), "us/client-s", goal{}, "belongs to this machine"},
	}
}

// serverFigures are what a server with so many seats tells of itself.
func serverFigures(what, name string) []figure {
	return []figure{
		{what + ": heap objects in a steady tick", name, "allocs/tick", goal{allMost, 0}, howServer},
		{what + ": pauses of the garbage collector", name, "gc-pause-p99-ms", goal{}, howServer},
		{what + ": memory", name, "RSS-MiB", goal{}, howServer},
		{what + ": a tick begins late", name, "late-p99-ms", goal{}, howServer},
		{what + ": frames that were left out", name, "skipped", goal{allMost, 0}, howServer},
		{what + ": joins failed, connections dropped, beliefs that were not the truth", name, "noticed", goal{allMost, 0}, howSwarm},
		{what + ": own ship elsewhere than foreseen", name, "mispredictions", goal{allMost, 0}, howSwarm + ", by witnesses"},
	}
}

// crowdFigures are those of many.
func crowdFigures(what, name string) []figure {
	return append([]figure{
		{what + ": CPU of a tick", name, "round-cpu-p99-ms", goal{allMost, tickBudget}, howCrowd + "; half of 16.7 ms"},
		{what + ": a tick by the clock", name, "round-p99-ms", goal{}, howCrowd},
		{what + ": payload to a client", name, "kbit-out/client-s", goal{}, howCrowd},
		{what + ": CPU of the server", name, "us/client-s", goal{}, "belongs to this machine"},
	}, serverFigures(what, name)...)
}

func microFigures() []figure {
	return []figure{
		{"rules of a tick, 64 ships", "Step64", "ns/op", goal{}, howMicro},
		{"whole tick of a room, 64 bots and 64 who watch", "Tick64", "ns/op", goal{}, howMicro},
		{"... heap objects", "Tick64", "allocs/op", goal{allMost, 0}, howMicro},
		{"pilots of 64 bots", "Think64", "ns/op", goal{}, howMicro},
		{"truth against belief, 64 ships", "Diff", "ns/op", goal{}, howMicro},
		{"... heap objects", "Diff", "allocs/op", goal{allMost, 0}, howMicro},
		{"a frame into bytes", "EncodeFrame", "ns/op", goal{}, howMicro},
		{"... and back", "DecodeFrame", "ns/op", goal{}, howMicro},
		{"a client's work for a frame", "Frame", "ns/op", goal{}, howMicro},
	}
}
