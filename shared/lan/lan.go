// Package lan is what servers on a local network say of themselves by multicast DNS
// (RFC 6762, RFC 6763), and what clients understand of it. It does no I/O.
package lan

import (
	"net"
	"net/url"
	"strconv"
	"strings"
)

// Service is the name of the service (RFC 6763 section 7).
const Service = "_ionwake._tcp"

// Keys of the text that goes with a service (RFC 6763 section 6).
const (
	version = "txtvers=1"
	page    = "url="
	maxText = 200 // bytes of one entry: 255 at most
)

// Text is what a server says beside its address and port: the address of its page, if
// that is not http://ADDRESS:PORT/.
func Text(url string) []string {
	if url == "" || len(url) > maxText {
		return []string{version}
	}
	return []string{version, page + url}
}

// Page is the address of the page of a server that was found at ip and port and said
// text; "" if it is none that a client should go to.
func Page(ip net.IP, port int, text []string) string {
	for _, t := range text {
		said, ok := strings.CutPrefix(t, page)
		if !ok {
			continue
		}
		u, err := url.Parse(said)
		if err != nil || len(said) > maxText || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
			return ""
		}
		return said
	}
	// Whoever is not on a network of one's own is not on the local one.
	if ip == nil || !ip.IsPrivate() && !ip.IsLinkLocalUnicast() || port < 1 || port > 65535 {
		return ""
	}
	return "http://" + net.JoinHostPort(ip.String(), strconv.Itoa(port)) + "/"
}
