package certs_test

import (
	"context"
	"crypto/x509"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ionwake/server/certs"
	"ionwake/server/certs/testca"
)

// site is a server with certificates from a test authority: TLS, and plain HTTP as at port 80.
type site struct {
	*certs.Authority
	game, plain net.Listener
	log         *lines
	trust       *x509.CertPool
	stop        func()
}

// serveSite runs a site until the test ends, or stop is called.
func serveSite(t *testing.T, game, plain net.Listener, ca *testca.CA, change func(*certs.AuthorityConfig)) *site {
	t.Helper()
	log := &lines{}
	cfg := certs.AuthorityConfig{
		Dir: filepath.Join(t.TempDir(), "certs"), Directory: ca.Directory, Roots: testca.Pool(ca.Roots),
		Plain: addrPort(plain), Game: addrPort(game), Log: log.logger(),
	}
	change(&cfg)
	a, err := certs.NewAuthority(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = a.Run(ctx)
	}()
	s := &site{Authority: a, game: game, plain: plain, log: log, trust: testca.Pool(ca.Issued)}
	stopped := false
	s.stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		<-ended
		a.Close()
		game.Close()
		plain.Close()
	}
	t.Cleanup(s.stop)
	answering(t, certs.Listen(game, a.TLS()), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "hello") }))
	answering(t, plain, a.Plain(int(addrPort(game).Port())))
	return s
}

// hostOf is a name of a test's own: the library keeps what is being asked for by name, for all that run in one process.
func hostOf(t *testing.T) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(t.Name())) + ".example.org"
}

// patience is how long an authority in a test may take.
const patience = 30 * time.Second

// shows waits until the site shows a trusted certificate for a host.
func (s *site) shows(t *testing.T, host string) *x509.Certificate {
	t.Helper()
	var cert *x509.Certificate
	for deadline := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		got, err := shown(s.game.Addr().String(), host, s.trust)
		if err == nil {
			cert = got
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("no certificate for %s: %v\nthe log says:\n%s", host, err, s.log)
		}
	}
	return cert
}

// A certificate for a name, by what is asked at port 80, by what is asked at port 443, or by whichever the authority prefers.
func TestAuthorityForADomain(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		by   func(*certs.AuthorityConfig)
	}{
		{"at port 80", func(c *certs.AuthorityConfig) { c.Game = netip.AddrPort{} }},
		{"at port 443", func(c *certs.AuthorityConfig) { c.Plain = netip.AddrPort{} }},
		{"at both", func(*certs.AuthorityConfig) {}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			game, plain := localListener(t), localListener(t)
			ca := testca.New(t, testca.Config{HTTPPort: int(addrPort(plain).Port()), TLSPort: int(addrPort(game).Port())})
			s := serveSite(t, game, plain, ca, func(c *certs.AuthorityConfig) {
				c.Domains = []string{hostOf(t), "other-" + hostOf(t)}
				tt.by(c)
			})
			for _, host := range []string{hostOf(t), "other-" + hostOf(t)} {
				s.shows(t, host)
			}
			if _, err := shown(s.game.Addr().String(), "foreign.example.org", s.trust); err == nil {
				t.Error("a certificate is shown for a name that is not ours")
			}
			if s.log.count("a certificate has come") != 2 {
				t.Errorf("the log says:\n%s", s.log)
			}
		})
	}
}

// A certificate for a bare address, which is short-lived; browsers send no name with an address.
func TestAuthorityForAnAddress(t *testing.T) {
	t.Parallel()
	game, plain := localListener(t), localListener(t)
	ca := testca.New(t, testca.Config{HTTPPort: int(addrPort(plain).Port())})
	s := serveSite(t, game, plain, ca, func(c *certs.AuthorityConfig) { c.IPs = []netip.Addr{netip.MustParseAddr("127.0.0.1")} })
	leaf := s.shows(t, "127.0.0.1")
	if got := certs.Names(leaf); len(got) != 1 || got[0] != "127.0.0.1" {
		t.Errorf("it is for %v", got)
	}
	if life := leaf.NotAfter.Sub(leaf.NotBefore).Round(time.Hour); life != 6*24*time.Hour {
		t.Errorf("it lives %v, and only short-lived ones are given for addresses", life)
	}
	if s.Leaf() == nil || !s.Leaf().Equal(leaf) {
		t.Error("Leaf gives another certificate")
	}
}

