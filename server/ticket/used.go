package ticket

import (
	"crypto/sha256"
	"time"
)

const (
	// remembered is longer than any ticket is good for from the moment it is shown: its
	// iat may be Leeway from now, and it is good until Leeway after its exp.
	remembered = MaxLife + 2*Leeway
	// maxUsed bounds the tickets of one such time. When there are more, nobody comes in
	// by one until it is over.
	maxUsed = 1 << 16
)

// mark is what is remembered of a ticket.
type mark [16]byte

// markOf returns the mark of a ticket's ID, which its issuer gives to no other.
func markOf(id string) (m mark) {
	sum := sha256.Sum256([]byte(id))
	copy(m[:], sum[:])
	return m
}

// usedTickets remembers each ticket for at least as long as it is good, in two halves of
// which the older one is forgotten as a whole: no ticket waits until a list is swept.
type usedTickets struct {
	now, before map[mark]struct{}
	since       time.Time // that now is filled
}

// add notes that a ticket is used up. It reports whether it was not before; full: there
// is no room to note it.
func (u *usedTickets) add(m mark, at time.Time) (first, full bool) {
	if age := at.Sub(u.since); age >= remembered || u.now == nil {
		u.before, u.now, u.since = u.now, make(map[mark]struct{}), at
		if age >= 2*remembered {
			u.before = nil
		}
	}
	if u.has(m) {
		return false, false
	}
	if len(u.now) >= maxUsed {
		return false, true
	}
	u.now[m] = struct{}{}
	return true, false
}

func (u *usedTickets) has(m mark) bool {
	_, now := u.now[m]
	_, before := u.before[m]
	return now || before
}

// forget makes a ticket good again.
func (u *usedTickets) forget(m mark) {
	delete(u.now, m)
	delete(u.before, m)
}
