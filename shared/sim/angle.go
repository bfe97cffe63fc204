package sim

// Angle is a direction in 1/1024 of a full turn, 0 to 1023. 0 points right
// (+X), 256 points down (+Y): clockwise on a screen.
type Angle uint16

// AngleSteps is the number of directions; angles wrap at it.
const AngleSteps = 1024

// sineOne is the length of the vector Angle.Dir returns.
const sineOne = 16384

// Dir returns the unit vector of a, 16384 long.
func (a Angle) Dir() (x, y int32) { return sine(a + 256), sine(a) }

// Vec returns a vector of the given length in direction a.
func (a Angle) Vec(length Unit) Vec {
	x, y := a.Dir()
	return Vec{
		Unit(int64(x) * int64(length) / sineOne),
		Unit(int64(y) * int64(length) / sineOne),
	}
}

// Delta returns the shortest turn from a to b, -512 to 511 steps.
func (a Angle) Delta(b Angle) int {
	d := (int(b) - int(a)) & (AngleSteps - 1)
	if d >= AngleSteps/2 {
		d -= AngleSteps
	}
	return d
}

// Turn returns a turned by d steps.
func (a Angle) Turn(d int) Angle { return Angle((int(a) + d) & (AngleSteps - 1)) }

func sine(a Angle) int32 {
	a &= AngleSteps - 1
	switch {
	case a <= 256:
		return sineQuarter[a]
	case a <= 512:
		return sineQuarter[512-a]
	case a <= 768:
		return -sineQuarter[a-512]
	default:
		return -sineQuarter[1024-a]
	}
}

// Angle returns the direction of v, less than a step off; the zero vector points
// right.
func (v Vec) Angle() Angle {
	x, y := int64(abs(v.X)), int64(abs(v.Y))
	if x == 0 && y == 0 {
		return 0
	}
	var eighth int32
	if x >= y {
		eighth = arcTangent[(y*512/x+1)/2]
	} else {
		eighth = 256*64 - arcTangent[(x*512/y+1)/2]
	}
	steps := int((eighth + 32) / 64) // 0..256: first quarter
	if v.X < 0 {
		steps = 512 - steps
	}
	if v.Y < 0 {
		steps = -steps
	}
	return Angle(steps & (AngleSteps - 1))
}
