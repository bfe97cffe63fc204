package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"log/slog"
	"strings"
	"testing"
	"time"

	"ionwake/server/account"
	"ionwake/server/ticket"
)

// R15: whatever the database does, and when there is no time left, replays and tickets are
// closed in order: they need none.
func TestFault_R15_FilesAreClosedBesideTheDatabase(t *testing.T) {
	folder := t.TempDir()
	var told bytes.Buffer
	log := slog.New(slog.NewTextHandler(&told, nil))
	kept, err := openArchive(folder, "", log)
	if err != nil {
		t.Fatal(err)
	}
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	set := &settings{tokenKey: "file", tokenKeys: []ed25519.PublicKey{public}, audience: []string{"arena"}, data: folder}
	asks := newTickets(set, newMemoryBook(), log)
	now := time.Now()
	before, err := ticket.Make(private, ticket.Claims{Subject: "ann", Audience: set.audience, Issued: now.Add(-20 * time.Second), Expires: now.Add(time.Minute)})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, ok := asks.Take(before, "main"); ok {
		t.Error("a ticket of before the first start lets in")
	}
	store, err := account.Open(t.Context(), account.Config{Dir: folder, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	over, enough := context.WithCancel(context.Background())
	enough()
	s := &server{archive: kept, tickets: asks, store: store}
	if err := s.closeKept(over); err != nil {
		t.Error(err)
	}
	if text := told.String(); strings.Contains(text, "in time") {
		t.Errorf("told is %s", text)
	}
	next := newTickets(set, newMemoryBook(), log)
	defer next.close(t.Context())
	if _, why, ok := next.Take(before, "main"); !ok {
		t.Errorf("the next server knows nothing of what was used: %s", why.Message)
	}
}
