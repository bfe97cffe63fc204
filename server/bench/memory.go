//go:build linux && (amd64 || arm64)

package main

import (
	"context"
	"fmt"
	"os/exec"
)

// benchmarks are those of `go test -bench` whose lines go into the result: what needs no sockets.
type benchmarks struct {
	pkg   string
	match string // of -bench
	time  string // of -benchtime
}

// micro is where the time of a tick and of a frame goes.
var micro = []benchmarks{
	{"./shared/sim", "^BenchmarkStep64$", "200ms"},
	{"./shared/belief", "^Benchmark(Diff|Keyframe|Apply|Follow)$", "200ms"},
	{"./shared/wire", "^Benchmark(EncodeFrame|DecodeFrame|AppendInput|DecodeInput)$", "200ms"},
	{"./shared/bot", "^BenchmarkThink64$", "200ms"},
	{"./server/room", "^BenchmarkTick", "200ms"},
	{"./client/replica", "^BenchmarkFrame$", "200ms"},
}

// matches are figures taken from whole matches in memory.
var matches = []benchmarks{
	{"./server/room", "^BenchmarkArenaPayload$", "1x"},
}

// test runs benchmarks and takes their lines. A package that does not build or fails is told, and its figures are missing.
func (r *bench) test(ctx context.Context, list []benchmarks) error {
	for _, b := range list {
		r.say("benchmarks %s of %s", b.match, b.pkg)
		out, err := exec.CommandContext(ctx, r.goTool, "test", b.pkg, "-run", "^$", "-bench", b.match, "-benchtime", b.time, "-benchmem").CombinedOutput()
		if ctx.Err() != nil {
			return fmt.Errorf("run benchmarks: %w", ctx.Err())
		}
		if err != nil {
			r.missed(fmt.Errorf("benchmarks of %s: %w: %s", b.pkg, err, out))
			continue
		}
		r.book.read(string(out))
	}
	return nil
}
