package gate

import (
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"sync"
	"time"
)

// Limits of the HTTP side, for the page as for the upgrade.
const (
	maxHeaderBytes = 16 << 10 // net/http answers 431 above it
	maxURL         = 4 << 10  // bytes of request target; 414 above it
	// The browser client is some four megabytes: even at 64 kbit/s it comes within this.
	pageTimeout = 10 * time.Minute
	idleTimeout = 60 * time.Second // a kept-alive HTTP connection between two requests
	bodyTimeout = 15 * time.Second // a request with its body; nothing here takes one
)

// Server makes an HTTP/1.1 server for the game port that serves h (Gate itself for /play among it) under the gate's limits of time and size.
// Serve it on a listener from Listen: it tells that listener when a connection's request header has come whole. TLS in between must offer
// "http/1.1" alone, for HTTP/2 cannot be upgraded this way.
func (g *Gate) Server(h http.Handler) *http.Server {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	return &http.Server{
		Handler:           g.shield(h),
		ReadHeaderTimeout: g.cfg.HeaderTimeout,
		ReadTimeout:       max(bodyTimeout, g.cfg.HeaderTimeout),
		WriteTimeout:      pageTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		Protocols:         &protocols,
		TLSNextProto:      map[string]func(*http.Server, *tls.Conn, http.Handler){},
		// net/http's lines carry whole addresses and come as often as a flood does: debug only.
		ErrorLog: slog.NewLogLogger(g.cfg.Logger.Handler(), slog.LevelDebug),
		ConnState: func(conn net.Conn, state http.ConnState) {
			if state == http.StateNew {
				return
			}
			if c, ok := inner[*countedConn](conn); ok {
				c.place.settle()
			}
		},
	}
}

// shield bounds the request target and turns a panic of a page handler into a 500 that is logged as ours.
func (g *Gate) shield(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.RequestURI) > maxURL {
			refuse(w, http.StatusRequestURITooLong, "the address is too long")
			return
		}
		defer func() {
			fault := recover()
			if fault == nil {
				return
			}
			if err, ok := fault.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(fault)
			}
			id := g.faults.report("page handler", fault, debug.Stack())
			refuse(w, http.StatusInternalServerError, "server fault "+id)
		}()
		h.ServeHTTP(w, r)
	})
}

// Listen puts the connection caps before ln: open sockets in all and by prefix, and fewer of those whose request header has not come whole.
// What is over a cap is reset at once, unread. The sockets of trusted proxies are capped in all only; their clients are counted by ServeHTTP.
func (g *Gate) Listen(ln net.Listener) net.Listener { return &listener{ln, g} }

type listener struct {
	net.Listener
	gate *Gate
}

// Accept waits for the next connection under the caps.
func (l *listener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		place, v := l.gate.sockets.enter(l.gate.socketPrefix(conn))
		if v == welcome {
			return &countedConn{Conn: conn, place: place}, nil
		}
		l.gate.counts.turnedAway.Add(1)
		reset(conn)
	}
}

func (g *Gate) socketPrefix(conn net.Conn) netip.Prefix {
	addr := addrOf(conn.RemoteAddr().String())
	if contains(g.cfg.TrustedProxies, addr) {
		return netip.Prefix{}
	}
	return g.capPrefix(addr)
}

// countedConn gives its place back when closed.
type countedConn struct {
	net.Conn // board may put another in its place, before anybody but the handler has it
	place    *place
	once     sync.Once
}

// Close closes the connection and gives its place to the next.
func (c *countedConn) Close() error {
	c.once.Do(c.place.leave)
	return c.Conn.Close()
}

// NetConn is the connection inside.
func (c *countedConn) NetConn() net.Conn { return c.Conn }

// inner looks for a T in a connection or in those it wraps (TLS, a counted one).
func inner[T any](conn net.Conn) (T, bool) {
	for conn != nil {
		if t, ok := conn.(T); ok {
			return t, true
		}
		wrapper, ok := conn.(interface{ NetConn() net.Conn })
		if !ok {
			break
		}
		conn = wrapper.NetConn()
	}
	var none T
	return none, false
}

// reset closes a connection without waiting for what the kernel still holds for it.
func reset(conn net.Conn) {
	if tcp, ok := inner[interface{ SetLinger(sec int) error }](conn); ok {
		_ = tcp.SetLinger(0)
	}
	// TLS would first write an alert, and wait up to five seconds for it.
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn()
	}
	_ = conn.Close()
}
