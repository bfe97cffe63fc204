package account

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"
)

// Kind is what a sanction takes away.
type Kind string

// The kinds of sanctions.
const (
	Ban  Kind = "ban"  // may not come in
	Mute Kind = "mute" // may not talk
)

// Sanction keeps a person, or everybody in a network, from something for a while. It
// stays in the history when it is over; one of a network for 90 days more.
type Sanction struct {
	ID      string       `json:"id"`
	Kind    Kind         `json:"kind"`
	Person  Person       `json:"person,omitzero"`
	Network netip.Prefix `json:"network,omitzero"` // set where Person is not
	Name    string       `json:"name,omitempty"`   // of the person, then
	Reason  string       `json:"reason"`           // the person is shown it
	By      string       `json:"by"`               // who says so; players are not shown it
	Began   time.Time    `json:"began"`
	Until   time.Time    `json:"until,omitzero"` // zero: for good

	Lifted   time.Time `json:"lifted,omitzero"` // ended before its time
	LiftedBy string    `json:"lifted_by,omitempty"`
	LiftWord string    `json:"lift_word,omitempty"` // why
}

const (
	maxReason = 200 // bytes: what a player can be told with a refusal
	maxAuthor = 64  // bytes
	// maxNetwork is how long a network may be kept out: addresses change hands.
	maxNetwork = 90 * 24 * time.Hour
)

// InForce reports whether s counts at a time.
func (s *Sanction) InForce(now time.Time) bool {
	return s.Lifted.IsZero() && (s.Until.IsZero() || now.Before(s.Until))
}

// check puts the texts right and refuses what cannot be.
func (s *Sanction) check(now time.Time) error {
	s.Name, s.Reason, s.By = tidy(s.Name, maxName), tidy(s.Reason, maxReason), tidy(s.By, maxAuthor)
	switch {
	case s.Kind != Ban && s.Kind != Mute:
		return fmt.Errorf("there is no sanction %.40q: it is %s or %s", s.Kind, Ban, Mute)
	case s.Person.IsZero() == !s.Network.IsValid():
		return errors.New("a sanction is for a person or for a network, and not for both")
	case s.Reason == "":
		return errors.New("a sanction needs a reason, which the player is shown")
	case s.By == "":
		return errors.New("a sanction needs somebody who says so")
	case !s.Until.IsZero() && !now.Before(s.Until):
		return fmt.Errorf("a sanction until %v would be over already", s.Until)
	}
	if !s.Network.IsValid() {
		return nil
	}
	s.Network = netip.PrefixFrom(s.Network.Addr().Unmap(), s.Network.Bits()).Masked()
	switch most := now.Add(maxNetwork); {
	case !s.Network.IsValid() || s.Network.Bits() < widest(s.Network.Addr()):
		return fmt.Errorf("a network cannot be wider than /%d", widest(s.Network.Addr()))
	case s.Until.IsZero() || s.Until.After(most):
		return fmt.Errorf("a network can be kept out until %v at most, since addresses change hands", most.Format(time.DateTime))
	}
	return nil
}

// widest returns the shortest prefix that a sanction may have: one wrong digit must not
// lock out half of the world.
func widest(a netip.Addr) int {
	if a.Is4() {
		return 12
	}
	return 28
}

// Punish puts a sanction in force at once and returns it, with its ID and beginning,
// when it cannot be lost any more. If ctx ends before, it is in force all the same, and
// it is kept as soon as that can be done.
func (s *Store) Punish(ctx context.Context, p Sanction) (Sanction, error) {
	now := s.cfg.Now()
	p.ID, p.Began = newID(), now.UTC().Truncate(time.Second)
	p.Until = p.Until.UTC().Truncate(time.Second)
	p.Lifted, p.LiftedBy, p.LiftWord = time.Time{}, "", ""
	if err := p.check(now); err != nil {
		return Sanction{}, err
	}
	if err := s.docket.add(p, now); err != nil {
		return Sanction{}, err
	}
	err := s.keep(ctx, record{Sanction: &p})
	if errors.Is(err, ErrFull) || errors.Is(err, ErrClosed) {
		s.docket.drop(p.ID)
		return Sanction{}, fmt.Errorf("keep the %s: %w", p.Kind, err)
	}
	if err != nil {
		return p, fmt.Errorf("keep the %s: %w", p.Kind, err)
	}
	return p, nil
}

// Lift ends a sanction that is in force, at once; otherwise it is like Punish. It
// returns ErrUnknown if there is none of that ID in force.
func (s *Store) Lift(ctx context.Context, id, by, why string) error {
	l := lift{ID: id, By: tidy(by, maxAuthor), Word: tidy(why, maxReason), At: s.cfg.Now().UTC().Truncate(time.Second)}
	if l.By == "" {
		return errors.New("lifting a sanction needs somebody who says so")
	}
	if !s.docket.lift(id) {
		return fmt.Errorf("sanction %.40q: %w", id, ErrUnknown)
	}
	if err := s.keep(ctx, record{Lift: &l}); err != nil {
		return fmt.Errorf("keep that the sanction is lifted: %w", err)
	}
	return nil
}

// Sanctioned returns what of one kind is in force against a person or against the
// network of an address, the longest if there are several. It does not block. The zero
// Person and the zero address match nothing.
func (s *Store) Sanctioned(k Kind, p Person, addr netip.Addr) (Sanction, bool) {
	return s.docket.find(k, p, addr, s.cfg.Now())
}

// InForce returns all sanctions that are in force, the newest first. It does not block.
func (s *Store) InForce() []Sanction { return s.docket.inForce(s.cfg.Now()) }

// Reread has the database asked soon for what others have changed about sanctions. What
// it does not have yet stays in force. It does not block.
func (s *Store) Reread() {
	select {
	case s.asked <- struct{}{}:
	default: // it is asked already
	}
}

// AfterReread has f called whenever sanctions of the database were taken over, on a
// goroutine of the Store: after Reread, and every few seconds where servers share one.
func (s *Store) AfterReread(f func()) { s.reread.Store(&f) }
