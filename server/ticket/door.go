package ticket

import (
	"crypto/ed25519"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Config describes a Door. Keys and Audience are needed.
type Config struct {
	Keys     []ed25519.PublicKey // of those who sign
	Audience []string            // what this server is called in the aud of a ticket
	Now      func() time.Time    // time.Now
}

// How many signatures are looked at, a second and at once. Each takes about a tenth of a
// millisecond, mostly on a goroutine that ticks rooms.
const (
	looksASecond = 200
	looksAtOnce  = 50
)

// Door lets in who shows a ticket, once for each. Its methods may be called from any
// goroutine and do not wait.
type Door struct {
	audience []string
	now      func() time.Time
	began    time.Time // to the second
	looks    *rate.Limiter

	mu   sync.Mutex
	keys []ed25519.PublicKey
	used usedTickets
}

// NewDoor returns a Door for which nobody has shown a ticket yet.
func NewDoor(cfg Config) *Door {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Door{
		audience: cfg.Audience, now: cfg.Now, keys: cfg.Keys, began: cfg.Now().Truncate(time.Second),
		looks: rate.NewLimiter(looksASecond, looksAtOnce),
	}
}

// SetKeys puts other keys in the place of those there are. Tickets that are used up stay
// so.
func (d *Door) SetKeys(keys []ed25519.PublicKey) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.keys = keys
}

// Bearer is who has shown a ticket.
type Bearer struct {
	Subject string // never empty
	Name    string // "": as they wish
	mark    mark
}

// Take uses a ticket up, for the room that its bearer asks for, and returns who that is.
// Of any number of calls with one ticket, at the same time too, one alone has no error.
// With an error there is no Bearer.
func (d *Door) Take(text, room string) (Bearer, error) {
	now := d.now()
	if !d.looks.AllowN(now, 1) {
		return Bearer{}, ErrBusy
	}
	d.mu.Lock()
	keys := d.keys
	d.mu.Unlock()
	c, err := parse(text, keys)
	if err == nil {
		err = d.judge(&c, room, now)
	}
	if err != nil {
		return Bearer{}, err
	}
	b := Bearer{c.Subject, c.Name, markOf(c.ID)}
	d.mu.Lock()
	defer d.mu.Unlock()
	switch first, full := d.used.add(b.mark, now); {
	case full:
		return Bearer{}, ErrBusy
	case !first:
		return Bearer{}, fmt.Errorf("%w: it was used before", ErrInvalid)
	}
	return b, nil
}

// Return makes the ticket good again of somebody who got no seat for it.
func (d *Door) Return(b Bearer) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.used.forget(b.mark)
}

// judge reports why a ticket that is whole and signed is not for now, for here or for
// that room.
func (d *Door) judge(c *Claims, room string, now time.Time) error {
	named := func(name string) bool { return slices.Contains(d.audience, name) }
	switch {
	case !slices.ContainsFunc(c.Audience, named):
		return fmt.Errorf("%w: its aud is not this server", ErrInvalid)
	case c.Room != "" && c.Room != room:
		return fmt.Errorf("%w: it is for another room", ErrInvalid)
	case c.Issued.After(now.Add(Leeway)) || c.NotBefore.After(now.Add(Leeway)):
		return fmt.Errorf("%w: its iat or nbf is still to come", ErrInvalid)
	case !now.Before(c.Expires.Add(Leeway)):
		return fmt.Errorf("%w: its exp is over", ErrExpired)
	case c.Issued.Before(d.began):
		// It may have been used up in an earlier run, of which nothing is known.
		return fmt.Errorf("%w: it was made before this server was started", ErrExpired)
	}
	return nil
}
