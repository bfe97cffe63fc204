package hall

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"sync"
	"testing"
	"time"

	"ionwake/server/room"
	"ionwake/shared/wire"
)

// booth is Tickets for tests: the ticket "ann" is Ann's, and good once; "forged" is
// forged, and anything else came too late.
type booth struct {
	mu    sync.Mutex
	asked []string // "ticket room"
	used  map[string]bool
}

func (b *booth) Take(ticket, roomName string) (who Bearer, why Refusal, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked = append(b.asked, ticket+" "+roomName)
	denied := wire.Reject{Code: wire.CloseDenied, Message: "No."}
	if ticket != "ann" || b.used[ticket] {
		return Bearer{}, Refusal{denied, ticket == "forged"}, false
	}
	b.used = map[string]bool{ticket: true}
	give := func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.used, ticket)
	}
	return Bearer{Device: []byte("the device of ann"), Name: "Annabel", Return: give}, why, true
}

// usedUp reports whether Ann's ticket is worth nothing now.
func (b *booth) usedUp() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.used["ann"]
}

// Where tickets are asked for nobody without one gets a seat or has a room opened, and
// those who were in are asked for none when they come back.
func TestTickets(t *testing.T) {
	tickets := &booth{}
	inBubble(t, Config{Tickets: tickets}, nil, func(t *testing.T, b *bench) {
		for _, text := range []string{"", "late", "forged"} {
			if l := b.greet("den", "", wire.Hello{Ticket: text}); l.wantEnd(wire.CloseDenied).RetryAfterMS != 0 || l.admitted {
				t.Errorf("%q: admitted %v, told %+v", text, l.admitted, l.reject())
			}
		}
		b.comeBack("den", make([]byte, wire.TokenSize)).wantEnd(wire.CloseResume)
		b.wantRooms(MainRoom)
		l := b.greet("", "", wire.Hello{Ticket: "ann", Device: bytes.Repeat([]byte{1}, wire.DeviceSize)})
		time.Sleep(100 * time.Millisecond)
		if got := tickets.asked[len(tickets.asked)-1]; got != "ann main" {
			t.Errorf("asked for %q, want the main room by its name", got)
		}
		welcome := l.seated()
		if welcome.Name != "Annabel" {
			t.Errorf("called %q, want the name of the ticket", welcome.Name)
		}
		people := Ask(t.Context(), b.hall, (*room.Room).Seated)
		sum := sha256.Sum256([]byte("ionwake person" + "the device of ann"))
		if got, want := people[0][0].Who.Tag, binary.LittleEndian.Uint64(sum[:]); got != want {
			t.Errorf("her tag is %x, want that of the ticket, %x", got, want)
		}
		b.greet("", "", wire.Hello{Ticket: "ann"}).wantEnd(wire.CloseDenied)
		asked := len(tickets.asked)
		l.Closed()
		back := b.comeBack("", welcome.Resume)
		time.Sleep(100 * time.Millisecond)
		if !back.seated().Resumed || len(tickets.asked) != asked || !tickets.usedUp() {
			t.Errorf("resumed %v, tickets asked for %d, used up %v", back.seated().Resumed, len(tickets.asked)-asked, tickets.usedUp())
		}
	})
}

// A ticket is used up before there is a seat, and good again when there is none: no room,
// no place in it, or gone before the door opened.
func TestTicketWithoutASeatIsGoodAgain(t *testing.T) {
	tickets := &booth{}
	inBubble(t, Config{Tickets: tickets, MaxRooms: 1}, nil, func(t *testing.T, b *bench) {
		b.greet("Not A Name", "", wire.Hello{Ticket: "ann"}).wantEnd(wire.CloseNoRoom)
		b.greet("den", "", wire.Hello{Ticket: "ann"}).wantEnd(wire.CloseFull)
		hasty := b.greet("", "", wire.Hello{Ticket: "ann"})
		if !tickets.usedUp() {
			t.Error("it is good while a seat is on its way")
		}
		hasty.Closed()
		if tickets.usedUp() {
			t.Error("gone before the door opened: it is used up")
		}
		time.Sleep(100 * time.Millisecond)
		if people := Ask(t.Context(), b.hall, (*room.Room).Seated); len(people[0]) != 0 {
			t.Errorf("%d have a seat, want nobody: their ticket was given back", len(people[0]))
		}
		l := b.greet("", "", wire.Hello{Ticket: "ann"})
		time.Sleep(100 * time.Millisecond)
		l.seated()
		_ = l.Receive(wire.AppendInput(nil, wire.Input{Tick: 1}))
		time.Sleep(100 * time.Millisecond)
		l.Closed()
		time.Sleep(10 * time.Second)
		if !tickets.usedUp() {
			t.Error("it is good again after a stay")
		}
	})
}

// A ticket whose seat is given away before anything came from there is good again: the
// line may have broken before the bearer knew of the seat. It is not of who left.
func TestTicketOfASeatThatWasNeverUsedIsGoodAgain(t *testing.T) {
	for _, spectate := range []bool{false, true} {
		tickets := &booth{}
		inBubble(t, Config{Tickets: tickets}, nil, func(t *testing.T, b *bench) {
			l := b.greet("", "", wire.Hello{Ticket: "ann", Spectate: spectate})
			for end := time.Now().Add(time.Second); len(Ask(t.Context(), b.hall, (*room.Room).Seated)[0]) == 0; time.Sleep(time.Millisecond) {
				if time.Now().After(end) {
					t.Fatal("no seat")
				}
			}
			watched := l.received() > 0 // and who watches, and knows it, has had what it is for
			l.Closed()
			if !tickets.usedUp() {
				t.Error("it is good while the seat is kept")
			}
			time.Sleep(10 * time.Second)
			if tickets.usedUp() != (spectate && watched) {
				t.Errorf("spectating %v: used up %v, welcomed %v", spectate, tickets.usedUp(), watched)
			}
		})
	}
	tickets := &booth{}
	inBubble(t, Config{Tickets: tickets}, nil, func(t *testing.T, b *bench) {
		l := b.greet("", "", wire.Hello{Ticket: "ann"})
		time.Sleep(100 * time.Millisecond)
		l.seated()
		if err := l.Receive(wire.AppendLeave(nil)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Second)
		if !tickets.usedUp() {
			t.Error("it is good again for who left")
		}
	})
}

// H11: forged tickets from one network run out, those of others go on; late and used ones
// do not count.
func TestFault_H11_GuessesRunOut(t *testing.T) {
	inBubble(t, Config{Tickets: &booth{}}, nil, func(t *testing.T, b *bench) {
		try := func(peer, text string) uint16 { return b.greet("", peer, wire.Hello{Ticket: text}).reject().Code }
		for i := range 30 {
			if got := try("192.0.2.1/32", fmt.Sprint("late ", i)); got != wire.CloseDenied {
				t.Fatalf("late ticket %d: %d", i, got)
			}
		}
		tried := 0
		for ; tried < 100 && try("192.0.2.1/32", "forged") == wire.CloseDenied; tried++ {
		}
		if tried != guessesAtOnce {
			t.Errorf("%d forged ones at once, want %d", tried, guessesAtOnce)
		}
		if got := try("192.0.2.2/32", "forged"); got != wire.CloseDenied {
			t.Errorf("another network: %d", got)
		}
		time.Sleep(guessEvery)
		if got := try("192.0.2.1/32", "forged"); got != wire.CloseDenied {
			t.Errorf("after the wait: %d", got)
		}
	})
}
