package replica

import (
	"testing"
	"time"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// pad steps a seated replica tick by tick with what it is told to hold.
type pad struct {
	*Replica
	out  inputs
	step int
	held sim.Input
}

func newPad(t *testing.T) *pad {
	p := &pad{Replica: newHost(t).seated(), out: inputs{t: t}}
	p.ticks(40) // past the first messages
	p.out.list = nil
	return p
}

func (p *pad) now() time.Duration { return time.Duration(p.step)*tickTime + tickTime/2 }

func (p *pad) ticks(n int) {
	for range n {
		p.step++
		p.Step(p.now(), p.held, p.out.send)
	}
}

func TestStepBeforeTheFirstFrame(t *testing.T) {
	out := inputs{t: t}
	r := newHost(t).replica()
	r.Step(time.Hour, sim.Input{Buttons: sim.Fire}, out.send)
	if len(out.list) != 0 {
		t.Errorf("%d inputs before Welcome", len(out.list))
	}
}

func TestStepTellsOncePerChange(t *testing.T) {
	p := newPad(t)
	for range keepAlive { // until just behind a keep-alive
		if p.ticks(1); len(p.out.list) > 0 {
			break
		}
	}
	p.out.list = nil
	p.ticks(2)
	p.held.Buttons = sim.Up
	p.ticks(4)
	p.held.Buttons = sim.Up | sim.Left
	p.ticks(4)
	want := []sim.Buttons{sim.Up, sim.Up | sim.Left}
	if len(p.out.list) != len(want) {
		t.Fatalf("%d inputs for two changes: %+v", len(p.out.list), p.out.list)
	}
	for i, in := range p.out.list {
		if in.Held.Buttons != want[i] || in.Seen != firstTick {
			t.Errorf("input %d: %+v", i, in)
		}
	}
	if gap := p.out.list[1].Tick - p.out.list[0].Tick; gap != 4 {
		t.Errorf("the changes are %d ticks apart, want 4", gap)
	}
}

// TestStepKeepsAlive holds still for two seconds.
func TestStepKeepsAlive(t *testing.T) {
	p := newPad(t)
	p.ticks(120)
	if n := len(p.out.list); n != 120/keepAlive {
		t.Errorf("%d inputs in 120 quiet ticks, want one in %d", n, keepAlive)
	}
	for i := 1; i < len(p.out.list); i++ {
		if gap := p.out.list[i].Tick - p.out.list[i-1].Tick; gap != keepAlive {
			t.Errorf("%d ticks between two of them", gap)
		}
	}
}

// TestStepTellsAgainWhatWasRefused blocks the line over a change and over a change
// that was taken back: the server gets the newest, once.
func TestStepTellsAgainWhatWasRefused(t *testing.T) {
	p := newPad(t)
	p.out.busy = true
	p.held.Buttons = sim.Up
	p.ticks(1)
	p.held.Buttons = sim.Down
	p.ticks(2)
	p.out.busy = false
	p.ticks(3)
	if len(p.out.list) != 1 || p.out.list[0].Held.Buttons != sim.Down {
		t.Errorf("got %+v, want Down once", p.out.list)
	}
	p.out.list, p.out.busy = nil, true
	p.held.Buttons = sim.Up
	p.ticks(1)
	p.held.Buttons = sim.Down
	p.ticks(1)
	p.out.busy = false
	p.ticks(3)
	if len(p.out.list) != 1 || p.out.list[0].Held.Buttons != sim.Down {
		t.Errorf("a change taken back: got %+v, want Down once", p.out.list)
	}
}

// TestStepAfterAGap sleeps between two steps, from a second to a day.
func TestStepAfterAGap(t *testing.T) {
	for _, gap := range []time.Duration{time.Second, time.Minute, time.Hour, 24 * time.Hour} {
		p := newPad(t)
		p.held.Buttons = sim.Up
		p.step += int(gap / tickTime)
		p.ticks(1)
		if n := len(p.out.list); n == 0 || n > maxCatchUp/keepAlive+2 {
			t.Errorf("after %v: %d inputs", gap, n)
		}
		if in, ok := p.hands.at(p.hands.tick); !ok || in.Buttons != sim.Up {
			t.Errorf("after %v: %+v, %t is held", gap, in, ok)
		}
		p.ticks(24)
		for i := 1; i < len(p.out.list); i++ {
			if !wire.Before(p.out.list[i-1].Tick, p.out.list[i].Tick) {
				t.Errorf("after %v: stamps do not grow: %+v", gap, p.out.list)
			}
		}
	}
}

// TestAimIsLatchedOncePerSend turns the aim in every tick.
func TestAimIsLatchedOncePerSend(t *testing.T) {
	p := newPad(t)
	for range 60 {
		p.held.Aim = p.held.Aim.Turn(3)
		p.ticks(1)
	}
	if n := len(p.out.list); n != 60/sendInterval {
		t.Errorf("%d inputs in 60 ticks of turning, want one in %d", n, sendInterval)
	}
	for _, in := range p.out.list {
		if in.Tick%sendInterval != 1 {
			t.Errorf("the aim is taken in tick %d", in.Tick)
		}
	}
}

// TestTriggerTakesTheAimAlong pulls the trigger in either tick of a send: the shot
// goes where the player looked.
func TestTriggerTakesTheAimAlong(t *testing.T) {
	for offset := range 2 * sendInterval {
		p := newPad(t)
		p.ticks(offset)
		p.out.list = nil
		p.held = sim.Input{Buttons: sim.Fire, Aim: 300}
		p.ticks(1)
		if len(p.out.list) != 1 || p.out.list[0].Held != p.held {
			t.Fatalf("offset %d: got %+v, want %+v at once", offset, p.out.list, p.held)
		}
		at := p.out.list[0].Tick
		p.out.list = nil
		p.held.Aim = 310 // the trigger stays pulled
		p.ticks(sendInterval)
		if len(p.out.list) != 1 || p.out.list[0].Tick%sendInterval != 1 || p.out.list[0].Tick == at {
			t.Errorf("offset %d: after the pull %+v", offset, p.out.list)
		}
	}
}
