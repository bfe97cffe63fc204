//go:build linux && (amd64 || arm64)

package main

import (
	"math"
	"time"
)

// fought is what a battle was like.
type fought struct {
	window   // between the two scrapes, a little longer than what was measured
	players  int
	cpu      time.Duration // of the server in the measured time
	measured float64       // seconds
	procs    int           // GOMAXPROCS of the server
	sizes    trace         // of one client's frames before the window
	report   swarmReport
}

// perClient returns the server's processor time for a client and second, in microseconds.
func (f *fought) perClient() float64 { return microseconds(f.cpu, f.players, f.measured) }

// values tells everything, for the book.
func (f *fought) values() []value {
	out := append(f.traffic(), f.ticks()...)
	out = append(out, f.memory()...)
	out = append(out, f.stages()...)
	return append(out, f.report.values()...)
}

// traffic is what went over the sockets, for each client, payload only.
func (f *fought) traffic() []value {
	rate := func(name, dir string) float64 { return f.rate(name, "dir", dir) / float64(f.players) }
	return []value{
		{f.perClient(), "us/client-s"},
		{float64(f.procs), "GOMAXPROCS"},
		{rate("ionwake_ws_bytes_total", "out") * 8 / 1000, "kbit-out/client-s"},
		{rate("ionwake_ws_bytes_total", "in") * 8 / 1000, "kbit-in/client-s"},
		{rate("ionwake_ws_messages_total", "out"), "frames/client-s"},
		{rate("ionwake_ws_messages_total", "in"), "msgs-in/client-s"},
		{f.counted("ionwake_frames_skipped_total"), "skipped"},
		{ratio(f.counted("ionwake_input_late_total"), f.counted("ionwake_ws_messages_total", "dir", "in")), "late/msg-in"},
	}
}

// ticks is how the server's rounds of ticks went: one driver's rooms, one after the other.
func (f *fought) ticks() []value {
	var out []value
	for _, h := range []struct{ name, unit string }{
		{"ionwake_round_duration_seconds", "round"}, {"ionwake_round_cpu_seconds", "round-cpu"}, {"ionwake_round_lateness_seconds", "late"},
	} {
		for _, q := range []struct {
			quantile float64
			unit     string
		}{{0.5, "p50"}, {0.99, "p99"}, {0.999, "p99.9"}, {1, "max"}} {
			out = append(out, value{f.quantile(q.quantile, h.name) * 1000, h.unit + "-" + q.unit + "-ms"})
		}
	}
	_, rounds := f.observed("ionwake_round_duration_seconds")
	return append(known(out), value{rounds, "rounds"})
}

// memory is what the server holds and takes. Pauses are those since its start: in a window there may be none.
func (f *fought) memory() []value {
	all := window{after: f.after}
	_, pauses := all.observed("ionwake_gc_pause_seconds")
	return known([]value{
		{f.after.sum("process_resident_memory_bytes") / (1 << 20), "RSS-MiB"},
		{f.counted("ionwake_steady_allocations_total") / f.counted("ionwake_steady_ticks_total"), "allocs/tick"},
		{f.counted("ionwake_steady_allocated_bytes_total") / f.counted("ionwake_steady_ticks_total"), "B/tick"},
		{all.quantile(0.99, "ionwake_gc_pause_seconds") * 1000, "gc-pause-p99-ms"},
		{pauses, "gc-pauses"},
	})
}

// stages is how long the parts of a tick took in the mean, in microseconds. Some are timed now and then only: the mean is of those times.
func (f *fought) stages() []value {
	const name = "ionwake_tick_stage_seconds"
	var out []value
	for _, m := range f.after[name].GetMetric() {
		for _, l := range m.GetLabel() {
			sum, count := f.observed(name, l.GetName(), l.GetValue())
			out = append(out, value{sum / count * 1e6, "stage-" + l.GetValue() + "-us"})
		}
	}
	return known(out)
}

// known leaves out what the server does not tell, or what did not happen.
func known(values []value) []value {
	var out []value
	for _, v := range values {
		if !math.IsNaN(v.amount) && !math.IsInf(v.amount, 0) {
			out = append(out, v)
		}
	}
	return out
}
