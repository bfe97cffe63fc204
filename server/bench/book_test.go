//go:build linux && (amd64 || arm64)

package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const printed = `goos: linux
pkg: ionwake/shared/sim
cpu: AMD EPYC
BenchmarkStep64-2   	    9999	     21345 ns/op	       0 B/op	       0 allocs/op
PASS
ok  	ionwake/shared/sim	1.2s
pkg: ionwake/server/room
BenchmarkArenaPayload/brawl-2         	       1	        15.40 kbit/s-median
BenchmarkArenaPayload/relay-16         	       1	        15.60 kbit/s-median
BenchmarkBroken-2   	 what is this
`

func TestBookReadsBenchmarks(t *testing.T) {
	var b book
	b.read("", printed)
	want := []line{
		{"ionwake/shared/sim", "Step64", []value{{21345, "ns/op"}, {0, "B/op"}, {0, "allocs/op"}}},
		{"ionwake/server/room", "ArenaPayload/brawl", []value{{15.4, "kbit/s-median"}}},
		{"ionwake/server/room", "ArenaPayload/relay", []value{{15.6, "kbit/s-median"}}},
	}
	if diff := cmp.Diff(want, b.pages, cmp.AllowUnexported(line{}, value{})); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	var told book
	told.read("ionwake/client/lab", "=== RUN   TestFeel\n    BenchmarkFeel/loss=0 1 1.5 units\n--- PASS: TestFeel (1.00s)\n")
	if diff := cmp.Diff([]line{{"ionwake/client/lab", "Feel/loss=0", []value{{1.5, "units"}}}}, told.pages, cmp.AllowUnexported(line{}, value{})); diff != "" {
		t.Errorf("lines that a test has written (-want +got):\n%s", diff)
	}
	if got := b.values("ArenaPayload/*", "kbit/s-median"); !slices.Equal(got, []float64{15.4, 15.6}) {
		t.Errorf("values of all modes: %v", got)
	}
	if got := b.values("Step64", "kbit/s-median"); got != nil {
		t.Errorf("values in a unit that the line has not: %v", got)
	}
}

// What is written is read again, and is what benchstat wants: name, count, pairs.
func TestBookWritesWhatItReads(t *testing.T) {
	var b, again book
	b.read("", printed)
	b.add("Arena/ratio=floor/n=64", value{1.31, "x"})
	var text strings.Builder
	if err := b.write(&text); err != nil {
		t.Fatal(err)
	}
	if want := "pkg: ionwake/server/bench\nBenchmarkArena/ratio=floor/n=64 1 1.31 x\n"; !strings.HasSuffix(text.String(), want) {
		t.Errorf("written:\n%s\nwant at its end:\n%s", text.String(), want)
	}
	again.read("", text.String())
	if diff := cmp.Diff(b.pages, again.pages, cmp.AllowUnexported(line{}, value{})); diff != "" {
		t.Errorf("read again (-first +second):\n%s", diff)
	}
}

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		x    float64
		want string
	}{{0, "0"}, {12345.678, "12346"}, {1234.5, "1234"}, {123.45, "123.5"}, {-12.345, "-12.35"}, {1.5, "1.5"}, {0.012345, "0.01235"}, {0.00000001, "0"}} {
		if got := number(c.x); got != c.want {
			t.Errorf("number(%v) = %s, want %s", c.x, got, c.want)
		}
	}
}

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   string
	}{{[]float64{3}, "3"}, {[]float64{3, 1, 2}, "2 [1..3]"}, {[]float64{4, 1, 2, 3}, "2.5 [1..4]"}} {
		if got := spreadOf(c.values).String(); got != c.want {
			t.Errorf("spread of %v: %s, want %s", c.values, got, c.want)
		}
	}
}

func TestFigures(t *testing.T) {
	var b book
	for _, x := range []float64{1.4, 1.6, 1.2} {
		b.add("Ratio", value{x, "x"})
	}
	for _, c := range []struct {
		goal          goal
		target, judge string
	}{
		{medianMost(1.5), "≤ 1.5 times", "yes"},
		{medianMost(1.3), "≤ 1.3 times", "**no**"},
		{most(1.5), "≤ 1.5 times", "**no**"},
		{most(1.6), "≤ 1.6 times", "yes"},
		{least(1.2), "≥ 1.2 times", "yes"},
		{least(1.3), "≥ 1.3 times", "**no**"},
		{goal{}, "told", ""},
	} {
		want := [5]string{"it", c.target, "1.4 [1.2..1.6] times", c.judge, "bench"}
		if got := (figure{"it", "Ratio", "x", "times", c.goal, byBench}).row(&b); got != want {
			t.Errorf("row %v, want %v", got, want)
		}
	}
	if got := (figure{"it", "Other", "x", "times", medianMost(1), byBench}).row(&b); got[2] != "not measured" || got[3] != "" {
		t.Errorf("a figure that is not measured: %v", got)
	}
}

// Two rows must not be about the same, or one of them is about nothing.
func TestFiguresAreDistinct(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range figures() {
		key := f.name + " " + f.unit
		if seen[key] {
			t.Errorf("two figures of %s", key)
		}
		seen[key] = true
		if !slices.Contains(ways, f.how) {
			t.Errorf("the table does not say what %q stands for, of %s", f.how.word, key)
		}
	}
}
