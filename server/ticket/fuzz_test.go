package ticket

import (
	"bytes"
	"crypto/ed25519"
	"reflect"
	"strings"
	"testing"
	"time"
)

// FuzzTake shows a door anything at all: it never lets in what our key has not signed.
func FuzzTake(f *testing.F) {
	b := newBench(f)
	good := b.ticket("good")
	for _, seed := range []string{
		good, good[:len(good)-1], good + "=", "..", "a.b.c", strings.Repeat(".", 100), b.with("t", map[string]any{"exp": nil}), b.with("t", map[string]any{"aud": []string{here}}),
		signed(f, keyOf("somebody else"), header, b.claims("o")), signed(f, b.key, `{"alg":"none"}`, b.claims("n")), strings.Replace(good, ".", "\n.", 1),
	} {
		f.Add(seed)
	}
	keys := []ed25519.PublicKey{publicOf(b.key)}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parse(text, keys, func() bool { return true })
		if err == nil && (c.Subject == "" || c.ID == "" || c.Expires.Sub(c.Issued) > MaxLife) {
			t.Errorf("%q is taken for %+v", text, c)
		}
		if err != nil && !reflect.ValueOf(c).IsZero() {
			t.Errorf("%q: %+v beside %v", text, c, err)
		}
		signed, _, signature, ok := split(text)
		if err == nil && !(ok && ed25519.Verify(keys[0], []byte(signed), signature)) {
			t.Errorf("%q is taken and not signed", text)
		}
	})
}

// FuzzClaims reads any claims that somebody has signed, so that it gets behind the
// signature.
func FuzzClaims(f *testing.F) {
	b := newBench(f)
	for _, seed := range []any{b.claims("t"), `{"sub":"x","jti":"y","iat":1,"exp":2,"aud":[]}`, `{"exp":1e999}`, `{"aud":[null]}`, `[]`, `{"sub":null}`, "{\"sub\":\"\xff\"}"} {
		f.Add(written(f, seed))
	}
	f.Fuzz(func(t *testing.T, claims []byte) {
		c, err := readClaims(bytes.Clone(claims))
		if err != nil && !reflect.ValueOf(c).IsZero() {
			t.Errorf("%q: %+v beside %v", claims, c, err)
		}
		if err == nil && (c.Subject == "" || len(c.Subject) > maxSubject || len(c.Name) > maxName || c.ID == "" || c.Expires.Before(c.Issued) || c.Expires.Sub(c.Issued) > 10*time.Minute) {
			t.Errorf("%q is read as %+v", claims, c)
		}
	})
}
