package clip

import "math"

// transform is the modified discrete cosine transform of blocks of Block samples
// (Princen, Johnson, Bradley, 1987) with the power-complementary window of Vorbis
// (Vorbis I specification, section 4.3.1), by way of a DCT of type IV and a complex
// Fourier transform of half the length.
type transform struct {
	window [2 * Block]float64
	twist  [Block / 2]complex128 // exp(-i pi (8n+1) / 8N)
	root   [Block / 4]complex128 // exp(-2 pi i n / (N/2))
	swap   [Block / 2]int        // bit reversal
	work   [Block / 2]complex128
	fold   [Block]float64
}

func newTransform() *transform {
	t := new(transform)
	for i := range t.window {
		s := math.Sin(math.Pi * (float64(i) + 0.5) / (2 * Block))
		t.window[i] = math.Sin(math.Pi / 2 * s * s)
	}
	for i := range t.twist {
		t.twist[i] = turn(-math.Pi * float64(8*i+1) / (8 * Block))
	}
	for i := range t.root {
		t.root[i] = turn(-4 * math.Pi * float64(i) / Block)
	}
	for i := range t.swap {
		for bit, v := 1, i; bit < Block/2; bit, v = bit*2, v/2 {
			t.swap[i] = t.swap[i]*2 + v&1
		}
	}
	return t
}

func turn(angle float64) complex128 {
	s, c := math.Sincos(angle)
	return complex(c, s)
}

// forward turns 2*Block samples into Block coefficients. Neither keeps the other's
// memory.
func (t *transform) forward(in, out []float64) {
	const half = Block / 2
	w := &t.window
	for i := range half {
		b, c, d := half*2-1-i, half*3-1-i, half*3+i
		t.fold[i] = -w[c]*in[c] - w[d]*in[d]
		t.fold[half+i] = w[i]*in[i] - w[b]*in[b]
	}
	t.dct4(&t.fold)
	copy(out, t.fold[:])
}

// inverse adds the 2*Block samples of Block coefficients to out, which is complete
// once the next block has been added from its middle on.
func (t *transform) inverse(in, out []float64) {
	const half = Block / 2
	w := &t.window
	copy(t.fold[:], in)
	t.dct4(&t.fold)
	for i := range half {
		u1, u2 := t.fold[i], t.fold[half+i]
		out[i] += w[i] * u2
		out[Block-1-i] -= w[Block-1-i] * u2
		out[Block+half-1-i] -= w[Block+half-1-i] * u1
		out[Block+half+i] -= w[Block+half+i] * u1
	}
}

// dct4 is the orthonormal DCT of type IV, its own inverse.
func (t *transform) dct4(x *[Block]float64) {
	scale := complex(math.Sqrt(2.0/Block), 0)
	for i := range t.work {
		v := complex(x[2*i], x[Block-1-2*i]) * t.twist[i]
		t.work[t.swap[i]] = v
	}
	t.fourier()
	for i := range t.work {
		y := t.work[i] * t.twist[i] * scale
		x[2*i], x[Block-1-2*i] = real(y), -imag(y)
	}
}

// fourier transforms work, which lies in bit-reversed order (Cooley and Tukey).
func (t *transform) fourier() {
	const n = Block / 2
	for size := 2; size <= n; size *= 2 {
		half, step := size/2, n/size
		for from := 0; from < n; from += size {
			for i := range half {
				a, b := t.work[from+i], t.work[from+half+i]*t.root[i*step]
				t.work[from+i], t.work[from+half+i] = a+b, a-b
			}
		}
	}
}
