package belief_test

import (
	"testing"

	"ionwake/shared/belief"
)

// TestMeterAddsUp holds the fields' costs to the bytes that were written, and to what
// a fight must have cost something in.
func TestMeterAddsUp(t *testing.T) {
	m := realistic(t)
	meter := &belief.Meter{}
	k := belief.Codec{Arena: m.world.Arena, Grid: m.grid, Meter: meter}
	written, chunks := 0, 0
	for range 100 {
		m.run(2)
		written += len(k.Diff(nil, 0, &m.before[0], &m.now[0], m.span))
		written += len(k.Keyframe(nil, 0, &m.now[0]))
		chunks += 2
	}
	total, kinds, spent := 0.0, [belief.KindCount]float64{}, meter.Spent()
	for f, bits := range spent {
		kinds[belief.Field(f).Kind()] += bits
		total += bits
	}
	// A chunk ends on a whole byte, and the coder's arithmetic loses a little.
	if low, high := total/8, total/8*1.001+1.5*float64(chunks); float64(written) < low || float64(written) > high {
		t.Errorf("%d bytes written, counted %.0f: want %.0f to %.0f", written, total/8, low, high)
	}
	for kind, bits := range kinds {
		if bits == 0 && belief.Kind(kind) != belief.KindBolt {
			t.Errorf("%v cost nothing", belief.Kind(kind))
		}
	}
	ships := float64(100 * len(m.now[0].Ships))
	for f, least := range map[string]float64{"new_ship.hull": 3 * 0.8 * ships, "new_ship.position": 20 * 0.8 * ships, "input.aim": 1000} {
		if got := spent[field(t, f)]; got < least {
			t.Errorf("%s cost %.0f bits, want %.0f at least", f, got, least)
		}
	}
}

// field finds a field by its name.
func field(t *testing.T, name string) belief.Field {
	t.Helper()
	for f := range belief.FieldCount {
		if f.Kind().String()+"."+f.String() == name {
			return f
		}
	}
	t.Fatalf("no field is called %s", name)
	return 0
}
