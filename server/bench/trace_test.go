//go:build linux && (amd64 || arm64)

package main

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestTraceFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.trace")
	want := trace{60, 1, 70000}
	if err := want.write(path, "three frames"); err != nil {
		t.Fatal(err)
	}
	got, err := readTrace(path)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("read %v, %v; want %v", got, err, want)
	}
	for _, text := range []string{"", "# nothing\n", "12\nx\n", "0\n", "-4\n", "1048577\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := readTrace(path); err == nil {
			t.Errorf("the trace %q is read as %v", text, got)
		}
	}
}

// A yardstick shall send the bytes that the server counted, to the byte.
func TestTraceScaled(t *testing.T) {
	from := trace{40, 41, 200, 63, 64, 65, 1, 900}
	for _, mean := range []float64{171.75, 100, 64.3, 1000.123} {
		got := from.scaled(mean)
		sum := 0
		for _, size := range got {
			sum += size
		}
		if want := mean * float64(len(from)); math.Abs(float64(sum)-want) > 1 {
			t.Errorf("scaled to %v: %v with the sum %d, want %.1f", mean, got, sum, want)
		}
	}
	if got := from.scaled(from.mean()); !slices.Equal(got, from) {
		t.Errorf("scaled to its own mean: %v, want %v", got, from)
	}
}

func TestTraceLast(t *testing.T) {
	if got := (trace{1, 2, 3}).last(2); !slices.Equal(got, trace{2, 3}) {
		t.Errorf("last two of three: %v", got)
	}
	if got := (trace{1, 2, 3}).last(9); len(got) != 3 {
		t.Errorf("last nine of three: %v", got)
	}
}

// RFC 6455 section 5.2.
func TestFrameHeader(t *testing.T) {
	for _, c := range []struct {
		payload int
		masked  bool
		want    int
	}{{0, false, 2}, {125, false, 2}, {126, false, 4}, {65535, false, 4}, {65536, false, 10}, {20, true, 6}, {300, true, 8}} {
		if got := frameHeader(c.payload, c.masked); got != c.want {
			t.Errorf("frameHeader(%d, %t) = %d, want %d", c.payload, c.masked, got, c.want)
		}
	}
	for _, size := range []int{1, 20, 125, 126, 4000} {
		if frame := maskedFrame(size); len(frame) != size+frameHeader(size, true) || frame[1]&0x80 == 0 {
			t.Errorf("a masked frame of %d bytes has %d: % x", size, len(frame), frame[:8])
		}
	}
}

func TestTableIsMarkdown(t *testing.T) {
	var text strings.Builder
	printTable(&text, []figure{{"a", "A", "x", "x", medianMost(1), byBench}, {"longer ≤", "B", "x", "x", goal{}, byArena}}, &book{})
	table, _, _ := strings.Cut(text.String(), "\n\n")
	lines := strings.Split(table, "\n")
	if len(lines) != 4 || lines[1] != "|---|---|---|---|---|" {
		t.Fatalf("table:\n%s", text.String())
	}
	for _, line := range lines {
		if strings.Count(line, "|") != 6 {
			t.Errorf("not five columns: %s", line)
		}
	}
}
