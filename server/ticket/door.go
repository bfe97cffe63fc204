package ticket

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Config describes a Door. Keys and Audience are needed.
type Config struct {
	Keys     []ed25519.PublicKey // of those who sign
	Audience []string            // what this server is called in the aud of a ticket
	// File is where used tickets are kept over a restart. Without it, and after a crash or
	// with a file that is damaged, tickets made before the start do not count: nobody knows
	// which of them were used.
	File string
	Now  func() time.Time // time.Now
	Log  *slog.Logger     // of what is wrong with File; none
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
	began    time.Time // to the second; zero: it is known what was used before
	looks    *rate.Limiter

	mu     sync.Mutex
	keys   []ed25519.PublicKey
	used   usedTickets
	ledger *ledger // nil: nothing is kept
	closed bool
}

// NewDoor returns a Door. One with a File works until Close.
func NewDoor(cfg Config) *Door {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	d := &Door{
		audience: cfg.Audience, now: cfg.Now, keys: cfg.Keys, began: cfg.Now().Truncate(time.Second),
		looks: rate.NewLimiter(looksASecond, looksAtOnce),
	}
	if cfg.File == "" {
		return d
	}
	var before past
	d.ledger, before = openLedger(&cfg)
	d.used.recall(before, cfg.Now())
	if before.whole {
		d.began = time.Time{}
	}
	return d
}

// Close lets nobody in any more. It returns when what was used is kept, or ctx ends.
func (d *Door) Close(ctx context.Context) {
	d.mu.Lock()
	was := d.closed
	d.closed = true
	d.mu.Unlock()
	if d.ledger != nil && !was {
		d.ledger.close(ctx)
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
	over    moment
}

// Take uses a ticket up, for the room that its bearer asks for, and returns who that is.
// Of any number of calls with one ticket, at the same time too, one alone has no error.
// With an error there is no Bearer.
func (d *Door) Take(text, room string) (Bearer, error) {
	now := d.now()
	d.mu.Lock()
	keys := d.keys
	d.mu.Unlock()
	c, err := parse(text, keys, func() bool { return d.looks.AllowN(now, 1) })
	if err == nil {
		err = d.judge(&c, room, now)
	}
	if err != nil {
		return Bearer{}, err
	}
	b := Bearer{c.Subject, c.Name, markOf(c.ID), c.overAt()}
	if err := d.note(b, now); err != nil {
		return Bearer{}, err
	}
	return b, nil
}

// note uses a ticket up, or returns why it is not to be taken.
func (d *Door) note(b Bearer, now time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return ErrBusy
	}
	if err := d.used.add(b.mark, b.over, now); err != nil {
		return err
	}
	if d.ledger != nil {
		d.ledger.hand(entry{entryUsed, b.mark, b.over})
	}
	return nil
}

// Return makes the ticket good again of somebody who got no seat for it.
func (d *Door) Return(b Bearer) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return
	}
	d.used.forget(b.mark)
	if d.ledger != nil {
		d.ledger.hand(entry{entryGiven, b.mark, b.over})
	}
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
