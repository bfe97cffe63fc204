package sim_test

import (
	"os"
	"path/filepath"
	"testing"

	"ionwake/shared/sim"
)

// TestEdition: the Edition is that of the recorded matches, whose hashes change with
// every rule and number.
func TestEdition(t *testing.T) {
	want := sim.Hash(0xcbf29ce484222325)
	for _, mode := range sim.ModeNames() {
		data, err := os.ReadFile(filepath.Join("testdata", mode+"16.bin"))
		if err != nil {
			t.Fatal(err)
		}
		r, err := decode(data)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range r.Hashes {
			want = (want ^ h) * 0x100000001b3
		}
	}
	if sim.Edition != want {
		t.Errorf("the rules have changed: Edition is %#x, want %#x", uint64(sim.Edition), uint64(want))
	}
}
