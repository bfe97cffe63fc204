package gate

import (
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"testing"
)

func prefixes(texts ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, text := range texts {
		out = append(out, netip.MustParsePrefix(text))
	}
	return out
}

func TestCaps(t *testing.T) {
	limits := capLimits{all: 6, per: 3, fresh: 4, freshPer: 2}
	a, b := netip.MustParsePrefix("10.0.0.1/32"), netip.MustParsePrefix("10.0.0.2/32")
	table := newCaps(limits)
	want := func(prefix netip.Prefix, v verdict) *place {
		t.Helper()
		p, got := table.enter(prefix)
		if got != v {
			t.Fatalf("%v: got verdict %d, want %d", prefix, got, v)
		}
		return p
	}
	a1, a2 := want(a, welcome), want(a, welcome)
	want(a, fullPrefix) // two fresh ones
	a1.settle()
	a1.settle()
	a3 := want(a, welcome)
	a2.settle()
	want(a, fullPrefix) // three in all
	b1, b2 := want(b, welcome), want(b, welcome)
	b1.settle()
	b2.settle()
	anyone := want(netip.Prefix{}, welcome)
	want(netip.Prefix{}, fullServer)
	for _, p := range []*place{a1, a2, a3, b1, b2, anyone} {
		p.leave()
		p.leave()
		p.settle()
	}
	if all, fresh := table.count(); all != 0 || fresh != 0 || len(table.by) != 0 {
		t.Errorf("after all left: %d places, %d fresh, %d prefixes; want none", all, fresh, len(table.by))
	}
}

// However many addresses come, one that is held to its cap stays so.
func TestCapsAreNeverForgotten(t *testing.T) {
	table := newCaps(capLimits{all: 20000, per: 4, fresh: 20000, freshPer: 4})
	offender := netip.MustParsePrefix("10.9.9.9/32")
	for range 4 {
		table.enter(offender)
	}
	for i := range 10000 {
		p, _ := table.enter(netip.PrefixFrom(netip.AddrFrom4([4]byte{11, 0, byte(i >> 8), byte(i)}), 32))
		defer p.leave()
	}
	if _, v := table.enter(offender); v != fullPrefix {
		t.Errorf("got verdict %d for the offender, want %d", v, fullPrefix)
	}
	if len(table.by) != 10001 {
		t.Errorf("%d prefixes for 10001 that hold places", len(table.by))
	}
}

func TestTooManyOfOnePrefix(t *testing.T) { onEachPath(t, testTooManyOfOnePrefix) }

func testTooManyOfOnePrefix(t *testing.T, start starter) {
	s := start(t, Config{MaxPerPrefix: 2, MaxGreetingPerPrefix: 10})
	done := s.witness(t)
	first, second := s.admitted(t), s.admitted(t)
	_, res := shake(t, s.dial(t, ""), goodRequest())
	if res.StatusCode != http.StatusTooManyRequests || res.Header.Get("Retry-After") == "" {
		t.Errorf("got %s, Retry-After %q; want 429 and a time", res.Status, res.Header.Get("Retry-After"))
	}
	_ = second.Close()
	eventually(t, "the place is free again", func() bool { return s.gate.Stats().Open == 2 })
	_ = s.admitted(t).Close()
	_ = first.Close()
	done()
}

func TestTooManyGreeting(t *testing.T) { onEachPath(t, testTooManyGreeting) }

func testTooManyGreeting(t *testing.T, start starter) {
	s := start(t, Config{MaxGreetingPerPrefix: 3})
	for range 2 {
		_ = s.connect(t)
	}
	eventually(t, "both are upgraded", func() bool { return s.gate.Stats().Greeting == 2 })
	_ = s.admitted(t) // the third has greeted and takes none of these places
	_ = s.connect(t)
	_, res := shake(t, s.dial(t, ""), goodRequest())
	if res.StatusCode != http.StatusTooManyRequests {
		t.Errorf("got %s, want 429", res.Status)
	}
}

func TestServerFull(t *testing.T) { onEachPath(t, testServerFull) }

func testServerFull(t *testing.T, start starter) {
	s := start(t, Config{MaxConns: 2})
	_, _ = s.admitted(t), s.admitted(t)
	_, res := shake(t, s.dial(t, "127.0.0.9"), goodRequest())
	if res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" {
		t.Errorf("got %s, Retry-After %q; want 503 and a time", res.Status, res.Header.Get("Retry-After"))
	}
}

func TestExemptPrefix(t *testing.T) { onEachPath(t, testExemptPrefix) }

func testExemptPrefix(t *testing.T, start starter) {
	s := start(t, Config{MaxPerPrefix: 1, MaxGreetingPerPrefix: 1, Exempt: prefixes("127.0.0.0/8")})
	for range 5 {
		c := s.admitted(t)
		if n := len(s.list()); n > 0 {
			if got := fmt.Sprint(s.list()[n-1].c.Prefix()); got != "127.0.0.1/32" {
				t.Errorf("got prefix %s, want 127.0.0.1/32 although it is exempt", got)
			}
		}
		defer func() { _ = c.Close() }()
	}
}

// A page that stays open does not use up the places of those who have not greeted yet.
func TestPagesAreNoGreeters(t *testing.T) { onEachPath(t, testPagesAreNoGreeters) }

func testPagesAreNoGreeters(t *testing.T, start starter) {
	s := start(t, Config{MaxGreetingPerPrefix: 2})
	for range 6 {
		c, res := shake(t, s.dial(t, ""), "GET /page HTTP/1.1\r\nHost: game.example\r\n\r\n")
		body := make([]byte, res.ContentLength)
		if _, err := io.ReadFull(c.br, body); err != nil || string(body) != "page" {
			t.Fatalf("got %q, %v; want the page", body, err)
		}
	}
	if st := s.gate.Stats(); st.Sockets != 6 || st.HeaderPending != 0 {
		t.Errorf("got %d sockets and %d pending, want 6 and 0", st.Sockets, st.HeaderPending)
	}
}
