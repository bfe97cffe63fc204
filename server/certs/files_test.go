package certs_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ionwake/server/certs"
	"ionwake/server/certs/testca"
)

// watched opens a pair of files and watches them until the test ends.
func watched(t *testing.T, cfg certs.FilesConfig) *certs.Files {
	t.Helper()
	f, err := certs.OpenFiles(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = f.Run(ctx)
	}()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	return f
}

// O4: a changed file is a new certificate, and nobody who is connected notices.
func TestFault_O4_HotReload(t *testing.T) {
	dir, log := t.TempDir(), &lines{}
	first := testca.Issue(t, nil, testca.ForHosts("play.example.org"))
	second := testca.Issue(t, nil, testca.ForHosts("play.example.org"))
	cert, key := testca.Put(t, dir, testca.CertPEM(first), testca.KeyPEM(t, first))
	f := watched(t, certs.FilesConfig{Cert: cert, Key: key, Every: 10 * time.Millisecond, Log: log.logger()})
	ln := localListener(t)
	answering(t, certs.Listen(ln, f.TLS()), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "hello") }))

	trust := pool(first, second)
	live, err := tls.Dial("tcp", ln.Addr().String(), &tls.Config{ServerName: "play.example.org", RootCAs: trust})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = live.Close() }()
	reader := bufio.NewReader(live)
	ask := func() {
		t.Helper()
		fmt.Fprint(live, "GET / HTTP/1.1\r\nHost: play.example.org\r\n\r\n")
		res, err := http.ReadResponse(reader, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if got := readAll(t, res.Body); got != "hello" {
			t.Fatalf("got %q", got)
		}
	}
	ask()

	write(t, key, testca.KeyPEM(t, second)) // whoever renews writes one file after the other
	write(t, cert, testca.CertPEM(second))
	until(t, "the second certificate", 5*time.Second, func() bool {
		got, err := shown(ln.Addr().String(), "play.example.org", trust)
		return err == nil && got.Equal(second.Cert)
	})
	ask()
	if log.count("a new certificate is shown") != 1 {
		t.Errorf("the log says:\n%s", log)
	}

	write(t, cert, testca.CertPEM(second)[:200])
	until(t, "a line about the broken file", 5*time.Second, func() bool { return log.count("refused") == 1 })
	ask()
	if got, err := shown(ln.Addr().String(), "play.example.org", trust); err != nil || !got.Equal(second.Cert) {
		t.Errorf("a broken file is shown: %v", err)
	}
	if err := f.Reload(); err == nil {
		t.Error("reload says nothing of the broken file")
	}
	write(t, key, testca.KeyPEM(t, first))
	write(t, cert, testca.CertPEM(first))
	if err := f.Reload(); err != nil || !f.Leaf().Equal(first.Cert) {
		t.Errorf("reload: %v", err)
	}
	ask()
}

// A file that stays broken is told of once, not at every look; a half-written pair that becomes whole is not told of.
func TestBrokenFileIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir, log := t.TempDir(), &lines{}
		first := testca.Issue(t, nil, testca.ForHosts("play.example.org"))
		second := testca.Issue(t, nil, testca.ForHosts("play.example.org"))
		cert, key := testca.Put(t, dir, testca.CertPEM(first), testca.KeyPEM(t, first))
		f := watched(t, certs.FilesConfig{Cert: cert, Key: key, Every: 5 * time.Second, Log: log.logger()})
		steps := []struct {
			name      string
			cert, key []byte
			after     time.Duration
			refusals  int
			want      *testca.Identity
		}{
			{"nothing new", testca.CertPEM(first), testca.KeyPEM(t, first), time.Minute, 0, first},
			{"half of it", testca.CertPEM(second), testca.KeyPEM(t, first), 6 * time.Second, 0, first},
			{"the other half", testca.CertPEM(second), testca.KeyPEM(t, second), 11 * time.Second, 0, second},
			{"broken", []byte("no"), testca.KeyPEM(t, second), time.Hour, 1, second},
			{"broken otherwise", []byte("nein"), testca.KeyPEM(t, second), time.Hour, 2, second},
			{"as before", testca.CertPEM(second), testca.KeyPEM(t, second), time.Minute, 2, second},
			{"broken again", []byte("no"), testca.KeyPEM(t, second), time.Minute, 3, second},
			{"whole again", testca.CertPEM(first), testca.KeyPEM(t, first), time.Minute, 3, first},
		}
		for _, s := range steps {
			testca.Put(t, dir, s.cert, s.key)
			time.Sleep(s.after)
			if got := log.count("refused"); got != s.refusals {
				t.Errorf("%s: got %d lines about it, want %d:\n%s", s.name, got, s.refusals, log)
			}
			if !f.Leaf().Equal(s.want.Cert) {
				t.Errorf("%s: another certificate is shown", s.name)
			}
		}
	})
}

