//go:build linux && (amd64 || arm64)

package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

// arenaFor is where so many people fight: all in sight of each other, until an arena of one view is too small for them.
func arenaFor(players int) string {
	switch {
	case players <= 128:
		return "foundry"
	case players <= 400:
		return "colossus"
	default:
		return "expanse"
	}
}

// repeat runs one repetition at n seats: the server, then both yardsticks with what it was seen to do, in turns.
func (r *bench) repeat(ctx context.Context, n, repetition int) error {
	f, err := r.programs.fight(ctx, battle{players: n, witnesses: 1, traced: true, arena: arenaFor(n), window: r.window, settle: r.settle})
	if err != nil {
		return fmt.Errorf("%d players: %w", n, err)
	}
	r.book.add(arenaName(n), f.values()...)
	server := f.perClient()
	w, err := r.workOf(f, n, repetition)
	if err != nil {
		return err
	}
	kinds := []string{"floor", "plain"}
	if repetition%2 == 1 {
		kinds[0], kinds[1] = kinds[1], kinds[0]
	}
	var compared []string
	for _, kind := range kinds {
		m, err := r.yardstick(ctx, kind, w)
		if err != nil {
			return fmt.Errorf("%d players: %w", n, err)
		}
		own := microseconds(m.cpu, n, m.seconds)
		r.book.add(fmt.Sprintf("Arena/system=%s/n=%d", kind, n), value{own, "us/client-s"},
			value{w.rate, "msgs-in/client-s"}, value{m.served.LateP50, "late-p50-ms"}, value{m.served.LateP99, "late-p99-ms"})
		r.book.add(fmt.Sprintf("Arena/ratio=%s/n=%d", kind, n), value{ratio(server, own), "x"})
		compared = append(compared, fmt.Sprintf("%.2f of %s", ratio(server, own), kind))
	}
	r.say("%4d players, repetition %d: %.0f us a client and second: %s", n, repetition+1, server, strings.Join(compared, ", "))
	return nil
}

// yardstick runs one, and once more if it did not do its work: other work of the machine may have held it or its clients up.
func (r *bench) yardstick(ctx context.Context, kind string, w work) (*measured, error) {
	m, err := r.programs.run(ctx, kind, w)
	if err == nil || ctx.Err() != nil {
		return m, err
	}
	r.say("once more: %v", err)
	return r.programs.run(ctx, kind, w)
}

// workOf makes the work of the yardsticks from what the server counted, and writes the trace of its frames.
func (r *bench) workOf(f *fought, n, repetition int) (work, error) {
	messages, frames := f.rate("ionwake_ws_messages_total", "dir", "in"), f.rate("ionwake_ws_messages_total", "dir", "out")
	bytesIn, bytesOut := f.rate("ionwake_ws_bytes_total", "dir", "in"), f.rate("ionwake_ws_bytes_total", "dir", "out")
	if messages == 0 || frames == 0 {
		return work{}, fmt.Errorf("%d players: the server counted no messages", n)
	}
	w := work{
		clients: n, rate: messages / float64(n), size: max(int(bytesIn/messages+0.5), 1), procs: f.procs, window: r.window,
		// A yardstick sends at every send tick. Where the server skips frames, or some players are away, its bytes are fewer, not its sends.
		mean: bytesOut / float64(n) / sends, trace: filepath.Join(r.out, fmt.Sprintf("%s-n%d-%d.trace", r.stamp, n, repetition+1)),
	}
	// As many as a window has sends: so each window has all of them, whenever it begins.
	sizes := f.sizes.last(int(r.window.Seconds() * sends)).scaled(w.mean)
	w.mean = sizes.framed().mean()
	return w, sizes.write(w.trace, fmt.Sprintf("payload bytes of the frames to one of %d clients, 30 a second; clients send %.2f messages of %d bytes a second", n, w.rate, w.size))
}

func microseconds(cpu time.Duration, clients int, seconds float64) float64 {
	return float64(cpu) / float64(time.Microsecond) / float64(clients) / seconds
}
