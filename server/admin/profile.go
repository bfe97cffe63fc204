package admin

import (
	"fmt"
	"io"
	"net/http"
	"runtime"
	"runtime/pprof"
	"runtime/trace"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The profiles of /debug/pprof/ as "go tool pprof" and "go tool trace" ask for them. They
// are the runtime's own; net/http/pprof would add the command line, which may hold what
// others should not read, differences of profiles, and 150 kB to the program.

// longestProfile is how long a profile or a trace may take.
const longestProfile = 5 * time.Minute

// profile answers /debug/pprof/NAME: profile (CPU, ?seconds=30), trace (?seconds=1), one of
// the runtime's (goroutine, heap, ...; ?debug=1 and 2 are to be read, ?gc=1 collects garbage
// first); without a name it lists them.
func profile(w http.ResponseWriter, r *http.Request) {
	switch name := strings.TrimPrefix(r.URL.Path, "/debug/pprof/"); name {
	case "":
		listProfiles(w)
	case "profile":
		record(w, r, 30*time.Second, pprof.StartCPUProfile, pprof.StopCPUProfile)
	case "trace":
		record(w, r, time.Second, trace.Start, trace.Stop)
	default:
		snapshot(w, r, name)
	}
}

func listProfiles(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	names := []string{"profile?seconds=30", "trace?seconds=1"}
	for _, p := range pprof.Profiles() {
		names = append(names, fmt.Sprintf("%s (%d)", p.Name(), p.Count()))
	}
	slices.Sort(names)
	_, _ = fmt.Fprintf(w, "profiles, for go tool pprof:\n%s\n", strings.Join(names, "\n"))
}

// record starts something, waits as long as is asked for or until nobody waits for it any
// more, and stops it.
func record(w http.ResponseWriter, r *http.Request, usual time.Duration, start func(io.Writer) error, stop func()) {
	lasts := usual
	if text := r.URL.Query().Get("seconds"); text != "" {
		seconds, err := strconv.ParseFloat(text, 64)
		lasts = time.Duration(seconds * float64(time.Second))
		if err != nil || lasts <= 0 || lasts > longestProfile {
			http.Error(w, fmt.Sprintf("seconds has to be more than 0 and at most %d", int(longestProfile/time.Second)), http.StatusBadRequest)
			return
		}
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	if err := start(w); err != nil {
		http.Error(w, "another one is being taken: "+err.Error(), http.StatusConflict)
		return
	}
	defer stop()
	select {
	case <-r.Context().Done():
	case <-time.After(lasts):
	}
}

func snapshot(w http.ResponseWriter, r *http.Request, name string) {
	p := pprof.Lookup(name)
	if p == nil {
		notFound(w, r)
		return
	}
	query := r.URL.Query()
	if name == "heap" && query.Get("gc") == "1" {
		runtime.GC()
	}
	debug, _ := strconv.Atoi(query.Get("debug"))
	w.Header().Set("Content-Type", "application/octet-stream")
	if debug > 0 {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	}
	_ = p.WriteTo(w, debug) // whoever asked is gone
}