// O4: the end of a certificate is told 14 days ahead, once a day.
func TestFault_O4_ExpiryIsToldAhead(t *testing.T) {
	for _, tt := range []struct {
		name  string
		life  time.Duration
		quiet time.Duration
	}{
		{"90 days", 90 * 24 * time.Hour, 76 * 24 * time.Hour},
		{"six days", 6 * 24 * time.Hour, 108 * time.Hour},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				log := &lines{}
				id := testca.Issue(t, nil, func(c *x509.Certificate) {
					testca.ForHosts("play.example.org")(c)
					c.NotBefore, c.NotAfter = time.Now(), time.Now().Add(tt.life)
				})
				cert, key := testca.Put(t, t.TempDir(), testca.CertPEM(id), testca.KeyPEM(t, id))
				watched(t, certs.FilesConfig{Cert: cert, Key: key, Every: time.Hour, Log: log.logger()})
				time.Sleep(tt.quiet - time.Minute)
				if got := log.count("expires soon"); got != 0 {
					t.Fatalf("told too early:\n%s", log)
				}
				time.Sleep(25 * time.Hour)
				if got := log.count("expires soon"); got != 2 {
					t.Errorf("got %d lines in the first 25 hours, want 2:\n%s", got, log)
				}
				time.Sleep(tt.life - tt.quiet)
				if got := log.count("nobody new gets in"); got != 1 && got != 2 {
					t.Errorf("got %d lines after the end:\n%s", got, log)
				}
			})
		})
	}
}

// The warning comes at the start too.
func TestExpiryIsToldAtStart(t *testing.T) {
	log := &lines{}
	id := testca.Issue(t, nil, func(c *x509.Certificate) {
		testca.ForHosts("play.example.org")(c)
		c.NotBefore, c.NotAfter = time.Now().Add(-60*24*time.Hour), time.Now().Add(5*24*time.Hour+time.Hour)
	})
	cert, key := testca.Put(t, t.TempDir(), testca.CertPEM(id), testca.KeyPEM(t, id))
	if _, err := certs.OpenFiles(certs.FilesConfig{Cert: cert, Key: key, Log: log.logger()}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "days_left=5") {
		t.Errorf("the log says:\n%s", log)
	}
}

// A file that is swapped by way of a link, as Kubernetes does with secrets, is new too.
func TestLinkedFolder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		first := testca.Issue(t, nil, testca.ForHosts("play.example.org"))
		second := testca.Issue(t, nil, testca.ForHosts("play.example.org"))
		link := filepath.Join(dir, "now")
		for name, id := range map[string]*testca.Identity{"1": first, "2": second} {
			at := filepath.Join(dir, name)
			mkdir(t, at)
			testca.Put(t, at, testca.CertPEM(id), testca.KeyPEM(t, id))
		}
		relink(t, "1", link)
		f := watched(t, certs.FilesConfig{Cert: filepath.Join(link, "cert.pem"), Key: filepath.Join(link, "key.pem")})
		relink(t, "2", link)
		time.Sleep(11 * time.Second)
		if !f.Leaf().Equal(second.Cert) {
			t.Error("the old certificate is still shown")
		}
	})
}
