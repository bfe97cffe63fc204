// Package gate owns the sockets of the game port: it accepts and limits connections, upgrades them to WebSocket (RFC 6455), validates every
// frame header before the library parses it, and moves whole binary messages in and out. It knows bytes and never what they mean.
//
// Connections ride on pumps (see Pump), which move their bytes when they are told to, where the system has them and the gate was given some. Any other
// connection has a reader goroutine, which calls its Peer, and a writer goroutine, which alone writes to the socket. Either holds one outgoing
// frame and never a queue: who has a newer frame before TCP took the last one keeps it and tries again at the next tick.
package gate

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/lxzan/gws"
)

// Subprotocol is the WebSocket subprotocol this server speaks (RFC 6455 section 1.9).
const Subprotocol = "ionwake.v1"

// Peer is the other end of a connection inside the server.
type Peer interface {
	// Receive handles one whole binary message on the connection's reader goroutine, or on the one that turns its pump; data is valid only
	// during the call, which must not block.
	// A non-nil error closes the connection: a *CloseError with its code, anything else with CloseUndecodable.
	Receive(data []byte) error
	// Closed is called exactly once, after the last Receive, when the connection has ended for whatever reason (also after a recovered panic).
	Closed()
}

// Config says whom the gate lets in and how patient it is. Every zero field means the default named beside it.
type Config struct {
	// Accept makes the peer of a new connection. It is called after the 101 was written and before the first read, on the goroutine of the
	// HTTP handler; r is valid only during the call. It may already Send or Close. Nil, or a nil Peer, ends the connection (CloseOverload
	// unless Accept closed it with something better).
	Accept func(c *Conn, r *http.Request) Peer
	// Logger hears of our own faults (error) and of connections that misbehave (debug). Default: nobody.
	Logger *slog.Logger

	// Pumps move the bytes of TCP connections as long as somebody calls their Turn; see NewPumps. Default: goroutines of each connection's own.
	Pumps []*Pump

	Origins        []string       // pages that may connect beside the server's own, as "https://host[:port]"; see ParseOrigin
	TrustedProxies []netip.Prefix // whose X-Forwarded-For and X-Forwarded-Proto are believed, one hop deep; default: nobody's
	Exempt         []netip.Prefix // addresses without per-prefix caps, such as a load test's loopback; default: none

	MaxConns             int // WebSocket connections in all; default 4096
	MaxPerPrefix         int // of them from one /32 (IPv4) or /64 (IPv6); default 256: a school or a LAN party behind one address
	MaxGreeting          int // connections in all that have not been admitted yet; default 2000
	MaxGreetingPerPrefix int // of them from one prefix; default 64

	HeaderTimeout  time.Duration // for the request's header; default 5 s
	HelloTimeout   time.Duration // from the upgrade to Conn.Admit; default 2 s
	MessageTimeout time.Duration // from a message's first byte to its last; default 5 s
	PingEvery      time.Duration // between our pings, which keep proxies from cutting the line; less than LostAfter; default 10 s
	LostAfter      time.Duration // without a byte from the client; default 15 s
	SlowAfter      time.Duration // for TCP to take one frame; default 10 s
	CloseTimeout   time.Duration // from Close to the end of the TCP connection; default 2 s

	MessageRate int // data frames a second, and as many at once; default 400, far above the 60 a client sends: rooms have finer limits
	ByteRate    int // payload bytes a second, and twice as many at once; default 64 KiB
}

