package certs

import (
	"bytes"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// maxFile bounds what is read of a file, in bytes: a chain has a few thousand.
const maxFile = 1 << 20

// FileError is what is wrong with a file of a certificate, or of its key.
type FileError struct {
	Path string
	Err  error // without the path, and with what to do about it
}

// Error implements error.
func (e *FileError) Error() string { return e.Path + ": " + e.Err.Error() }

// Unwrap implements errors.Unwrap's interface.
func (e *FileError) Unwrap() error { return e.Err }

func wrong(path, format string, args ...any) error {
	return &FileError{Path: path, Err: fmt.Errorf(format, args...)}
}

// pair is what two files held at one moment.
type pair struct {
	certPath, keyPath string
	cert, key         []byte
	err               error // a file could not be read
}

func readPair(certPath, keyPath string) pair {
	p := pair{certPath: certPath, keyPath: keyPath}
	if p.cert, p.err = readFile(certPath); p.err == nil {
		p.key, p.err = readFile(keyPath)
	}
	return p
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, wrong(path, "%w", cause(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, wrong(path, "%w", cause(err))
	}
	if len(data) > maxFile {
		return nil, wrong(path, "it is too large to be a certificate or a key")
	}
	return data, nil
}

// cause is what is wrong with a file, without its path.
func cause(err error) error {
	if at, ok := errors.AsType[*os.PathError](err); ok {
		return at.Err
	}
	return err
}

// sum tells two states of the files apart.
func (p pair) sum() [sha256.Size]byte {
	h := sha256.New()
	for _, part := range [][]byte{p.cert, p.key} {
		fmt.Fprintf(h, "%d:", len(part))
		h.Write(part)
	}
	if p.err != nil {
		fmt.Fprint(h, p.err)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// open makes a certificate of the pair and judges it: whether the files hold what they have to, belong together, are valid now and for each of
// the hosts, and lead to somebody who may be known. Warnings are what may be meant so.
func (p pair) open(hosts []string, now time.Time) (cert *tls.Certificate, warnings []string, err error) {
	if p.err != nil {
		return nil, nil, p.err
	}
	chain, err := p.chain()
	if err != nil {
		return nil, nil, err
	}
	if err := p.checkKey(); err != nil {
		return nil, nil, err
	}
	made, err := tls.X509KeyPair(p.cert, p.key)
	if err != nil {
		return nil, nil, p.wordMismatch(chain, err)
	}
	made.Leaf = chain[0]
	if err := p.checkLeaf(chain[0], hosts, now); err != nil {
		return nil, nil, err
	}
	warnings, err = p.checkChain(chain, now)
	return &made, warnings, err
}

// chain reads the certificates of the file, the server's own first.
func (p pair) chain() ([]*x509.Certificate, error) {
	var chain []*x509.Certificate
	others := ""
	for block, rest := pem.Decode(p.cert); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			others = block.Type
			continue
		}
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, wrong(p.certPath, "certificate %d in it is damaged: %w", len(chain)+1, err)
		}
		chain = append(chain, cert)
	}
	switch {
	case len(chain) > 0:
		return chain, nil
	case strings.Contains(others, "PRIVATE KEY"):
		return nil, wrong(p.certPath, "it is a key and no certificate: are the two files in each other's place?")
	}
	return nil, wrong(p.certPath, "there is no certificate in it: it has to be text (PEM) with a line -----BEGIN CERTIFICATE-----")
}

// checkKey looks whether the file of the key holds one that can be used.
func (p pair) checkKey() error {
	seen := ""
	for block, rest := pem.Decode(p.key); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "ENCRYPTED PRIVATE KEY" || block.Headers["DEK-Info"] != "" {
			return wrong(p.keyPath, "the key is locked with a password: write it without one, by openssl pkey -in FILE -out NEW")
		}
		if strings.HasSuffix(block.Type, "PRIVATE KEY") {
			return nil
		}
		seen = block.Type
	}
	if seen == "CERTIFICATE" {
		return wrong(p.keyPath, "it is a certificate and no key: are the two files in each other's place?")
	}
	return wrong(p.keyPath, "there is no key in it: it has to be text (PEM) with a line -----BEGIN PRIVATE KEY-----")
}

