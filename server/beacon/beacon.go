// Package beacon lets game clients on the local network find a server by themselves, by
// multicast DNS (RFC 6762).
package beacon

import (
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"strings"

	"github.com/hashicorp/mdns"

	"ionwake/shared/lan"
)

// Beacon answers those who ask for servers, until it is closed.
type Beacon struct{ servers []*mdns.Server }

// maxNetworks is on how many networks a server is found at most: a machine with more is
// none that stands in somebody's home.
const maxNetworks = 4

// Light lets a server be found that listens at addr and whose page is at url, or at its
// address and port without one. It is found on local networks alone: on none, if addr is
// this machine's alone or a public address. Only an error of all networks is one.
func Light(addr *net.TCPAddr, url string) (*Beacon, error) {
	b := new(Beacon)
	var failed error
	for _, n := range networks(addr.IP) {
		server, err := answer(n, addr.Port, url)
		if err != nil {
			failed = fmt.Errorf("be found on %s: %w", n.iface.Name, err)
			continue
		}
		b.servers = append(b.servers, server)
	}
	if len(b.servers) == 0 && failed != nil {
		return nil, failed
	}
	return b, nil
}

// Networks is on how many networks the server is found.
func (b *Beacon) Networks() int { return len(b.servers) }

// Close lets the server be found no longer.
func (b *Beacon) Close() {
	for _, s := range b.servers {
		_ = s.Shutdown() // its error is that the socket is closed
	}
}

// network is a local network with this machine's address in it.
type network struct {
	iface net.Interface
	ip    net.IP
}

// networks finds the local networks on which only is an address of this machine; nil or
// unspecified means all of them.
func networks(only net.IP) (found []network) {
	ifaces, err := net.Interfaces()
	if err != nil {
		return nil
	}
	for _, iface := range ifaces {
		const wanted = net.FlagUp | net.FlagMulticast
		if iface.Flags&wanted != wanted || iface.Flags&net.FlagLoopback != 0 || len(found) == maxNetworks {
			continue
		}
		if ip := private(iface, only); ip != nil {
			found = append(found, network{iface, ip})
		}
	}
	return found
}

// private is the private address of an interface; nil: it has none.
func private(iface net.Interface, only net.IP) net.IP {
	addrs, err := iface.Addrs()
	if err != nil {
		return nil
	}
	for _, a := range addrs {
		n, ok := a.(*net.IPNet)
		if !ok || n.IP.To4() == nil || !n.IP.IsPrivate() {
			continue
		}
		if only == nil || only.IsUnspecified() || only.Equal(n.IP) {
			return n.IP
		}
	}
	return nil
}

// answer lets the server be found on one network.
func answer(n network, port int, url string) (*mdns.Server, error) {
	host := label()
	name := fmt.Sprintf("ionwake-%s-%d", host, port)
	zone, err := mdns.NewMDNSService(name, lan.Service, "", host+".local.", port, []net.IP{n.ip}, lan.Text(url))
	if err != nil {
		return nil, err
	}
	// Of what others send it could only say that it is strange.
	return mdns.NewServer(&mdns.Config{Zone: zone, Iface: &n.iface, Logger: log.New(io.Discard, "", 0)})
}

// label is the machine's name as a label of DNS (RFC 1123 section 2.1).
func label() string {
	host, _ := os.Hostname()
	host, _, _ = strings.Cut(host, ".")
	host = strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, host)
	host = strings.Trim(host[:min(len(host), 32)], "-")
	if host == "" {
		return "server"
	}
	return host
}