// What was got once is there at the next start without asking, and files are nobody else's business.
func TestAuthorityKeepsWhatItGot(t *testing.T) {
	t.Parallel()
	game, plain := localListener(t), localListener(t)
	ca := testca.New(t, testca.Config{HTTPPort: int(addrPort(plain).Port())})
	dir := filepath.Join(t.TempDir(), "data", "certs")
	ours := func(c *certs.AuthorityConfig) { c.Domains, c.Dir = []string{hostOf(t)}, dir }
	first := serveSite(t, game, plain, ca, ours)
	leaf := first.shows(t, hostOf(t))
	first.stop()

	second := serveSite(t, localListener(t), localListener(t), &testca.CA{Directory: "https://127.0.0.1:1/", Issued: ca.Issued}, func(c *certs.AuthorityConfig) {
		ours(c)
		c.Directory = ca.Directory // the name of its folder
		c.Roots = x509.NewCertPool()
	})
	if got := second.shows(t, hostOf(t)); !got.Equal(leaf) {
		t.Error("another certificate is shown after a restart")
	}
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			t.Fatal(err)
		}
		info, err := d.Info()
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(path, ".key") && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s can be read by others: %v", path, info.Mode())
		}
		return nil
	})
}

// A kept certificate that is damaged does not stand in the way of a new one.
func TestAuthorityMendsDamage(t *testing.T) {
	t.Parallel()
	for _, damage := range []string{".crt", ".key", ".json"} {
		t.Run(damage, func(t *testing.T) {
			t.Parallel()
			game, plain := localListener(t), localListener(t)
			port := int(addrPort(plain).Port())
			ca := testca.New(t, testca.Config{HTTPPort: port})
			dir := t.TempDir()
			ours := func(c *certs.AuthorityConfig) { c.Domains, c.Dir = []string{hostOf(t)}, dir }
			first := serveSite(t, game, plain, ca, ours)
			leaf := first.shows(t, hostOf(t))
			first.stop()
			spoil(t, dir, damage)

			again, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
			if err != nil {
				t.Fatal(err)
			}
			second := serveSite(t, localListener(t), again, ca, ours)
			if got := second.shows(t, hostOf(t)); got.Equal(leaf) {
				t.Error("the damaged certificate is shown")
			}
			if second.log.count("put aside") != 1 {
				t.Errorf("the log says:\n%s", second.log)
			}
		})
	}
}

// spoil cuts a file of a kept certificate short.
func spoil(t *testing.T, dir, suffix string) {
	t.Helper()
	found := false
	_ = filepath.WalkDir(filepath.Join(dir, "certificates"), func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, suffix) {
			found = true
			if err := os.Truncate(path, 30); err != nil {
				t.Fatal(err)
			}
		}
		return nil
	})
	if !found {
		t.Fatalf("no file %s in %s", suffix, dir)
	}
}

// Certificates are renewed before they end, while people are connected.
func TestAuthorityRenews(t *testing.T) {
	t.Parallel()
	game, plain := localListener(t), localListener(t)
	ca := testca.New(t, testca.Config{HTTPPort: int(addrPort(plain).Port()), Life: 12 * time.Second})
	s := serveSite(t, game, plain, ca, func(c *certs.AuthorityConfig) {
		c.Domains, c.Every = []string{hostOf(t)}, 500*time.Millisecond
	})
	first := s.shows(t, hostOf(t))
	until(t, "a second certificate", patience, func() bool {
		got, err := shown(s.game.Addr().String(), hostOf(t), s.trust)
		return err == nil && !got.Equal(first)
	})
	if time.Now().After(first.NotAfter) {
		t.Errorf("the first certificate had expired by then")
	}
}

