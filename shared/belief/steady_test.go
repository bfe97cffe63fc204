package belief_test

import (
	"testing"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// bench is a fight of 64 bots, a span of it, and codecs for both sides.
type bench struct {
	*match
	writer, reader belief.Codec
	cell           belief.Cell
	chunk, key     []byte
	buf            []byte
}

func newBench(t testing.TB) *bench {
	m := realistic(t)
	b := &bench{match: m}
	b.writer = belief.Codec{Arena: m.world.Arena, Grid: m.grid}
	b.reader = belief.Codec{Arena: m.world.Arena, Grid: m.grid, Watch: 3}
	b.chunk = b.writer.Diff(nil, 0, &m.before[0], &m.now[0], m.span)
	b.key = b.writer.Keyframe(nil, 0, &m.now[0])
	return b
}

// reset makes the cell what it was before the span.
func (b *bench) reset() {
	b.cell.Ships = append(b.cell.Ships[:0], b.before[0].Ships...)
	b.cell.Bolts = append(b.cell.Bolts[:0], b.before[0].Bolts...)
}

// steps are what is done at every send, by name. Each may fail.
func (b *bench) steps() map[string]func() error {
	return map[string]func() error{
		"Diff": func() error {
			b.buf = b.writer.Diff(b.buf[:0], 0, &b.before[0], &b.now[0], b.span)
			return nil
		},
		"Keyframe": func() error { b.buf = b.writer.Keyframe(b.buf[:0], 0, &b.now[0]); return nil },
		"Apply":    func() error { b.reset(); return b.reader.Apply(0, &b.cell, 2, b.chunk) },
		"ApplyKey": func() error {
			b.cell.Ships, b.cell.Bolts = b.cell.Ships[:0], b.cell.Bolts[:0]
			return b.reader.Apply(0, &b.cell, 0, b.key)
		},
		"Follow": func() error { b.reset(); b.reader.Follow(&b.cell, 2); return nil },
	}
}

// TestSteadyAllocatesNothing holds what is done at every send to zero allocations,
// once the scratch memory has grown.
func TestSteadyAllocatesNothing(t *testing.T) {
	b := newBench(t)
	for name, step := range b.steps() {
		var err error
		if n := testing.AllocsPerRun(50, func() {
			if e := step(); e != nil {
				err = e
			}
		}); n != 0 || err != nil {
			t.Errorf("%s: %v allocations, want 0 (%v)", name, n, err)
		}
	}
	t.Logf("%d ships, %d bolts: chunk of %d bytes, keyframe of %d",
		len(b.now[0].Ships), len(b.now[0].Bolts), len(b.chunk), len(b.key))
}

func benchmark(b *testing.B, name string) {
	work := newBench(b)
	step := work.steps()[name]
	b.ReportAllocs()
	for b.Loop() {
		if err := step(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDiff(b *testing.B)     { benchmark(b, "Diff") }
func BenchmarkKeyframe(b *testing.B) { benchmark(b, "Keyframe") }
func BenchmarkApply(b *testing.B)    { benchmark(b, "Apply") }
func BenchmarkApplyKey(b *testing.B) { benchmark(b, "ApplyKey") }
func BenchmarkFollow(b *testing.B)   { benchmark(b, "Follow") }

// BenchmarkApplyWorst is what a hostile server can make a client do with one chunk:
// all the ships and bolts there can be in one place, and the longest span. It
// reports the work per byte of the frame that told of them.
func BenchmarkApplyWorst(b *testing.B) {
	for name, c := range map[string]struct{ ships, bolts int }{
		"bolts": {0, belief.MaxBolts}, "ships": {sim.MaxPlayers, 0}, "both": {sim.MaxPlayers, belief.MaxBolts},
	} {
		b.Run(name, func(b *testing.B) {
			a := readArena(b, "foundry")
			k := belief.Codec{Arena: a, Grid: belief.NewGrid(a, 0)}
			crowded := crowd(a, c.ships, c.bolts)
			key := k.Keyframe(nil, 0, &crowded)
			var cell belief.Cell
			for b.Loop() {
				cell.Ships, cell.Bolts = cell.Ships[:0], cell.Bolts[:0]
				if err := k.Apply(0, &cell, 0, key); err != nil {
					b.Fatal(err)
				}
				if err := k.Apply(0, &cell, belief.MaxSteps, nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(key)), "ns/byte")
			b.ReportMetric(float64(len(key)), "bytes")
		})
	}
}
