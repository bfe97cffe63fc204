package view

import "math"

// chance is a small random source for looks only (SplitMix64): nothing in the
// game depends on it.
type chance uint64

func (c *chance) next() uint64 {
	*c += 0x9e3779b97f4a7c15
	z := uint64(*c)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// unit returns a number from 0 up to 1.
func (c *chance) unit() float64 { return float64(c.next()>>11) / (1 << 53) }

// span returns a number from lo up to hi.
func (c *chance) span(lo, hi float64) float64 { return lo + (hi-lo)*c.unit() }

// turn returns a direction in radians.
func (c *chance) turn() float64 { return c.unit() * 2 * math.Pi }
