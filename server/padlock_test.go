package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ionwake/server/certs/testca"
	"ionwake/shared/wire"
)

// O4: a certificate that cannot be used is told of in one line, at once, with exit code 2.
func TestFault_O4_CertificatesFromOutside(t *testing.T) {
	root := testca.Issue(t, nil, testca.Authority)
	made := func(change func(*x509.Certificate)) *testca.Identity {
		return testca.Issue(t, root, func(c *x509.Certificate) {
			testca.ForHosts("play.example.org")(c)
			change(c)
		})
	}
	good := made(func(*x509.Certificate) {})
	expired := made(func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) })
	early := made(func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Hour) })
	lonely := made(func(c *x509.Certificate) { c.IssuingCertificateURL = []string{"http://ca.example.org/"} })
	for _, tt := range []struct {
		name      string
		cert, key []byte
		args      []string
		want      []string
	}{
		{"wrong host", testca.CertPEM(good), testca.KeyPEM(t, good), []string{"--tls-domain=other.example.org"}, []string{"--tls-cert=", "cert.pem", "for play.example.org and not for other.example.org"}},
		{"wrong address", testca.CertPEM(good), testca.KeyPEM(t, good), []string{"--tls-ip=203.0.113.7"}, []string{"--tls-cert=", "not for 203.0.113.7"}},
		{"expired", testca.CertPEM(expired), testca.KeyPEM(t, expired), nil, []string{"--tls-cert=", "has expired on", "renew it"}},
		{"not yet valid", testca.CertPEM(early), testca.KeyPEM(t, early), nil, []string{"--tls-cert=", "is the clock wrong?"}},
		{"another's key", testca.CertPEM(good), testca.KeyPEM(t, expired), nil, []string{"--tls-key=", "key.pem", "does not belong to the certificate"}},
		{"chain missing", testca.CertPEM(lonely), testca.KeyPEM(t, lonely), nil, []string{"--tls-cert=", "fullchain.pem"}},
		{"swapped", testca.KeyPEM(t, good), testca.CertPEM(good), nil, []string{"--tls-cert=", "in each other's place"}},
		{"empty", nil, testca.KeyPEM(t, good), nil, []string{"--tls-cert=", "BEGIN CERTIFICATE"}},
		{"no file", nil, nil, []string{"--tls-cert=/nowhere/cert.pem"}, []string{"--tls-cert=/nowhere/cert.pem", "no such file"}},
		{"no key given", nil, nil, []string{"--tls-key="}, []string{"--tls-cert and --tls-key belong together"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cert, key := testca.Put(t, t.TempDir(), tt.cert, tt.key)
			args := append([]string{"--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0", "--tls-cert=" + cert, "--tls-key=" + key}, tt.args...)
			wantRefusal(t, runToEnd(t, nil, args...), tt.want...)
		})
	}
}

// wantRefusal fails unless a program has refused to start: in one line, with exit code 2, soon.
func wantRefusal(t *testing.T, got result, parts ...string) {
	t.Helper()
	if got.code != exitUsage || strings.Count(got.stderr, "\n") != 1 || got.took > 5*time.Second {
		t.Errorf("exit code %d after %v, want %d within a moment, and one line:\n%s", got.code, got.took, exitUsage, got.stderr)
	}
	for _, part := range parts {
		if !strings.Contains(got.stderr, part) {
			t.Errorf("got %q, want %q in it", got.stderr, part)
		}
	}
}

// O4: what an authority needs of this machine is looked at before it is asked.
func TestFault_O4_AuthorityFromOutside(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	file := filepath.Join(t.TempDir(), "certs")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		args []string
		want []string
	}{
		{"port 80 taken", []string{"--tls-domain=play.example.org", "--data=" + t.TempDir(), "--tls-plain=" + taken.Addr().String()}, []string{"--tls-plain=", "in use by another program"}},
		{"nowhere to keep", []string{"--tls-domain=play.example.org", "--data=" + filepath.Dir(file), "--tls-plain=127.0.0.1:0"}, []string{"--data=", "certificates cannot be kept in " + file}},
		{"no data", []string{"--tls-domain=play.example.org"}, []string{"keep their certificates in --data"}},
		{"a private address", []string{"--tls-ip=10.0.0.1", "--data=" + t.TempDir()}, []string{"--tls-ip=10.0.0.1", "whole Internet"}},
		{"an authority without TLS", []string{"--tls-domain=play.example.org", "--data=" + t.TempDir(), "--tls-authority=http://ca.example.org/"}, []string{"--tls-authority=", "https://"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wantRefusal(t, runToEnd(t, nil, append(tt.args, "--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0")...), tt.want...)
		})
	}
}

