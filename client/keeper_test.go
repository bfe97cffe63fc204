package main

import (
	"bytes"
	"testing"
	"time"

	"ionwake/shared/wire"
)

// TestClaims writes a seat down and reads it, in time and too late, and reads what
// nobody wrote.
func TestClaims(t *testing.T) {
	wrote := time.Unix(1_800_000_000, 0)
	c := claim{url: "ws://host/play?room=main", name: "Ann B", spectate: true, token: bytes.Repeat([]byte{7}, wire.TokenSize)}
	text := c.text(wrote)
	for _, at := range []struct {
		name string
		text string
		ago  time.Duration
		ok   bool
	}{
		{"at once", text, 0, true},
		{"in time", text, claimFor, true},
		{"too late", text, claimFor + time.Second, false},
		{"before it was written", text, -time.Second, false},
		{"nothing", "", 0, false},
		{"noise", "1\n2\n3\n4\n5", 0, false},
		{"half a token", claim{url: c.url, name: c.name, token: c.token[:8]}.text(wrote), 0, false},
	} {
		got, ok := parseClaim(at.text, wrote.Add(at.ago))
		if ok != at.ok {
			t.Errorf("%s: read %t, want %t", at.name, ok, at.ok)
		}
		if ok && (got.url != c.url || got.name != c.name || got.spectate != c.spectate || !bytes.Equal(got.token, c.token)) {
			t.Errorf("%s: read %+v, want %+v", at.name, got, c)
		}
	}
}
