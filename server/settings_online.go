package main

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"strings"
)

// hostName is a name that certificates are given for: at least two labels of letters,
// digits and hyphens (RFC 1123 section 2.1).
var hostName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$`)

// checkTLS judges how https is to be served, without asking anybody for a certificate.
func (f *serveFlags) checkTLS(s *settings) error {
	for _, name := range f.TLSDomain {
		lower := strings.ToLower(strings.TrimSuffix(name, "."))
		if len(lower) > 253 || !hostName.MatchString(lower) {
			return badFlag("--tls-domain", name, "it has to be a name such as play.example.com, without https:// and port")
		}
		s.tls.domains = append(s.tls.domains, lower)
	}
	for _, text := range f.TLSIP {
		ip, err := netip.ParseAddr(text)
		public := err == nil && ip.IsGlobalUnicast() && !ip.IsPrivate()
		if own := f.TLSAuthority != "" || f.TLSCert != ""; err != nil || ip.Zone() != "" || !public && !own {
			return badFlag("--tls-ip", text, "it has to be an address that the whole Internet reaches, such as 203.0.113.7: nobody vouches for others")
		}
		s.tls.addresses = append(s.tls.addresses, ip.Unmap())
	}
	if err := f.checkCertificate(s); err != nil {
		return err
	}
	return f.checkAuthority(s)
}

// usualPort is the game port where nothing else is said: the one that browsers take for
// https, and that an authority looks at, if a certificate is fetched.
func (f *serveFlags) usualPort() string {
	if len(f.TLSDomain)+len(f.TLSIP) > 0 && f.TLSCert == "" {
		return ":443"
	}
	return ":8080"
}

// checkAuthority judges how certificates are fetched.
func (f *serveFlags) checkAuthority(s *settings) error {
	s.tls.authority, s.tls.plain = f.TLSAuthority, f.TLSPlain
	if u, err := url.Parse(f.TLSAuthority); f.TLSAuthority != "" && (err != nil || u.Scheme != "https" || u.Host == "") {
		return badFlag("--tls-authority", f.TLSAuthority, "it has to be the directory of an authority, as https://acme-staging-v02.api.letsencrypt.org/directory")
	}
	if !s.tls.fetched() {
		return nil
	}
	if f.Data == "" {
		return usage("--tls-domain and --tls-ip keep their certificates in --data: give it too")
	}
	return checkAddress("--tls-plain", f.TLSPlain)
}

// checkCertificate judges the files of a certificate of the host's own.
func (f *serveFlags) checkCertificate(s *settings) error {
	switch {
	case f.TLSCert == "" && f.TLSKey == "":
		return nil
	case f.TLSCert == "" || f.TLSKey == "":
		return usage("--tls-cert and --tls-key belong together: give both")
	}
	for _, file := range []struct{ flag, path string }{{"--tls-cert", f.TLSCert}, {"--tls-key", f.TLSKey}} {
		if err := checkReadable(file.flag, file.path); err != nil {
			return err
		}
	}
	s.tls.cert, s.tls.key = f.TLSCert, f.TLSKey
	return nil
}

// checkReadable judges whether a file can be read.
func checkReadable(flag, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return badFlag(flag, path, "%v", cause(err))
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return badFlag(flag, path, "it has to be a file")
	}
	return nil
}

// checkStores judges where accounts are kept. Errors do not show what may hold a
// password.
func (f *serveFlags) checkStores(s *settings) error {
	s.database = f.Database
	if f.Database == "" {
		return nil
	}
	if f.Data == "" {
		return usageError{errors.New("--database needs --data too: what is not in the database yet is kept there"), "--database"}
	}
	scheme, rest, _ := strings.Cut(f.Database, ":")
	u, err := url.Parse(f.Database)
	switch {
	case scheme == "sqlite" && strings.TrimLeft(rest, "/") != "":
		return nil
	case (scheme == "postgres" || scheme == "postgresql") && err == nil && (u.Host != "" || u.Query().Get("host") != ""): // or the folder of a socket
		return nil
	}
	return badSecret("--database", "it has to be postgres://USER:PASSWORD@HOST:PORT/NAME, with special characters as %%XX, or sqlite:PATH")
}

// checkFleet judges what makes several servers one.
func (f *serveFlags) checkFleet(s *settings) error {
	s.redis, s.agones, s.agonesPort, s.announce = f.Redis, f.Agones, f.AgonesPort, f.Announce
	if u, err := url.Parse(f.Redis); f.Redis != "" && (err != nil || u.Scheme != "redis" && u.Scheme != "rediss" || u.Host == "") {
		return badSecret("--redis", "it has to be redis://:PASSWORD@HOST:PORT, or rediss:// for TLS")
	}
	if f.AgonesPort < 1 || f.AgonesPort > 65535 {
		return badFlag("--agones-port", f.AgonesPort, "it has to be a number from 1 to 65535")
	}
	if u, err := url.Parse(f.Announce); f.Announce != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
		return badFlag("--announce", f.Announce, "it has to be the address of a list, as https://host/path")
	}
	return nil
}

// missing refuses what was asked for and is not there yet: a server that left it out of
// account would be another than its host believes.
func (s *settings) missing() error {
	switch {
	case s.redis != "":
		return notYet("--redis", "each server plays alone")
	case s.agones:
		return notYet("--agones", "each server plays alone")
	case s.announce != "":
		return notYet("--announce", "players find a server by its address")
	}
	return nil
}

// notYet words what is not there yet, and what there is instead.
func notYet(what, instead string) error {
	err := fmt.Errorf("%s is not possible yet: %s", what, instead)
	if strings.HasPrefix(what, "--") {
		return usageError{err, what}
	}
	return usageError{err: err}
}
