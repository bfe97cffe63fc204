package sim

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestAngle_DirIsAUnitVector(t *testing.T) {
	for a := range Angle(AngleSteps) {
		x, y := a.Dir()
		turn := 2 * math.Pi * float64(a) / AngleSteps
		if dx, dy := float64(x)-sineOne*math.Cos(turn), float64(y)-sineOne*math.Sin(turn); math.Abs(dx) > 0.6 || math.Abs(dy) > 0.6 {
			t.Errorf("%d: got (%d, %d), off by (%.2f, %.2f)", a, x, y, dx, dy)
		}
		if back := (Vec{Unit(x), Unit(y)}).Angle(); back != a {
			t.Errorf("%d comes back as %d", a, back)
		}
	}
}

func TestVec_AngleIsLessThanAStepOff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := Vec{
			Unit(rapid.Int32Range(-1<<25, 1<<25).Draw(t, "x")),
			Unit(rapid.Int32Range(-1<<25, 1<<25).Draw(t, "y")),
		}
		if v == (Vec{}) {
			return
		}
		want := math.Atan2(float64(v.Y), float64(v.X)) / (2 * math.Pi) * AngleSteps
		off := math.Mod(float64(v.Angle())-want+2.5*AngleSteps, AngleSteps) - AngleSteps/2
		if math.Abs(off) > 0.85 {
			t.Fatalf("%v: got %d, off by %.2f steps", v, v.Angle(), off)
		}
	})
}

func TestAngle_DeltaUndoesTurn(t *testing.T) {
	for _, c := range []struct {
		a, b Angle
		want int
	}{{0, 0, 0}, {0, 1, 1}, {0, 1023, -1}, {1000, 10, 34}, {10, 1000, -34}, {0, 512, -512}, {0, 511, 511}} {
		if got := c.a.Delta(c.b); got != c.want {
			t.Errorf("from %d to %d: %d, want %d", c.a, c.b, got, c.want)
		}
		if got := c.a.Turn(c.want); got != c.b {
			t.Errorf("%d turned by %d is %d, want %d", c.a, c.want, got, c.b)
		}
	}
}

func TestIsqrt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 1<<52).Draw(t, "n")
		r := isqrt(n)
		if r*r > n || (r+1)*(r+1) <= n {
			t.Fatalf("root of %d is %d", n, r)
		}
	})
	for n := range int64(1000) {
		if r := isqrt(n); r*r > n || (r+1)*(r+1) <= n {
			t.Errorf("root of %d is %d", n, r)
		}
	}
}

func TestVec_ClampLen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := Vec{Unit(rapid.Int32Range(-1<<20, 1<<20).Draw(t, "x")), Unit(rapid.Int32Range(-1<<20, 1<<20).Draw(t, "y"))}
		limit := Unit(rapid.Int32Range(1, 1<<20).Draw(t, "limit"))
		got := v.clampLen(limit)
		if v.Len2() <= int64(limit)*int64(limit) {
			if got != v {
				t.Fatalf("%v within %d became %v", v, limit, got)
			}
			return
		}
		if got.Len() > limit+1 || got.Len() < limit-3 {
			t.Fatalf("%v cut to %d is %d long", v, limit, got.Len())
		}
	})
}

// Rand is SplitMix64: the first numbers of seed 0 are the published ones.
func TestRand_IsSplitMix64(t *testing.T) {
	r := Rand(0)
	for i, want := range []uint64{0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f} {
		if got := r.Uint64(); got != want {
			t.Errorf("number %d is %x, want %x", i, got, want)
		}
	}
	for n := 1; n < 50; n++ {
		for range 50 {
			if got := r.Intn(n); got < 0 || got >= n {
				t.Fatalf("Intn(%d) is %d", n, got)
			}
		}
	}
}
