package certs_test

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ionwake/server/certs"
	"ionwake/server/certs/testca"
)

// O4: what is wrong with a certificate is said in one line that names the file and what to do.
func TestFault_O4_BadCertificates(t *testing.T) {
	root := testca.Issue(t, nil, testca.Authority)
	between := testca.Issue(t, root, testca.Authority)
	good := testca.Issue(t, between, testca.ForHosts("play.example.org", "203.0.113.7"))
	other := testca.Issue(t, between, testca.ForHosts("play.example.org"))
	signedBy := func(by *testca.Identity, changes ...func(*x509.Certificate)) *testca.Identity {
		return testca.Issue(t, by, func(c *x509.Certificate) {
			testca.ForHosts("play.example.org")(c)
			for _, change := range changes {
				change(c)
			}
		})
	}
	expired := signedBy(between, func(c *x509.Certificate) {
		c.NotBefore, c.NotAfter = time.Now().Add(-48*time.Hour), time.Now().Add(-24*time.Hour)
	})
	early := signedBy(between, func(c *x509.Certificate) { c.NotBefore = time.Now().Add(24 * time.Hour) })
	tellsWhere := signedBy(between, func(c *x509.Certificate) { c.IssuingCertificateURL = []string{"http://r11.example.org/"} })
	forClients := signedBy(between, func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} })
	nameless := testca.Issue(t, between, func(*x509.Certificate) {})
	locked := pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: []byte("secret")})

	for _, tt := range []struct {
		name      string
		cert, key []byte
		host      string
		want      string
		inKey     bool // the fault is the key's
	}{
		{name: "good", cert: testca.CertPEM(good, between), key: testca.KeyPEM(t, good), host: "play.example.org"},
		{name: "good for an address", cert: testca.CertPEM(good, between), key: testca.KeyPEM(t, good), host: "203.0.113.7"},
		{name: "wrong host", cert: testca.CertPEM(good, between), key: testca.KeyPEM(t, good), host: "other.example.org",
			want: "the certificate is for play.example.org, 203.0.113.7 and not for other.example.org"},
		{name: "wrong address", cert: testca.CertPEM(good, between), key: testca.KeyPEM(t, good), host: "203.0.113.8", want: "not for 203.0.113.8"},
		{name: "expired", cert: testca.CertPEM(expired, between), key: testca.KeyPEM(t, expired), want: "the certificate has expired on " + certs.Date(expired.Cert.NotAfter)},
		{name: "not yet valid", cert: testca.CertPEM(early, between), key: testca.KeyPEM(t, early), want: "is the clock wrong?"},
		{name: "key of another", cert: testca.CertPEM(good, between), key: testca.KeyPEM(t, other), want: "the key does not belong to the certificate in ", inKey: true},
		{name: "chain missing", cert: testca.CertPEM(tellsWhere), key: testca.KeyPEM(t, tellsWhere), want: "give the whole chain (fullchain.pem)"},
		{name: "chain given", cert: testca.CertPEM(tellsWhere, between), key: testca.KeyPEM(t, tellsWhere)},
		{name: "chain in the wrong order", cert: testca.CertPEM(between, good), key: testca.KeyPEM(t, good), want: "has to be the first in it"},
		{name: "an authority alone", cert: testca.CertPEM(between), key: testca.KeyPEM(t, between), want: "is an authority's"},
		{name: "for clients", cert: testca.CertPEM(forClients, between), key: testca.KeyPEM(t, forClients), want: "not made for servers"},
		{name: "for nobody", cert: testca.CertPEM(nameless, between), key: testca.KeyPEM(t, nameless), want: "names no host"},
		{name: "files swapped", cert: testca.KeyPEM(t, good), key: testca.CertPEM(good), want: "are the two files in each other's place?"},
		{name: "certificate twice", cert: testca.CertPEM(good), key: testca.CertPEM(good), want: "it is a certificate and no key", inKey: true},
		{name: "empty certificate", key: testca.KeyPEM(t, good), want: "there is no certificate in it"},
		{name: "empty key", cert: testca.CertPEM(good), want: "there is no key in it", inKey: true},
		{name: "locked key", cert: testca.CertPEM(good), key: locked, want: "openssl pkey", inKey: true},
		{name: "damaged key", cert: testca.CertPEM(good), key: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte{1, 2}}), want: "the key cannot be used", inKey: true},
		{name: "damaged certificate", cert: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: good.Cert.Raw[:100]}), key: testca.KeyPEM(t, good), want: "certificate 1 in it is damaged"},
		{name: "binary", cert: good.Cert.Raw, key: testca.KeyPEM(t, good), want: "it has to be text (PEM)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cert, key := testca.Put(t, t.TempDir(), tt.cert, tt.key)
			var hosts []string
			if tt.host != "" {
				hosts = []string{tt.host}
			}
			_, err := certs.OpenFiles(certs.FilesConfig{Cert: cert, Key: key, Hosts: hosts})
			if tt.want == "" {
				if err != nil {
					t.Fatalf("got %v, want none", err)
				}
				return
			}
			checkFault(t, err, tt.want, map[bool]string{false: cert, true: key}[tt.inKey])
		})
	}
}

