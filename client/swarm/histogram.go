//go:build !js

package main

import (
	"math/bits"
	"sync/atomic"
	"time"
)

const (
	fine    = 7 // bits of a value that are kept: to half a percent
	octaves = 40
)

// histogram counts values of 0 to 2^40, small ones exactly and large ones to half a
// percent. It may be used from many goroutines.
type histogram struct {
	counts [octaves << fine]atomic.Uint32
	most   atomic.Uint64
}

// slot is where a value is counted.
func slot(v uint64) int {
	v = min(v, 1<<octaves-1)
	if v < 1<<fine {
		return int(v)
	}
	shift := bits.Len64(v) - fine - 1
	return (shift+1)<<fine + int(v>>shift) - 1<<fine
}

// middle is the value in the middle of a slot.
func middle(slot int) float64 {
	if slot < 1<<fine {
		return float64(slot)
	}
	shift := slot>>fine - 1
	low := uint64(1<<fine+slot&(1<<fine-1)) << shift
	return float64(low) + float64(uint64(1)<<shift-1)/2
}

func (h *histogram) add(v uint64) {
	h.counts[slot(v)].Add(1)
	for {
		most := h.most.Load()
		if v <= most || h.most.CompareAndSwap(most, v) {
			return
		}
	}
}

// addTime counts a time in microseconds.
func (h *histogram) addTime(d time.Duration) { h.add(uint64(max(d, 0).Microseconds())) }

// spread is what a report says of a histogram.
type spread struct {
	P50   float64 `json:"p50"`
	P99   float64 `json:"p99"`
	Max   float64 `json:"max"`
	Count uint64  `json:"count"`
}

// spread sums the values up, in units of so much.
func (h *histogram) spread(unit float64) spread {
	var s spread
	for i := range h.counts {
		s.Count += uint64(h.counts[i].Load())
	}
	if s.Count == 0 {
		return s
	}
	s.P50, s.P99 = h.quantile((s.Count+1)/2)/unit, h.quantile(s.Count-s.Count/100)/unit
	s.Max = float64(h.most.Load()) / unit
	return s
}

// quantile returns the value of a rank, from 1.
func (h *histogram) quantile(rank uint64) float64 {
	seen := uint64(0)
	for i := range h.counts {
		if seen += uint64(h.counts[i].Load()); seen >= rank {
			return min(middle(i), float64(h.most.Load()))
		}
	}
	return 0
}
