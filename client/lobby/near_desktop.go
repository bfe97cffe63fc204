//go:build !js

package lobby

import (
	"context"
	"io"
	"log"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/hashicorp/mdns"

	"ionwake/shared/lan"
)

// Bounds of looking around.
const (
	lookFor      = time.Second
	mostNear     = 16 // servers
	mostNetworks = 4
)

// Near finds servers on the local networks, by multicast DNS (RFC 6762), and returns the
// addresses of their pages. It takes a second.
func Near(ctx context.Context) []string {
	ctx, cancel := context.WithTimeout(ctx, lookFor)
	defer cancel()
	entries := make(chan *mdns.ServiceEntry, mostNear)
	var all sync.WaitGroup
	for _, iface := range networks() {
		all.Go(func() { ask(ctx, iface, entries) })
	}
	go func() {
		all.Wait()
		close(entries)
	}()
	var found []string
	for e := range entries {
		page := lan.Page(e.AddrV4, e.Port, e.InfoFields)
		if page != "" && len(found) < mostNear && !slices.Contains(found, page) {
			found = append(found, page)
		}
	}
	return found
}

// ask asks one network. Whom nobody answers there is not near.
func ask(ctx context.Context, iface *net.Interface, entries chan<- *mdns.ServiceEntry) {
	_ = mdns.QueryContext(ctx, &mdns.QueryParam{
		Service: lan.Service, Domain: "local", Timeout: lookFor, Interface: iface, Entries: entries,
		DisableIPv6: true, Logger: log.New(io.Discard, "", 0),
	})
}

// networks are the local ones.
func networks() (found []*net.Interface) {
	ifaces, _ := net.Interfaces() // without any there is nobody near
	for _, iface := range ifaces {
		const wanted = net.FlagUp | net.FlagMulticast
		if iface.Flags&wanted == wanted && iface.Flags&net.FlagLoopback == 0 && len(found) < mostNetworks {
			found = append(found, &iface)
		}
	}
	return found
}
