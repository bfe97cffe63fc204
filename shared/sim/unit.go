package sim

import "math/bits"

// Unit is a length or a position in 1/1024 of a world unit. A ship is 32 world
// units wide. Speeds are Units per tick.
type Unit int32

// One is one world unit.
const One Unit = 1024

// Units converts whole world units.
func Units(n int) Unit { return Unit(n) * One }

// Float returns u in world units, for drawing and statistics only: nothing that
// decides the game may use it.
func (u Unit) Float() float64 { return float64(u) / float64(One) }

// Vec is a point or a velocity. X grows to the right, Y grows downwards.
type Vec struct{ X, Y Unit }

// Add returns v+o.
func (v Vec) Add(o Vec) Vec { return Vec{v.X + o.X, v.Y + o.Y} }

// Sub returns v-o.
func (v Vec) Sub(o Vec) Vec { return Vec{v.X - o.X, v.Y - o.Y} }

// Div returns v/n, rounded towards zero.
func (v Vec) Div(n Unit) Vec { return Vec{v.X / n, v.Y / n} }

// Len2 returns the squared length, in Units squared.
func (v Vec) Len2() int64 { return int64(v.X)*int64(v.X) + int64(v.Y)*int64(v.Y) }

// Len returns the length, rounded down.
func (v Vec) Len() Unit { return Unit(isqrt(v.Len2())) }

// Dot returns the scalar product, in Units squared.
func (v Vec) Dot(o Vec) int64 { return int64(v.X)*int64(o.X) + int64(v.Y)*int64(o.Y) }

// clampLen shortens v to at most limit, keeping its direction up to rounding.
func (v Vec) clampLen(limit Unit) Vec {
	l2 := v.Len2()
	if l2 <= int64(limit)*int64(limit) {
		return v
	}
	l := isqrt(l2)
	return Vec{Unit(int64(v.X) * int64(limit) / l), Unit(int64(v.Y) * int64(limit) / l)}
}

// isqrt returns the integer square root of n >= 0, by Newton's method.
func isqrt(n int64) int64 {
	if n < 2 {
		return n
	}
	x := int64(1) << ((bits.Len64(uint64(n)) + 1) / 2)
	for {
		y := (x + n/x) / 2
		if y >= x {
			return x
		}
		x = y
	}
}

func abs(u Unit) Unit {
	if u < 0 {
		return -u
	}
	return u
}
