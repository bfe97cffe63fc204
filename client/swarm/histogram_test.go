//go:build !js

package main

import (
	"math"
	"testing"
)

func TestHistogramSlots(t *testing.T) {
	for v := uint64(1); v < 1<<40; v += v/3 + 1 {
		if got := middle(slot(v)); math.Abs(got-float64(v)) > float64(v)/200 {
			t.Errorf("%d is kept as %v", v, got)
		}
	}
	for v := range uint64(1 << fine) {
		if got := middle(slot(v)); got != float64(v) {
			t.Errorf("%d is kept as %v", v, got)
		}
	}
	if got, most := slot(math.MaxUint64), len(new(histogram).counts); got >= most {
		t.Errorf("slot %d of %d", got, most)
	}
}

func TestHistogramSpread(t *testing.T) {
	var h histogram
	if got := h.spread(1); got != (spread{}) || got.String() != "-" {
		t.Errorf("of nothing: %+v %q", got, got)
	}
	for v := range uint64(1000) {
		h.add(v + 1)
	}
	got := h.spread(10)
	if got.Count != 1000 || got.Max != 100 || math.Abs(got.P50-50) > 0.5 || math.Abs(got.P99-99) > 0.7 {
		t.Errorf("of 1 to 1000, in tens: %+v", got)
	}
	if got.String() != "50.0  p99 99.0  max 100" && got.P50 == 50 && got.P99 == 99 {
		t.Errorf("as text: %q", got)
	}
	var one histogram
	one.add(777)
	if got := one.spread(1); got.P50 != got.Max || got.P99 != got.Max {
		t.Errorf("of one value: %+v", got)
	}
}
