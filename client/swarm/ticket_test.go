//go:build !js

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ionwake/server/ticket"
)

// What the swarm signs a server takes, once for each player.
func TestTicketsOfTheSwarm(t *testing.T) {
	private, public, err := ticket.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "key.pem")
	for name, c := range map[string]struct {
		file           []byte
		audience, want string
	}{
		"nothing": {nil, "arena", "BEGIN PRIVATE KEY"}, "the public one": {public, "arena", "private key of Ed25519"}, "for nobody": {private, "", "needs --ticket-audience"},
	} {
		if err := os.WriteFile(path, c.file, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := openBooth(path, c.audience); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if err := os.WriteFile(path, private, 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := openBooth(path, "arena")
	if err != nil {
		t.Fatal(err)
	}
	keys, err := ticket.ParseKeys(public)
	if err != nil {
		t.Fatal(err)
	}
	door, now := ticket.NewDoor(ticket.Config{Keys: keys, Audience: []string{"arena"}}), time.Now()
	for _, name := range []string{"Drone 1", "Drone 2"} {
		text := b.ticket(name, now)
		if who, err := door.Take(text, "main"); err != nil || who.Subject != name {
			t.Errorf("%s: %+v, %v", name, who, err)
		}
		if _, err := door.Take(text, "main"); err == nil {
			t.Errorf("%s came in twice", name)
		}
	}
	if got := (*booth)(nil).ticket("Drone 1", now); got != "" {
		t.Errorf("without a key: %q", got)
	}
}
