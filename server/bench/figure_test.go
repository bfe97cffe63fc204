//go:build linux && (amd64 || arm64)

package main

import "testing"

// A quantile of too few observations says so, and how many they were; one of many does not.
func TestQuantilesOfFew(t *testing.T) {
	var b book
	b.add("A", value{1.5, "round-p99-ms"}, value{2.5, "round-p99.9-ms"}, value{0.5, "round-cpu-p99-ms"}, value{300, "rounds"}, value{4, "gc-pause-p99-ms"}, value{12, "gc-pauses"}, value{7, "gap-p99-ms"})
	b.add("A", value{1.7, "round-p99-ms"}, value{2.6, "round-p99.9-ms"}, value{600, "rounds"})
	b.add("Few", value{1, "round-p99-ms"}, value{240, "rounds"})
	for _, row := range []struct{ name, unit, want string }{
		{"A", "round-p99-ms", "1.6 [1.5..1.7] ms"},
		{"A", "round-cpu-p99-ms", "0.5 ms"},
		{"A", "round-p99.9-ms", "2.55 [2.5..2.6] ms (of 300 only)"},
		{"A", "gc-pause-p99-ms", "4 ms (of 12 only)"},
		{"A", "gap-p99-ms", "7 ms"},
		{"Few", "round-p99-ms", "1 ms (of 240 only)"},
	} {
		if got := (figure{name: row.name, unit: row.unit, as: "ms"}).row(&b)[2]; got != row.want {
			t.Errorf("%s in %s: %q, want %q", row.name, row.unit, got, row.want)
		}
	}
}

// Growth is of one repetition: where one of its two measurements failed there is none.
func TestGrowthIsOfOneRepetition(t *testing.T) {
	r, seats := &bench{}, []int{4, 8}
	for i, row := range []struct{ small, large float64 }{{100, 110}, {100, 0}, {0, 130}, {200, 210}} {
		before := r.counts(seats)
		for n, cpu := range map[int]float64{4: row.small, 8: row.large} {
			if cpu > 0 {
				r.book.add(arenaName(n), value{cpu, "us/client-s"})
			}
		}
		r.growth(seats, before)
		if got, want := len(r.book.values("Arena/growth/n=4", "x")), []int{1, 1, 1, 2}[i]; got != want {
			t.Errorf("after repetition %d: %d figures, want %d", i+1, got, want)
		}
	}
	if got := r.book.values("Arena/growth/n=4", "x"); len(got) == 2 && (got[0] != 2.2 || got[1] != 2.1) {
		t.Errorf("growth %v, want 2.2 and 2.1", got)
	}
}
