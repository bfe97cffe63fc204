package certs

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// FilesConfig names a certificate and its key.
type FilesConfig struct {
	Cert, Key string        // paths; PEM, the server's own certificate first and then those that vouch for it
	Hosts     []string      // names and addresses that the certificate has to be for; none: any
	Every     time.Duration // between two looks at the files; default 2 s
	Log       *slog.Logger  // hears of changes, of what is wrong with them, and of the end; default: nobody
}

// Files is a certificate in files that are watched: what is renewed there is shown from the next handshake on. Its methods may be called from any
// goroutine.
type Files struct {
	cfg     FilesConfig
	current atomic.Pointer[tls.Certificate]

	mu     sync.Mutex
	taken  [sha256.Size]byte // what the files held when current was made
	found  [sha256.Size]byte // what they held when looked at last
	told   [sha256.Size]byte // what was refused last
	remind reminder
}

// OpenFiles reads the files. An error is a *FileError that says what is wrong and what to do; what may be meant so is logged as a warning.
func OpenFiles(cfg FilesConfig) (*Files, error) {
	cfg.Every = cmp.Or(cfg.Every, 2*time.Second)
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	f := &Files{cfg: cfg, remind: reminder{log: cfg.Log, remedy: "renew it and put the new one into the same files"}}
	if err := f.Reload(); err != nil {
		return nil, err
	}
	return f, nil
}

// CheckFiles judges a certificate and its key as OpenFiles does, and gives the warnings instead of logging them.
func CheckFiles(cfg FilesConfig, now time.Time) (leaf *x509.Certificate, warnings []string, err error) {
	cert, warnings, err := readPair(cfg.Cert, cfg.Key).open(cfg.Hosts, now)
	if err != nil {
		return nil, nil, err
	}
	return cert.Leaf, warnings, nil
}

// TLS is the configuration to serve with.
func (f *Files) TLS() *tls.Config {
	return config(func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return f.current.Load(), nil })
}

// Leaf is the certificate that is shown now.
func (f *Files) Leaf() *x509.Certificate { return f.current.Load().Leaf }

// Reload reads the files at once. After an error, a *FileError, the certificate that there was is kept.
func (f *Files) Reload() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := readPair(f.cfg.Cert, f.cfg.Key)
	f.found = p.sum()
	return f.take(p)
}

// take makes a pair the current one. The caller holds the lock.
func (f *Files) take(p pair) error {
	cert, warnings, err := p.open(f.cfg.Hosts, time.Now())
	if err != nil {
		f.told = f.found
		return err
	}
	for _, w := range warnings {
		f.cfg.Log.Warn("about the certificate", "warning", w, "file", f.cfg.Cert, "names", Names(cert.Leaf))
	}
	if f.current.Swap(cert) != nil && f.taken != f.found {
		f.cfg.Log.Info("a new certificate is shown from now on", "names", Names(cert.Leaf), "expires", Date(cert.Leaf.NotAfter))
	}
	f.taken, f.told = f.found, [sha256.Size]byte{}
	f.remind.look(cert.Leaf, time.Now())
	return nil
}

// Run looks at the files until ctx ends, whose error it returns.
func (f *Files) Run(ctx context.Context) error {
	ticker := time.NewTicker(f.cfg.Every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
			f.look()
		}
	}
}

// look takes what is new in the files once it has stayed the same for two looks: whoever renews them writes one after the other. What is wrong with
// it is said once.
func (f *Files) look() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.remind.look(f.current.Load().Leaf, time.Now())
	p := readPair(f.cfg.Cert, f.cfg.Key)
	sum := p.sum()
	settled := sum == f.found
	f.found = sum
	if !settled || sum == f.taken || sum == f.told {
		return
	}
	if err := f.take(p); err != nil {
		f.cfg.Log.Error("the new certificate is refused and the one from before kept", "error", err, "expires", Date(f.current.Load().Leaf.NotAfter))
	}
}
