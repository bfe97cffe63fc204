package wire

import (
	"runtime"
	"testing"
)

// allocated returns how much f allocates: the least of a few runs, because the
// runtime counts its own too.
func allocated(f func()) (count, size uint64) {
	var before, after runtime.MemStats
	for run := range 5 {
		runtime.ReadMemStats(&before)
		f()
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; run == 0 || n < size {
			count, size = after.Mallocs-before.Mallocs, n
		}
	}
	return count, size
}

// heldBy returns how much larger the heap is after f.
func heldBy(f func()) int64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	f()
	runtime.GC()
	runtime.ReadMemStats(&after)
	return int64(after.HeapAlloc) - int64(before.HeapAlloc)
}

// demandNoAllocation runs f, which must succeed, and fails if it allocates.
func demandNoAllocation(t *testing.T, name string, f func() error) {
	t.Helper()
	var err error
	got := testing.AllocsPerRun(100, func() {
		if e := f(); e != nil {
			err = e
		}
	})
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	if got != 0 {
		t.Errorf("%s: %v allocations, want 0", name, got)
	}
}
