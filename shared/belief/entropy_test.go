package belief

import (
	"testing"

	"ionwake/shared/sim"
)

// TestEntropyRoundTrip codes random bits under random probabilities, skewed ones
// too, and reads them back.
func TestEntropyRoundTrip(t *testing.T) {
	rng := sim.Rand(1)
	for trial := range 20000 {
		n := rng.Intn(200)
		probs, bits := make([]prob, n), make([]int, n)
		var e encoder
		e.reset(nil)
		for i := range n {
			probs[i] = prob(1 + rng.Intn(probOne-1))
			if rng.Intn(3) == 0 {
				probs[i] = probOne - 31
			}
			if rng.Intn(probOne) >= int(probs[i]) || rng.Intn(20) == 0 {
				bits[i] = 1
			}
			e.encode(probs[i], bits[i])
		}
		out := e.finish(0)
		var d decoder
		d.reset(out)
		for i := range n {
			if got := d.decode(probs[i]); got != bits[i] {
				t.Fatalf("trial %d: bit %d of %d: got %d, want %d (% x)", trial, i, n, got, bits[i], out)
			}
		}
		if d.over > maxOver {
			t.Fatalf("trial %d: read %d bytes behind the end of %d", trial, d.over, len(out))
		}
	}
}

// TestDecoderIsSpent reads on behind the end: what an honest encoder may have left
// out is there, no more.
func TestDecoderIsSpent(t *testing.T) {
	for _, n := range []int{0, 1, 100} {
		var d decoder
		d.reset(make([]byte, n))
		for read := 4; ; read++ { // bytes of the stream that were looked at
			if want := read > n+maxTrim+4; d.spent() != want {
				t.Errorf("%d bytes of %d read: spent %t", read, n, d.spent())
			}
			if read > n+maxTrim+10 {
				break
			}
			for range 8 {
				d.decode(probOne / 2)
			}
		}
	}
}
