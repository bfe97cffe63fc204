package replica

import (
	"testing"
	"time"

	"ionwake/shared/wire"
)

const ms = time.Millisecond

// TestRoundTrip asks for an echo every half second; what the server held an input
// for is not the line's.
func TestRoundTrip(t *testing.T) {
	var n figures
	for i, c := range []struct {
		back, held  time.Duration
		rtt, jitter time.Duration // wanted after it
	}{
		{120 * ms, 20 * ms, 100 * ms, 0},                 // the first stands
		{180 * ms, 0, 110 * ms, 5 * ms},                  // an eighth and a sixteenth of 80 ms
		{140 * ms, 30 * ms, 110 * ms, 5*ms - 5*ms/16},    // as expected: jitter falls
		{5 * ms, 10 * ms, 110*ms - 110*ms/8, 11_269_531}, // held longer than it took: nothing, not less
	} {
		at := time.Duration(i) * askEvery
		var in wire.Input
		n.ask(at, &in)
		if in.Echo != uint32(i+1) {
			t.Fatalf("%d: asked with %d", i, in.Echo)
		}
		var soon wire.Input
		if n.ask(at+askEvery-1, &soon); soon.Echo != 0 {
			t.Errorf("%d: asked again with %d too soon", i, soon.Echo)
		}
		n.heard(at+c.back, &wire.Own{Echo: in.Echo + 7})
		n.heard(at+c.back, &wire.Own{})
		n.heard(at+c.back, &wire.Own{Echo: in.Echo, EchoHeld: uint32(c.held / (100 * time.Microsecond))})
		if n.rtt != c.rtt || (n.jitter-c.jitter).Abs() > time.Microsecond {
			t.Errorf("%d: round trip %v, jitter %v, want %v, %v", i, n.rtt, n.jitter, c.rtt, c.jitter)
		}
	}
}

// TestRoundTripIsTold tells the server the round trip with each question.
func TestRoundTripIsTold(t *testing.T) {
	for _, c := range []struct {
		rtt  time.Duration
		want uint16
	}{{0, 0}, {42*ms + 900*time.Microsecond, 42}, {2 * time.Minute, 0xffff}} {
		n := figures{rtt: c.rtt}
		var in wire.Input
		if n.ask(0, &in); in.Ping != c.want {
			t.Errorf("%v is told as %d ms, want %d", c.rtt, in.Ping, c.want)
		}
	}
}

// TestFiguresCount counts what came and went.
func TestFiguresCount(t *testing.T) {
	h := newHost(t)
	r := h.replica()
	r.Hello(0, Guest{Name: "Ann"})
	size := 0
	for _, f := range []wire.Frame{h.first(), {Tick: firstTick + 6, Own: wire.Own{Skipped: 2}}, {}} {
		data := h.frame(f)
		size += len(data)
		if err := r.Receive(0, data); err != nil {
			t.Fatal(err)
		}
	}
	const sent = 7
	r.Sent(sent)
	if n := r.Net(0); n.FramesIn != 3 || n.FramesSkipped != 2 || n.BytesIn != size || n.BytesOut != sent || n.SendRate != 30 || n.Entities != 1 {
		t.Errorf("got %+v, want 3 frames of %d bytes, 2 skipped, %d bytes sent, 30 a second, 1 entity", n, size, sent)
	}
}

// TestRoundTripOfSeconds gets its answers later than the next question would be due.
func TestRoundTripOfSeconds(t *testing.T) {
	var n figures
	var in, again wire.Input
	n.ask(0, &in)
	for at := askEvery; at < answerTime; at += askEvery {
		if n.ask(at, &again); again.Echo != 0 {
			t.Fatalf("asked again after %v, with the answer still under way", at)
		}
	}
	n.heard(2*time.Second, &wire.Own{Echo: in.Echo})
	if n.rtt != 2*time.Second {
		t.Errorf("round trip %v, want 2 s", n.rtt)
	}
	n.ask(2*time.Second, &again)
	first := again.Echo
	if n.ask(2*time.Second+answerTime, &again); first == 0 || again.Echo == first {
		t.Errorf("asked with %d and, after an answer that never came, with %d: want two questions", first, again.Echo)
	}
}
