package ticket

import (
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"sync/atomic"
	"testing"
	"time"
)

// here is what the server of the tests is called.
const here = "play.example.com"

// clock is one that the test turns.
type clock struct{ seconds atomic.Int64 }

func (c *clock) time() time.Time      { return time.Unix(1_800_000_000+c.seconds.Load(), 0) }
func (c *clock) pass(t time.Duration) { c.seconds.Add(int64(t / time.Second)) }

// bench is a door and whoever signs for it.
type bench struct {
	clock
	*Door
	t   testing.TB
	key ed25519.PrivateKey
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{t: t, key: keyOf("the issuer")}
	b.Door = NewDoor(Config{Keys: []ed25519.PublicKey{publicOf(b.key)}, Audience: []string{here}, Now: b.time})
	b.pass(time.Hour) // nothing of what follows was made before the start
	return b
}

// keyOf is always the same for a name.
func keyOf(name string) ed25519.PrivateKey {
	seed := make([]byte, ed25519.SeedSize)
	copy(seed, name)
	return ed25519.NewKeyFromSeed(seed)
}

func publicOf(key ed25519.PrivateKey) ed25519.PublicKey { return key.Public().(ed25519.PublicKey) }

// claims are those of an honest ticket, as they are on the wire.
func (b *bench) claims(id string) map[string]any {
	now := b.time().Unix()
	return map[string]any{"sub": "ann", "name": "Ann", "aud": here, "jti": id, "iat": now, "nbf": now, "exp": now + 300}
}

// signed writes and signs any header and any claims: a value is written as JSON, bytes and
// strings as they are.
func signed(t testing.TB, key ed25519.PrivateKey, head, claims any) string {
	t.Helper()
	text := encoded(written(t, head)) + "." + encoded(written(t, claims))
	return text + "." + encoded(ed25519.Sign(key, []byte(text)))
}

func written(t testing.TB, value any) []byte {
	t.Helper()
	if text, ok := value.(string); ok {
		return []byte(text)
	}
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// ticket is an honest one.
func (b *bench) ticket(id string) string { return signed(b.t, b.key, header, b.claims(id)) }

// with is an honest one but for some claims; nil leaves one out.
func (b *bench) with(id string, other map[string]any) string {
	all := b.claims(id)
	for name, value := range other {
		if all[name] = value; value == nil {
			delete(all, name)
		}
	}
	return signed(b.t, b.key, header, all)
}

// refuses fails unless a ticket is refused for a reason, and with nobody.
func (b *bench) refuses(name, text string, want error) {
	b.t.Helper()
	b.pass(time.Second) // no test waits for the rate of looks
	got, err := b.Take(text, "main")
	if !errors.Is(err, want) || errors.Is(err, ErrExpired) && errors.Is(err, ErrInvalid) {
		b.t.Errorf("%s: %v, want %v", name, err, want)
	}
	if got != (Bearer{}) {
		b.t.Errorf("%s: refused, and yet it is %+v", name, got)
	}
}

// takes fails unless a ticket is taken.
func (b *bench) takes(name, text string) Bearer {
	b.t.Helper()
	b.pass(time.Second)
	got, err := b.Take(text, "main")
	if err != nil || got.Subject == "" {
		b.t.Errorf("%s: %+v, %v, want to come in", name, got, err)
	}
	return got
}
