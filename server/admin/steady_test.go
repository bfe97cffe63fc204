package admin

import (
	"runtime/metrics"
	"strings"
	"testing"
	"time"
)

var kept []*[100]byte // so that what tests allocate is allocated

// Time counts as steady only if nothing but play went on in it, and then every object
// counts that anything took from the heap; looking takes none.
func TestSteadyCountsWhatPlayAllocates(t *testing.T) {
	src := newFake()
	a := newAdmin(src)
	window, private := mark{}, a.Private()
	play := func(objects int) {
		for range 120 {
			a.Ticked(Tick{Took: time.Millisecond})
		}
		for range objects {
			kept = append(kept, new([100]byte))
		}
	}
	kept = make([]*[100]byte, 0, 1000)
	steps := []struct {
		name   string
		during func()
		ticks  uint64
		allocs uint64
	}{
		{"nothing but play", func() { play(0) }, 120, 0},
		{"play that allocates", func() { play(60) }, 120, 60},
		{"somebody came", func() { play(10); src.scene.Upgraded++ }, 0, 0},
		{"a socket closed", func() { play(10); src.scene.Sockets-- }, 0, 0},
		{"a room opened", func() { play(10); src.scene.RoomsOpened++ }, 0, 0},
		{"figures were asked for", func() { play(10); ask(t, private, "GET", "/metrics") }, 0, 0},
		{"play again", func() { play(1) }, 120, 1},
	}
	window = a.window(window)
	ticks, allocs := a.steady.ticks.Load(), a.steady.allocs.Load()
	for _, step := range steps {
		step.during()
		window = a.window(window)
		gotTicks, gotAllocs := a.steady.ticks.Load()-ticks, a.steady.allocs.Load()-allocs
		// The test's own machinery may take an object now and then.
		if gotTicks != step.ticks || gotAllocs < step.allocs || gotAllocs > step.allocs+3 {
			t.Errorf("%s: %d ticks and %d objects count, want %d and %d", step.name, gotTicks, gotAllocs, step.ticks, step.allocs)
		}
		ticks, allocs = a.steady.ticks.Load(), a.steady.allocs.Load()
	}
}

func TestLongestIsRememberedForAWindow(t *testing.T) {
	a := newAdmin(newFake())
	want := func(seconds float64) {
		t.Helper()
		if got := a.ticks.longest.seconds(); got != seconds {
			t.Errorf("got %v s, want %v", got, seconds)
		}
	}
	a.Rounded(Round{Took: 3 * time.Second})
	a.Rounded(Round{Took: 2 * time.Second})
	want(3)
	a.ticks.turn()
	a.Rounded(Round{Took: time.Second})
	want(3)
	a.ticks.turn()
	want(1)
	a.ticks.turn()
	want(0)
}

func TestRebucket(t *testing.T) {
	h := &metrics.Float64Histogram{Counts: []uint64{1, 2, 4, 8}, Buckets: []float64{0, 1, 2, 3, 100}}
	count, sum, buckets := rebucket(h, []float64{0.5, 2, 2.5, 1000})
	if want := map[float64]uint64{0.5: 0, 2: 3, 2.5: 3, 1000: 15}; count != 15 || sum != 817 || len(buckets) != 4 ||
		buckets[0.5] != want[0.5] || buckets[2] != want[2] || buckets[2.5] != want[2.5] || buckets[1000] != want[1000] {
		t.Errorf("got %d, %v, %v, want 15, 817, %v", count, sum, buckets, want)
	}
}

func TestBill(t *testing.T) {
	src := newFake()
	src.bill = Bill{
		Seconds: 10, Frames: 100, Bytes: 5000,
		Parts: []Spent{{"", "own", 1000}, {"", "chunks", 4000}, {"", "chat", 0}},

		Changes:   []Spent{{"ship", "energy", 25}, {"input", "aim", 75}},
		Keyframes: []Spent{{"new_ship", "hull", 5}},
	}
	private := newAdmin(src).Private()
	got := ask(t, private, "GET", "/rooms/main/bytes")
	fields := strings.Fields(got.body)
	want := strings.Fields(`100 frames of 50 bytes on average in 10 s. Estimated from one send in 31.
		frames bytes/s to all bytes/frame share chunks 400.0 40.00 80.0 % own 100.0 10.00 20.0 %
		changes bits/s share input.aim 7.5 75.0 % ship.energy 2.5 25.0 %
		whole cells bits/s share new_ship.hull 0.5 100.0 %`)
	if got.StatusCode != 200 || strings.Join(fields, " ") != strings.Join(want, " ") {
		t.Errorf("got %d %q, want %q", got.StatusCode, fields, want)
	}
	if got := ask(t, private, "GET", "/rooms/den/bytes"); got.StatusCode != 404 {
		t.Errorf("a room there is not: got %d, want 404", got.StatusCode)
	}
	if got := ask(t, newAdmin(src).Public(), "GET", "/rooms/main/bytes"); got.StatusCode != 404 {
		t.Errorf("on the game port: got %d, want 404", got.StatusCode)
	}
}
