package admin

import (
	"context"
	"net/http"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

const (
	// steadyWindow is how often the heap is looked at. It stops the world for some tens
	// of microseconds.
	steadyWindow = 2 * time.Second
	// peakWindow is how long a window of the longest times is, in steadyWindows.
	peakWindow = 8
)

// Scene is what stays as it is while there is nothing but play.
type Scene struct {
	Sockets, Connections, Greeting int
	Upgraded, Refused, TurnedAway  uint64
	RoomsOpened, RoomsCrashed      uint64
}

// steady adds up what the process takes from the heap while there is nothing but
// play: in times in which nobody came or went, no room opened and nobody asked for
// figures.
type steady struct {
	ticks, allocs, bytes atomic.Uint64
	asked                atomic.Uint64 // requests that began, and that ended

	mem runtime.MemStats // scratch of Run: it would be taken from the heap
}

// mark is the heap at the end of a window, and what must not have changed in it.
type mark struct {
	allocs, bytes, ticks, asked uint64
	scene                       Scene
}

// Run looks at the heap now and then, until ctx ends. It takes nothing from it.
func (a *Admin) Run(ctx context.Context) error {
	beat := time.NewTicker(steadyWindow)
	defer beat.Stop()
	var began mark
	for n := 1; ; n++ {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-beat.C:
		}
		began = a.window(began)
		a.graph.turn(a.now(), a.src.Flow(), began.scene.Connections)
		if n%peakWindow == 0 {
			a.ticks.turn()
		}
	}
}

// window ends a window and begins the next.
func (a *Admin) window(began mark) mark {
	m := &a.steady.mem
	runtime.ReadMemStats(m) // exact: runtime/metrics counts small objects a page at a time
	now := mark{
		allocs: m.Mallocs, bytes: m.TotalAlloc, ticks: a.ticks.ticks.Load(),
		asked: a.steady.asked.Load(), scene: a.src.Scene(),
	}
	if now.scene == began.scene && now.asked == began.asked && began.allocs > 0 {
		a.steady.ticks.Add(now.ticks - began.ticks)
		a.steady.allocs.Add(now.allocs - began.allocs)
		a.steady.bytes.Add(now.bytes - began.bytes)
	}
	return now
}

// counted has requests end a steady time.
func (a *Admin) counted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.steady.asked.Add(1)
		defer a.steady.asked.Add(1)
		next.ServeHTTP(w, r)
	})
}

func (s *steady) collectors() []prometheus.Collector {
	counter := func(name, help string, n *atomic.Uint64) prometheus.Collector {
		return prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, func() float64 { return float64(n.Load()) })
	}
	const when = " in times in which nobody came or went and no figures were asked for."
	return []prometheus.Collector{
		counter("ionwake_steady_ticks_total", "Ticks of rooms"+when, &s.ticks),
		counter("ionwake_steady_allocations_total", "Objects taken from the heap by the whole process"+when, &s.allocs),
		counter("ionwake_steady_allocated_bytes_total", "Bytes taken from the heap by the whole process"+when, &s.bytes),
	}
}
