package hall

import (
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ionwake/shared/sim"
)

// R16: a fault in one room ends that room and nothing else.
func TestFault_R16_PanicEndsOneRoom(t *testing.T) {
	var broken atomic.Bool
	ticks := map[string]func(*sim.World){"den": func(w *sim.World) {
		if w.Tick > 60 && broken.CompareAndSwap(true, false) {
			panic("den is broken")
		}
	}}
	// One driver: the fault happens on the very goroutine that ticks the others.
	inBubble(t, Config{Drivers: 1}, ticks, func(t *testing.T, b *bench) {
		witness, other := b.join(""), b.join("lair")
		victims := []*line{b.join("den"), b.join("den")}
		time.Sleep(2 * time.Second)
		frames := [2]int{witness.received(), other.received()}
		broken.Store(true)
		victims = append(victims, b.knock("den")) // at the door while it breaks
		time.Sleep(time.Second)

		crashID := ""
		for i, v := range victims {
			r := v.wantEnd(1011)
			id := regexp.MustCompile(`\(([0-9a-f]{8})\)`).FindStringSubmatch(r.Message)
			if id == nil || r.RetryAfterMS == 0 {
				t.Fatalf("victim %d was told %+v, want a crash id and a time to come back", i, *r)
			}
			crashID = id[1]
		}
		for _, want := range []string{"crash_id=" + crashID, "den is broken", "fault_room_test.go"} {
			if !strings.Contains(b.log.String(), want) {
				t.Errorf("the log does not have %q", want)
			}
		}
		for i, l := range []*line{witness, other} {
			if got := l.received() - frames[i]; got != sim.TickRate/2 {
				t.Errorf("witness %d got %d frames in the second of the fault, want %d", i, got, sim.TickRate/2)
			}
		}
		b.wantRooms("lair", MainRoom)
		if got := b.hall.Totals().Crashed; got != 1 {
			t.Errorf("%d crashes counted, want 1", got)
		}
		b.join("den") // a new one
	})
}

// R16: a room whose state is so broken that it cannot even be closed in order still
// tells its people.
func TestFault_R16_BrokenStateStillTellsPeople(t *testing.T) {
	ticks := map[string]func(*sim.World){"den": func(w *sim.World) {
		if w.Tick == 60 {
			w.Players, w.Ships, w.Bolts = nil, nil, nil
		}
	}}
	inBubble(t, Config{}, ticks, func(t *testing.T, b *bench) {
		l := b.join("den")
		time.Sleep(2 * time.Second)
		l.wantEnd(1011)
	})
}

// R16: the main room comes back by itself, but one that breaks at once does not
// spin.
func TestFault_R16_MainRoomComesBack(t *testing.T) {
	var breakAt atomic.Int64
	breakAt.Store(600)
	ticks := map[string]func(*sim.World){MainRoom: func(w *sim.World) {
		if at := sim.Tick(breakAt.Load()); at > 0 && w.Tick >= at {
			panic("main is broken")
		}
	}}
	inBubble(t, Config{}, ticks, func(t *testing.T, b *bench) {
		l := b.join("")
		time.Sleep(10 * time.Second)
		l.wantEnd(1011)
		b.wantRooms(MainRoom)
		b.join("")

		breakAt.Store(2)
		time.Sleep(20 * time.Second)
		before := b.hall.Totals().Crashed
		time.Sleep(20 * time.Second)
		if got := b.hall.Totals().Crashed - before; got < 15 || got > 20 {
			t.Errorf("crashed %d times in 20 s, want about once a second", got)
		}
		breakAt.Store(0)
		time.Sleep(2 * time.Second)
		b.wantRooms(MainRoom)
		b.join("")
	})
}
