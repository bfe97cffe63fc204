package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"

	"ionwake/server/account"
	"ionwake/server/admin"
	"ionwake/server/room"
)

// book knows who is who and what is held against them.
type book interface {
	admin.Book
	// Person tells who shows a device.
	Person(device []byte) room.PersonID
	// Sanctioned returns the longest sanction of a kind that holds against somebody, or
	// against where they come from. It does not block.
	Sanctioned(kind string, w room.Who) (admin.Sanction, bool)
	// Seen notes that somebody came. It does not block.
	Seen(w room.Who, name string)
}

// accountBook is the book in the accounts, which outlives the server.
type accountBook struct{ store *account.Store }

// Person implements book.
func (b accountBook) Person(device []byte) room.PersonID {
	return room.PersonID(b.store.Person(device))
}

// Sanctioned implements book.
func (b accountBook) Sanctioned(kind string, w room.Who) (admin.Sanction, bool) {
	s, found := b.store.Sanctioned(account.Kind(kind), account.Person(w.ID), addrOf(w))
	return toldOf(s), found
}

// Seen implements book.
func (b accountBook) Seen(w room.Who, name string) {
	b.store.Seen(account.Person(w.ID), name, addrOf(w))
}

// addrOf is where somebody comes from, as far as that is known.
func addrOf(w room.Who) netip.Addr {
	p, err := netip.ParsePrefix(w.Peer)
	if err != nil {
		return netip.Addr{}
	}
	return p.Addr()
}

// Punish implements admin.Book.
func (b accountBook) Punish(ctx context.Context, s admin.Sanction) (admin.Sanction, error) {
	is := account.Sanction{Kind: account.Kind(s.Kind), Name: s.Name, Reason: s.Reason, By: s.By, Until: s.Until}
	var err error
	if s.Network != "" {
		is.Network, err = netip.ParsePrefix(s.Network)
	} else {
		is.Person, err = account.ParsePerson(s.Person)
	}
	if err != nil {
		return admin.Sanction{}, fmt.Errorf("read whom it is against: %w", err)
	}
	is, err = b.store.Punish(ctx, is)
	return toldOf(is), err
}

// Lift implements admin.Book.
func (b accountBook) Lift(ctx context.Context, id, by, why string) error {
	return b.store.Lift(ctx, id, by, why)
}

// InForce implements admin.Book.
func (b accountBook) InForce() []admin.Sanction { return toldOfAll(b.store.InForce()) }

// History implements admin.Book.
func (b accountBook) History(ctx context.Context, person string) ([]admin.Sanction, error) {
	p, err := account.ParsePerson(person)
	if err != nil {
		return nil, err
	}
	all, err := b.store.History(ctx, p)
	if errors.Is(err, account.ErrNotReady) {
		return nil, errAway
	}
	return toldOfAll(all), err
}

// Find implements admin.Book.
func (b accountBook) Find(ctx context.Context, name string) ([]admin.Known, error) {
	const most = 50
	found, err := b.store.Find(ctx, name, most)
	var list []admin.Known
	for _, f := range found {
		list = append(list, admin.Known{Person: f.Person.String(), Name: f.Name, LastSeen: f.LastSeen})
	}
	return list, err
}

// About implements admin.Register.
func (b accountBook) About(ctx context.Context, person string) (admin.Person, error) {
	is := admin.Person{ID: person}
	p, err := account.ParsePerson(person)
	if err != nil {
		return is, err
	}
	all, err := b.store.Profile(ctx, p)
	switch {
	case errors.Is(err, account.ErrUnknown):
		return is, nil // here for the first time
	case errors.Is(err, account.ErrNotReady):
		return is, errAway
	case err != nil:
		return is, err
	}
	is.Name, is.FirstSeen, is.LastSeen, is.Visits = all.Name, all.FirstSeen, all.LastSeen, all.Visits
	for _, c := range all.Careers {
		is.Standings = append(is.Standings, admin.Standing{
			Season: c.Season, Mode: c.Mode, Games: c.Games, Wins: c.Wins, Abandoned: c.Abandoned,
			Score: c.Score, Kills: c.Kills, Deaths: c.Deaths, Seconds: int64(c.Played.Seconds()),
		})
	}
	is.Sanctions = toldOfAll(all.Sanctions)
	return is, nil
}

// errAway is what somebody reads who asks for what only the database has.
var errAway = errors.New("the database is away: what is in force holds, and what was cannot be read now")

// Export implements admin.Archive.
func (b accountBook) Export(ctx context.Context, person string) (string, error) {
	p, err := account.ParsePerson(person)
	if err != nil {
		return "", err
	}
	all, err := b.store.Export(ctx, p)
	if err != nil {
		return "", err
	}
	text, err := json.MarshalIndent(all, "", "  ")
	return string(text), err
}

// Forget implements admin.Archive.
func (b accountBook) Forget(ctx context.Context, person string) error {
	p, err := account.ParsePerson(person)
	if err != nil {
		return err
	}
	return b.store.Delete(ctx, p)
}

// toldOf puts a sanction into the host's words.
func toldOf(s account.Sanction) admin.Sanction {
	is := admin.Sanction{
		ID: s.ID, Kind: string(s.Kind), Name: s.Name, Reason: s.Reason, By: s.By, Began: s.Began, Until: s.Until,
		Lifted: s.Lifted, LiftedBy: s.LiftedBy, LiftWord: s.LiftWord,
	}
	if !s.Person.IsZero() {
		is.Person = s.Person.String()
	}
	if s.Network.IsValid() {
		is.Network = s.Network.String()
	}
	return is
}

func toldOfAll(all []account.Sanction) []admin.Sanction {
	list := make([]admin.Sanction, 0, len(all))
	for _, s := range all {
		list = append(list, toldOf(s))
	}
	return list
}
