package hall

import (
	"sync/atomic"
	"testing"
	"time"

	"ionwake/server/room"
	"ionwake/shared/sim"
)

// Work on another thread is not known: then the time that passed stands for it.
func TestStintOfAnotherThread(t *testing.T) {
	for _, c := range []struct {
		before, after stint
		want          time.Duration
	}{
		{stint{7, 100}, stint{7, 130}, 30},
		{stint{7, 100}, stint{8, 130}, 500},
		{stint{}, stint{}, 500},
	} {
		if got := c.after.since(c.before, 500); got != c.want {
			t.Errorf("%v to %v: got %v, want %v", c.before, c.after, got, c.want)
		}
	}
}

// Each driver says of each round how many rooms it passed and how long that took,
// late ticks included.
func TestRoundsAreTold(t *testing.T) {
	const slow = 30 * time.Millisecond
	var rounds, rooms, overrun, late atomic.Int64
	var stages atomic.Pointer[room.Laps]
	cfg := Config{Drivers: 1, Rounded: func(r Round) {
		rounds.Add(1)
		rooms.Add(int64(r.Rooms))
		if r.Took >= slow {
			overrun.Add(1)
		}
		if r.Late > 0 {
			late.Add(1)
		}
	}, Ticked: func(t Tick) { stages.Store(t.Laps) }}
	ticks := map[string]func(*sim.World){MainRoom: func(w *sim.World) {
		if w.Tick%100 == 0 {
			time.Sleep(slow)
		}
	}}
	inBubble(t, cfg, ticks, func(t *testing.T, b *bench) {
		b.join("den")
		before := rounds.Load()
		time.Sleep(10 * time.Second)
		if n := rounds.Load() - before; n < 10*sim.TickRate-1 || n > 10*sim.TickRate+1 {
			t.Errorf("%d rounds in ten seconds", n)
		}
		if per := float64(rooms.Load()) / float64(rounds.Load()); per < 1.9 || per > 2 {
			t.Errorf("%.2f rooms a round, want 2", per)
		}
		if n, after := overrun.Load(), late.Load(); n != 6 || after < 6 {
			t.Errorf("%d rounds took too long and %d began late, want 6 of each at least", n, after)
		}
		if stages.Load() == nil {
			t.Error("no stages are told")
		}
	})
}
