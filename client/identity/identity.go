// Package identity writes down who a player is, the key that their device alone knows,
// as a text that can be carried to another device by hand, and reads it again.
package identity

import (
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"strings"
)

// KeySize is the length of a key in bytes.
const KeySize = 16

// sumSize is how many bytes of a check follow the key: with them the text is 32 letters,
// and a mistake in it goes unseen once in four thousand million times.
const sumSize = 4

// Prefix stands before a key in files and in what is copied, so that it is known for
// what it is. Entered by hand, a key is complete without it.
const Prefix = "ionwake-identity:"

// Why a text is no identity. Parse returns them as they are.
var (
	ErrOther   = errors.New("this is no key of Ionwake")
	ErrDamaged = errors.New("the key has a mistake: a letter is wrong or missing")
)

// letters are Crockford's: none looks like another (crockford.com/base32.html).
var letters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// textLength is that of a key in letters, without the lines between them.
const textLength = (KeySize + sumSize) * 8 / 5

// group is how many letters stand together.
const group = 4

// Text returns a key of KeySize bytes as eight groups of letters. Who has it is that
// player on every server: it is a secret.
func Text(key []byte) string {
	plain := letters.EncodeToString(append(append([]byte(nil), key...), sum(key)...))
	var b strings.Builder
	for i := range len(plain) {
		if i > 0 && i%group == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(plain[i])
	}
	return b.String()
}

// File returns what is written to a file, or copied: words for whoever finds it, and
// the key.
func File(key []byte) string {
	return "# An Ionwake player's identity. Whoever has this key is that player: show it to nobody.\n" + Prefix + Text(key) + "\n"
}

// Parse reads what Text or File wrote, or what somebody copied by hand: capitals, spaces
// and lines between letters do not matter, nor does O for 0 or I and L for 1. The error
// is ErrOther or ErrDamaged.
func Parse(text string) ([]byte, error) {
	plain, marked := strip(text)
	if plain == "" || !marked && (len(plain) < textLength-group || len(plain) > textLength+group) {
		return nil, ErrOther
	}
	data, err := letters.DecodeString(plain) // which passes over ends of lines
	switch {
	case err != nil && !marked && strings.Trim(plain, "0123456789ABCDEFGHJKMNPQRSTUVWXYZ") != "":
		return nil, ErrOther // signs that no key has
	case err != nil || len(plain) != textLength || len(data) != KeySize+sumSize || string(data[KeySize:]) != string(sum(data[:KeySize])):
		return nil, ErrDamaged
	}
	return data[:KeySize], nil
}

// strip returns the letters of a text as they were written at first, and whether the
// text says that they are a key.
func strip(text string) (plain string, marked bool) {
	var b strings.Builder
	for row := range strings.Lines(text) {
		row = strings.TrimSpace(row)
		if strings.HasPrefix(row, "#") {
			continue
		}
		if len(row) >= len(Prefix) && strings.EqualFold(row[:len(Prefix)], Prefix) {
			row, marked = row[len(Prefix):], true
		}
		if b.Len()+len(row) > 4*textLength { // no key is as long
			return "", false
		}
		b.WriteString(strings.ToUpper(row))
	}
	return spoken.Replace(b.String()), marked
}

// spoken takes out what stands between letters, and puts right what looks alike.
var spoken = strings.NewReplacer(" ", "", "\t", "", "-", "", "–", "", "O", "0", "I", "1", "L", "1")

// Mark returns four letters by which a key is told from others, and from which nobody
// learns it.
func Mark(key []byte) string {
	s := sha256.Sum256(append([]byte("ionwake mark"), key...))
	return letters.EncodeToString(s[:])[:group]
}

func sum(key []byte) []byte {
	s := sha256.Sum256(append([]byte("ionwake identity"), key...))
	return s[:sumSize]
}
