package room

import (
	"bytes"
	"testing"

	"ionwake/shared/wire"
)

// TestTags demands that a device has the same tag for ever, that no device has none,
// and that others learn nothing of the device itself.
func TestTags(t *testing.T) {
	one, other := bytes.Repeat([]byte{1}, wire.DeviceSize), bytes.Repeat([]byte{2}, wire.DeviceSize)
	if tagOf(one) == 0 || tagOf(one) == tagOf(other) {
		t.Errorf("tags %x and %x", tagOf(one), tagOf(other))
	}
	if once := tagOf(nil); once == tagOf(nil) {
		t.Error("two without a device have the same tag")
	}
	r := New(Config{Arena: arena(t, "closet"), Bots: 2})
	ann := newGuest(t, r)
	p := &tap{guest: ann}
	p.visit, _ = r.Enter(p, wire.Hello{Version: wire.Version, Name: "Ann", Device: one})
	play(r, 4)
	if bytes.Contains(p.bytes, one) {
		t.Error("the device itself is told")
	}
	for id, line := range ann.board() {
		if want := r.seats[id].who.tag; line.Tag != want || line.Bot != (want == 0) {
			t.Errorf("seat %d has the tag %x, told %+v", id, want, line)
		}
	}
}

// TestTagIsForEver holds the one thing that must not change between versions: people
// who were muted stay so.
func TestTagIsForEver(t *testing.T) {
	if got, want := tagOf([]byte("0123456789abcdef")), uint64(0x087a1e4810d9b4eb); got != want {
		t.Errorf("got %#x, want %#x", got, want)
	}
}