func checkFault(t *testing.T, err error, want, path string) {
	t.Helper()
	file, ok := errors.AsType[*certs.FileError](err)
	if !ok {
		t.Fatalf("got %v, want a FileError", err)
	}
	if file.Path != path || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %q at %s, want one line with %q at %s", err, file.Path, want, path)
	}
}

// O4: files that cannot be read.
func TestFault_O4_UnreadableFiles(t *testing.T) {
	dir := t.TempDir()
	id := testca.Issue(t, nil, testca.ForHosts("play.example.org"))
	cert, key := testca.Put(t, dir, testca.CertPEM(id), testca.KeyPEM(t, id))
	large := filepath.Join(dir, "large.pem")
	write(t, large, make([]byte, 2<<20))
	closed := filepath.Join(dir, "closed.pem")
	write(t, closed, testca.KeyPEM(t, id))
	if err := os.Chmod(closed, 0); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, cert, key, at, want string }{
		{"no certificate", filepath.Join(dir, "none.pem"), key, "none.pem", "no such file"},
		{"no key", cert, filepath.Join(dir, "none.pem"), "none.pem", "no such file"},
		{"a folder", dir, key, filepath.Base(dir), "directory"},
		{"too large", large, key, "large.pem", "too large"},
		{"not ours", cert, closed, "closed.pem", "permission denied"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.name == "not ours" && os.Geteuid() == 0 {
				t.Skip("root may read every file")
			}
			_, err := certs.OpenFiles(certs.FilesConfig{Cert: tt.cert, Key: tt.key})
			checkFault(t, err, tt.want, filepath.Join(filepath.Dir(dir), map[bool]string{true: filepath.Base(dir), false: filepath.Base(dir) + "/" + tt.at}[tt.cert == dir]))
		})
	}
}

// What may be meant so is a warning.
func TestWarnings(t *testing.T) {
	root := testca.Issue(t, nil, testca.Authority)
	between := testca.Issue(t, root, testca.Authority)
	behind := testca.Issue(t, between, testca.ForHosts("play.example.org"))
	alone := testca.Issue(t, nil, testca.ForHosts("play.example.org"))
	for _, tt := range []struct {
		name string
		id   *testca.Identity
		cert []byte
		want string
	}{
		{"by itself", alone, testca.CertPEM(alone), "by nobody but itself"},
		{"by an authority of the host's own", behind, testca.CertPEM(behind, between), root.Cert.Subject.String()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cert, key := testca.Put(t, t.TempDir(), tt.cert, testca.KeyPEM(t, tt.id))
			leaf, warnings, err := certs.CheckFiles(certs.FilesConfig{Cert: cert, Key: key}, time.Now())
			if err != nil || len(warnings) != 1 || !strings.Contains(warnings[0], tt.want) {
				t.Fatalf("got %q and %v, want one warning with %q", warnings, err, tt.want)
			}
			if !leaf.Equal(tt.id.Cert) {
				t.Error("got another certificate")
			}
		})
	}
}
