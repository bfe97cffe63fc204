package certs

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/caddyserver/certmagic"
	"github.com/mholt/acmez/v3"
	"github.com/mholt/acmez/v3/acme"
)

// LetsEncrypt is the directory of the authority that is asked by default (RFC 8555 section 7.1.1).
const LetsEncrypt = certmagic.LetsEncryptProductionCA

// shortLived is the profile by which Let's Encrypt gives certificates for addresses: they live for six days.
const shortLived = "shortlived"

// AuthorityConfig says for which hosts certificates are wanted, and from whom.
type AuthorityConfig struct {
	Domains []string     // in lower case
	IPs     []netip.Addr // with one of them, all certificates are short-lived
	Dir     string       // folder where certificates and the account are kept; made if it is not there

	Directory string         // of the authority; default LetsEncrypt
	Roots     *x509.CertPool // whom to trust when asking it; default: the system's

	Plain netip.AddrPort // where Plain is served, which the authority sees as port 80; zero: it is not
	Game  netip.AddrPort // where TLS is, which the authority may see as port 443; zero: it cannot

	Every time.Duration // between two looks at what has to be renewed; default 10 min
	Log   *slog.Logger  // hears of certificates that came, did not come and end; default: nobody
}

// Authority gets certificates from a certificate authority, which looks whether the hosts are ours, and renews them long before they end. By whom it is
// run agrees to the authority's terms. Its methods may be called from any goroutine.
type Authority struct {
	cfg    AuthorityConfig
	hosts  []string
	magic  *certmagic.Config
	issuer *certmagic.ACMEIssuer
	cache  *certmagic.Cache

	mu     sync.Mutex
	remind reminder
}

// NewAuthority makes an Authority and looks whether it can keep what it gets; it asks nobody before Run. Close it when Run has ended, or was not called.
func NewAuthority(cfg AuthorityConfig) (*Authority, error) {
	cfg.Directory = cmp.Or(cfg.Directory, LetsEncrypt)
	cfg.Every = cmp.Or(cfg.Every, 10*time.Minute)
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if err := checkDir(cfg.Dir); err != nil {
		return nil, err
	}
	a := &Authority{cfg: cfg, hosts: hostsOf(cfg)}
	a.remind = reminder{log: cfg.Log, remedy: "see why it could not be renewed, in the lines before"}
	a.cache = certmagic.NewCache(certmagic.CacheOptions{
		GetConfigForCert:   func(certmagic.Certificate) (*certmagic.Config, error) { return a.magic, nil },
		RenewCheckInterval: cfg.Every,
		Logger:             quietly(cfg.Log),
	})
	a.magic = certmagic.New(a.cache, certmagic.Config{
		Storage: &certmagic.FileStorage{Path: cfg.Dir},
		OnEvent: a.hear,
		// Clients that send no name, as for an address, and those that a NAT leads to an address of ours that no certificate has.
		DefaultServerName:  a.hosts[0],
		RenewalWindowRatio: 1.0 / 3,
		OCSP:               certmagic.OCSPConfig{DisableStapling: true}, // the authority has given it up
		Logger:             quietly(cfg.Log),
	})
	a.issuer = certmagic.NewACMEIssuer(a.magic, a.template())
	a.magic.Issuers = []certmagic.Issuer{a.issuer}
	return a, nil
}

func hostsOf(cfg AuthorityConfig) []string {
	hosts := append([]string(nil), cfg.Domains...)
	for _, ip := range cfg.IPs {
		hosts = append(hosts, ip.String())
	}
	return hosts
}

func (a *Authority) template() certmagic.ACMEIssuer {
	cfg := a.cfg
	t := certmagic.ACMEIssuer{
		CA: cfg.Directory, TrustedRoots: cfg.Roots, Agreed: true,
		Email: nobody, NewAccountFunc: withoutContact,
		ListenHost:           listenHost(cfg.Plain, cfg.Game),
		DisableHTTPChallenge: !cfg.Plain.IsValid(), AltHTTPPort: int(cfg.Plain.Port()),
		// By TLS an address is asked for under a name of its own (RFC 8738 section 6), which nobody here answers to.
		DisableTLSALPNChallenge: !cfg.Game.IsValid() || len(cfg.IPs) > 0, AltTLSALPNPort: int(cfg.Game.Port()),
		CertObtainTimeout: obtainTimeout,
		Logger:            quietly(cfg.Log),
	}
	if len(cfg.IPs) > 0 {
		t.Profile = shortLived
	}
	return t
}

// nobody is the folder in which the library keeps an account without a mail address. It has to be told: left to find out, it may meet the folder while
// it is being written, for another host, and take its name for an address.
const nobody = "default"

// withoutContact keeps an account free of mail addresses: authorities write no mails any more.
func withoutContact(_ context.Context, _ *certmagic.ACMEIssuer, account acme.Account) (acme.Account, error) {
	account.Contact = nil
	return account, nil
}

// obtainTimeout is how long the authority may take to look at a host.
const obtainTimeout = 90 * time.Second

