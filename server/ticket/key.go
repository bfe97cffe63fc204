package ticket

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
)

// maxKeys is how many a file may have: the one in use, the next one, and some of others
// who sign. Each is tried for a ticket that none has signed.
const maxKeys = 4

// Kinds of PEM blocks (RFC 7468 sections 10 and 13).
const (
	publicBlock  = "PUBLIC KEY"
	privateBlock = "PRIVATE KEY"
)

var errPart = errors.New("there is something in it that is no whole key: copy it again")

// ParseKeys reads the public keys of those who sign tickets: one to four Ed25519 keys, in
// PEM (RFC 7468 section 13, RFC 8410 section 4). Errors are sentences for a host.
func ParseKeys(data []byte) ([]ed25519.PublicKey, error) {
	var keys []ed25519.PublicKey
	for {
		block, rest := pem.Decode(data)
		if block == nil {
			break
		}
		data = rest
		key, err := publicKey(block)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	switch {
	case len(keys) == 0:
		return nil, errors.New("there is no key in it: it has to begin with -----BEGIN PUBLIC KEY-----")
	case bytes.Contains(data, []byte("-----")):
		return nil, errPart
	case len(keys) > maxKeys:
		return nil, fmt.Errorf("there are %d keys in it, and %d are the most", len(keys), maxKeys)
	}
	return keys, nil
}

func publicKey(block *pem.Block) (ed25519.PublicKey, error) {
	if strings.HasSuffix(block.Type, privateBlock) {
		return nil, errors.New("there is a private key in it: a server takes the public one alone, and the private one stays with whoever signs")
	}
	if block.Type != publicBlock {
		return nil, fmt.Errorf("there is a %.40q in it: it has to be a PUBLIC KEY", block.Type)
	}
	return only[ed25519.PublicKey](x509.ParsePKIXPublicKey(block.Bytes))
}

// only returns the key that one of x509's functions found, if it is of Ed25519.
func only[Key ed25519.PublicKey | ed25519.PrivateKey](found any, err error) (Key, error) {
	if err != nil {
		return nil, errPart
	}
	key, ok := found.(Key)
	if !ok {
		return nil, errors.New("there is a key of another kind in it: it has to be Ed25519")
	}
	return key, nil
}

// ParsePrivate reads the key that signs: one Ed25519 key, in PEM (RFC 7468 section 10,
// RFC 8410 section 7). Errors are sentences for a host.
func ParsePrivate(data []byte) (ed25519.PrivateKey, error) {
	block, _ := pem.Decode(data)
	if block == nil || block.Type != privateBlock {
		return nil, errors.New("it has to begin with -----BEGIN PRIVATE KEY-----")
	}
	return only[ed25519.PrivateKey](x509.ParsePKCS8PrivateKey(block.Bytes))
}

// NewKeys draws a key that signs and the one that knows its signatures, as files have
// them.
func NewKeys() (private, public []byte, err error) {
	pub, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, nil, fmt.Errorf("draw a key: %w", err)
	}
	if private, err = x509.MarshalPKCS8PrivateKey(key); err != nil {
		return nil, nil, fmt.Errorf("write a key: %w", err)
	}
	if public, err = x509.MarshalPKIXPublicKey(pub); err != nil {
		return nil, nil, fmt.Errorf("write a key: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: privateBlock, Bytes: private}), pem.EncodeToMemory(&pem.Block{Type: publicBlock, Bytes: public}), nil
}
