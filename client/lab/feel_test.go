//go:build !js

package lab_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ionwake/server/room"
	"ionwake/shared/lab"
)

// measure flies pilots over equal lines and returns what they met.
func measure(t *testing.T, line lab.Line, pilots int, lasts time.Duration) (f *figures) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		m := newMatch(t, room.Config{Seed: 1})
		m.crowd(pilots, line)
		m.play(3 * time.Second)
		f = m.watchAll()
		m.play(lasts)
		f.tally(m)
		m.end()
	})
	return f
}

// TestFeel prints the figures of feel.
func TestFeel(t *testing.T) {
	rows := []lab.Line{line(0, 0, 0), line(50, 0, 0), line(100, 20, 0), line(100, 20, 2), line(200, 20, 0), line(300, 50, 5)}
	fmt.Println(header())
	for _, l := range rows {
		f := measure(t, l, 12, 30*time.Second)
		fmt.Println(f.row(l))
	}
	_ = os.Stdout
}

// line is a line of so many milliseconds of round trip and jitter and so much loss in
// per cent.
func line(rtt, jitter, loss int) lab.Line {
	return lab.Line{
		RTT: time.Duration(rtt) * time.Millisecond, Jitter: time.Duration(jitter) * time.Millisecond,
		Loss: float64(loss) / 100, Seed: uint64(1 + rtt + jitter*7 + loss*13),
	}
}

func header() string {
	return "line          remote       own      shift       jump            lead ms      starved  late  to server  to screen  classic2 now/then/age ms   classic3   ghosts"
}

func (f *figures) row(l lab.Line) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%3d/%2d/%1.0f%%  %s  own %s  shift %s  jump %.1f/%.0f (%.5f)  lead %s  starved %.4f  late %d/%d strange %d/%d  server %s screen %s",
		l.RTT.Milliseconds(), l.Jitter.Milliseconds(), l.Loss*100, &f.remote, &f.own, &f.shift, f.jump.at(0.99), f.jump.most(), f.jump.over(32),
		&f.lead, float64(f.starved)/float64(max(f.ticks, 1)), f.late, f.judged, f.strange, f.mismatches, &f.server, &f.screen)
	for i := range f.classic {
		c := &f.classic[i]
		fmt.Fprintf(&b, "  c%d %s %s %s", i+2, &c.present, &c.then, &c.age)
	}
	fmt.Fprintf(&b, " ghosts %d", f.ghosts)
	return b.String()
}
