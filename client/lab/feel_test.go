//go:build !js

package lab_test

import (
	"fmt"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"ionwake/server/room"
	"ionwake/shared/lab"
)

// measure lets pilots of all hulls and strengths fight over equal lines and returns
// what they met.
func measure(t *testing.T, line lab.Line, pilots int, lasts time.Duration) (f *figures) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		m := newMatch(t, room.Config{Seed: line.Seed})
		m.crowd(pilots, line)
		m.play(3 * time.Second)
		f = m.watchAll()
		m.play(lasts)
		f.tally(m)
		m.end()
	})
	return f
}

// lines are those of the table.
var lines = []lab.Line{
	line(0, 0, 0), line(50, 0, 0), line(50, 20, 2), line(100, 0, 0), line(100, 20, 0), line(100, 50, 0), line(100, 20, 2), line(100, 20, 5),
	line(200, 20, 0), line(200, 20, 2), line(200, 50, 5), line(300, 20, 0), line(300, 50, 2), line(300, 50, 5),
}

// line is a line of so many milliseconds of round trip and jitter and so much loss in
// per cent.
func line(rtt, jitter, loss int) lab.Line {
	return lab.Line{
		RTT: time.Duration(rtt) * time.Millisecond, Jitter: time.Duration(jitter) * time.Millisecond,
		Loss: float64(loss) / 100, Seed: uint64(1 + rtt + jitter*7 + loss*13),
	}
}

// target is what the line must reach that everything is tuned for.
var target = line(100, 20, 0)

// TestFeel measures the line that everything is tuned for, one that loses packets and
// a perfect one, and wants what was promised of them. With FEEL=2m in the environment
// it plays so long on all lines and prints the table.
func TestFeel(t *testing.T) {
	rows, lasts := []lab.Line{line(0, 0, 0), target, line(100, 20, 2)}, 40*time.Second
	if text := os.Getenv("FEEL"); text != "" {
		var err error
		if lasts, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
		rows = lines
	}
	out := t.Output()
	fmt.Fprintf(out, "12 pilots of all hulls and strengths, %v; lengths in units (a ship is 32 wide), times in ms, median/p99\n%s\n", lasts, header())
	for _, l := range rows {
		f := measure(t, l, 12, lasts)
		fmt.Fprintln(out, f.row(l))
		defer fmt.Fprintln(out, f.benchmark(l))
		f.judge(t, l)
	}
}

// noise is by how much the 99th percentile of one match of 40 s differs from that of
// another, in units.
const noise = 2

// judge wants what was promised.
func (f *figures) judge(t *testing.T, l lab.Line) {
	t.Helper()
	if f.strange+f.mismatches != 0 {
		t.Errorf("%s: the own ship was %d times elsewhere and %d times another than the server's, and nothing explains it", name(l), f.strange, f.mismatches)
	}
	if f.judged < f.frames*8/10 || f.remote.count() == 0 || f.server.count() == 0 || f.screen.count() == 0 || f.told.at(0.99) == 0 {
		t.Errorf("%s: %d of %d frames judged, %d ships drawn, %d keys followed: this shows nothing", name(l), f.judged, f.frames, f.remote.count(), f.server.count())
	}
	limit := func(what string, got, want float64) {
		t.Helper()
		if got > want {
			t.Errorf("%s: %s is %.4g, want at most %.4g", name(l), what, got, want)
		}
	}
	if l.Loss <= 0.02 && l.RTT <= 200*time.Millisecond {
		limit("the largest jump of a ship", f.jump.most(), 32)
	}
	if l.Loss == 0 {
		limit("the share of ticks without the right input", f.share(f.starved), 0.002)
	}
	if l == target {
		limit("the median error of others", f.remote.median(), 2)
		limit("the 99th percentile of the error of others", f.remote.at(0.99), 16+noise)
	}
	for i := range f.classic {
		c := &f.classic[i]
		if l.Loss == 0 && (c.then.median() > 0.5 || c.age.median() < 60) {
			t.Errorf("%s: %s classic interpolation is off by %s at an age of %s: it is not what it says", name(l), c.name(i), &c.then, &c.age)
		}
		limit("our error beside that of classic interpolation", f.remote.at(0.99), c.present.at(0.99))
	}
}

// benchmark is the row as a line that benchmarks write.
func (f *figures) benchmark(l lab.Line) string {
	text := fmt.Sprintf("BenchmarkFeel/line=%dms+%dms/loss=%.0f 1", l.RTT.Milliseconds(), l.Jitter.Milliseconds(), 100*l.Loss)
	for _, v := range []struct {
		amount float64
		unit   string
	}{
		{f.remote.median(), "others-median-units"}, {f.remote.at(0.99), "others-p99-units"}, {f.told.at(0.99), "told-p99-units"},
		{f.classic[0].present.median(), "classic-median-units"}, {f.classic[0].present.at(0.99), "classic-p99-units"},
		{f.jump.most(), "jump-max-units"}, {1000 * f.share(f.starved), "starved-per-1000"}, {float64(f.strange + f.mismatches), "own-strange"},
		{f.lead.median(), "ahead-ms"}, {f.server.median(), "to-server-ms"}, {f.screen.median(), "to-screen-ms"},
	} {
		text += fmt.Sprintf(" %.4g %s", v.amount, v.unit)
	}
	return text
}

func (f *figures) share(n int) float64 { return float64(n) / float64(max(f.ticks, 1)) }

func name(l lab.Line) string {
	return fmt.Sprintf("%d ms + %d ms, %.0f %%", l.RTT.Milliseconds(), l.Jitter.Milliseconds(), l.Loss*100)
}

var columns = []struct {
	title string
	width int
	cell  func(f *figures) string
}{
	{"others", 11, func(f *figures) string { return f.remote.String() }},
	{"told", 10, func(f *figures) string { return fmt.Sprintf("%.1f", f.told.at(0.99)) }},
	{"jump", 6, func(f *figures) string { return fmt.Sprintf("%.0f", f.jump.most()) }},
	{"ahead", 10, func(f *figures) string { return f.lead.whole() }},
	{"starved %", 9, func(f *figures) string { return fmt.Sprintf("%.2f", 100*f.share(f.starved)) }},
	{"own off", 8, func(f *figures) string { return fmt.Sprint(f.strange + f.mismatches) }},
	{"to server", 11, func(f *figures) string { return f.server.whole() }},
	{"to screens", 11, func(f *figures) string { return f.screen.whole() }},
	{"classic 2: then", 15, func(f *figures) string { return f.classic[0].then.String() }},
	{"now", 11, func(f *figures) string { return f.classic[0].present.String() }},
	{"age", 4, func(f *figures) string { return fmt.Sprintf("%.0f", f.classic[0].age.median()) }},
	{"classic 3: then", 15, func(f *figures) string { return f.classic[1].then.String() }},
	{"now", 11, func(f *figures) string { return f.classic[1].present.String() }},
	{"age", 4, func(f *figures) string { return fmt.Sprintf("%.0f", f.classic[1].age.median()) }},
}

func header() string {
	text := fmt.Sprintf("%-19s", "line")
	for _, c := range columns {
		text += fmt.Sprintf("  %*s", c.width, c.title)
	}
	return text
}

func (f *figures) row(l lab.Line) string {
	text := fmt.Sprintf("%-19s", name(l))
	for _, c := range columns {
		text += fmt.Sprintf("  %*s", c.width, c.cell(f))
	}
	return text
}
