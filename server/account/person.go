package account

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Person is who somebody is to this server: the same after a reload, a new name or a
// new address, and no way back to the key that their device shows. The zero Person is
// nobody. It is no credential: it may stand in lists that everybody sees.
type Person [16]byte

// Person returns who shows key, which is the secret or the public key of a device.
// Nobody shows an empty one. Servers with the same Config.Secret agree about it.
func (s *Store) Person(key []byte) Person {
	var p Person
	if len(key) == 0 {
		return p
	}
	mac := hmac.New(sha256.New, s.secret)
	mac.Write([]byte("ionwake person"))
	mac.Write(key)
	copy(p[:], mac.Sum(nil))
	return p
}

// IsZero reports whether p is nobody.
func (p Person) IsZero() bool { return p == Person{} }

// String returns p as 32 hexadecimal digits, as ParsePerson reads them.
func (p Person) String() string { return hex.EncodeToString(p[:]) }

// ParsePerson reads what String writes. It refuses anything else, and nobody.
func ParsePerson(text string) (Person, error) {
	var p Person
	if n, err := hex.Decode(p[:], []byte(text[:min(len(text), 2*len(p))])); err != nil || n != len(p) || len(text) != 2*len(p) || p.IsZero() {
		return Person{}, fmt.Errorf("%.40q is no player: one is 32 hexadecimal digits", text)
	}
	return p, nil
}

// MarshalText writes p as String does.
func (p Person) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, p[:]), nil }

// UnmarshalText reads what MarshalText writes.
func (p *Person) UnmarshalText(text []byte) error {
	if len(text) != 2*len(p) {
		return fmt.Errorf("a player is 32 hexadecimal digits, not %d bytes", len(text))
	}
	_, err := hex.Decode(p[:], text)
	return err
}
