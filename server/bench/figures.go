//go:build linux && (amd64 || arm64)

package main

import (
	"fmt"
	"slices"
)

// way is how figures are measured: a word for the last column of the table, and what it stands for.
type way struct{ word, means string }

var (
	byPayload = way{"payload", "BenchmarkArenaPayload of server/room: 64 ships of all hulls fight in one view, 30 sends a second, five minutes of each mode; the worst mode"}
	byArena   = way{"arena", "CPU of the server process over that of the yardstick, inside each repetition; the median of all [whole range]"}
	byServer  = way{"server", "the server's own metrics over a window without joins, with all clients attached over sockets; the worst repetition (of ticks, the median one); by the clock ticks also take the time in which the players' program has their core; a quantile \"of so many only\" is as good as the largest"}
	byCrowd   = way{"crowd", "as server, over ten seconds"}
	bySwarm   = way{"swarm", "what the players of all repetitions noticed; two (one of less than 1,000) of them are whole clients that foresee everything"}
	byBench   = way{"bench", "go test -bench, in memory"}
	byLab     = way{"lab", "TestFeel, TestSlow and TestResume of client/lab: matches of pilots over a pretended line (round trip + jitter, loss as TCP stalls), everything in memory under pretended time"}
	byBeams   = way{"beams", "TestBeamsStrikeWhatIsSeen of client/replica: scripted shots over lines of up to 200 ms"}
	ways      = []way{byPayload, byArena, byServer, byCrowd, bySwarm, byBench, byLab, byBeams}
)

const (
	// tickBudget is half of the time a tick lasts, in milliseconds: what a crowd may take of it.
	tickBudget = 1000.0 / 60 / 2
	// noObjects is how many heap objects a tick may take so that it takes none: what the whole process takes now and then, for its timers and to collect garbage,
	// is some few a second.
	noObjects = 0.1
)

// figures is the table: what was to be reached, and where it is measured.
func figures() []figure {
	list := []figure{
		{"payload to a client, median second", "ArenaPayload/*", "kbit/s-median", "kbit/s", most(24), byPayload},
		{"payload to a client, 99th percentile", "ArenaPayload/*", "kbit/s-p99", "kbit/s", most(64), byPayload},
		{"sends in which a ship's aim was another", "ArenaPayload/*", "aims-turned/send", "of 1", least(0.5), byPayload},
	}
	for _, n := range []int{64, 128, 400} {
		list = append(list, processorFigures(n)...)
	}
	list = append(list,
		figure{"CPU from 64 to 128 seats in one room", "Arena/growth/n=64", "x", "x", medianMost(2.3), byArena},
		figure{"128 seats: a tick by the clock, p99", arenaName(128), "round-p99-ms", "ms", medianMost(2), byServer},
		figure{"128 seats: a tick by the clock, p99.9", arenaName(128), "round-p99.9-ms", "ms", medianMost(5), byServer},
		figure{"128 seats: CPU of a tick, p99", arenaName(128), "round-cpu-p99-ms", "ms", medianMost(2), byServer},
		figure{"128 seats: CPU of a tick, p99.9", arenaName(128), "round-cpu-p99.9-ms", "ms", medianMost(5), byServer},
	)
	for _, n := range []int{64, 128, 400} {
		list = append(list, serverFigures(fmt.Sprintf("%d seats", n), arenaName(n), byServer)...)
	}
	for _, c := range []struct{ what, name string }{{"1,000 in one room", crowdRoom}, {"16 rooms of 64", crowdRooms}} {
		list = append(list, crowdFigures(c.what, c.name)...)
	}
	return slices.Concat(list, feelFigures(), microFigures())
}

// feelFigures are about what a player sees, over a bad line too.
func feelFigures() []figure {
	const tuned, lossy = "Feel/line=100ms+20ms/loss=0", "Feel/line=100ms+20ms/loss=2"
	return []figure{
		{"own ship without contact elsewhere than on the server, all lines", "Feel/*", "own-strange", "times", most(0), byLab},
		{"100 ms + 20 ms: others against truth at the same tick, median", tuned, "others-median-units", "units", most(2), byLab},
		{"100 ms + 20 ms: others against truth at the same tick, p99", tuned, "others-p99-units", "units", most(16), byLab},
		{"... as drawn by classic interpolation, two sends behind: median", tuned, "classic-median-units", "units", goal{}, byLab},
		{"... and p99", tuned, "classic-p99-units", "units", goal{}, byLab},
		{"100 ms + 20 ms: ticks without the right input", tuned, "starved-per-1000", "of 1,000", goal{}, byLab},
		{"100 ms + 20 ms: from a key to the server's rules", tuned, "to-server-ms", "ms", goal{}, byLab},
		{"100 ms + 20 ms: from a key to another's screen", tuned, "to-screen-ms", "ms", goal{}, byLab},
		{"100 ms + 20 ms, 2 % loss: the largest jump of a ship", lossy, "jump-max-units", "units", most(32), byLab},
		{"beams that struck in the shooter's picture and not on the server", "Beam*", "missed-of-seen", "shots", most(0), byBeams},
		{"... of so many shots", "Beam*", "shots", "shots", least(100_000), byBeams},
		{"... struck through a wall", "Beam*", "through-walls", "shots", most(0), byBeams},
		{"a client that stops reading: gaps of others, p99", "Slow/kind=stalled", "others-gap-p99-ms", "ms", goal{}, byLab},
		{"a client of 64 kbit/s: its backlog", "Slow/kind=64kbit", "backlog-max-ms", "ms", most(250), byLab},
		{"a client of 64 kbit/s: frames", "Slow/kind=64kbit", "frames/s", "a second", goal{}, byLab},
		{"a client of 64 kbit/s amid a fight of 400 that takes more: its backlog, p99", "Slow/kind=64kbit/crowd=400", "backlog-p99-ms", "ms", most(250), byLab},
		{"... and most", "Slow/kind=64kbit/crowd=400", "backlog-max-ms", "ms", goal{}, byLab},
		{"... frames", "Slow/kind=64kbit/crowd=400", "frames/s", "a second", goal{}, byLab},
		{"a client of single bytes: gaps of others, p99", "Slow/kind=dribble", "others-gap-p99-ms", "ms", goal{}, byLab},
		{"back on the own ship after a cut, from the socket's opening: beyond the round trip", "Resume/*", "ms-less-round-trip", "ms", most(100), byLab},
	}
}

