package hall

import (
	"time"

	"ionwake/server/room"
	"ionwake/shared/wire"
)

// Tickets know what those have to show who want in.
type Tickets interface {
	// Take uses up the ticket of somebody who asks for a room, before there is a seat for
	// them, and returns who they are; or, if it does not count, why. It is called on any
	// goroutine and must not block.
	Take(ticket, room string) (b Bearer, why Refusal, ok bool)
}

// Bearer is who has shown a ticket.
type Bearer struct {
	Device []byte // tells them from others, in place of what the client says
	Name   string // what they are called; "": as they wish
	Return func() // makes the ticket good again, for one who got no seat
}

// Refusal is why a ticket does not count.
type Refusal struct {
	wire.Reject
	// Forged is set of one that cost us a look at a signature that is nobody's: such are
	// guesses, of which a network has only so many.
	Forged bool
}

// admission sees to the ticket of a guest who has no seat yet, where one is asked for. It
// puts who they are into hello; spent makes the ticket good again, nil if there is none.
func (h *Hall) admission(name string, out room.Outbox, hello *wire.Hello) (spent func(), why wire.Reject, ok bool) {
	if h.cfg.Tickets == nil {
		return nil, why, true
	}
	ticket := hello.Ticket
	hello.Ticket, hello.Device = "", nil
	if len(hello.Resume) > 0 { // the seat knows who has it
		return nil, why, true
	}
	if ticket == "" {
		return nil, wire.Reject{Code: wire.CloseDenied, Message: "This server asks for a ticket. Come by a link that has one."}, false
	}
	if name == "" {
		name = MainRoom
	}
	now := time.Now()
	guess := h.paces.of(out).guesses.ReserveN(now, 1)
	if wait := guess.DelayFrom(now); wait > 0 {
		guess.CancelAt(now)
		return nil, wire.Reject{
			Code: wire.CloseOverload, Message: "Too many wrong tickets came from your network. Trying again.",
			RetryAfterMS: uint32(wait/time.Millisecond) + 1,
		}, false
	}
	b, refusal, ok := h.cfg.Tickets.Take(ticket, name)
	if !refusal.Forged {
		guess.CancelAt(now) // it was none
	}
	if !ok {
		return nil, refusal.Reject, false
	}
	hello.Device = b.Device
	if b.Name != "" {
		hello.Name = b.Name
	}
	return b.Return, why, true
}
