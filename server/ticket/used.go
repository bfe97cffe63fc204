package ticket

import (
	"crypto/sha256"
	"fmt"
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

// moment is a time by the clock of who signs, in seconds since 1970.
type moment int64

// overAt returns from when on a ticket is good for nothing.
func (c *Claims) overAt() moment { return moment(c.Expires.Add(Leeway).Unix()) }

// half is tickets that were used up within one such time, and when the last of them is
// over.
type half struct {
	marks map[mark]struct{}
	over  moment
}

// usedTickets remembers each ticket for at least as long as it is good, in two halves of
// which the older one is forgotten as a whole: no ticket waits until a list is swept.
//
// They age as time passes, whatever the clock shows, which somebody may set back: then
// those that are forgotten would be good again, and so are none that are over by the time
// that the last of them was.
type usedTickets struct {
	now, before half
	since       time.Time // that now is filled
	over        moment    // of all that are forgotten, the last
}

// add notes that a ticket is used up, or returns why it is not to be taken.
func (u *usedTickets) add(m mark, over moment, at time.Time) error {
	if age := at.Sub(u.since); age >= remembered || u.now.marks == nil {
		u.over = max(u.over, u.before.over)
		u.before, u.now, u.since = u.now, half{marks: make(map[mark]struct{})}, at
		if age >= 2*remembered {
			u.over = max(u.over, u.before.over)
			u.before = half{}
		}
	}
	switch {
	case u.has(m):
		return fmt.Errorf("%w: it was used before", ErrInvalid)
	case over <= u.over:
		return fmt.Errorf("%w: nobody knows any more whether it was used: the clock was set back", ErrExpired)
	case len(u.now.marks) >= maxUsed:
		return ErrBusy
	}
	u.now.marks[m] = struct{}{}
	u.now.over = max(u.now.over, over)
	return nil
}

func (u *usedTickets) has(m mark) bool {
	_, now := u.now.marks[m]
	_, before := u.before.marks[m]
	return now || before
}

// forget makes a ticket good again.
func (u *usedTickets) forget(m mark) {
	delete(u.now.marks, m)
	delete(u.before.marks, m)
}

// recall takes up what was used before this run, of which it knows nothing else.
func (u *usedTickets) recall(p past, at time.Time) {
	u.over, u.since = p.over, at
	u.now, u.before = half{marks: make(map[mark]struct{})}, half{marks: make(map[mark]struct{}, len(p.used))}
	for m, over := range p.used {
		u.before.marks[m] = struct{}{}
		u.before.over = max(u.before.over, over)
	}
}
