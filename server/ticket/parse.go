package ticket

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// parse reads a ticket that one of the keys has signed. It looks at the signature before
// it looks at what is signed, if may says that it may: what has not even the form of a
// ticket needs no look. Whatever is wrong is an ErrInvalid, or ErrBusy.
func parse(text string, keys []ed25519.PublicKey, may func() bool) (Claims, error) {
	signed, payload, signature, ok := split(text)
	switch {
	case !ok:
		return Claims{}, ErrForged
	case !may():
		return Claims{}, ErrBusy
	case !signedBy(keys, signed, signature):
		return Claims{}, ErrForged
	}
	return readClaims(payload)
}

// split takes a ticket apart: what is signed, the claims in it, and the signature. It
// refuses one that is too long, that has not three parts, or whose header asks for
// anything but what Make writes or what may be left out of account.
func split(text string) (signed string, payload, signature []byte, ok bool) {
	if len(text) > MaxBytes || strings.Count(text, ".") != 2 {
		return "", nil, nil, false
	}
	dot := strings.LastIndexByte(text, '.')
	signed = text[:dot]
	head, body, _ := strings.Cut(signed, ".")
	signature, good := decoded(text[dot+1:])
	if !good || len(signature) != ed25519.SignatureSize {
		return "", nil, nil, false
	}
	if first, good := decoded(head); !good || !readHeader(first) {
		return "", nil, nil, false
	}
	payload, good = decoded(body)
	return signed, payload, signature, good
}

// decoded reads base64url as RFC 7515 section 2 has it: no padding, no line breaks, no
// bits to spare.
func decoded(text string) ([]byte, bool) {
	if strings.ContainsAny(text, "\r\n") { // which encoding/base64 skips
		return nil, false
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(text)
	return data, err == nil && len(data) > 0
}

// readHeader reports whether a header names our algorithm and nothing that has to be
// understood (RFC 7515 section 4.1.11). A kid is not looked at: all keys are tried.
func readHeader(data []byte) bool {
	var head map[string]json.RawMessage
	if json.Unmarshal(data, &head) != nil {
		return false
	}
	_, critical := head["crit"]
	return string(head["alg"]) == `"EdDSA"` && !critical
}

func signedBy(keys []ed25519.PublicKey, signed string, signature []byte) bool {
	for _, key := range keys {
		if ed25519.Verify(key, []byte(signed), signature) {
			return true
		}
	}
	return false
}

// readClaims reads the claims of a ticket whose signature is good, and judges all that
// has to do with no clock and no server.
func readClaims(payload []byte) (Claims, error) {
	if !utf8.Valid(payload) { // which encoding/json would mend
		return Claims{}, fmt.Errorf("%w: its claims are not UTF-8", ErrInvalid)
	}
	var c Claims
	var all map[string]json.RawMessage
	if json.Unmarshal(payload, &all) != nil {
		return Claims{}, fmt.Errorf("%w: its claims are no JSON object", ErrInvalid)
	}
	for _, claim := range []struct {
		name string
		read func([]byte) bool
	}{
		{"sub", textTo(&c.Subject, maxSubject)}, {"name", textTo(&c.Name, maxName)}, {"room", textTo(&c.Room, maxSubject)},
		{"jti", textTo(&c.ID, MaxBytes)}, {"aud", listTo(&c.Audience)},
		{"iat", timeTo(&c.Issued)}, {"nbf", timeTo(&c.NotBefore)}, {"exp", timeTo(&c.Expires)},
	} {
		if value, there := all[claim.name]; there && !claim.read(value) {
			return Claims{}, fmt.Errorf("%w: its %s cannot be read or is too long", ErrInvalid, claim.name)
		}
	}
	if err := c.whole(); err != nil {
		return Claims{}, err
	}
	return c, nil
}

// whole reports what a ticket lacks that each has to have.
func (c *Claims) whole() error {
	switch {
	case c.Subject == "":
		return fmt.Errorf("%w: it has no sub", ErrInvalid)
	case c.ID == "":
		return fmt.Errorf("%w: it has no jti", ErrInvalid)
	case c.Issued.IsZero() || c.Expires.IsZero():
		return fmt.Errorf("%w: it has no iat or no exp", ErrInvalid)
	case c.Expires.Before(c.Issued) || c.Expires.Sub(c.Issued) > MaxLife:
		return fmt.Errorf("%w: from its iat to its exp it may be %v", ErrInvalid, MaxLife)
	}
	return nil
}

func textTo(to *string, limit int) func([]byte) bool {
	return func(value []byte) bool { return json.Unmarshal(value, to) == nil && len(*to) <= limit }
}

// listTo reads a text or several (RFC 7519 section 4.1.3).
func listTo(to *[]string) func([]byte) bool {
	return func(value []byte) bool {
		var one string
		if json.Unmarshal(value, &one) == nil {
			*to = []string{one}
			return true
		}
		return json.Unmarshal(value, to) == nil
	}
}

// lastSecond is a moment that no clock shows, in seconds since 1970: the year 36812.
const lastSecond = 1 << 40

// timeTo reads a NumericDate (RFC 7519 section 2) to the second.
func timeTo(to *time.Time) func([]byte) bool {
	return func(value []byte) bool {
		var seconds float64
		if json.Unmarshal(value, &seconds) != nil || !(seconds >= 1 && seconds < lastSecond) {
			return false
		}
		*to = time.Unix(int64(seconds), 0)
		return true
	}
}
