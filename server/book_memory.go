package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"ionwake/server/admin"
	"ionwake/server/room"
)

// maxRemembered bounds what a memoryBook holds, that which is over included.
const maxRemembered = 1000

// memoryBook is the book of a server without --data: it ends with the server.
type memoryBook struct {
	salt [32]byte // so that a person is somebody else on another server

	mu  sync.Mutex
	all []admin.Sanction // the newest first
}

func newMemoryBook() *memoryBook {
	b := &memoryBook{}
	_, _ = rand.Read(b.salt[:]) // never fails (crypto/rand)
	return b
}

// Person implements book.
func (b *memoryBook) Person(device []byte) (id room.PersonID) {
	if len(device) > 0 {
		sum := sha256.Sum256(append(b.salt[:len(b.salt):len(b.salt)], device...))
		copy(id[:], sum[:])
	}
	return id
}

// Sanctioned implements book.
func (b *memoryBook) Sanctioned(kind string, w room.Who) (longest admin.Sanction, found bool) {
	person, now := personText(w.ID), time.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.all {
		meant := s.Person != "" && s.Person == person || s.Network != "" && s.Network == w.Peer
		if s.Kind != kind || !meant || !holds(&s, now) {
			continue
		}
		if !found || !longest.Until.IsZero() && (s.Until.IsZero() || s.Until.After(longest.Until)) {
			longest, found = s, true
		}
	}
	return longest, found
}

// holds reports whether s is in force.
func holds(s *admin.Sanction, now time.Time) bool {
	return s.Lifted.IsZero() && (s.Until.IsZero() || now.Before(s.Until))
}

// personText writes a person as the accounts do; "": nobody.
func personText(id room.PersonID) string {
	if id == (room.PersonID{}) {
		return ""
	}
	return hex.EncodeToString(id[:])
}

// Seen implements book.
func (b *memoryBook) Seen(room.Who, string) {}

// Punish implements admin.Book.
func (b *memoryBook) Punish(_ context.Context, s admin.Sanction) (admin.Sanction, error) {
	var id [8]byte
	_, _ = rand.Read(id[:]) // never fails (crypto/rand)
	s.ID, s.Began = hex.EncodeToString(id[:]), time.Now().UTC().Truncate(time.Second)
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if len(b.all) >= maxRemembered {
		b.all = slices.DeleteFunc(b.all, func(s admin.Sanction) bool { return !holds(&s, now) })
	}
	if len(b.all) >= maxRemembered {
		return admin.Sanction{}, fmt.Errorf("%d sanctions are in force, and without --data there is room for no more", len(b.all))
	}
	b.all = slices.Insert(b.all, 0, s)
	return s, nil
}

// Lift implements admin.Book.
func (b *memoryBook) Lift(_ context.Context, id, by, why string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	for i := range b.all {
		if s := &b.all[i]; s.ID == id && holds(s, now) {
			s.Lifted, s.LiftedBy, s.LiftWord = now.UTC().Truncate(time.Second), by, why
			return nil
		}
	}
	return errors.New("it is not in force any more")
}

// InForce implements admin.Book.
func (b *memoryBook) InForce() []admin.Sanction {
	now := time.Now()
	return b.some(func(s *admin.Sanction) bool { return holds(s, now) })
}

// History implements admin.Book.
func (b *memoryBook) History(_ context.Context, person string) ([]admin.Sanction, error) {
	return b.some(func(s *admin.Sanction) bool { return s.Person == person }), nil
}

// Find implements admin.Book.
func (b *memoryBook) Find(context.Context, string) ([]admin.Known, error) {
	return nil, errors.New("without --data nobody is remembered")
}

func (b *memoryBook) some(of func(*admin.Sanction) bool) []admin.Sanction {
	b.mu.Lock()
	defer b.mu.Unlock()
	list := []admin.Sanction{}
	for i := range b.all {
		if of(&b.all[i]) {
			list = append(list, b.all[i])
		}
	}
	return list
}
