package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"ionwake/server/certs"
	"ionwake/server/doctor"
)

// doctorFlags are the flags of doctor: all those of serve, and what it compares with.
type doctorFlags struct {
	Flags   serveFlags `embed:""`
	Address []string   `help:"Names or addresses, with a port if it is another than the server's, by which players reach the server: whether they lead here, and whether the certificate is for them." placeholder:"HOST"`
	Clock   string     `help:"Page whose date the clock is compared with (default: the authority's for --tls-domain and --tls-ip)." placeholder:"URL"`
}

// authority answers with a date, without TLS, which a wrong clock would break.
const authority = "http://acme-v02.api.letsencrypt.org/"

// examine looks at everything that the settings need, and prints a line for each. It
// fails if anything would keep the server from working.
func (f *doctorFlags) examine(ctx context.Context, w io.Writer, color bool) error {
	set, err := f.Flags.settings()
	if err != nil {
		return err
	}
	failed, all := 0, 0
	for _, look := range f.looks(set) {
		found := look(ctx)
		all++
		if found.Level == doctor.Fail {
			failed++
		}
		fmt.Fprintln(w, worded(found, color))
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d looks found what has to be mended", failed, all)
	}
	return nil
}

// looks are what is to be looked at, in the order in which it is told.
func (f *doctorFlags) looks(set settings) []func(context.Context) doctor.Finding {
	looks := []func(context.Context) doctor.Finding{
		func(ctx context.Context) doctor.Finding {
			return doctor.Port(ctx, "--listen", set.listen, answers(set.tls.scheme(), set.listen, "/api/v1/status"))
		},
		func(ctx context.Context) doctor.Finding {
			return doctor.Port(ctx, "--admin-listen", set.adminListen, answers("http", set.adminListen, "/livez"))
		},
	}
	if set.tls.fetched() {
		looks = append(looks, looksOfAuthority(set)...)
	}
	for _, address := range f.Address {
		looks = append(looks, func(ctx context.Context) doctor.Finding {
			return doctor.Reach(ctx, withPort(address, set.listen), set.listen)
		})
	}
	looks = append(looks,
		func(ctx context.Context) doctor.Finding {
			return doctor.Clock(ctx, doctor.ClockConfig{Built: builtAt(), Data: set.data, URL: f.clock(set)})
		},
		func(context.Context) doctor.Finding { return doctor.Files(wantedFiles) },
		func(context.Context) doctor.Finding { return doctor.Data(set.data) },
	)
	if set.tls.cert != "" {
		looks = append(looks, func(context.Context) doctor.Finding { return f.certificate(set) })
	}
	if strings.HasPrefix(set.database, "postgres") {
		looks = append(looks, func(ctx context.Context) doctor.Finding { return doctor.Postgres(ctx, set.database) })
	}
	if f.Flags.Redis != "" {
		looks = append(looks, func(ctx context.Context) doctor.Finding { return doctor.Redis(ctx, f.Flags.Redis) })
	}
	return looks
}

// looksOfAuthority are at what an authority looks at before it gives a certificate.
func looksOfAuthority(set settings) []func(context.Context) doctor.Finding {
	looks := []func(context.Context) doctor.Finding{func(ctx context.Context) doctor.Finding {
		return doctor.Port(ctx, "--tls-plain", set.tls.plain, answers("https", set.listen, "/api/v1/status"))
	}}
	for _, host := range set.tls.hosts() {
		looks = append(looks, func(ctx context.Context) doctor.Finding {
			return doctor.Reach(ctx, net.JoinHostPort(host, "80"), set.tls.plain)
		})
	}
	return looks
}

func (f *doctorFlags) clock(set settings) string {
	if f.Clock == "" && set.tls.fetched() {
		return authority
	}
	return f.Clock
}

func (f *doctorFlags) certificate(set settings) doctor.Finding {
	hosts := set.tls.hosts()
	for _, address := range f.Address {
		host, _, _ := net.SplitHostPort(withPort(address, set.listen))
		hosts = append(hosts, host)
	}
	cfg := certs.FilesConfig{Cert: set.tls.cert, Key: set.tls.key, Hosts: hosts}
	return doctor.Certificate(func(now time.Time) (*x509.Certificate, []string, error) { return certs.CheckFiles(cfg, now) }, time.Now())
}

// withPort adds the port of listen to an address that has none.
func withPort(address, listen string) string {
	if _, _, err := net.SplitHostPort(address); err == nil {
		return address
	}
	_, port, _ := net.SplitHostPort(listen)
	return net.JoinHostPort(strings.Trim(address, "[]"), port)
}

// answers returns what looks whether a server of this game listens on addr.
func answers(scheme, addr, path string) func(context.Context) bool {
	return func(ctx context.Context) bool {
		url, err := localURL(addr, path)
		if err != nil {
			return false
		}
		url = scheme + strings.TrimPrefix(url, "http")
		ctx, cancel := context.WithTimeout(ctx, healthTimeout)
		defer cancel()
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return false
		}
		// Whether the certificate is right is another question, and it is for another name.
		res, err := (&http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}).RoundTrip(req)
		if err != nil {
			return false
		}
		defer res.Body.Close()
		return res.StatusCode == http.StatusOK && strings.HasPrefix(res.Header.Get("Content-Type"), "application/json")
	}
}

// builtAt is when what this program is made of was written last, if it knows.
func builtAt() time.Time {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return time.Time{}
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.time" {
			t, _ := time.Parse(time.RFC3339, s.Value) // zero if it is none
			return t
		}
	}
	return time.Time{}
}

// worded is a finding in one line.
func worded(f doctor.Finding, color bool) string {
	mark := fmt.Sprintf("%-4s", f.Level)
	if color {
		mark = "\x1b[" + map[doctor.Level]string{doctor.OK: "32", doctor.Warn: "33", doctor.Fail: "31"}[f.Level] + "m" + mark + "\x1b[0m"
	}
	text := mark + "  " + f.About + ": " + f.Text
	if f.Remedy != "" {
		text += ". What to do: " + f.Remedy
	}
	if color {
		return text
	}
	return oneLine(text)
}
