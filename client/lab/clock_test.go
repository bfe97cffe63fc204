//go:build !js

package lab_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"ionwake/server/room"
	"ionwake/shared/sim"
)

// TestLeadFollowsTheLine makes a line longer, from 50 to 200 ms, and shorter again: the
// clock goes faster or slower and never jumps, by no more than a tick in 250 ms, and
// seconds later all inputs are in time again, and not much too early.
func TestLeadFollowsTheLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMatch(t, room.Config{Seed: 5, Bots: 6})
		m.crowd(2, buffered(line(50, 10, 0)))
		m.play(5 * time.Second)
		for _, row := range []struct {
			rtt   int
			lead  float64 // ticks, at most, in the end
			takes time.Duration
		}{{200, 18, 5 * time.Second}, {50, 9, 15 * time.Second}} {
			m.worsen(buffered(line(row.rtt, 10, 0)))
			was := m.people[0].offset()
			for range int(row.takes / (250 * time.Millisecond)) {
				m.play(250 * time.Millisecond)
				is := m.people[0].offset()
				if off := is - was; off > 1.1 || off < -1.1 {
					t.Errorf("to %d ms: the clock moved by %.2f ticks in 250 ms, want 1 at most", row.rtt, off)
				}
				was = is
			}
			late := m.people[0].net().Late
			m.play(5 * time.Second)
			if n := m.people[0].net(); n.Late > late+2 || n.Lead > row.lead {
				t.Errorf("at %d ms, after %v: %d late inputs in five seconds, want none; %.1f ticks ahead, want at most %.0f", row.rtt, row.takes, n.Late-late, n.Lead, row.lead)
			}
		}
		m.end()
	})
}

// offset is the player's tick less sixty times its seconds.
func (p *player) offset() float64 {
	now := p.m.now()
	return float64(p.seen) + p.ses.Net(now).Lead - now.Seconds()*sim.TickRate
}

// TestFeelOnOtherScreens plays with slower, faster and uneven pictures than 60 a second:
// inputs are in time all the same.
func TestFeelOnOtherScreens(t *testing.T) {
	dice := newDice(3)
	for _, screen := range []struct {
		name string
		pace func() time.Duration
	}{
		{"30 Hz", hertz(30)}, {"50 Hz", hertz(50)}, {"144 Hz", hertz(144)}, {"240 Hz", hertz(240)},
		{"8 to 40 ms", func() time.Duration {
			return 8*time.Millisecond + time.Duration(dice.Int64N(int64(32*time.Millisecond)))
		}},
		{"60 Hz, a millisecond off", func() time.Duration {
			return time.Second/60 - time.Millisecond/2 + time.Duration(dice.Int64N(int64(time.Millisecond)))
		}},
	} {
		synctest.Test(t, func(t *testing.T) {
			m := newMatch(t, room.Config{Seed: 6})
			m.crowd(6, buffered(line(100, 20, 0)))
			for _, p := range m.people {
				p.pace = screen.pace
			}
			m.play(5 * time.Second)
			f := m.watchAll()
			m.play(20 * time.Second)
			f.tally(m)
			fmt.Fprintf(t.Output(), "%-24s  others %s, %s ms ahead, %.2f %% starved\n", screen.name, &f.remote, f.lead.whole(), 100*f.share(f.starved))
			if f.share(f.starved) > 0.01 || f.strange+f.mismatches > 0 {
				t.Errorf("%s: %.2f %% of ticks without the right input, want 1 at most; own ship %d times elsewhere", screen.name, 100*f.share(f.starved), f.strange+f.mismatches)
			}
			if f.lead.median() > 200 || f.remote.median() > 2 {
				t.Errorf("%s: %.0f ms ahead, want at most 200; others %.1f units off, want 2", screen.name, f.lead.median(), f.remote.median())
			}
			m.end()
		})
	}
}
