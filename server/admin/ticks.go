package admin

import (
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Tick is how one tick of one room went.
type Tick struct {
	Took   time.Duration
	Late   time.Duration   // it began behind its time
	Stages []time.Duration // by Config.Stages; 0: not in this tick, or not timed
}

// Round is how one goroutine let all rooms in its care pass a tick.
type Round struct {
	Took time.Duration
	CPU  time.Duration // of its thread
	Late time.Duration // it began behind its time
}

// tickLength is the time between two ticks: what a round may take at most.
const tickLength = time.Second / 60

// fineBuckets tell percentiles to a tenth: 20 us to 42 ms by steps of a fifth, and
// what is far too long.
var fineBuckets = append(prometheus.ExponentialBuckets(20e-6, 1.2, 43), 0.1, 0.25, 1)

// stageBuckets are 1 us to 32 ms by steps of two.
var stageBuckets = prometheus.ExponentialBuckets(1e-6, 2, 16)

// tickMeter measures time. It neither blocks nor allocates.
type tickMeter struct {
	ticks               atomic.Uint64
	took, late          prometheus.Histogram
	round, cpu, behind  prometheus.Histogram
	overrun             prometheus.Counter
	stages              []prometheus.Observer
	perStage            *prometheus.HistogramVec
	longest, longestCPU peak // of rounds
}

func newTickMeter(stages []string) *tickMeter {
	fine := func(name, help string) prometheus.Histogram {
		return prometheus.NewHistogram(prometheus.HistogramOpts{Name: name, Help: help, Buckets: fineBuckets})
	}
	m := &tickMeter{
		took:   fine("ionwake_tick_duration_seconds", "How long a tick of a room took."),
		late:   fine("ionwake_tick_lateness_seconds", "How late a tick of a room began."),
		round:  fine("ionwake_round_duration_seconds", "How long it took to let all rooms of one core pass a tick; more than 1/60 s is too long."),
		cpu:    fine("ionwake_round_cpu_seconds", "CPU time of the thread that let all rooms of one core pass a tick."),
		behind: fine("ionwake_round_lateness_seconds", "How late a round of ticks began."),
		overrun: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "ionwake_tick_overrun_total", Help: "Rounds of ticks that took longer than a tick lasts (1/60 s).",
		}),
		perStage: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "ionwake_tick_stage_seconds", Help: "How long the stages of a tick of a room took; compose and write are parts of send, timed at one send in 31.", Buckets: stageBuckets,
		}, []string{"stage"}),
	}
	for _, s := range stages {
		m.stages = append(m.stages, m.perStage.WithLabelValues(s))
	}
	return m
}

func (m *tickMeter) collectors() []prometheus.Collector {
	longest := func(name, help string, p *peak) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return p.seconds() })
	}
	return []prometheus.Collector{
		m.took, m.late, m.round, m.cpu, m.behind, m.overrun, m.perStage,
		longest("ionwake_round_duration_max_seconds", "The longest round of ticks of the last 15 to 30 seconds.", &m.longest),
		longest("ionwake_round_cpu_max_seconds", "The most CPU time of a round of ticks in the last 15 to 30 seconds.", &m.longestCPU),
	}
}

func (m *tickMeter) tick(t *Tick) {
	m.ticks.Add(1)
	m.took.Observe(t.Took.Seconds())
	m.late.Observe(t.Late.Seconds())
	for i, took := range t.Stages {
		if took > 0 && i < len(m.stages) {
			m.stages[i].Observe(took.Seconds())
		}
	}
}

func (m *tickMeter) rounded(r *Round) {
	m.round.Observe(r.Took.Seconds())
	m.cpu.Observe(r.CPU.Seconds())
	m.behind.Observe(r.Late.Seconds())
	m.longest.saw(r.Took)
	m.longestCPU.saw(r.CPU)
	if r.Took > tickLength {
		m.overrun.Inc()
	}
}

// turn begins the next window of the longest times.
func (m *tickMeter) turn() {
	m.longest.turn()
	m.longestCPU.turn()
}

// peak is the longest time of this window and the one before, so that whoever looks
// once a window, or more often, misses none.
type peak struct{ now, before atomic.Int64 }

func (p *peak) saw(d time.Duration) {
	for most := p.now.Load(); int64(d) > most; most = p.now.Load() {
		if p.now.CompareAndSwap(most, int64(d)) {
			return
		}
	}
}

func (p *peak) turn() { p.before.Store(p.now.Swap(0)) }

func (p *peak) seconds() float64 {
	return time.Duration(max(p.now.Load(), p.before.Load())).Seconds()
}