// A game over TLS with a certificate in files; a new certificate comes while it is played.
func TestPlayOverTLS(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := testca.Issue(t, nil, testca.ForHosts("play.example.org", "*.example.net"))
	second := testca.Issue(t, nil, testca.ForHosts("play.example.org"))
	cert, key := testca.Put(t, dir, testca.CertPEM(first), testca.KeyPEM(t, first))
	p := start(t, "--tls-cert="+cert, "--tls-key="+key)
	trust := x509.NewCertPool()
	trust.AddCert(first.Cert)
	trust.AddCert(second.Cert)
	p.secure = &tls.Config{RootCAs: trust, ServerName: "play.example.org"}
	if want := "Ionwake is at https://play.example.org:" + p.game[len("127.0.0.1:"):] + "/"; p.stdout[0] != want {
		t.Errorf("it greets with %q, want %q", p.stdout[0], want)
	}

	ends := fmt.Sprintf("ionwake_certificate_expiry_timestamp_seconds %v\n", float64(first.Cert.NotAfter.Unix()))
	if _, figures := p.get(p.admin, "/metrics"); !strings.Contains(figures, ends) || !strings.Contains(figures, "ionwake_certificate_start_timestamp_seconds ") {
		t.Errorf("the figures lack %s", ends)
	}
	c, _ := p.join("main", wire.Hello{Name: "Ada"})
	c.wantPlay()
	testca.Put(t, dir, testca.CertPEM(second), testca.KeyPEM(t, second))
	for deadline := time.Now().Add(patience); !p.shows(second.Cert); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the new certificate is not shown")
		}
	}
	c.wantPlay()
	if err := os.WriteFile(cert, []byte("broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(patience); !strings.Contains(p.stderr.String(), "the new certificate is refused"); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("nothing is said of the broken file")
		}
	}
	c.wantPlay()
	if !p.shows(second.Cert) {
		t.Error("the certificate from before is not kept")
	}
	later, _ := p.join("main", wire.Hello{Name: "Bob"})
	later.wantPlay()
	if res, _ := p.askSecure("/api/v1/status"); res.StatusCode != http.StatusOK || res.ProtoMajor != 1 {
		t.Errorf("the status over https is %s %s", res.Proto, res.Status)
	}
	p.stop()
	c.wantEnd(wire.CloseRestart)
}

// shows reports whether the server shows a certificate.
func (p *program) shows(want *x509.Certificate) bool {
	conn, err := tls.Dial("tcp", p.game, p.secure)
	if err != nil {
		return false
	}
	defer conn.Close()
	return conn.ConnectionState().PeerCertificates[0].Equal(want)
}

// askSecure asks over https.
func (p *program) askSecure(path string) (*http.Response, string) {
	p.t.Helper()
	client := http.Client{Transport: &http.Transport{TLSClientConfig: p.secure, DisableKeepAlives: true, ForceAttemptHTTP2: true}, Timeout: patience}
	res, err := client.Get("https://" + p.game + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return res, string(body)
}

// Whoever leaves https out is led to it, on the game port too.
func TestPlainIsLedToTLS(t *testing.T) {
	t.Parallel()
	id := testca.Issue(t, nil, testca.ForHosts("localhost"))
	cert, key := testca.Put(t, t.TempDir(), testca.CertPEM(id), testca.KeyPEM(t, id))
	p := start(t, "--tls-cert="+cert, "--tls-key="+key)
	wantLed(t, "http://"+p.game+"/?room=a", "https://"+p.game+"/?room=a")
}

// wantLed fails unless a browser is led from one address to another.
func wantLed(t *testing.T, from, to string) {
	t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: patience}
	res, err := client.Get(from)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusTemporaryRedirect || res.Header.Get("Location") != to {
		t.Errorf("%s: got %s to %q, want to %q", from, res.Status, res.Header.Get("Location"), to)
	}
}

// A server from nothing to a trusted certificate, for a name and for a bare address, and again after a restart without asking.
func TestAuthorityGivesAPadlock(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, flag, host string }{
		{"for a domain", "--tls-domain=play.example.org", "play.example.org"},
		{"for an address", "--tls-ip=127.0.0.1", "127.0.0.1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			plain, data := freePort(t), t.TempDir()
			ca := testca.New(t, testca.Config{HTTPPort: plain})
			trusted := filepath.Join(data, "authority.pem")
			if err := os.WriteFile(trusted, ca.Roots, 0o600); err != nil {
				t.Fatal(err)
			}
			args := []string{tt.flag, "--data=" + data, "--tls-authority=" + ca.Directory, fmt.Sprintf("--tls-plain=127.0.0.1:%d", plain), "--listen=127.0.0.1:0"}
			p := startIn(t, []string{"SSL_CERT_FILE=" + trusted}, args...)
			p.secure = &tls.Config{RootCAs: testca.Pool(ca.Issued), ServerName: tt.host}
			leaf := p.padlock()
			c, _ := p.join("main", wire.Hello{Name: "Ada"})
			c.wantPlay()
			wantLed(t, fmt.Sprintf("http://127.0.0.1:%d/?room=a", plain), "https://"+tt.host+p.game[len("127.0.0.1"):]+"/?room=a")
			p.stop()

			again := startIn(t, nil, args...) // without SSL_CERT_FILE, so it could not ask
			again.secure = p.secure
			if !again.padlock().Equal(leaf) {
				t.Error("another certificate after the restart")
			}
			again.stop()
		})
	}
}

// padlock waits for a certificate that is trusted.
func (p *program) padlock() *x509.Certificate {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	for {
		conn, err := (&tls.Dialer{Config: p.secure}).DialContext(ctx, "tcp", p.game)
		if err == nil {
			defer conn.Close()
			return conn.(*tls.Conn).ConnectionState().PeerCertificates[0]
		}
		if ctx.Err() != nil {
			p.t.Fatalf("no certificate that is trusted: %v", err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// freePort is a port that was free a moment ago.
func freePort(t *testing.T) int {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().(*net.TCPAddr).Port
}
