package replica

import (
	"testing"
	"time"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// wireline is a clock on a line of a given delay each way, with a server at its
// other end that reports how early each input came, two ticks a frame.
type wireline struct {
	t      *testing.T
	clock  clock
	tick   int // of the client's own time, sixty a second
	early  int // of the newest input
	was    float64
	coming []report
}

type report struct {
	at, tick, early int
}

// run plays so many ticks with inputs that take delay ticks each way. Early is
// never but a whole number of ticks, as on the wire.
func (l *wireline) run(ticks, delay int) {
	l.t.Helper()
	for range ticks {
		now := time.Duration(l.tick) * tickTime
		present := l.clock.now(now)
		if present < l.was {
			l.t.Fatalf("the clock runs back from %.3f to %.3f", l.was, present)
		}
		l.was = present
		l.early = int(present) - (int(firstTick) + l.tick + delay + 1)
		if l.tick%2 == 0 {
			l.coming = append(l.coming, report{l.tick + 2*delay, int(firstTick) + l.tick + delay, l.early})
		}
		for len(l.coming) > 0 && l.coming[0].at <= l.tick {
			early := min(max(l.coming[0].early, -wire.MaxLate), wire.MaxAhead)
			l.clock.heard(now, sim.Tick(l.coming[0].tick), &wire.Own{Early: early, HasEarly: true})
			l.coming = l.coming[1:]
		}
		l.tick++
	}
}

// begin lets the first frame come, delay ticks old, after a Hello that seemed to
// take rtt.
func begin(t *testing.T, rtt time.Duration, delay int) *wireline {
	l := &wireline{t: t}
	l.clock.start(rtt)
	l.clock.heard(0, firstTick-sim.Tick(delay), &wire.Own{})
	return l
}

// TestClockConverges starts the clock too late and too early by far and by little:
// in the end every input comes in time, and not much earlier than needed.
func TestClockConverges(t *testing.T) {
	for _, c := range []struct {
		name  string
		rtt   time.Duration // as Hello measured it
		delay int           // ticks each way
		ticks int           // time to get there
	}{
		{"right", 200 * time.Millisecond, 6, 60},
		{"a little too late", 150 * time.Millisecond, 6, 120},
		{"a little too early", 250 * time.Millisecond, 6, 240},
		{"much too early", 2 * time.Second, 3, 25 * sim.TickRate},
		{"no line at all", 0, 0, 60},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := begin(t, c.rtt, c.delay)
			l.run(c.ticks, c.delay)
			for range 120 {
				l.run(1, c.delay)
				if l.early < 0 || l.early > 3 {
					t.Fatalf("after %d ticks inputs come %d early, want 0 to 3", l.tick, l.early)
				}
			}
			if m := l.clock.margin(); m < 0 || m > 3 {
				t.Errorf("margin %.2f, want 0 to 3", m)
			}
		})
	}
}

// TestClockJumpsOverAGap makes the line longer by half a second for good: within a
// second after the news inputs are in time again.
func TestClockJumpsOverAGap(t *testing.T) {
	l := begin(t, 100*time.Millisecond, 3)
	l.run(300, 3)
	l.run(36+60, 18) // the news needs a round trip
	for range 120 {
		l.run(1, 18)
		if l.early < 0 {
			t.Fatalf("inputs come %d early", l.early)
		}
	}
}

// TestClockIgnoresAnOutlier hears of one input that came half a second late.
func TestClockIgnoresAnOutlier(t *testing.T) {
	l := begin(t, 100*time.Millisecond, 3)
	l.run(300, 3)
	now := time.Duration(l.tick) * tickTime
	goal, offset := l.clock.goal, l.clock.offset
	l.clock.heard(now, firstTick+300, &wire.Own{Early: -30, HasEarly: true})
	if l.clock.goal > goal+0.5 || l.clock.offset != offset {
		t.Errorf("goal from %.2f to %.2f, offset from %.2f to %.2f", goal, l.clock.goal, offset, l.clock.offset)
	}
	for range newsCount - 1 {
		l.clock.heard(now, firstTick+300, &wire.Own{Early: -30, HasEarly: true})
	}
	if l.clock.offset < offset+20 {
		t.Errorf("ten in a row are no outlier: offset from %.2f to %.2f", offset, l.clock.offset)
	}
}

// TestClockIsDeafAfterItsOwnHiccup stops the caller for a second: what the server
// says of the inputs of that while does not push the clock ahead, and what it says
// later is heard again.
func TestClockIsDeafAfterItsOwnHiccup(t *testing.T) {
	const rtt = 100 * time.Millisecond
	l := begin(t, rtt, 3)
	l.run(300, 3)
	now := time.Duration(l.tick+60) * tickTime
	goal, offset := l.clock.goal, l.clock.offset
	l.clock.resume(now, rtt)
	l.clock.now(now)
	for i := range 8 {
		l.clock.heard(now+time.Duration(i)*10*time.Millisecond, firstTick+360, &wire.Own{Early: -55, HasEarly: true})
	}
	if l.clock.goal != goal || l.clock.offset > offset+1 {
		t.Fatalf("after the hiccup: goal from %.2f to %.2f, offset from %.2f to %.2f", goal, l.clock.goal, offset, l.clock.offset)
	}
	later := now + time.Second
	for range sampleCount {
		l.clock.heard(later, firstTick+420, &wire.Own{Early: -4, HasEarly: true})
	}
	if l.clock.goal <= goal {
		t.Errorf("still deaf a second later: goal %.2f", l.clock.goal)
	}
	l.clock.now(later)
	l.clock.resume(later+hiccup/2, rtt)
	if l.clock.deaf > later {
		t.Error("half a hiccup makes the clock deaf")
	}
}

// TestClockNeverRunsBack asks a clock that goes as slow as it may, twice at the same
// moment, and an hour later.
func TestClockNeverRunsBack(t *testing.T) {
	l := begin(t, 3*time.Second, 0) // far too early: as slow as it gets
	l.run(600, 0)
	at := time.Duration(l.tick) * tickTime
	first := l.clock.now(at)
	if again := l.clock.now(at); again != first {
		t.Errorf("the same moment is %.4f and then %.4f", first, again)
	}
	if after := l.clock.now(at + time.Hour); after < first+3600*sim.TickRate-maxMuchSlow {
		t.Errorf("an hour later is %.1f ticks later", after-first)
	}
}
