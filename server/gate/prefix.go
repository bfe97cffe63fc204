package gate

import (
	"net/http"
	"net/netip"
	"strings"
)

// prefixOf is what limits count by: the IPv4 address, or the IPv6 network of 64 bits that one subscriber usually gets.
func prefixOf(addr netip.Addr) netip.Prefix {
	if !addr.IsValid() {
		return netip.Prefix{}
	}
	addr = addr.Unmap().WithZone("")
	bits := 64
	if addr.Is4() {
		bits = 32
	}
	p, err := addr.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}

// addrOf reads "host:port" or a bare address; the zero Addr if it is neither (an in-memory pipe has no address).
func addrOf(text string) netip.Addr {
	if ap, err := netip.ParseAddrPort(text); err == nil {
		return ap.Addr().Unmap()
	}
	addr, err := netip.ParseAddr(strings.Trim(text, "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return addr.Unmap()
}

func contains(list []netip.Prefix, addr netip.Addr) bool {
	if !addr.IsValid() {
		return false
	}
	for _, p := range list {
		if p.Contains(addr.WithZone("")) {
			return true
		}
	}
	return false
}

// client finds the address a request comes from. X-Forwarded-For is believed only from a trusted proxy, and only its last entry: the one that
// proxy wrote itself. Whatever stands before it came from the client and may be forged.
func (g *Gate) client(r *http.Request) netip.Addr {
	addr := addrOf(r.RemoteAddr)
	if !contains(g.cfg.TrustedProxies, addr) {
		return addr
	}
	lines := r.Header.Values("X-Forwarded-For")
	if len(lines) == 0 {
		return addr
	}
	last := lines[len(lines)-1]
	last = last[strings.LastIndexByte(last, ',')+1:]
	if told := addrOf(strings.TrimSpace(last)); told.IsValid() {
		return told
	}
	return addr
}

// capPrefix is the prefix an address is counted under; the zero Prefix for those without per-prefix caps.
func (g *Gate) capPrefix(addr netip.Addr) netip.Prefix {
	if contains(g.cfg.Exempt, addr) {
		return netip.Prefix{}
	}
	return prefixOf(addr)
}

// scheme says whether the client's request came over TLS, to us or to a trusted proxy.
func (g *Gate) scheme(r *http.Request) string {
	if contains(g.cfg.TrustedProxies, addrOf(r.RemoteAddr)) {
		switch proto := r.Header.Values("X-Forwarded-Proto"); {
		case len(proto) == 1 && strings.EqualFold(proto[0], "https"):
			return "https"
		case len(proto) == 1 && strings.EqualFold(proto[0], "http"):
			return "http"
		}
	}
	if r.TLS != nil {
		return "https"
	}
	return "http"
}
