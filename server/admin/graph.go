package admin

import (
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// graphSize is how many windows of two seconds a dashboard shows: ten minutes.
const graphSize = 300

// Flow is what has gone through the server since its start. Asking for it must not
// allocate.
type Flow struct{ BytesIn, BytesOut uint64 }

// Sample is how the server was in one window.
type Sample struct {
	Time    int64   `json:"t"`    // seconds since 1970
	Mean    float64 `json:"mean"` // ms of a round of ticks
	Longest float64 `json:"max"`
	In      float64 `json:"in"` // bytes a second
	Out     float64 `json:"out"`
	People  int     `json:"people"` // connected
}

// graph keeps samples. It neither allocates nor holds up who measures.
type graph struct {
	rounds, took, longest atomic.Int64 // of this window

	mu      sync.Mutex
	samples [graphSize]Sample
	total   int
	last    time.Time
	flow    Flow
}

func (g *graph) rounded(took time.Duration) {
	g.rounds.Add(1)
	g.took.Add(int64(took))
	for most := g.longest.Load(); int64(took) > most; most = g.longest.Load() {
		if g.longest.CompareAndSwap(most, int64(took)) {
			return
		}
	}
}

// turn ends a window.
func (g *graph) turn(now time.Time, flow Flow, people int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	rounds, took, longest := g.rounds.Swap(0), g.took.Swap(0), g.longest.Swap(0)
	span := now.Sub(g.last).Seconds()
	first := g.last.IsZero()
	was := g.flow
	g.last, g.flow = now, flow
	if first || span <= 0 {
		return
	}
	s := Sample{Time: now.Unix(), Longest: millis(longest), People: people}
	if rounds > 0 {
		s.Mean = millis(took / rounds)
	}
	s.In = math.Round(float64(flow.BytesIn-was.BytesIn) / span)
	s.Out = math.Round(float64(flow.BytesOut-was.BytesOut) / span)
	g.samples[g.total%graphSize] = s
	g.total++
}

func millis(ns int64) float64 { return math.Round(float64(ns)/1e3) / 1e3 }

// since returns the samples after the first seen ones, the oldest first.
func (g *graph) since(seen int) (list []Sample, now int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i := max(seen, g.total-graphSize, 0); i < g.total; i++ {
		list = append(list, g.samples[i%graphSize])
	}
	return list, g.total
}
