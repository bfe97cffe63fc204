package room

import (
	"strings"
	"testing"

	"ionwake/shared/wire"
)

// TestFault_G16_ChatFloodFitsFrames fills the chat to the brim: whoever is told of it
// gets all of it, in frames far smaller than what a gate takes (32 KiB).
func TestFault_G16_ChatFloodFitsFrames(t *testing.T) {
	r := New(Config{Arena: arena(t, "closet"), Bots: 4})
	c := newClient(t, r, 1)
	r.Tick()
	r.Tick()
	c.line.frames = nil
	for range len(r.talk.ring) {
		r.talk.add(wire.ChatLine{From: 1, Name: strings.Repeat("n", wire.MaxName), Text: strings.Repeat("x", wire.MaxChat)}, r.everybody())
	}
	told, largest := 0, 0
	var d wire.Decoder
	var f wire.Frame
	for range 60 {
		r.Tick()
		for _, fly := range c.line.frames {
			if err := d.Decode(fly.data, &f); err != nil {
				t.Fatal(err)
			}
			told += len(f.Chat)
			largest = max(largest, len(fly.data))
		}
		c.line.frames = c.line.frames[:0]
	}
	if told != len(r.talk.ring) {
		t.Errorf("told %d lines, want %d", told, len(r.talk.ring))
	}
	if largest > 16<<10 {
		t.Errorf("the largest frame has %d bytes", largest)
	}
}
