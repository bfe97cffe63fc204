package room

import (
	"bytes"
	"fmt"
	"testing"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// spy is a player who keeps every byte that comes, and what comes to it alone.
type spy struct {
	*tap
	own [][]byte // its tokens, device and network
}

// enterSpy brings a spy to the door.
func enterSpy(t *testing.T, r *Room, i int) *spy {
	p := &spy{tap: &tap{guest: newGuest(t, r)}}
	device := bytes.Repeat([]byte{byte(0xA1 + i)}, wire.DeviceSize)
	p.net = fmt.Sprintf("198.51.100.%d/32", 200+i)
	p.own = [][]byte{device, []byte(p.net)}
	p.sent = func(f *wire.Frame) {
		if f.Welcome != nil {
			p.own = append(p.own, bytes.Clone(f.Welcome.Resume))
		}
	}
	p.comes(wire.Hello{Version: wire.Version, Name: fmt.Sprintf("Spy %d", i), Device: device})
	return p
}

func (p *spy) comes(hello wire.Hello) {
	var ok bool
	if p.visit, ok = p.room.Enter(p.tap, hello); !ok {
		p.t.Fatal("the door is shut")
	}
}

// TestFault_G10_FramesHoldNothingMore reads every byte that players in all corners of an
// arena are sent as a cheat would: no cell out of their own sight, nothing of what others
// told the server alone or were told alone.
func TestFault_G10_FramesHoldNothingMore(t *testing.T) {
	r := New(Config{Arena: arena(t, "harbour"), CellSide: 256 * sim.One, Bots: 40, Seed: 10, Rules: &sim.Rules{Warmup: 1, Live: 1 << 30}})
	var spies []*spy
	for i := range 6 {
		spies = append(spies, enterSpy(t, r, i))
	}
	play(r, 2)
	known, hidden := 0, 0
	rng := sim.Rand(10)
	for range 30 * sim.TickRate {
		for _, p := range spies {
			if rng.Intn(15) == 0 {
				p.input(sim.Input{Buttons: sim.Buttons(rng.Intn(int(sim.AllButtons) + 1)), Aim: sim.Angle(rng.Intn(1024))})
			}
			if rng.Intn(400) == 0 { // others must see nothing of how it comes back
				p.visit.Gone()
				p.comes(wire.Hello{Version: wire.Version, Resume: p.rep.Token()})
			}
		}
		r.Tick()
		for _, p := range spies {
			seen, unseen := p.look()
			known, hidden = known+seen, hidden+unseen
		}
	}
	for i, p := range spies {
		for j, o := range spies {
			for _, secret := range o.own {
				if i != j && bytes.Contains(p.bytes, secret) {
					t.Errorf("player %d is sent %x, which is player %d's", i, secret, j)
				}
			}
		}
		if len(p.own) < 4 || !bytes.Contains(p.bytes, p.own[2]) {
			t.Errorf("player %d has %d secrets, and its own token did not come: this shows nothing", i, len(p.own))
		}
	}
	if known == 0 || hidden < known/4 {
		t.Errorf("%d ships and bolts known, %d not: this shows nothing", known, hidden)
	}
}

// look looks at all that a player may know now, and returns how many ships and bolts it
// knows of and of how many it does not.
func (p *spy) look() (known, hidden int) {
	if p.frames == 0 {
		return 0, 0
	}
	r, s := p.room, p.seat()
	in := make(map[belief.CellID]bool)
	side := r.grid.Side()
	p.rep.Belief(func(id belief.CellID, c *belief.Cell) {
		in[id] = true
		corner := r.grid.Origin(id)
		dx := max(corner.X-s.eye.X, s.eye.X-corner.X-side)
		dy := max(corner.Y-s.eye.Y, s.eye.Y-corner.Y-side)
		if dx > sightX+2*margin || dy > sightY+2*margin {
			p.t.Fatalf("tick %d: cell %d is known, %d and %d units from the eye", r.world.Tick, id, dx/sim.One, dy/sim.One)
		}
	})
	for id := range r.now {
		n := len(r.now[id].Ships) + len(r.now[id].Bolts)
		if in[belief.CellID(id)] {
			known += n
		} else {
			hidden += n
		}
	}
	return known, hidden
}
