package room

import (
	"fmt"
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// clocked is a line that notes when frames come.
type clocked struct {
	room *Room
	at   []sim.Tick
}

func (*clocked) Ready() bool { return true }

func (l *clocked) Send([]byte) bool {
	l.at = append(l.at, l.room.world.Tick)
	return true
}

func (*clocked) Close([]byte, uint16, string) {}

// TestWaves fills a room beyond what gets its frames at once: the rest get theirs
// between the sends, everybody as steadily as before, at every tempo, and about as many
// in each tick.
func TestWaves(t *testing.T) {
	const people = 400
	r := New(Config{Arena: arena(t, "foundry"), MaxPlayers: people})
	var lines []*clocked
	for i := range people {
		l := &clocked{room: r}
		if _, ok := r.Enter(l, wire.Hello{Version: wire.Version, Name: fmt.Sprint("P", i)}); !ok {
			t.Fatal("the door is shut")
		}
		lines = append(lines, l)
		if i%100 == 99 {
			r.Tick()
		}
	}
	play(r, 20)
	for _, interval := range []int{2, 3, 4, 2} {
		r.tempo.wanted = interval
		play(r, 2*slowest)
		for _, l := range lines {
			l.at = l.at[:0]
		}
		play(r, 60*interval)
		in := make(map[sim.Tick]int) // of the ticks of an interval: how many lines get their frames in it
		for i, l := range lines {
			if len(l.at) != 60 {
				t.Fatalf("interval %d: seat %d got %d frames, want 60", interval, i, len(l.at))
			}
			for j := range l.at[1:] {
				if gap := l.at[j+1] - l.at[j]; gap != sim.Tick(interval) {
					t.Fatalf("interval %d: seat %d got a frame %d ticks after the one before", interval, i, gap)
				}
			}
			after := (l.at[0] - r.tempo.newest%sim.Tick(interval)) % sim.Tick(interval)
			if in[after]++; i < atOnce && after != 0 {
				t.Fatalf("interval %d: seat %d gets its frames %d ticks after the send", interval, i, after)
			}
		}
		for after := range sim.Tick(interval) {
			if got, even := in[after], people/interval; got < even/2 || got > 2*even {
				t.Errorf("interval %d: %d lines get their frames %d ticks after the send, of %v", interval, got, after, in)
			}
		}
	}
}