func arenaName(n int) string { return fmt.Sprintf("Arena/system=ionwake/n=%d", n) }

// processorFigures are those of the arena bench: a server of 400 seats may cost more of a plain gws server, whose goroutines then wake less often.
func processorFigures(n int) []figure {
	plain := 0.35
	if n >= 400 {
		plain = 0.5
	}
	return []figure{
		{fmt.Sprintf("%d seats: CPU against the floor", n), fmt.Sprintf("Arena/ratio=floor/n=%d", n), "x", "x", medianMost(1.5), byArena},
		{fmt.Sprintf("%d seats: CPU against plain gws", n), fmt.Sprintf("Arena/ratio=plain/n=%d", n), "x", "x", medianMost(plain), byArena},
		{fmt.Sprintf("%d seats: CPU of the server", n), arenaName(n), "us/client-s", "µs a client and second", goal{}, byArena},
		{fmt.Sprintf("%d seats: CPU of the floor", n), fmt.Sprintf("Arena/system=floor/n=%d", n), "us/client-s", "µs a client and second", goal{}, byArena},
		{fmt.Sprintf("%d seats: CPU of plain gws", n), fmt.Sprintf("Arena/system=plain/n=%d", n), "us/client-s", "µs a client and second", goal{}, byArena},
		{fmt.Sprintf("%d seats: frames to each, of 30", n), arenaName(n), "frames/client-s", "a second", least(28.5), byArena},
		{fmt.Sprintf("%d seats: payload to a client, median second", n), arenaName(n), "kbit/s-p50", "kbit/s", goal{}, bySwarm},
	}
}

// serverFigures are what a server with so many seats, and its players, tell.
func serverFigures(what, name string, by way) []figure {
	return []figure{
		{what + ": heap objects in a steady tick", name, "allocs/tick", "of the whole process", most(noObjects), by},
		{what + ": pauses of the garbage collector, p99", name, "gc-pause-p99-ms", "ms", goal{}, by},
		{what + ": resident memory", name, "RSS-MiB", "MiB", goal{}, by},
		{what + ": a tick begins late, p99", name, "late-p99-ms", "ms", goal{}, by},
		{what + ": frames left out", name, "skipped", "frames", most(0), by},
		{what + ": joins failed, lines dropped, beliefs not true", name, "noticed", "in all", most(0), bySwarm},
		{what + ": own ship elsewhere than foreseen", name, "mispredictions", "times", most(0), bySwarm},
	}
}

// crowdFigures are those of many.
func crowdFigures(what, name string) []figure {
	return append([]figure{
		{what + ": CPU of a tick, p99", name, "round-cpu-p99-ms", "ms", most(tickBudget), byCrowd},
		{what + ": a tick by the clock, p99", name, "round-p99-ms", "ms", goal{}, byCrowd},
		{what + ": payload to a client", name, "kbit-out/client-s", "kbit/s", goal{}, byCrowd},
		{what + ": CPU of the server", name, "us/client-s", "µs a client and second", goal{}, byCrowd},
	}, serverFigures(what, name, byCrowd)...)
}

func microFigures() []figure {
	return []figure{
		{"rules of a tick, 64 ships", "Step64", "ns/op", "ns", goal{}, byBench},
		{"whole tick of a room, 64 bots and 64 who watch", "Tick64", "ns/op", "ns", goal{}, byBench},
		{"... heap objects", "Tick64", "allocs/op", "objects", most(0), byBench},
		{"tick of a room of 64 people, without sockets", "Tick/64", "µs/tick", "µs of CPU", goal{}, byBench},
		{"tick of a room of 1,000 people, without sockets", "Tick/1000", "µs/tick", "µs of CPU", goal{}, byBench},
		{"... of 128 people who are all in one place, p99", "Huddle/128", "µs/tick-p99", "µs of CPU", goal{}, byBench},
		{"pilots of 64 bots, dearest mode", "Think64/brawl", "ns/op", "ns", goal{}, byBench},
		{"truth against belief, 64 ships", "Diff", "ns/op", "ns", goal{}, byBench},
		{"... heap objects", "Diff", "allocs/op", "objects", most(0), byBench},
		{"a frame into bytes", "EncodeFrame", "ns/op", "ns", goal{}, byBench},
		{"... heap objects", "EncodeFrame", "allocs/op", "objects", most(0), byBench},
		{"... and back", "DecodeFrame", "ns/op", "ns", goal{}, byBench},
		{"a client's work for a frame", "Frame", "ns/op", "ns", goal{}, byBench},
	}
}
