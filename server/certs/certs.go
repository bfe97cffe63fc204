// Package certs gives the game port its certificates: from files that it watches (Files), or from a certificate authority that it asks by itself
// (Authority; ACME, RFC 8555). Who is connected notices nothing of a new one: it is shown from the next handshake on.
//
// What a host can mend is said when the program starts, in one line each, and again long before a certificate ends.
package certs

import (
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"maps"
	"time"
)

// DaysAhead is how many days before its end a certificate is warned of. One that lives less than four times as long is warned of in its last quarter.
const DaysAhead = 14

const day = 24 * time.Hour

// between two warnings of one certificate
const remindEvery = day

// config is what TLS needs beside a certificate. HTTP/1.1 alone is offered: an HTTP/2 stream cannot be upgraded to WebSocket by taking over
// its connection.
func config(get func(*tls.ClientHelloInfo) (*tls.Certificate, error), more ...string) *tls.Config {
	return &tls.Config{
		MinVersion:     tls.VersionTLS12,
		NextProtos:     append([]string{"http/1.1"}, more...),
		GetCertificate: get,
	}
}

// warnFrom is when a certificate begins to be warned of.
func warnFrom(leaf *x509.Certificate) time.Time {
	life := leaf.NotAfter.Sub(leaf.NotBefore)
	return leaf.NotAfter.Add(-min(DaysAhead*day, life/4))
}

// reminder warns of certificates that end soon, once a day each.
type reminder struct {
	log    *slog.Logger
	remedy string // what the host can do
	last   map[string]time.Time
}

func (r *reminder) look(leaf *x509.Certificate, now time.Time) {
	if now.Before(warnFrom(leaf)) {
		return
	}
	serial := leaf.SerialNumber.String()
	if last, ok := r.last[serial]; ok && now.Sub(last) < remindEvery {
		return
	}
	maps.DeleteFunc(r.last, func(_ string, at time.Time) bool { return now.Sub(at) >= remindEvery })
	if r.last == nil {
		r.last = make(map[string]time.Time)
	}
	r.last[serial] = now
	left := leaf.NotAfter.Sub(now)
	if left <= 0 {
		r.log.Error("the certificate has expired: nobody new gets in", "names", Names(leaf), "expired", Date(leaf.NotAfter), "remedy", r.remedy)
		return
	}
	r.log.Warn("the certificate expires soon", "names", Names(leaf), "expires", Date(leaf.NotAfter), "days_left", int(left/day), "remedy", r.remedy)
}

// Names are the hosts that a certificate is for.
func Names(leaf *x509.Certificate) []string {
	names := append([]string(nil), leaf.DNSNames...)
	for _, ip := range leaf.IPAddresses {
		names = append(names, ip.String())
	}
	return names
}

// Date words an instant for people, in UTC, to the minute.
func Date(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
