//go:build !js

package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"time"
)

// booth signs a ticket for each player of a server that asks for them, as whoever has its
// list of players would. A nil one gives none.
type booth struct {
	key      ed25519.PrivateKey
	audience string
}

// ticketLife is how long a ticket is good for. Each is made when its player joins.
const ticketLife = 5 * time.Minute

// openBooth reads the key that signs: PEM, Ed25519 (RFC 8410 section 7).
func openBooth(path, audience string) (*booth, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, bad("--ticket-key", path, err.Error())
	}
	block, _ := pem.Decode(data)
	if block == nil {
		return nil, bad("--ticket-key", path, "it has to begin with -----BEGIN PRIVATE KEY-----")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	ours, ok := key.(ed25519.PrivateKey)
	if err != nil || !ok {
		return nil, bad("--ticket-key", path, "it has to be a private key of Ed25519")
	}
	if audience == "" {
		return nil, errors.New("--ticket-key needs --ticket-audience, what the server is called in its --token-audience")
	}
	return &booth{ours, audience}, nil
}

// ticket returns one for a player by name: a JSON Web Token (RFC 7519) signed with EdDSA.
func (b *booth) ticket(name string, now time.Time) string {
	if b == nil {
		return ""
	}
	claims, err := json.Marshal(map[string]any{
		"sub": name, "aud": b.audience, "jti": rand.Text(), "iat": now.Unix(), "exp": now.Add(ticketLife).Unix(),
	})
	if err != nil {
		panic(fmt.Sprintf("texts and numbers cannot be written: %v", err))
	}
	enc := base64.RawURLEncoding.EncodeToString
	text := enc([]byte(`{"alg":"EdDSA"}`)) + "." + enc(claims)
	return text + "." + enc(ed25519.Sign(b.key, []byte(text)))
}
