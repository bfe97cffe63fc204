package room

import (
	"strings"
	"testing"

	"ionwake/shared/sim"
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

// gateTakes is how many bytes a frame may have, see gate.MaxFrame.
const gateTakes = 32 << 10

// TestLargestFrameFits fills a room as far as a host may fill it, with the widest
// names, all in one view, and everything that is told to the brim, while lines stall
// for as long as they may: no frame is larger than what a gate takes, and in the end
// everybody knows everybody.
func TestLargestFrameFits(t *testing.T) {
	rules := sim.Rules{Live: 1 << 30}
	r := New(Config{Arena: arena(t, "foundry"), Mode: sim.Relay{}, Rules: &rules, Bots: 1000, MaxPlayers: 1000, MaxWatchers: 24, BotsAlways: true})
	var guests []*guest
	largest := 0
	for i := range 250 {
		g := newGuest(t, r)
		g.knock(strings.Repeat("\U0001f680", maxNameRunes-3)+string([]rune{rune('a' + i%26), rune('a' + i/26)}), false)
		if i >= 8 {
			g.busy = true // they need not read
		}
		guests = append(guests, g)
		if i%50 == 0 {
			r.Tick()
		}
	}
	play(r, 30)
	late := &sizes{guest: newGuest(t, r), largest: &largest}
	var ok bool
	if late.visit, ok = r.Enter(late, wire.Hello{Version: wire.Version, Name: "late"}); !ok {
		t.Fatal("the door is shut")
	}
	for i := range 40 {
		r.Tick()
		late.busy = i > 6
		r.brim()
	}
	for range 6 {
		late.busy = false
		play(r, 2)
		r.brim()
		late.busy = true
		play(r, 62)
	}
	late.busy = false
	play(r, 30)
	t.Logf("the largest frame has %d bytes, of %d seats", largest, len(r.seats))
	if largest > gateTakes {
		t.Errorf("the largest frame has %d bytes", largest)
	}
	for _, g := range []*guest{late.guest, guests[0]} {
		g.read()
		compareStanding(t, g)
	}
}

// brim fills every log.
func (r *Room) brim() {
	for range len(r.talk.ring) {
		r.talk.add(wire.ChatLine{From: 1, Name: strings.Repeat("n", wire.MaxName), Text: strings.Repeat("x", wire.MaxChat)}, r.everybody())
	}
	for range len(r.kills.ring) {
		r.kills.add(kill{event: sim.Event{Who: 1000, By: 1001, Tick: r.world.Tick - 300}, idle: true})
	}
	for range len(r.game.deeds.ring) {
		r.game.deeds.add(sim.Event{Kind: sim.CoreTaken, Who: 1000, Team: sim.TeamEmber, Tick: r.world.Tick - 300})
	}
	for range len(r.signals.ring) {
		*r.signals.next() = signal{wire.Signal{Who: 1000, Kind: 7}, r.world.Tick, r.everybody()}
	}
	for i := range r.game.items {
		r.game.items[i].rev = r.nextSend()
	}
}

// sizes notes the largest frame.
type sizes struct {
	*guest
	largest *int
}

func (s *sizes) Send(data []byte) bool {
	*s.largest = max(*s.largest, len(data))
	return s.guest.Send(data)
}
