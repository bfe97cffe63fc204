package room

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"ionwake/shared/sim"
)

// maxFrame is what the gate takes as one message.
const maxFrame = 32 << 10

// huddle brings all ships to one place, in which there is room for a dozen.
func (c *crowd) huddle() {
	at := openPlace(c.room)
	for i := range c.room.world.Ships {
		if s := c.room.world.Ship(sim.PlayerID(i)); s != nil {
			s.Pos, s.Vel = at.Add(sim.Vec{X: sim.Unit(i%8-4) * 8 * sim.One, Y: sim.Unit(i/8%8-4) * 8 * sim.One}), sim.Vec{}
		}
	}
}

// TestFault_R27_EverybodyInOnePlace brings a whole crowd to one place, again and again,
// with all guns firing (LONG=1 in the environment: a thousand): what each is told still
// fits into a frame.
func TestFault_R27_EverybodyInOnePlace(t *testing.T) {
	sizes := []int{128, 400}
	if os.Getenv("LONG") != "" {
		sizes = append(sizes, 1000)
	}
	for _, n := range sizes {
		c := newCrowd(t, n, Config{})
		largest := 0
		for tick := range 3 * sim.TickRate {
			if tick%sim.TickRate == 0 {
				c.huddle()
				c.people[0].seat.forgetAll() // and is told of all of them anew
			}
			c.play(1)
			for _, p := range c.people {
				largest = max(largest, len(p.seat.buf))
			}
		}
		t.Logf("%d ships in one place: a frame has %d bytes at most", n, largest)
		if largest > maxFrame || largest == 0 {
			t.Errorf("%d ships in one place: a frame of %d bytes, the gate takes %d", n, largest, maxFrame)
		}
	}
}

// BenchmarkHuddle is a tick of a room whose people are all in one place, brought back
// there each second. Times are of the processor.
func BenchmarkHuddle(b *testing.B) {
	for _, n := range []int{64, 128, 400, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			c := newCrowd(b, n, Config{})
			var took []time.Duration
			for b.Loop() {
				if len(took)%sim.TickRate == 0 {
					c.huddle()
				}
				c.fly()
				begin := threadTime()
				c.room.Tick()
				took = append(took, threadTime()-begin)
			}
			slices.Sort(took)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "µs/tick")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "µs/tick-p99")
		})
	}
}
