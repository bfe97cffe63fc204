package wire

import (
	"math/rand/v2"
	"testing"
)

// mutate returns data changed in one to four places, now and then with a piece of
// other in it.
func mutate(r *rand.Rand, data, other []byte) []byte {
	out := append([]byte(nil), data...)
	for range 1 + r.IntN(4) {
		at := r.IntN(len(out) + 1)
		switch r.IntN(6) {
		case 0:
			if at < len(out) {
				out[at] ^= 1 << r.IntN(8)
			}
		case 1:
			if at < len(out) {
				out[at] = byte(r.Uint32())
			}
		case 2:
			out = append(out[:at], append([]byte{byte(r.Uint32())}, out[at:]...)...)
		case 3:
			if at < len(out) {
				out = append(out[:at], out[at+1:]...)
			}
		case 4:
			out = out[:at]
		case 5:
			from := r.IntN(len(other) + 1)
			out = append(out[:at], append(append([]byte(nil), other[from:]...), out[at:]...)...)
		}
	}
	return out
}

// TestFault_B13_SameAsProtobuf reads two hundred thousand damaged messages with
// our readers and with google.golang.org/protobuf, see compareClient.
func TestFault_B13_SameAsProtobuf(t *testing.T) {
	rounds := 100_000
	if testing.Short() {
		rounds = 10_000
	}
	for name, c := range map[string]struct {
		seeds   [][]byte
		compare func(testing.TB, []byte) bool
	}{"client": {validClient(), compareClient}, "frame": {validFrames(), compareFrame}} {
		r := rand.New(rand.NewPCG(1, 2))
		accepted := 0
		for range rounds {
			data := mutate(r, c.seeds[r.IntN(len(c.seeds))], c.seeds[r.IntN(len(c.seeds))])
			if c.compare(t, data) {
				accepted++
			}
			if t.Failed() {
				return
			}
		}
		t.Logf("%s: %d of %d accepted", name, accepted, rounds)
		if accepted < rounds/20 {
			t.Errorf("%s: only %d of %d accepted: the comparison says little", name, accepted, rounds)
		}
	}
}
