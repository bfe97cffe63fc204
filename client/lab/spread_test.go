//go:build !js

package lab_test

import (
	"fmt"
	"slices"
	"time"
)

// spread is a lot of numbers, of which one wants to know how they are spread.
type spread struct {
	all    []float32
	sorted bool
}

func (s *spread) add(x float64) { s.all, s.sorted = append(s.all, float32(x)), false }

func (s *spread) addTime(d time.Duration) { s.add(float64(d) / float64(time.Millisecond)) }

// at returns the number below which share (0 to 1) of all lie; 0 if there are none.
func (s *spread) at(share float64) float64 {
	if len(s.all) == 0 {
		return 0
	}
	if !s.sorted {
		slices.Sort(s.all)
		s.sorted = true
	}
	return float64(s.all[min(int(share*float64(len(s.all))), len(s.all)-1)])
}

func (s *spread) median() float64 { return s.at(0.5) }
func (s *spread) most() float64   { return s.at(1) }
func (s *spread) count() int      { return len(s.all) }

// String is median and 99th percentile.
func (s *spread) String() string { return fmt.Sprintf("%.1f/%.1f", s.at(0.5), s.at(0.99)) }

// whole is the same without fractions.
func (s *spread) whole() string { return fmt.Sprintf("%.0f/%.0f", s.at(0.5), s.at(0.99)) }
