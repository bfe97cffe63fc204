package hall

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ionwake/shared/sim"
)

// R19: a driver whose rounds take more than two fifths of its time for long has its rooms send
// less often, before any of their time is lost, and again as often as before when there
// is time. Neighbours on another driver notice nothing.
func TestFault_R19_SendsLessOften(t *testing.T) {
	var slow atomic.Int64                                            // what a step of the slow room takes
	cfg := Config{Drivers: 2, work: func() stint { return stint{} }} // no fake clock knows a thread's time
	ticks := map[string]func(*sim.World){"slow": func(*sim.World) {
		time.Sleep(time.Duration(slow.Load()))
	}}
	inBubble(t, cfg, ticks, func(t *testing.T, b *bench) {
		quick, there := b.join(""), b.join("slow")
		for _, c := range []struct {
			what   string
			step   time.Duration
			settle time.Duration
			want   int // sends a second
		}{
			{"in time", tickLength / 3, 5 * time.Second, 30},
			{"too much", 9 * time.Millisecond, 4 * time.Second, 20},
			{"still", 9 * time.Millisecond, 3 * time.Second, 15},
			{"more than there is", 2 * tickLength, 20 * time.Second, 15},
			{"in time again", 4 * time.Millisecond, 12 * time.Second, 20},
			{"and for long", 3 * time.Millisecond, 12 * time.Second, 30},
		} {
			slow.Store(int64(c.step))
			time.Sleep(c.settle)
			was, got, other := b.hall.Stats()[1], there.received(), quick.received()
			time.Sleep(time.Second)
			is := b.hall.Stats()[1]
			got, other = there.received()-got, quick.received()-other
			ticks := int(min(time.Second/c.step, sim.TickRate)) // beyond that time is lost
			if want := ticks * c.want / sim.TickRate; got < want-1 || got > want+1 {
				t.Errorf("%s: %d frames in a second, want %d", c.what, got, want)
			}
			if is.SendRate != c.want {
				t.Errorf("%s: %d sends a second, want %d", c.what, is.SendRate, c.want)
			}
			if n := int(is.Tick - was.Tick); n < ticks-sim.TickRate/4 {
				t.Errorf("%s: %d ticks in a second, want %d", c.what, n, ticks)
			}
			if other < 29 {
				t.Errorf("%s: the neighbour got %d frames in a second, want 30", c.what, other)
			}
		}
		log := b.log.String()
		if less, more := strings.Count(log, "sending less often"), strings.Count(log, "sending more often"); less != 2 || more != 2 {
			t.Errorf("the log tells %d times of less and %d of more, want 2 of each:\n%s", less, more, log)
		}
	})
}

// The rooms of a driver take turns in sending, also those that take the places of others.
func TestLanes(t *testing.T) {
	var places []*place
	add := func(want int) {
		t.Helper()
		p := &place{lane: freeLane(places)}
		if places = append(places, p); p.lane != want {
			t.Errorf("got lane %d, want %d", p.lane, want)
		}
	}
	for want := range 4 {
		add(want)
	}
	places = append(places[:1], places[3:]...)
	add(1)
	add(2)
	add(4)
}

// Two rooms of one driver never send in the same round.
func TestRoomsTakeTurns(t *testing.T) {
	inBubble(t, Config{Drivers: 1}, nil, func(t *testing.T, b *bench) {
		time.Sleep(tickLength * 33) // whatever the clock of the first one says
		one, two := b.join(""), b.join("den")
		for range 100 {
			was, were := one.received(), two.received()
			time.Sleep(tickLength)
			if a, b := one.received()-was, two.received()-were; a+b != 1 {
				t.Fatalf("in one round %d and %d frames, want one in all", a, b)
			}
		}
	})
}

// What passes counts half where the driver worked less, and where nobody knows how much.
func TestStrain(t *testing.T) {
	const half, whole, twice = tickLength / 2, tickLength, 2 * tickLength
	for _, c := range []struct {
		before, after stint
		took          time.Duration
		want          float64
	}{
		{stint{7, 0}, stint{7, half}, half, 0.5},
		{stint{7, 0}, stint{7, half}, twice, 1},
		{stint{7, 0}, stint{7, whole}, whole, 1},
		{stint{7, 0}, stint{8, 3}, whole, 0.5},
		{stint{}, stint{}, half, 0.5},
	} {
		var s strain
		for second := range 2 {
			for range sim.TickRate - 1 {
				if _, told := s.add(c.before, c.after, c.took); told {
					t.Fatal("told within a second")
				}
			}
			if share, told := s.add(c.before, c.after, c.took); !told || share < c.want-0.001 || share > c.want+0.001 {
				t.Errorf("%v to %v in %v: second %d: %.3f, %t, want %.3f", c.before, c.after, c.took, second, share, told, c.want)
			}
		}
	}
}
