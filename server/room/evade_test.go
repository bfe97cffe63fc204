package room

import (
	"testing"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// TestFault_G15_AnotherDevice leaves while being voted on and comes back with another
// device: that helps no more than it would after the vote. Who was there before from
// the same network stays.
func TestFault_G15_AnotherDevice(t *testing.T) {
	r, p := council(t, "Ann", "Bob")
	mate := enterAs(t, r, "Mate", 6, "192.0.2.1/32")
	eve := enterAs(t, r, "Eve", 7, "192.0.2.1/32")
	p["Ann"].kick(eve)
	eve.tell(&wire.Client{Kind: wire.KindLeave})
	play(r, 2)
	again := enterAs(t, r, "Eve", 8, "192.0.2.1/32")
	if again.closed != 0 {
		t.Fatalf("closed with %d before the vote is over", again.closed)
	}
	p["Bob"].say(true)
	if !r.poll.state.Passed {
		t.Fatalf("the vote is %+v", r.poll.state)
	}
	if again.closed != wire.CloseKicked {
		t.Errorf("with another device: closed with %d", again.closed)
	}
	if mate.closed != 0 {
		t.Errorf("who was there before: closed with %d", mate.closed)
	}
}

// TestFault_G16_MuteOutlivesLeaving talks until nobody listens, leaves and comes back:
// still nobody does, until the time is over. Others are heard.
func TestFault_G16_MuteOutlivesLeaving(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet")})
	ann := enterAs(t, r, "Ann", 1, "")
	eve := enterAs(t, r, "Eve", 7, "")
	for _, line := range []string{"a", "b", "c", "d", "e", "f"} {
		eve.chat(line)
		play(r, 2)
	}
	if eve.seat().muted.owed(r.world.Tick) == 0 {
		t.Fatal("a flood mutes nobody")
	}
	back := func() *guest {
		eve.tell(&wire.Client{Kind: wire.KindLeave})
		play(r, 2)
		return enterAs(t, r, "Eve", 7, "")
	}
	eve = back()
	eve.chat("I am back")
	play(r, 4)
	if heard := ann.told(); heard == "I am back" {
		t.Error("who was mute is heard after coming back")
	}
	bob := enterAs(t, r, "Bob", 2, "")
	bob.chat("and I am new")
	play(r, 4)
	if heard := ann.told(); heard != "and I am new" {
		t.Errorf("another is not heard: %q", heard)
	}
	play(r, int(muteFor))
	eve = back()
	eve.chat("once more")
	play(r, 4)
	if heard := ann.told(); heard != "once more" {
		t.Errorf("a minute later: %q", heard)
	}
	if len(r.hushed) > 1 {
		t.Errorf("%d are remembered", len(r.hushed))
	}
}

// TestOldRoom lets somebody come into a room that has been open for a long time: its
// tick is far from 0, and yet nothing is owed.
func TestOldRoom(t *testing.T) {
	for _, tick := range []sim.Tick{1<<31 + 10, 1<<32 - 100_000} {
		r := New(Config{Arena: arena(t, "closet")})
		r.world.Tick = tick
		r.world.Match.Ends = tick + 1000
		ann := enterAs(t, r, "Ann", 1, "")
		ann.chat("hello")
		play(r, 4)
		if heard := ann.told(); heard != "hello" {
			t.Errorf("at tick %d nobody is heard: %q", tick, heard)
		}
	}
}
