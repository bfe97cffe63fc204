package gate

import (
	"net/netip"
	"testing"
)

// TestPeer names networks, but not this machine, where a proxy may stand for many.
func TestPeer(t *testing.T) {
	for _, c := range []struct{ addr, want string }{
		{"192.0.2.1", "192.0.2.1/32"}, {"2001:db8::5", "2001:db8::/64"}, {"127.0.0.1", ""}, {"::1", ""}, {"", ""},
	} {
		addr, _ := netip.ParseAddr(c.addr)
		if got := (&Conn{prefix: prefixOf(addr)}).Peer(); got != c.want {
			t.Errorf("%q is called %q, want %q", c.addr, got, c.want)
		}
	}
}
