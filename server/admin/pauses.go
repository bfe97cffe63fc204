package admin

import (
	"math"
	"runtime/metrics"

	"github.com/prometheus/client_golang/prometheus"
)

// pauseBuckets are 5 us to 76 ms by steps of two fifths: the runtime's own are
// many more.
var pauseBuckets = prometheus.ExponentialBuckets(5e-6, 1.5, 25)

// pauseCollector tells how long the garbage collector stopped everything.
type pauseCollector struct{ desc *prometheus.Desc }

func newPauseCollector() pauseCollector {
	return pauseCollector{prometheus.NewDesc("ionwake_gc_pause_seconds", "How long the garbage collector stopped everything, each time.", nil, nil)}
}

func (c pauseCollector) Describe(out chan<- *prometheus.Desc) { out <- c.desc }

func (c pauseCollector) Collect(out chan<- prometheus.Metric) {
	sample := []metrics.Sample{{Name: "/sched/pauses/total/gc:seconds"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindFloat64Histogram {
		return // another Go
	}
	count, sum, buckets := rebucket(sample[0].Value.Float64Histogram(), pauseBuckets)
	out <- prometheus.MustNewConstHistogram(c.desc, count, sum, buckets)
}

// rebucket tells a histogram of the runtime in fewer buckets. What lies across a
// bound counts above it. The sum is estimated from the buckets' upper ends.
func rebucket(h *metrics.Float64Histogram, bounds []float64) (count uint64, sum float64, buckets map[float64]uint64) {
	buckets = make(map[float64]uint64, len(bounds))
	for _, b := range bounds {
		buckets[b] = 0
	}
	for i, n := range h.Counts {
		top := h.Buckets[i+1]
		count += n
		if math.IsInf(top, 1) {
			top = h.Buckets[i]
			sum += float64(n) * top
			continue
		}
		sum += float64(n) * top
		for _, b := range bounds {
			if top <= b {
				buckets[b] += n
			}
		}
	}
	return count, sum, buckets
}
