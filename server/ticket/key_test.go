package ticket

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"
)

func block(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

func must[T any](t *testing.T) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// What a host may have put into the file of keys is told in words.
func TestParseKeys(t *testing.T) {
	private, public, err := NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	key := must[[]byte](t)
	curve := must[*ecdsa.PrivateKey](t)(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	exchange := must[*ecdh.PrivateKey](t)(ecdh.X25519().GenerateKey(rand.Reader))
	several := func(n int) []byte { return bytes.Repeat(public, n) }
	for name, c := range map[string]struct {
		file []byte
		want string // "": it is good
		keys int
	}{
		"one": {public, "", 1}, "four": {several(4), "", 4}, "words around": {[]byte("our key\n" + string(public) + "\nof May\n"), "", 1}, "of Windows": {bytes.ReplaceAll(public, []byte("\n"), []byte("\r\n")), "", 1},
		"none": {nil, "there is no key in it", 0}, "words": {[]byte("hello"), "there is no key in it", 0}, "five": {several(5), "5 keys", 0},
		"the private one": {private, "there is a private key in it", 0}, "of openssl": {block("EC PRIVATE KEY", nil), "there is a private key in it", 0}, "both": {append(bytes.Clone(public), private...), "there is a private key in it", 0},
		"a certificate": {block("CERTIFICATE", nil), "there is a \"CERTIFICATE\" in it", 0}, "rubbish": {block(publicBlock, []byte("x")), "no whole key", 0}, "cut": {append(bytes.Clone(public), public[:60]...), "no whole key", 0},
		"P-256":  {block(publicBlock, key(x509.MarshalPKIXPublicKey(curve.Public()))), "another kind", 0},
		"X25519": {block(publicBlock, key(x509.MarshalPKIXPublicKey(exchange.Public()))), "another kind", 0},
	} {
		got, err := ParseKeys(c.file)
		if len(got) != c.keys || (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %d keys, %v, want %d and %q", name, len(got), err, c.keys, c.want)
		}
	}
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"it": {private, ""}, "the public one": {public, "BEGIN PRIVATE KEY"}, "nothing": {nil, "BEGIN PRIVATE KEY"}, "rubbish": {block(privateBlock, []byte("x")), "no whole key"},
		"P-256": {block(privateBlock, key(x509.MarshalPKCS8PrivateKey(curve))), "another kind"},
	} {
		if got, err := ParsePrivate(c.file); (err == nil) != (c.want == "") || err != nil && (got != nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("private, %s: %v, want %q", name, err, c.want)
		}
	}
}
