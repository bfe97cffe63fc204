package e2e

import (
	"crypto/tls"
	"crypto/x509"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/security"
	"github.com/chromedp/chromedp"

	"ionwake/server/certs/testca"
)

// TestPlayOverHTTPS is a match over TLS: a browser and the desktop client meet, and
// play on while the certificate is changed.
func TestPlayOverHTTPS(t *testing.T) {
	dir := t.TempDir()
	first, second := testca.Issue(t, nil, testca.ForHosts("127.0.0.1")), testca.Issue(t, nil, testca.ForHosts("127.0.0.1"))
	cert, key := testca.Put(t, dir, testca.CertPEM(first), testca.KeyPEM(t, first))
	trusted := filepath.Join(dir, "trusted.pem")
	if err := os.WriteFile(trusted, testca.CertPEM(first, second), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SSL_CERT_FILE", trusted) // for the desktop client
	secure := &tls.Config{RootCAs: testca.Pool(testca.CertPEM(first, second))}
	s := startServerBy(t, secure, "--bots", "4", "--tls-cert", cert, "--tls-key", key)

	a := trustingTab(t, s.url()+"?name=Ada")
	a.fly()
	if !evaluate[bool](a, "window.isSecureContext && location.protocol === 'https:'") {
		t.Error("the page does not come by https")
	}
	d := startDesktop(t, clientProgram(t), "--join", s.url(), "--name", "Dora", "--report")
	d.awaitReport("playing", func(st stats) bool { return st.State == "playing" && st.Players == 2 })

	testca.Put(t, dir, testca.CertPEM(second), testca.KeyPEM(t, second))
	a.awaitThat("the new certificate", func() (bool, string) {
		got := s.certificate()
		return got != nil && got.Equal(second.Cert), "the old one"
	})
	before := a.stats()
	a.await("the match to go on", func(st stats) bool {
		return st.State == "playing" && st.Tick > before.Tick+60 && st.BytesIn > before.BytesIn
	})
	a.say("still here")
	d.awaitReport("the chat on the desktop", func(st stats) bool { return st.heard("Ada", "still here") })
	a.screenshot("https.png")
	a.clean()
}

// Who leaves https out of the address is led to it.
func TestPlainAddressLeadsToHTTPS(t *testing.T) {
	id := testca.Issue(t, nil, testca.ForHosts("127.0.0.1"))
	cert, key := testca.Put(t, t.TempDir(), testca.CertPEM(id), testca.KeyPEM(t, id))
	s := startServerBy(t, &tls.Config{RootCAs: testca.Pool(testca.CertPEM(id))}, "--tls-cert", cert, "--tls-key", key)
	p := trustingTab(t, "http://"+s.address()+"/?name=Ada")
	p.fly()
	if got := evaluate[string](p, "location.href"); got != s.url()+"?name=Ada" {
		t.Errorf("it is at %s", got)
	}
}

// trustingTab opens a page in a window that takes every certificate: Chromium does not
// look at the one that a test could name.
func trustingTab(t *testing.T, url string) *tab {
	t.Helper()
	p := blankTab(t)
	if _, err := chromedp.Call(p.ctx, security.SetIgnoreCertificateErrors, security.SetIgnoreCertificateErrorsParams{Ignore: true}); err != nil {
		t.Fatal(err)
	}
	p.goTo(url)
	return p
}

// certificate is what the server shows now, nil if nothing.
func (s *server) certificate() *x509.Certificate {
	conn, err := tls.Dial("tcp", s.address(), s.secure)
	if err != nil {
		return nil
	}
	defer conn.Close()
	return conn.ConnectionState().PeerCertificates[0]
}
