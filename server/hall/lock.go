package hall

import (
	"crypto/sha256"
	"crypto/subtle"
	"time"

	"ionwake/server/room"
	"ionwake/shared/wire"
)

// unlock reports whether a guest may come in as far as the password goes, or why not.
// Who shows the token of a seat in an open room was let in before, by a ticket too. A missing password
// is how a client learns that there is one: only wrong ones count as guesses, and once
// there were too many from a network, right ones of it are refused as well.
func (h *Hall) unlock(name string, out room.Outbox, hello *wire.Hello) (why wire.Reject, ok bool) {
	if h.cfg.Password == "" && h.cfg.Tickets == nil {
		return wire.Reject{}, true
	}
	if len(hello.Resume) > 0 {
		if h.has(name) {
			return wire.Reject{}, true
		}
		return wire.Reject{Code: wire.CloseResume, Message: "Your seat was given away. Join again to play on."}, false
	}
	if h.cfg.Password == "" {
		return wire.Reject{}, true
	}
	if hello.Password == "" {
		return wire.Reject{Code: wire.ClosePassword, Message: "This server asks for a password."}, false
	}
	now := time.Now()
	guess := h.paces.of(out).guesses.ReserveN(now, 1)
	if wait := guess.DelayFrom(now); wait > 0 {
		guess.CancelAt(now)
		return wire.Reject{
			Code: wire.ClosePassword, Message: "Too many wrong passwords came from your network. Wait a moment.",
			RetryAfterMS: uint32(wait/time.Millisecond) + 1,
		}, false
	}
	// Hashed, so that neither what is wrong nor how long it is shows in the time taken.
	told, want := sha256.Sum256([]byte(hello.Password)), sha256.Sum256([]byte(h.cfg.Password))
	if subtle.ConstantTimeCompare(told[:], want[:]) == 1 {
		guess.CancelAt(now) // it was none
		return wire.Reject{}, true
	}
	return wire.Reject{Code: wire.ClosePassword, Message: "That is not the password of this server."}, false
}

// has reports whether the room of a name is open.
func (h *Hall) has(name string) bool { return h.place(name) != nil }

// place returns the open room of a name, if there is one.
func (h *Hall) place(name string) *place {
	if name == "" {
		name = MainRoom
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.rooms[name]
}
