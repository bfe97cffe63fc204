//go:build linux && (amd64 || arm64)

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// source is where lines of benchmarks come from that need no sockets: benchmarks, or tests that write such lines to their output.
type source struct {
	pkg   string
	bench string // of -bench; "": these are tests
	time  string // of -benchtime
	test  string // of -run
	env   string // one more variable of the environment
}

// micro is where the time of a tick and of a frame goes.
var micro = []source{
	{pkg: "./shared/sim", bench: "^BenchmarkStep64$", time: "200ms"},
	{pkg: "./shared/belief", bench: "^Benchmark(Diff|Keyframe|Apply|Follow)$", time: "200ms"},
	{pkg: "./shared/wire", bench: "^Benchmark(EncodeFrame|DecodeFrame|AppendInput|DecodeInput)$", time: "200ms"},
	{pkg: "./shared/bot", bench: "^BenchmarkThink64$", time: "200ms"},
	{pkg: "./server/room", bench: "^BenchmarkTick64$", time: "200ms"},
	{pkg: "./client/replica", bench: "^BenchmarkFrame$", time: "200ms"},
}

// matches are figures taken from whole matches in memory.
var matches = []source{
	{pkg: "./server/room", bench: "^BenchmarkArenaPayload$", time: "1x"},
	{pkg: "./server/room", bench: "^BenchmarkTick$/^(64|1000)$", time: "600x"},
	{pkg: "./server/room", bench: "^BenchmarkHuddle$/^128$", time: "600x"},
	{pkg: "./client/lab", test: "^Test(Feel|Slow|Resume)$", env: "FEEL=40s"},
	{pkg: "./client/replica", test: "^TestBeamsStrikeWhatIsSeen$"},
}

// args are those of the go command.
func (s source) args() []string {
	if s.bench == "" {
		return []string{"test", "-v", "-count=1", "-run", s.test, s.pkg}
	}
	return []string{"test", "-run", "^$", "-bench", s.bench, "-benchtime", s.time, "-benchmem", s.pkg}
}

// gather runs sources and takes their lines. One that does not build or fails is told, and its figures are missing, but for the lines it has written.
func (r *bench) gather(ctx context.Context, list []source) error {
	for _, s := range list {
		r.say("%s go %s", s.env, strings.Join(s.args(), " "))
		cmd := exec.CommandContext(ctx, r.goTool, s.args()...)
		cmd.Env = append(os.Environ(), s.env)
		out, err := cmd.CombinedOutput()
		if ctx.Err() != nil {
			return fmt.Errorf("run benchmarks: %w", ctx.Err())
		}
		if err != nil {
			r.missed(fmt.Errorf("%s: %w: %s", s.pkg, err, out))
		}
		r.book.read("ionwake"+strings.TrimPrefix(s.pkg, "."), string(out))
	}
	return nil
}
