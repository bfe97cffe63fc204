//go:build !js

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// write prints the report, for people or as JSON.
func (r *report) write(w io.Writer, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(r)
	}
	out := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintf(out, "%d players, measured for %v, at %s\n", r.Players, r.length(), r.places())
	for i := range r.Groups {
		r.Groups[i].write(out)
	}
	fmt.Fprintf(out, "\nthe swarm itself\t\n")
	fmt.Fprintf(out, "  own CPU\t%.2f s, %.0f us for a player and second, %.1f us for a frame\n", r.Own.CPUSeconds, r.Own.CPUPerPlayer, r.Own.CPUPerFrame)
	fmt.Fprintf(out, "  turns late\t%s ms\n", r.Own.Late)
	fmt.Fprintf(out, "  cells worked out, taken over, apart\t%d, %d, %d\n\n", r.Commons.Worked, r.Commons.Shared, r.Commons.Apart)
	if len(r.Noticed) == 0 {
		fmt.Fprintln(out, "Nobody noticed anything.")
	}
	for _, line := range r.Noticed {
		fmt.Fprintf(out, "NOTICED  %s\n", line)
	}
	return out.Flush()
}

func (r *report) places() string {
	if n := len(r.Server); n > 1 {
		return fmt.Sprintf("%s and %d rooms more", r.Server[0], n-1)
	}
	return strings.Join(r.Server, "")
}

// String is p50, p99 and the largest.
func (s spread) String() string {
	if s.Count == 0 {
		return "-"
	}
	return fmt.Sprintf("%s  p99 %s  max %s", short(s.P50), short(s.P99), short(s.Max))
}

func short(v float64) string {
	if v >= 100 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.1f", v)
}

func (g *groupReport) write(w io.Writer) {
	fmt.Fprintf(w, "\n%s\t%d of %d joined\n", g.Kind, g.Joined, g.Players)
	for _, row := range []struct {
		what string
		s    spread
		unit string
	}{
		{"join", g.Join, "ms"}, {"RTT", g.RTT, "ms"}, {"jitter", g.Jitter, "ms"}, {"gap between frames", g.Gap, "ms"},
		{"behind the newest frame", g.Behind, "ms"},
		{"payload in", g.In, "kbit/s"}, {"payload out", g.Out, "kbit/s"},
	} {
		fmt.Fprintf(w, "  %s\t%s %s\n", row.what, row.s, row.unit)
	}
	fmt.Fprintf(w, "  a second\t%.1f frames in, %.1f messages out\n", g.FramesPerS, g.SentPerS)
	fmt.Fprintf(w, "  sends left out, inputs late\t%d, %d of %d frames\n", g.Skipped, g.InputsLate, g.Frames)
	fmt.Fprintf(w, "  aim turned\tin %.0f %% of sends\n", 100*g.AimTurned)
	fmt.Fprintf(w, "  beliefs not the truth\t%d of %d frames\n", g.Mismatches, g.Frames)
	if g.Kind == kindNames[witness] {
		fmt.Fprintf(w, "  mispredictions\t%d of %d frames\n", g.Mispredictions, g.Judged)
	}
	if g.Away.Count > 0 {
		fmt.Fprintf(w, "  away\t%s ms, %d times\n", g.Away, g.Away.Count)
	}
	for _, c := range g.Failed {
		fmt.Fprintf(w, "  failed\t%d times %d: %s\n", c.Count, c.Code, c.Reason)
	}
	for _, c := range g.Drops {
		fmt.Fprintf(w, "  dropped\t%d times %d: %s\n", c.Count, c.Code, c.Reason)
	}
}
