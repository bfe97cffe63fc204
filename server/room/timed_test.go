package room

import (
	"testing"
	"time"

	"ionwake/shared/wire"
)

// waiting is a line whose messages were there for a while before they were read.
type waiting struct {
	line
	came time.Time
}

func (w *waiting) Came() time.Time { return w.came }

// How long an input lay on this machine before it was read does not count as the line's.
func TestEchoKnowsWhenAnInputCame(t *testing.T) {
	began := time.Unix(1e9, 0)
	now := began
	r := New(Config{Arena: arena(t, "closet"), Now: func() time.Time { return now }})
	out := &waiting{came: began}
	visit, ok := r.Enter(out, wire.Hello{Version: wire.Version, Name: "Ann"})
	if !ok {
		t.Fatal("the door is shut")
	}
	var f wire.Frame
	var d wire.Decoder
	for range 4 {
		r.Tick()
	}
	now = now.Add(7 * time.Millisecond) // it waited so long
	if err := visit.Receive(&wire.Client{Kind: wire.KindInput, Input: wire.Input{Tick: r.world.Tick + 2, Echo: 5}}); err != nil {
		t.Fatal(err)
	}
	now = now.Add(3 * time.Millisecond)
	for range 2 {
		r.Tick()
	}
	for _, sent := range out.frames {
		if err := d.Decode(sent.data, &f); err != nil {
			t.Fatal(err)
		}
	}
	if f.Own.Echo != 5 || f.Own.EchoHeld != 100 { // tenths of a millisecond
		t.Errorf("echo %d held for %d, want 5 for 100: since it came", f.Own.Echo, f.Own.EchoHeld)
	}
}
