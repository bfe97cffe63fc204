//go:build linux && (amd64 || arm64)

package main

import (
	"context"
	"fmt"
	"math"
	"net/http"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// scrape is all metrics of a server at one moment.
type scrape map[string]*dto.MetricFamily

func scrapeMetrics(ctx context.Context, admin string) (scrape, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+admin+"/metrics", nil)
	if err != nil {
		return nil, fmt.Errorf("ask for metrics: %w", err)
	}
	res, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
	if err != nil {
		return nil, fmt.Errorf("ask for metrics: %w", err)
	}
	defer res.Body.Close()
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(res.Body)
	if err != nil {
		return nil, fmt.Errorf("read metrics: %w", err)
	}
	return families, nil
}

// sum adds up what the metrics of a name count, those alone that have all labels, given as name, value, name, value. What is not there is 0.
func (s scrape) sum(name string, labels ...string) float64 {
	total := 0.0
	for _, m := range s[name].GetMetric() {
		if has(m, labels) {
			total += m.GetCounter().GetValue() + m.GetGauge().GetValue() + m.GetUntyped().GetValue()
		}
	}
	return total
}

func has(m *dto.Metric, labels []string) bool {
	for i := 0; i < len(labels); i += 2 {
		found := false
		for _, l := range m.GetLabel() {
			found = found || l.GetName() == labels[i] && l.GetValue() == labels[i+1]
		}
		if !found {
			return false
		}
	}
	return true
}

// window is what happened in a server between two moments.
type window struct {
	before, after scrape
	seconds       float64
}

// counted returns by how much a counter has grown.
func (w window) counted(name string, labels ...string) float64 {
	return w.after.sum(name, labels...) - w.before.sum(name, labels...)
}

// rate is counted a second.
func (w window) rate(name string, labels ...string) float64 {
	return ratio(w.counted(name, labels...), w.seconds)
}

// observed returns the sum and the number of a histogram's observations in the window.
func (w window) observed(name string, labels ...string) (sum, count float64) {
	add := func(s scrape, sign float64) {
		for _, m := range s[name].GetMetric() {
			if has(m, labels) {
				sum += sign * m.GetHistogram().GetSampleSum()
				count += sign * float64(m.GetHistogram().GetSampleCount())
			}
		}
	}
	add(w.after, 1)
	add(w.before, -1)
	return sum, count
}

// buckets returns how many observations of a histogram were at most so large each, and how many there were in all.
func (w window) buckets(name string, labels []string) (bounds, counts []float64, all float64) {
	count := func(s scrape, sign float64) {
		for _, m := range s[name].GetMetric() {
			if !has(m, labels) || m.GetHistogram() == nil {
				continue
			}
			all += sign * float64(m.GetHistogram().GetSampleCount())
			for i, b := range m.GetHistogram().GetBucket() {
				if i == len(bounds) {
					bounds, counts = append(bounds, b.GetUpperBound()), append(counts, 0)
				}
				counts[i] += sign * float64(b.GetCumulativeCount())
			}
		}
	}
	count(w.after, 1)
	count(w.before, -1)
	return bounds, counts, all
}

// quantile estimates a quantile of what a histogram observed in the window: inside a bucket, by where it would be if all were spread evenly.
// What is over the last bound counts as that bound. NaN: it observed nothing, or there is none of that name.
func (w window) quantile(q float64, name string, labels ...string) float64 {
	bounds, counts, all := w.buckets(name, labels)
	if all <= 0 {
		return math.NaN()
	}
	low, below := 0.0, 0.0
	for i, count := range counts {
		if count >= q*all && count > below && !math.IsInf(bounds[i], 1) {
			return low + (bounds[i]-low)*(q*all-below)/(count-below)
		}
		if !math.IsInf(bounds[i], 1) {
			low, below = bounds[i], count
		}
	}
	return low
}
