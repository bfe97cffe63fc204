// Package ticket makes and checks the signed tickets without which nobody plays where a
// host asks for them. A ticket is a JSON Web Token (RFC 7519) in the compact form of
// RFC 7515 section 3.1, signed with Ed25519 (RFC 8037 section 3.1) and with nothing else:
// what its header says of keys is not looked at, and no other algorithm can be named.
//
// It is written here, on crypto/ed25519 alone, because the usual library brings every
// algorithm there is, and with them more bytes than the server has left.
package ticket

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Bounds of a ticket.
const (
	MaxBytes   = 2 << 10          // of the text, before anything in it is read
	MaxLife    = 10 * time.Minute // from iat to exp
	Leeway     = 30 * time.Second // by which clocks may differ
	maxName    = 64               // bytes, as on the wire
	maxSubject = 255              // bytes
)

// Why a ticket is refused. Errors wrap one of these; what else they say is for the host's
// log alone and never has anything of the ticket's in it.
var (
	ErrExpired = errors.New("the ticket has expired")
	ErrInvalid = errors.New("the ticket is not valid")
	// ErrForged is an ErrInvalid that none of our keys has signed, or that is no ticket.
	ErrForged = fmt.Errorf("%w: not signed by a key of ours", ErrInvalid)
	// ErrBusy says nothing of the ticket: there are more than can be looked at.
	ErrBusy = errors.New("too many tickets at once")
)

// Claims are what a ticket says (RFC 7519 section 4.1).
type Claims struct {
	Subject   string    // sub: for whom it is, 1 to 255 bytes
	Name      string    // name: what they are called, at most 64 bytes; "": as they wish
	Room      string    // room: the only one that it is for; "": any
	Audience  []string  // aud: the servers that it is for
	ID        string    // jti: another one for each ticket
	Issued    time.Time // iat, to the second
	NotBefore time.Time // nbf; zero: from Issued on
	Expires   time.Time // exp, at most MaxLife after Issued
}

// header is the only one that Make writes.
const header = `{"alg":"EdDSA","typ":"JWT"}`

// Make writes a ticket and signs it. Without an ID it draws one.
func Make(key ed25519.PrivateKey, c Claims) (string, error) {
	if c.ID == "" {
		c.ID = rand.Text()
	}
	says := map[string]any{"sub": c.Subject, "aud": c.Audience, "jti": c.ID, "iat": c.Issued.Unix(), "exp": c.Expires.Unix()}
	if c.Name != "" {
		says["name"] = c.Name
	}
	if c.Room != "" {
		says["room"] = c.Room
	}
	if !c.NotBefore.IsZero() {
		says["nbf"] = c.NotBefore.Unix()
	}
	payload, err := json.Marshal(says)
	if err != nil {
		return "", fmt.Errorf("write a ticket: %w", err)
	}
	text := encoded([]byte(header)) + "." + encoded(payload)
	text += "." + encoded(ed25519.Sign(key, []byte(text)))
	if len(text) > MaxBytes {
		return "", fmt.Errorf("write a ticket: it has %d bytes, %d are the most", len(text), MaxBytes)
	}
	return text, nil
}

func encoded(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }
