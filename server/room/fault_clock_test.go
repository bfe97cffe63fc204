package room

import (
	"math"
	"os"
	"testing"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// hasty is a whole client whose clock runs faster than that of the server, or slower.
type hasty struct {
	*guest
	speed float64
	rep   *replica.Replica
}

func (h *hasty) now() time.Duration { return time.Duration(float64(h.guest.now()) * h.speed) }

func (h *hasty) Send(data []byte) bool {
	if err := h.rep.Receive(h.now(), data); err != nil {
		h.t.Fatalf("at %.2f of the speed: %v", h.speed, err)
	}
	h.frames++
	return true
}

func (h *hasty) say(data []byte) bool {
	var m wire.Client
	if err := wire.DecodeClient(data, &m); err != nil {
		h.t.Fatal(err)
	}
	h.tell(&m)
	return true
}

// flown is what a ship got done.
type flown struct {
	way      float64 // units
	fastest  float64 // units in a tick
	shots    int
	mistaken int // times elsewhere than foreseen, and of another state
	closed   uint16
}

// fly lets it weave and shoot for so long, by its own clock: 60 steps in each of its
// seconds.
func (h *hasty) fly(ticks int) (f flown) {
	steps, seq := 0.0, -1
	var at sim.Vec
	for range ticks {
		h.room.Tick()
		for steps += h.speed; steps >= 1; steps-- {
			own := int(h.now() * 60 / time.Second)
			turn := [...]sim.Buttons{sim.Up, sim.Right, sim.Down, sim.Left}[own/45%4]
			if own%180 == 100 {
				turn |= sim.Dash
			}
			h.rep.Step(h.now(), sim.Input{Buttons: turn | sim.Fire, Aim: sim.Angle(own * 5 % 1024)}, h.say)
		}
		ship := h.room.world.Ship(h.rep.Self())
		if ship == nil || h.closed != 0 {
			seq = -1
			continue
		}
		if seq >= 0 {
			step := ship.Pos.Sub(at).Len().Float()
			f.way += step
			f.fastest = math.Max(f.fastest, step)
			f.shots += (int(ship.NextSeq) - seq + 256) % 256
		}
		at, seq = ship.Pos, int(ship.NextSeq)
	}
	n := h.rep.Net(h.now())
	f.mistaken, f.closed = n.StateMismatches, h.closed
	return f
}

// TestFault_G4_FastClock watches clients for minutes (LONG=1 in the environment: ten)
// whose clocks run fast, or slow: in the server's time none flies farther, faster in a
// tick, or shoots oftener than an honest one.
func TestFault_G4_FastClock(t *testing.T) {
	ticks := 2 * 60 * sim.TickRate
	if os.Getenv("LONG") != "" {
		ticks *= 5
	}
	var honest flown
	for _, speed := range []float64{1, 0.95, 1.01, 1.05, 1.2, 2} {
		r := New(Config{Arena: arena(t, "foundry"), Rules: &sim.Rules{Warmup: 1, Live: 1 << 30}})
		h := &hasty{guest: newGuest(t, r), speed: speed}
		h.rep = h.guest.rep
		var hello wire.Client
		if err := wire.DecodeClient(h.rep.Hello(h.now(), replica.Guest{Name: "Ann"}), &hello); err != nil {
			t.Fatal(err)
		}
		var ok bool
		if h.visit, ok = r.Enter(h, hello.Hello); !ok {
			t.Fatal("the door is shut")
		}
		got := h.fly(ticks)
		t.Logf("%.2f: %+v", speed, got)
		if speed == 1 {
			if honest = got; got.way == 0 || got.shots == 0 || got.closed != 0 {
				t.Fatalf("an honest client: %+v", got)
			}
		}
		hull := &sim.Hulls[sim.Dart]
		if most := ticks/int(hull.Primary.Reload) + 1; got.fastest > hull.MaxSpeed.Float()+0.01 || got.shots > most {
			t.Errorf("at %.2f of the speed: %.3f units in a tick and %d shots, the rules have %.3f and %d", speed, got.fastest, got.shots, hull.MaxSpeed.Float(), most)
		}
		// How far depends on the walls that are met, by a tenth.
		if got.way > honest.way*1.15 || got.shots > honest.shots*103/100 {
			t.Errorf("at %.2f of the speed: %+v, honest %+v", speed, got, honest)
		}
		if math.Abs(speed-1) <= 0.05 && (got.closed != 0 || got.way < honest.way*0.85) {
			t.Errorf("a clock that goes %.2f as fast as the server's: %+v, honest %+v", speed, got, honest)
		}
		if got.mistaken > 0 {
			t.Errorf("at %.2f of the speed: %d states other than the server's", speed, got.mistaken)
		}
	}
}