// wordMismatch words why a certificate and a key do not make a pair.
func (p pair) wordMismatch(chain []*x509.Certificate, err error) error {
	for _, other := range chain[1:] {
		own := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: other.Raw})
		if _, err := tls.X509KeyPair(own, p.key); err == nil {
			return wrong(p.certPath, "the server's own certificate has to be the first in it, and those that vouch for it come after")
		}
	}
	if strings.Contains(err.Error(), "does not match") {
		return wrong(p.keyPath, "the key does not belong to the certificate in %s: were both renewed?", p.certPath)
	}
	return wrong(p.keyPath, "the key cannot be used: %w", err)
}

// checkLeaf judges the server's own certificate.
func (p pair) checkLeaf(leaf *x509.Certificate, hosts []string, now time.Time) error {
	switch {
	case now.After(leaf.NotAfter):
		return wrong(p.certPath, "the certificate has expired on %s: renew it (this machine's clock says %s)", Date(leaf.NotAfter), Date(now))
	case now.Before(leaf.NotBefore):
		return wrong(p.certPath, "the certificate is not valid before %s, and this machine's clock says %s: is the clock wrong?", Date(leaf.NotBefore), Date(now))
	case leaf.IsCA && !bytes.Equal(leaf.RawIssuer, leaf.RawSubject):
		return wrong(p.certPath, "the first certificate in it is an authority's: the server's own has to be the first")
	case len(Names(leaf)) == 0:
		return wrong(p.certPath, "the certificate names no host (subject alternative name), and no browser takes it")
	case !forServers(leaf):
		return wrong(p.certPath, "the certificate is not made for servers (extended key usage)")
	}
	for _, host := range hosts {
		if leaf.VerifyHostname(host) != nil {
			return wrong(p.certPath, "the certificate is for %s and not for %s", strings.Join(Names(leaf), ", "), host)
		}
	}
	return nil
}

func forServers(leaf *x509.Certificate) bool {
	return len(leaf.ExtKeyUsage)+len(leaf.UnknownExtKeyUsage) == 0 ||
		slices.Contains(leaf.ExtKeyUsage, x509.ExtKeyUsageServerAuth) || slices.Contains(leaf.ExtKeyUsage, x509.ExtKeyUsageAny)
}

// checkChain judges who vouches for the certificate.
func (p pair) checkChain(chain []*x509.Certificate, now time.Time) (warnings []string, err error) {
	leaf, between := chain[0], x509.NewCertPool()
	for _, c := range chain[1:] {
		between.AddCert(c)
	}
	_, err = leaf.Verify(x509.VerifyOptions{Intermediates: between, CurrentTime: now})
	_, unknown := errors.AsType[x509.UnknownAuthorityError](err)
	switch {
	case err == nil:
		return nil, nil
	case bytes.Equal(leaf.RawIssuer, leaf.RawSubject):
		return []string{"the certificate is vouched for by nobody but itself: browsers warn of it"}, nil
	case !unknown:
		return []string{"browsers may refuse the certificate: " + err.Error()}, nil
	}
	top := leaf
	for range chain {
		if i := slices.IndexFunc(chain, vouches(top)); i >= 0 {
			top = chain[i]
		}
	}
	// Authorities that browsers know never sign themselves but through others, and say where to fetch those.
	if top == leaf && len(leaf.IssuingCertificateURL) > 0 {
		return nil, wrong(p.certPath, "the certificate of %q, who vouches for it, is missing: give the whole chain (fullchain.pem)", leaf.Issuer.String())
	}
	return []string{fmt.Sprintf("the certificate is vouched for by %q, whom this machine does not know: players' machines have to", top.Issuer.String())}, nil
}

// vouches finds who has signed a certificate.
func vouches(signed *x509.Certificate) func(*x509.Certificate) bool {
	return func(c *x509.Certificate) bool {
		return !bytes.Equal(signed.Raw, c.Raw) && bytes.Equal(c.RawSubject, signed.RawIssuer) && signed.CheckSignatureFrom(c) == nil
	}
}
