// Package admin is the host's side of a server: what it says about itself to
// players who look for one, to dashboards and to the programs that watch it.
//
// It knows neither rooms nor sockets: the program fills a Source.
package admin

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/pprof"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Source tells of the server. Its methods are called from any goroutine, each
// time somebody asks.
type Source interface {
	Status() Status
	Health() Health
	Counts() Counts
	// Scene is asked all the time: it must not allocate.
	Scene() Scene
	// Bill tells of one room by its name; false: there is none.
	Bill(room string) (Bill, bool)
}

// Config describes what is watched.
type Config struct {
	Source Source           // must be set
	Stages []string         // what a tick consists of, see Tick
	Now    func() time.Time // time.Now
	Log    *slog.Logger     // nobody
}

// Admin answers questions about one server. Its methods may be called from any
// goroutine.
type Admin struct {
	src      Source
	now      func() time.Time
	log      *slog.Logger
	ticks    *tickMeter
	steady   steady
	registry *prometheus.Registry
}

// New returns an Admin with metrics of its own. It panics if cfg.Source is nil.
func New(cfg Config) *Admin {
	if cfg.Source == nil {
		panic("admin.New without a Source")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	a := &Admin{src: cfg.Source, now: cfg.Now, log: cfg.Log, ticks: newTickMeter(cfg.Stages)}
	a.registry = a.newRegistry()
	return a
}

// Ticked counts one tick of one room. It does not block and does not allocate.
func (a *Admin) Ticked(t Tick) { a.ticks.tick(&t) }

// Rounded counts one round of ticks. It does not block and does not allocate.
func (a *Admin) Rounded(r Round) { a.ticks.rounded(&r) }

// Public serves what everybody may ask on the game port, below /api/v1/.
func (a *Admin) Public() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/v1/status", a.status)
	mux.HandleFunc("/api/v1/rooms", a.rooms)
	mux.HandleFunc("/api/v1/servers", a.servers)
	mux.HandleFunc("/", notFound)
	return a.counted(guarded(shared(mux)))
}

// Private serves what only the host and its watchers may ask. It has no password:
// whoever reaches its port may read. Profiles are answered on the machine itself
// only.
func (a *Admin) Private() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", a.landing)
	mux.HandleFunc("/livez", a.livez)
	mux.HandleFunc("/readyz", a.readyz)
	mux.HandleFunc("/api/v1/status", a.status)
	mux.HandleFunc("/api/v1/rooms", a.rooms)
	mux.HandleFunc("/rooms/{room}/bytes", a.bill)
	mux.Handle("/metrics", promhttp.HandlerFor(a.registry, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelWarn),
	}))
	// No cmdline: the command line of a server may hold what others should not read.
	mux.HandleFunc("/debug/pprof/", localOnly(pprof.Index))
	mux.HandleFunc("/debug/pprof/cmdline", notFound)
	mux.HandleFunc("/debug/pprof/profile", localOnly(pprof.Profile))
	mux.HandleFunc("/debug/pprof/trace", localOnly(pprof.Trace))
	mux.HandleFunc("/", notFound)
	return a.counted(guarded(mux))
}

// headerTimeout is how long a request's header may take.
const headerTimeout = 5 * time.Second

// Server makes an HTTP server for the private port. It has no time limit on
// answers, because profiles take as long as was asked for.
func (a *Admin) Server() *http.Server {
	return &http.Server{
		Handler:           a.Private(),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       headerTimeout,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(a.log.Handler(), slog.LevelDebug),
	}
}

var errNotLocal = errors.New("profiles are for this machine only; forward the port to reach them")
