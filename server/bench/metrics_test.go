//go:build linux && (amd64 || arm64)

package main

import (
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const metricsBefore = `# TYPE sent counter
sent{dir="in"} 10
sent{dir="out"} 100
# TYPE took histogram
took_bucket{stage="a",le="1"} 100
took_bucket{stage="a",le="2"} 100
took_bucket{stage="a",le="+Inf"} 100
took_sum{stage="a"} 50
took_count{stage="a"} 100
`

const metricsAfter = `# TYPE sent counter
sent{dir="in"} 40
sent{dir="out"} 200
# TYPE took histogram
took_bucket{stage="a",le="1"} 100
took_bucket{stage="a",le="2"} 190
took_bucket{stage="a",le="4"} 199
took_bucket{stage="a",le="+Inf"} 200
took_sum{stage="a"} 250
took_count{stage="a"} 200
`

func scraped(t *testing.T, text string) scrape {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(text)) }))
	defer srv.Close()
	m, err := scrapeMetrics(t.Context(), strings.TrimPrefix(srv.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestWindowOfMetrics(t *testing.T) {
	// A histogram has the same buckets at all times; here the last is left out before, as if nothing had been so large.
	before := strings.Replace(metricsBefore, `took_bucket{stage="a",le="+Inf"}`, "took_bucket{stage=\"a\",le=\"4\"} 100\ntook_bucket{stage=\"a\",le=\"+Inf\"}", 1)
	w := window{before: scraped(t, before), after: scraped(t, metricsAfter), seconds: 10}
	if got := w.rate("sent", "dir", "in"); got != 3 {
		t.Errorf("rate %v, want 3", got)
	}
	if got := w.counted("sent"); got != 130 {
		t.Errorf("counted %v of both directions, want 130", got)
	}
	if sum, count := w.observed("took", "stage", "a"); sum != 200 || count != 100 {
		t.Errorf("observed %v in %v, want 200 in 100", sum, count)
	}
	for _, c := range []struct{ q, want float64 }{{0.45, 1.5}, {0.9, 2}, {0.945, 3}, {1, 4}} {
		if got := w.quantile(c.q, "took", "stage", "a"); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("quantile %v is %v, want %v", c.q, got, c.want)
		}
	}
	if got := w.quantile(0.5, "nothing"); !math.IsNaN(got) {
		t.Errorf("a quantile of nothing is %v", got)
	}
	if got := w.quantile(0.5, "took", "stage", "b"); !math.IsNaN(got) {
		t.Errorf("a quantile of another stage is %v", got)
	}
}
