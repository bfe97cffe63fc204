package ticket

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"
)

// H11: what anybody can make without our key is not looked at any further.
func TestFault_H11_Forged(t *testing.T) {
	b := newBench(t)
	good, other := b.ticket("t"), keyOf("somebody else")
	public, err := x509.MarshalPKIXPublicKey(publicOf(b.key))
	if err != nil {
		t.Fatal(err)
	}
	byHMAC := func(secret []byte) string {
		text := encoded([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encoded(written(t, b.claims("h")))
		mac := hmac.New(sha256.New, secret)
		mac.Write([]byte(text))
		return text + "." + encoded(mac.Sum(nil))
	}
	parts := strings.Split(good, ".")
	none := encoded([]byte(`{"alg":"none"}`)) + "." + parts[1] + "."
	cases := map[string]string{
		"nothing": "", "no dots": "ticket", "dots": "..", "1 MiB of dots": strings.Repeat(".", 1<<20),
		"2 KiB of dots": strings.Repeat(".", MaxBytes), "1 MiB of a": strings.Repeat("a", 1<<20),
		"alg none": none, "alg none, signed": none + parts[2], "alg None": signed(t, b.key, `{"alg":"None"}`, b.claims("n")),
		"HS256 with the key": byHMAC(publicOf(b.key)), "HS256 with its file": byHMAC(pem.EncodeToMemory(&pem.Block{Type: publicBlock, Bytes: public})),
		"HS256 with its DER": byHMAC(public), "RS256": byRSA(t, b.claims("r")),
		"another key": signed(t, other, header, b.claims("o")), "a key of its own inside": signed(t, other, `{"alg":"EdDSA","jwk":{"kty":"OKP","crv":"Ed25519","x":"`+encoded(publicOf(other))+`"}}`, b.claims("j")),
		"unknown kid": signed(t, other, `{"alg":"EdDSA","kid":"unknown"}`, b.claims("k")), "kid path": signed(t, other, `{"alg":"EdDSA","kid":"../../../../dev/null"}`, b.claims("k")),
		"kid SQL":                signed(t, other, `{"alg":"EdDSA","kid":"x' UNION SELECT 'key'--"}`, b.claims("k")),
		"EdDSA twice, none last": signed(t, b.key, `{"alg":"EdDSA","alg":"none"}`, b.claims("d")), "alg in capitals": signed(t, b.key, `{"ALG":"EdDSA"}`, b.claims("c")),
		"no alg": signed(t, b.key, `{}`, b.claims("a")), "header no object": signed(t, b.key, `"EdDSA"`, b.claims("a")),
		"crit":         signed(t, b.key, `{"alg":"EdDSA","crit":["b64"],"b64":false}`, b.claims("b")),
		"no signature": parts[0] + "." + parts[1] + ".", "half a signature": good[:len(good)-40], "four parts": good + "." + parts[2], "encrypted": good + "..",
		"a signature of NUL": parts[0] + "." + parts[1] + "." + encoded(make([]byte, 64)), "padding": good + "==", "a line break": good + "\n", "a space before": " " + good,
		"claims of another": parts[0] + "." + encoded([]byte(`{"sub":"eve"}`)) + "." + parts[2], "other spelling of the signature": respelled(t, good),
		"standard base64": parts[0] + "." + base64.StdEncoding.EncodeToString(written(t, b.claims("s"))) + "." + parts[2],
	}
	for name, text := range cases {
		b.refuses(name, text, ErrForged)
	}
	b.takes("the honest one", good) // none of them has used it up
}

// byRSA is a ticket of the other kind of key that is usual.
func byRSA(t *testing.T, claims any) string {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	text := encoded([]byte(`{"alg":"RS512"}`)) + "." + encoded(written(t, claims))
	sum := sha512.Sum512([]byte(text))
	signature, err := key.Sign(rand.Reader, sum[:], &rsa.PSSOptions{Hash: 7})
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + encoded(signature)
}

// respelled has the same bytes in its signature, and other bits to spare at its end.
func respelled(t *testing.T, text string) string {
	t.Helper()
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	at := strings.IndexByte(letters, text[len(text)-1])
	return text[:len(text)-1] + string(letters[at^1])
}

// H11: what our key has signed counts for a short time, for this server and for one
// person alone.
func TestFault_H11_Claims(t *testing.T) {
	b := newBench(t)
	now := b.time().Unix() + 1 // refuses lets a second pass before it asks
	for name, c := range map[string]struct {
		other map[string]any
		want  error
	}{
		"no exp": {map[string]any{"exp": nil}, ErrInvalid}, "exp null": {map[string]any{"exp": (*int)(nil)}, ErrInvalid},
		"exp text": {map[string]any{"exp": fmt.Sprint(now + 300)}, ErrInvalid}, "exp 0": {map[string]any{"exp": 0}, ErrInvalid},
		"exp 1e300": {map[string]any{"exp": 1e300}, ErrInvalid}, "exp negative": {map[string]any{"exp": -5}, ErrInvalid},
		"exp past":        {map[string]any{"iat": now - 60, "exp": now - 31}, ErrExpired},
		"exp long past":   {map[string]any{"iat": now - 1000, "exp": now - 900}, ErrExpired},
		"no iat":          {map[string]any{"iat": nil}, ErrInvalid},
		"iat to come":     {map[string]any{"iat": now + 100, "exp": now + 300}, ErrInvalid},
		"exp before iat":  {map[string]any{"iat": now, "exp": now - 1}, ErrInvalid},
		"a long life":     {map[string]any{"exp": now + 601}, ErrInvalid},
		"a year":          {map[string]any{"exp": now + 365*86400}, ErrInvalid},
		"nbf to come":     {map[string]any{"nbf": now + 100}, ErrInvalid},
		"nbf text":        {map[string]any{"nbf": "now"}, ErrInvalid},
		"no aud":          {map[string]any{"aud": nil}, ErrInvalid},
		"another aud":     {map[string]any{"aud": "other.example.com"}, ErrInvalid},
		"other auds":      {map[string]any{"aud": []string{"other.example.com", "", here + "."}}, ErrInvalid},
		"aud in capitals": {map[string]any{"aud": strings.ToUpper(here)}, ErrInvalid},
		"aud empty":       {map[string]any{"aud": []string{}}, ErrInvalid},
		"aud mixed":       {map[string]any{"aud": []any{here, 1}}, ErrInvalid},
		"aud an object":   {map[string]any{"aud": map[string]any{here: true}}, ErrInvalid},
		"no sub":          {map[string]any{"sub": nil}, ErrInvalid},
		"sub empty":       {map[string]any{"sub": ""}, ErrInvalid},
		"sub a number":    {map[string]any{"sub": 1}, ErrInvalid},
		"sub in capitals": {map[string]any{"sub": nil, "SUB": "ann"}, ErrInvalid},
		"sub too long":    {map[string]any{"sub": strings.Repeat("x", maxSubject+1)}, ErrInvalid},
		"name too long":   {map[string]any{"name": strings.Repeat("x", maxName+1)}, ErrInvalid},
		"name a list":     {map[string]any{"name": []string{"Ann"}}, ErrInvalid},
		"another room":    {map[string]any{"room": "den"}, ErrInvalid},
		"no jti":          {map[string]any{"jti": nil}, ErrInvalid},
		"jti empty":       {map[string]any{"jti": ""}, ErrInvalid},
		"expired here":    {map[string]any{"iat": now - 1000, "exp": now - 900, "aud": "other.example.com"}, ErrInvalid},
	} {
		b := newBench(t)
		b.refuses(name, b.with(name, c.other), c.want)
	}
	for name, claims := range map[string]string{
		"no object": `[]`, "null": `null`, "two objects": `{}{}`, "not UTF-8": "{\"sub\":\"\xff\"}", "cut": `{"sub":"ann"`, "deep": strings.Repeat("[", 1000),
	} {
		b.refuses("claims are "+name, signed(t, b.key, header, claims), ErrInvalid)
	}
	long := b.with("long", map[string]any{"note": strings.Repeat("x", MaxBytes)})
	b.refuses("more than 2 KiB", long, ErrForged)
}

// The clocks of who signs and of who looks may differ by half a minute, and no more.
func TestLeeway(t *testing.T) {
	for name, c := range map[string]struct {
		iat, nbf, exp time.Duration // from the moment of looking
		want          error
	}{
		"in time":         {0, 0, 600, nil},
		"just over":       {-300, -300, -29, nil},
		"over":            {-300, -300, -30, ErrExpired},
		"a fast issuer":   {30, 30, 600, nil},
		"too fast":        {31, 0, 600, ErrInvalid},
		"not yet":         {0, 31, 600, ErrInvalid},
		"not before long": {-100, 30, 100, nil},
	} {
		b := newBench(t)
		at := b.time().Unix()
		text := b.with("t", map[string]any{"iat": at + int64(c.iat), "nbf": at + int64(c.nbf), "exp": at + int64(c.exp)})
		if _, err := b.Take(text, "main"); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// H12: an error comes with nobody, however it is wrapped, and says which of two things
// there are to tell; nothing of the ticket is in it.
func TestFault_H12_NobodyBesideAnError(t *testing.T) {
	b := newBench(t)
	const secret = "xyzzy"
	for name, text := range map[string]string{
		"expired": b.with(secret, map[string]any{"sub": secret, "name": secret, "iat": b.time().Unix() - 900, "exp": b.time().Unix() - 800}),
		"invalid": b.with(secret, map[string]any{"sub": secret, "aud": secret}), "forged": signed(t, keyOf("somebody else"), header, map[string]any{"sub": secret}),
		"early": b.with(secret, map[string]any{"sub": secret, "nbf": b.time().Unix() + 500}),
	} {
		who, err := b.Take(text, "main")
		if err == nil || who != (Bearer{}) {
			t.Errorf("%s: %+v beside %v", name, who, err)
		}
		wrapped := fmt.Errorf("look at a ticket: %w", err)
		if expired, invalid := errors.Is(wrapped, ErrExpired), errors.Is(wrapped, ErrInvalid); expired == invalid || expired != (name == "expired") {
			t.Errorf("%s: wrapped it is expired %v, invalid %v", name, expired, invalid)
		}
		if strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the error repeats what the ticket says: %v", name, err)
		}
	}
	var claims map[string]any
	full := b.claims("all")
	for name := range maps.Keys(full) { // with each claim broken there is nobody either
		claims = maps.Clone(full)
		claims[name] = map[string]int{"x": 1}
		b.refuses(name, signed(t, b.key, header, claims), ErrInvalid)
	}
}