func (c Config) withDefaults() Config {
	set := func(field *int, value int) {
		if *field <= 0 {
			*field = value
		}
	}
	last := func(field *time.Duration, value time.Duration) {
		if *field <= 0 {
			*field = value
		}
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	set(&c.MaxConns, 4096)
	set(&c.MaxPerPrefix, 256)
	set(&c.MaxGreeting, 2000)
	set(&c.MaxGreetingPerPrefix, 64)
	set(&c.MessageRate, 400)
	set(&c.ByteRate, 64<<10)
	last(&c.HeaderTimeout, 5*time.Second)
	last(&c.HelloTimeout, 2*time.Second)
	last(&c.MessageTimeout, 5*time.Second)
	last(&c.PingEvery, 10*time.Second)
	last(&c.LostAfter, 15*time.Second)
	last(&c.SlowAfter, 10*time.Second)
	last(&c.CloseTimeout, 2*time.Second)
	return c
}

// Gate is the door of one server. Its methods may be called from any goroutine.
type Gate struct {
	cfg     Config
	origins map[origin]bool
	spoken  *gws.Upgrader // answers with our subprotocol
	mute    *gws.Upgrader // answers without one
	sockets *caps         // TCP connections, by the address of the socket
	players *caps         // WebSocket connections, by the address of the client
	counts  counters
	faults  *faultLog

	mu       sync.Mutex
	conns    map[*Conn]struct{}
	draining bool
	empty    chan struct{} // closed when draining and the last connection has gone
}

// New makes a gate. An entry of cfg.Origins that ParseOrigin refuses is logged as an error and lets nobody in.
func New(cfg Config) *Gate {
	cfg = cfg.withDefaults()
	g := &Gate{
		cfg:     cfg,
		origins: make(map[origin]bool, len(cfg.Origins)),
		spoken:  newUpgrader(Subprotocol),
		mute:    newUpgrader(),
		conns:   make(map[*Conn]struct{}),
		empty:   make(chan struct{}),
		faults:  newFaultLog(cfg.Logger),
		sockets: newCaps(capLimits{
			// Beside its game a browser keeps up to six connections for the page: room for them, still bounded.
			all: 2*cfg.MaxConns + cfg.MaxGreeting, per: 4*cfg.MaxPerPrefix + cfg.MaxGreetingPerPrefix,
			fresh: cfg.MaxGreeting, freshPer: cfg.MaxGreetingPerPrefix,
		}),
		players: newCaps(capLimits{
			all: cfg.MaxConns, per: cfg.MaxPerPrefix,
			fresh: cfg.MaxGreeting, freshPer: cfg.MaxGreetingPerPrefix,
		}),
	}
	for _, text := range cfg.Origins {
		o, err := parseOrigin(text)
		if err != nil {
			cfg.Logger.Error("origin ignored", "origin", text, "error", err)
			continue
		}
		g.origins[o] = true
	}
	return g
}

// hangAfter is how long after CloseTimeout Shutdown waits for connections whose peers may hang.
const hangAfter = time.Second

// ErrHung is what Shutdown returns when connections were cut and left behind because their peers, or who turns their pumps, did nothing any more.
var ErrHung = errors.New("peers hang")

// Shutdown refuses new connections, closes those there are with CloseRestart and waits until they are gone, or until ctx ends: then it cuts
// what is left and returns ctx's error. It waits no longer than CloseTimeout and a second. Rooms that want to say more than the close code do so
// before.
func (g *Gate) Shutdown(ctx context.Context) error {
	g.mu.Lock()
	first := !g.draining
	g.draining = true
	if first && len(g.conns) == 0 {
		close(g.empty)
	}
	g.mu.Unlock()

	for _, c := range g.list() {
		c.Close(nil, CloseRestart, "")
	}
	hung := time.NewTimer(g.cfg.CloseTimeout + hangAfter)
	defer hung.Stop()
	err := ErrHung
	select {
	case <-g.empty:
		return nil
	case <-hung.C:
	case <-ctx.Done():
		err = ctx.Err()
	}
	left := g.list()
	for _, c := range left {
		c.cut()
	}
	return fmt.Errorf("close %d connections: %w", len(left), err)
}

func (g *Gate) list() []*Conn {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Collect(maps.Keys(g.conns))
}

// enlist adds a connection to those that Shutdown ends. It reports false when the gate is shutting down.
func (g *Gate) enlist(c *Conn) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.draining {
		return false
	}
	g.conns[c] = struct{}{}
	return true
}

func (g *Gate) forget(c *Conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, there := g.conns[c]; !there {
		return
	}
	delete(g.conns, c)
	if g.draining && len(g.conns) == 0 {
		close(g.empty)
	}
}

func (g *Gate) isDraining() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.draining
}