// listenHost is the address at which the library finds that somebody listens already: us.
func listenHost(all ...netip.AddrPort) string {
	for _, a := range all {
		if a.IsValid() && !a.Addr().IsUnspecified() {
			return a.Addr().String()
		}
	}
	return ""
}

// checkDir makes the folder and looks whether files can be kept in it.
func checkDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("certificates cannot be kept in %s: %w", dir, cause(err))
	}
	f, err := os.CreateTemp(dir, ".try-*")
	if err != nil {
		return fmt.Errorf("certificates cannot be kept in %s: %w", dir, cause(err))
	}
	_, err = f.WriteString("a file like this one is removed at once\n")
	err = errors.Join(err, f.Sync(), f.Close(), os.Remove(f.Name()))
	if err != nil {
		return fmt.Errorf("certificates cannot be kept in %s: %w", dir, err)
	}
	return nil
}

// TLS is the configuration to serve with. Until there is a certificate, handshakes fail.
func (a *Authority) TLS() *tls.Config {
	return config(a.magic.GetCertificate, acmez.ACMETLS1Protocol)
}

// Leaf is the certificate that ends first of those that are shown now, nil if there is none yet.
func (a *Authority) Leaf() (first *x509.Certificate) {
	for _, host := range a.hosts {
		if leaf := a.leaf(host); leaf != nil && (first == nil || leaf.NotAfter.Before(first.NotAfter)) {
			first = leaf
		}
	}
	return first
}

func (a *Authority) leaf(host string) *x509.Certificate {
	for _, c := range a.cache.AllMatchingCertificates(host) {
		return c.Leaf
	}
	return nil
}

// Run gets what is missing and renews what there is, until ctx ends, whose error it returns. What fails is said and tried again, at growing intervals.
func (a *Authority) Run(ctx context.Context) error {
	for _, host := range a.hosts {
		a.mend(ctx, host)
	}
	if err := a.magic.ManageAsync(ctx, a.hosts); err != nil {
		return fmt.Errorf("begin to look after certificates: %w", err)
	}
	ticker := time.NewTicker(a.cfg.Every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
			a.look(time.Now())
		}
	}
}

// Close ends all that goes on in the background, and leaves no lock behind that the next start would wait for.
func (a *Authority) Close() {
	a.cache.Stop()
	certmagic.CleanUpOwnLocks(context.Background(), quietly(a.cfg.Log))
}

// Reload does nothing: what there is to renew is renewed by itself.
func (a *Authority) Reload() error { return nil }

// mend puts aside what a crash or a hand has left damaged, so that it is got anew instead of standing in the way.
func (a *Authority) mend(ctx context.Context, host string) {
	_, err := a.magic.CacheManagedCertificate(ctx, host)
	if err == nil {
		if leaf := a.leaf(host); leaf != nil {
			a.cfg.Log.Info("a kept certificate is shown", "host", host, "expires", Date(leaf.NotAfter))
		}
		// Out again: only what is looked after from the start is renewed at once if it has to be.
		a.cache.RemoveManaged([]certmagic.SubjectIssuer{{Subject: host, IssuerKey: a.issuer.IssuerKey()}})
		return
	}
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	site := filepath.Join(a.cfg.Dir, filepath.FromSlash(certmagic.StorageKeys.CertsSitePrefix(a.issuer.IssuerKey(), host)))
	aside := site + ".damaged"
	if err := errors.Join(os.RemoveAll(aside), os.Rename(site, aside)); err != nil {
		a.cfg.Log.Error("a kept certificate is damaged and cannot be put aside", "host", host, "folder", site, "error", err)
		return
	}
	a.cfg.Log.Warn("a kept certificate is damaged: it is put aside and a new one got", "host", host, "folder", aside, "error", err)
}

func (a *Authority) look(now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, host := range a.hosts {
		if leaf := a.leaf(host); leaf != nil {
			a.remind.look(leaf, now)
		}
	}
}

// Plain answers at port 80: what the authority asks there, and everything else with a way to https. port is where TLS is, as browsers see it.
func (a *Authority) Plain(port int) http.Handler {
	return a.issuer.HTTPChallengeHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		if a.leaf(a.hosts[0]) == nil {
			w.Header().Set("Retry-After", "30")
			http.Error(w, "The certificate of this server is on its way. Try again in a minute.", http.StatusServiceUnavailable)
			return
		}
		http.Redirect(w, r, "https://"+a.hostFor(r.Host, port)+target(r), http.StatusTemporaryRedirect)
	}))
}

// hostFor is where a browser that has asked for a host finds it by https.
func (a *Authority) hostFor(asked string, port int) string {
	name := strings.Trim(asked, "[]")
	if host, _, err := net.SplitHostPort(asked); err == nil {
		name = host
	}
	best := a.hosts[0]
	for _, host := range a.hosts {
		if host == name {
			best = host
		}
	}
	return HostPort(best, port)
}

// HostPort is a host as it stands in an address with https://, where the usual port is left out.
func HostPort(host string, port int) string {
	if port != 443 {
		return net.JoinHostPort(host, strconv.Itoa(port))
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.Is6() {
		return "[" + host + "]"
	}
	return host
}
