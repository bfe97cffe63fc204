package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"strings"

	"ionwake/server/admin"
	"ionwake/server/certs"
	"ionwake/server/gate"
)

// padlock is https on the game port. A nil one is plain HTTP.
type padlock struct {
	source    certificates
	authority *certs.Authority // nil: the certificate lies in files
	plain     net.Listener     // where plain HTTP is led to https; nil: nowhere
	server    *http.Server     // of plain
	port      int              // of https
	hosts     []string         // by which players come
}

// certificates are where a padlock has its certificate from.
type certificates interface {
	TLS() *tls.Config
	Leaf() *x509.Certificate // the one that ends first; nil: there is none yet
	Run(context.Context) error
	Reload() error
}

// openPadlock makes the padlock that is asked for, of a game port that is open.
func openPadlock(set settings, game net.Listener, log *slog.Logger) (*padlock, error) {
	t := set.tls
	l := &padlock{hosts: t.hosts()}
	if tcp, ok := game.Addr().(*net.TCPAddr); ok {
		l.port = tcp.Port
	}
	if t.cert != "" {
		files, err := certs.OpenFiles(certs.FilesConfig{Cert: t.cert, Key: t.key, Hosts: l.hosts, Log: log})
		if err != nil {
			return nil, usage("%s=%w", t.flagOf(err), err)
		}
		l.source = files
		if len(l.hosts) == 0 {
			l.hosts = certs.Names(files.Leaf())
		}
		return l, nil
	}
	if len(l.hosts) == 0 {
		return nil, nil //nolint:nilnil // plain HTTP
	}
	return l, l.ask(set, game, log)
}

// ask makes a padlock whose certificates an authority gives.
func (l *padlock) ask(set settings, game net.Listener, log *slog.Logger) error {
	t := set.tls
	var err error
	if l.plain, err = listen("--tls-plain", t.plain); err != nil {
		// A name can be looked at by the game port alone, if that is the usual one of https.
		if l.port != 443 || len(t.addresses) > 0 {
			return err
		}
		log.Warn("port 80 is not ours: nobody is led to https from there", "error", err)
		l.plain = nil
	}
	cfg := certs.AuthorityConfig{
		Domains: t.domains, IPs: t.addresses, Dir: filepath.Join(set.data, "certs"), Directory: t.authority, Log: log,
	}
	if l.plain != nil {
		cfg.Plain = portOf(l.plain)
	}
	if l.port == 443 || l.plain == nil { // at another port an authority finds nobody
		cfg.Game = portOf(game)
	}
	if l.authority, err = certs.NewAuthority(cfg); err != nil {
		l.close()
		return usage("--data=%s: %w", set.data, err)
	}
	l.source = l.authority
	return nil
}

func portOf(ln net.Listener) netip.AddrPort {
	if tcp, ok := ln.Addr().(*net.TCPAddr); ok {
		return tcp.AddrPort()
	}
	return netip.AddrPort{}
}

// secure puts TLS before a listener.
func (l *padlock) secure(ln net.Listener) net.Listener {
	if l == nil {
		return ln
	}
	return certs.Listen(ln, l.source.TLS())
}

// certificate says how long what players are shown is good for; nil: nothing is shown.
func (l *padlock) certificate() *admin.Certificate {
	if l == nil {
		return nil
	}
	leaf := l.source.Leaf()
	if leaf == nil {
		return nil
	}
	return &admin.Certificate{From: leaf.NotBefore, Until: leaf.NotAfter}
}

// start looks after certificates until ctx ends, and serves who comes by plain HTTP under the limits of the game's gate. Errors of that go to failed.
func (l *padlock) start(ctx context.Context, g *gate.Gate, failed chan<- error) {
	if l == nil {
		return
	}
	go func() { _ = l.source.Run(ctx) }() // its error is that it was told to stop
	if l.plain != nil {
		l.server = g.Server(l.authority.Plain(l.port))
		go func() { failed <- serving("the port of plain HTTP", l.server.Serve(g.Listen(l.plain))) }()
	}
}

// close ends what start has begun. Connections of the game port are not its business.
func (l *padlock) close() {
	if l == nil {
		return
	}
	if l.server != nil {
		_ = l.server.Close()
	}
	if l.plain != nil {
		_ = l.plain.Close()
	}
	if l.authority != nil {
		l.authority.Close()
	}
}

// invitations are the addresses by which players come, whose names the certificate has.
func (l *padlock) invitations() []string {
	var urls []string
	for _, host := range l.hosts {
		if strings.HasPrefix(host, "*") {
			continue // any name below it, and we do not know which
		}
		urls = append(urls, "https://"+certs.HostPort(host, l.port)+"/")
	}
	if len(urls) == 0 {
		urls = []string{"https://" + certs.HostPort("localhost", l.port) + "/"}
	}
	return urls
}

// hosts are the names and addresses that are asked for.
func (t *tlsSettings) hosts() []string {
	hosts := append([]string(nil), t.domains...)
	for _, ip := range t.addresses {
		hosts = append(hosts, ip.String())
	}
	return hosts
}

// fetched reports whether an authority is asked for certificates.
func (t *tlsSettings) fetched() bool { return t.cert == "" && len(t.domains)+len(t.addresses) > 0 }

// scheme is how the game port is asked.
func (t *tlsSettings) scheme() string {
	if t.cert == "" && !t.fetched() {
		return "http"
	}
	return "https"
}

// flagOf is the flag of the file with which something is wrong.
func (t *tlsSettings) flagOf(err error) string {
	if file, ok := errors.AsType[*certs.FileError](err); ok && file.Path == t.key && t.key != t.cert {
		return "--tls-key"
	}
	return "--tls-cert"
}
