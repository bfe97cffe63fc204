package gate

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// origin is a web origin (RFC 6454) with the host in lower case and the port always spelt out.
type origin struct{ scheme, host, port string }

// ParseOrigin checks an entry for Config.Origins, "https://play.example" or "http://10.0.0.5:8080", and gives its canonical form with the port.
// International names are written as browsers send them, in their ASCII form ("xn--...").
func ParseOrigin(text string) (string, error) {
	o, err := parseOrigin(text)
	if err != nil {
		return "", err
	}
	return o.scheme + "://" + joinHost(o.host, o.port), nil
}

func joinHost(host, port string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]:" + port
	}
	return host + ":" + port
}

func parseOrigin(text string) (origin, error) {
	for _, r := range text {
		if r <= ' ' || r > '~' {
			return origin{}, fmt.Errorf("origin %q: only printable ASCII", text)
		}
	}
	u, err := url.Parse(text)
	if err != nil {
		return origin{}, fmt.Errorf("origin %q: not scheme://host[:port]", text)
	}
	bare := u.Path == "" && u.RawQuery == "" && !u.ForceQuery && u.Fragment == "" && u.User == nil && u.Opaque == "" && !strings.HasSuffix(text, "#")
	if !bare || u.Hostname() == "" {
		return origin{}, fmt.Errorf("origin %q: not scheme://host[:port]", text)
	}
	o := origin{scheme: strings.ToLower(u.Scheme), host: strings.ToLower(u.Hostname()), port: u.Port()}
	switch {
	case o.scheme != "http" && o.scheme != "https":
		return origin{}, fmt.Errorf("origin %q: scheme is neither http nor https", text)
	case o.port == "" && strings.HasSuffix(u.Host, ":"):
		return origin{}, fmt.Errorf("origin %q: port missing after the colon", text)
	case o.port == "" && o.scheme == "https":
		o.port = "443"
	case o.port == "":
		o.port = "80"
	}
	return o, nil
}

// originAllowed applies the rule of who may connect: a program that names no origin (it is no browser, and no cookie of ours exists that a page
// could ride on), a page from this very server, or one of the list. Everything else, "null" too, may not.
func (g *Gate) originAllowed(r *http.Request) bool {
	named := r.Header.Values("Origin")
	if len(named) == 0 {
		return true
	}
	if len(named) > 1 {
		return false
	}
	o, err := parseOrigin(named[0])
	if err != nil {
		return false
	}
	if own, err := parseOrigin(g.scheme(r) + "://" + r.Host); err == nil && o == own {
		return true
	}
	return g.origins[o]
}
