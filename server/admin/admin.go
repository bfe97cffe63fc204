// Package admin is the host's side of a server: what it says about itself to
// players who look for one, to dashboards and to the programs that watch it.
//
// It knows neither rooms nor sockets: the program fills a Source.
package admin

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
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
	// Flow is asked all the time too.
	Flow() Flow
}

// Config describes what is watched.
type Config struct {
	Source Source           // must be set
	Ladder *Ladder          // no results are kept
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
	graph    graph
	desk     *desk   // nil: nobody can sign in
	tops     *Ladder // nil: no results are kept
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
	a := &Admin{src: cfg.Source, now: cfg.Now, log: cfg.Log, ticks: newTickMeter(cfg.Stages), tops: cfg.Ladder}
	a.registry = a.newRegistry()
	return a
}

// Ticked counts one tick of one room. It does not block and does not allocate.
func (a *Admin) Ticked(t Tick) { a.ticks.tick(&t) }

// Rounded counts one round of ticks. It does not block and does not allocate.
func (a *Admin) Rounded(r Round) {
	a.ticks.rounded(&r)
	a.graph.rounded(r.Took)
}

// Public serves what everybody may ask on the game port, below /api/v1/.
func (a *Admin) Public() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/v1/status", a.status)
	mux.HandleFunc("/api/v1/rooms", a.rooms)
	mux.HandleFunc("/api/v1/servers", a.servers)
	mux.HandleFunc("/api/v1/ladder", a.ladder)
	mux.HandleFunc("/api/v1/career", a.career)
	mux.HandleFunc("/", notFound)
	return a.counted(guarded(shared(mux)))
}

// Private serves what only the host and its watchers may ask: whether the server is
// alive, to anybody who reaches the port; figures, to neighbours and to those who are
// signed in; profiles, on the machine itself only; and the dashboard, to those alone
// who are signed in, from wherever they come.
func (a *Admin) Private() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/livez", a.livez)
	mux.HandleFunc("/readyz", a.readyz)
	mux.HandleFunc("/api/v1/status", a.neighbours(a.status))
	mux.HandleFunc("/api/v1/rooms", a.neighbours(a.rooms))
	mux.HandleFunc("/rooms/{room}/bytes", a.neighbours(a.bill))
	mux.HandleFunc("/metrics", a.neighbours(a.exposition))
	mux.HandleFunc("/debug/pprof/", localOnly(profile))
	mux.HandleFunc("/", notFound)
	return a.counted(a.withBoard(guarded(mux)))
}

// withBoard has the desk answer what is for it.
func (a *Admin) withBoard(next http.Handler) http.Handler {
	if a.desk == nil {
		return next
	}
	board := a.desk.board()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p := r.URL.Path; p == "/" || p == "/console" || strings.HasPrefix(p, "/host/") {
			board.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
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
