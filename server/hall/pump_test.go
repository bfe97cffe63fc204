package hall

import (
	"slices"
	"sync"
	"testing"
	"time"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// diary remembers what the drivers did, in order.
type diary struct {
	mu    sync.Mutex
	lines []string
}

func (d *diary) add(line string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, line)
}

// notedPump is a pump that writes its turns down.
type notedPump struct {
	diary *diary
	name  string
}

func (p notedPump) Turn() { p.diary.add(p.name) }

// riding is a guest's connection that a pump moves.
type riding struct {
	line
	on []int // the pumps it was told to ride on
}

func (r *riding) Ride(driver int) { r.on = append(r.on, driver) }

// A driver's pump turns before its rooms tick, so that what has come counts at once; that of a
// driver without rooms turns now and then.
func TestPumpsTurnBeforeTheTick(t *testing.T) {
	var d diary
	ticks := map[string]func(*sim.World){MainRoom: func(*sim.World) { d.add("tick") }}
	cfg := Config{Pumps: []Pump{notedPump{&d, "first"}, notedPump{&d, "second"}}}
	inBubble(t, cfg, ticks, func(t *testing.T, _ *bench) {
		time.Sleep(13*tickLength + tickLength/2) // twice restFor, and some
		d.mu.Lock()
		defer d.mu.Unlock()
		second := 0
		mine := slices.DeleteFunc(slices.Clone(d.lines), func(line string) bool {
			if line == "second" {
				second++
			}
			return line == "second"
		})
		want := append([]string{"first"}, slices.Repeat([]string{"first", "tick"}, 12)...) // the first tick only begins the match
		if !slices.Equal(mine, want) || second != 2 {
			t.Errorf("got %q and %d turns of the second pump, want %q and 2", mine, second, want)
		}
	})
}

// A connection rides on the pump of the driver that ticks its room: from the start where that is
// known, from hello on where the room is opened for it.
func TestGuestsRideWithTheirRoom(t *testing.T) {
	inBubble(t, Config{}, nil, func(t *testing.T, b *bench) {
		main := b.hall.place("").driver
		enter := func(name string) []int {
			r := &riding{line: line{t: t}}
			r.Guest = b.hall.Welcome(r, name)
			if err := r.Receive(wire.AppendHello(nil, wire.Hello{Version: wire.Version, Name: "Ann"})); err != nil {
				t.Fatal(err)
			}
			return r.on
		}
		if got, want := enter(""), []int{main, main}; !slices.Equal(got, want) {
			t.Errorf("to the main room: got %v, want %v", got, want)
		}
		if got, want := enter("den"), []int{1 - main}; !slices.Equal(got, want) {
			t.Errorf("to a new room: got %v, want %v, the driver with fewer rooms", got, want)
		}
	})
}

// A driver that has rested ticks a room that comes at once.
func TestRoomsWakeTheirDriver(t *testing.T) {
	inBubble(t, Config{}, nil, func(t *testing.T, b *bench) {
		time.Sleep(time.Second + restFor/2)
		den := b.knock("den")
		time.Sleep(4 * tickLength)
		if den.received() == 0 {
			t.Error("no frame within four ticks of a room that opens")
		}
	})
}
