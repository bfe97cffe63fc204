// Package testca vouches for hosts inside a test: with certificates that it writes at once (Issue), or by a whole authority that looks at them first (New):
// Pebble, the small one that Let's Encrypt keeps for this. It looks on ports of the test's own, and every name leads to this machine for it.
package testca

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"
	"github.com/miekg/dns"
)

// Config is how an authority behaves.
type Config struct {
	HTTPPort, TLSPort int           // where it looks at hosts, instead of 80 and 443
	Life              time.Duration // of certificates; default 90 days, and 6 of short-lived ones
	Log               io.Writer     // what it does; default: nowhere
}

// CA is an authority that is asked at Directory by those who trust Roots, and whose certificates are trusted by those who trust Issued.
type CA struct {
	Directory string
	Roots     []byte // PEM
	Issued    []byte // PEM
}

// Pool makes of certificates in PEM whom to trust.
func Pool(pems ...[]byte) *x509.CertPool {
	p := x509.NewCertPool()
	for _, data := range pems {
		p.AppendCertsFromPEM(data)
	}
	return p
}

// New runs an authority until the test ends.
func New(t *testing.T, cfg Config) *CA {
	t.Helper()
	// Not t.Setenv, for tests run beside each other; they all want the same.
	for name, value := range map[string]string{"PEBBLE_VA_NOSLEEP": "1", "PEBBLE_AUTHZREUSE": "0"} {
		if err := os.Setenv(name, value); err != nil { //nolint:usetesting // see above
			t.Fatal(err)
		}
	}
	if cfg.Log == nil {
		cfg.Log = io.Discard
	}
	logger := log.New(cfg.Log, "authority: ", 0)
	life := func(usual time.Duration) ca.Profile {
		if cfg.Life > 0 {
			usual = cfg.Life
		}
		return ca.Profile{Description: "for tests", ValidityPeriod: uint64(usual / time.Second)}
	}
	const day = 24 * time.Hour
	store := db.NewMemoryStore()
	profiles := map[string]ca.Profile{"shortlived": life(6 * day)}
	for i := range 30 { // who asks for no profile gets any
		profiles[fmt.Sprint("usual-", i)] = life(90 * day)
	}
	issuer := ca.New(logger, store, "", "ecdsa", 0, 1, profiles)
	looker := va.New(logger, cfg.HTTPPort, cfg.TLSPort, false, resolver(t), store)
	front := wfe.New(logger, store, looker, issuer, nil, false, false, 1, 1)
	server := httptest.NewUnstartedServer(front.Handler())
	server.Config.ErrorLog = logger
	server.StartTLS()
	t.Cleanup(server.Close)
	return &CA{
		Directory: server.URL + wfe.DirectoryPath,
		Roots:     pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}),
		Issued:    issuer.GetRootCert(0).PEM(),
	}
}

// resolver answers that every name is this machine's.
func resolver(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &dns.Server{Listener: ln, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, r *dns.Msg) {
		m := new(dns.Msg).SetReply(r)
		for _, q := range r.Question {
			if q.Qtype == dns.TypeA {
				m.Answer = append(m.Answer, &dns.A{Hdr: dns.RR_Header{Name: q.Name, Rrtype: q.Qtype, Class: q.Qclass}, A: net.IPv4(127, 0, 0, 1)})
			}
		}
		_ = w.WriteMsg(m)
	})}
	go func() { _ = server.ActivateAndServe() }()
	t.Cleanup(func() { ln.Close() })
	return ln.Addr().String()
}