// O4: the authority cannot reach us: one line says what to do, and the game goes on to try.
func TestFault_O4_ClosedPort(t *testing.T) {
	t.Parallel()
	game, plain, closed := localListener(t), localListener(t), localListener(t)
	closed.Close()
	ca := testca.New(t, testca.Config{HTTPPort: int(addrPort(closed).Port())})
	s := serveSite(t, game, plain, ca, func(c *certs.AuthorityConfig) {
		c.Domains, c.Game = []string{hostOf(t)}, netip.AddrPort{}
	})
	until(t, "a line about it", patience, func() bool { return s.log.count("no certificate was given") > 0 })
	if !strings.Contains(s.log.String(), "port 80 of "+hostOf(t)+" has to be reachable from the whole Internet") {
		t.Errorf("the log says:\n%s", s.log)
	}
	res, err := http.Get("http://" + plain.Addr().String() + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body := readAll(t, res.Body); res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "on its way") {
		t.Errorf("port 80 says %s: %q", res.Status, body)
	}
}

// O4: the authority itself cannot be reached, or is not trusted.
func TestFault_O4_NoAuthority(t *testing.T) {
	t.Parallel()
	ca := testca.New(t, testca.Config{})
	for _, tt := range []struct{ name, directory string }{
		{"nobody there", "https://127.0.0.1:1/dir"},
		{"not trusted", ca.Directory},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := serveSite(t, localListener(t), localListener(t), ca, func(c *certs.AuthorityConfig) {
				c.Domains, c.Directory, c.Roots = []string{hostOf(t)}, tt.directory, x509.NewCertPool()
			})
			until(t, "a line about it", patience, func() bool {
				return s.log.count("no certificate was given") > 0 && strings.Contains(s.log.String(), "this machine has to reach the authority")
			})
		})
	}
}

// O4: a folder in which nothing can be kept is told of at the start.
func TestFault_O4_NowhereToKeep(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, nil)
	_, err := certs.NewAuthority(certs.AuthorityConfig{Domains: []string{hostOf(t)}, Dir: filepath.Join(file, "certs")})
	if err == nil || !strings.Contains(err.Error(), "certificates cannot be kept in "+file) {
		t.Errorf("got %v", err)
	}
}

// Port 80 leads to https, under a name that the certificate is for.
func TestPlainLeadsToHTTPS(t *testing.T) {
	t.Parallel()
	game, plain := localListener(t), localListener(t)
	ca := testca.New(t, testca.Config{HTTPPort: int(addrPort(plain).Port())})
	s := serveSite(t, game, plain, ca, func(c *certs.AuthorityConfig) { c.Domains = []string{"play.plain.example.org", "b.example.org"} })
	s.shows(t, "play.plain.example.org")
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, tt := range []struct {
		host, path string
		port       int
		want       string
	}{
		{"play.plain.example.org", "/?room=a", 443, "https://play.plain.example.org/?room=a"},
		{"b.example.org:80", "/", 443, "https://b.example.org/"},
		{"play.plain.example.org", "/", 8443, "https://play.plain.example.org:8443/"},
		{"evil.example", "//evil.example/", 443, "https://play.plain.example.org//evil.example/"},
		{"play.plain.example.org", "/.well-known/acme-challenge/none", 443, "https://play.plain.example.org/.well-known/acme-challenge/none"},
	} {
		ln := localListener(t)
		answering(t, ln, s.Plain(tt.port))
		req, err := http.NewRequest(http.MethodGet, "http://"+ln.Addr().String()+tt.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = tt.host
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if got := res.Header.Get("Location"); res.StatusCode != http.StatusTemporaryRedirect || got != tt.want {
			t.Errorf("%s%s: got %s to %q, want %q", tt.host, tt.path, res.Status, got, tt.want)
		}
	}
}
