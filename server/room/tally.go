package room

// tallies is how many classes a Tally has.
const tallies = 12

// Tally counts values in classes, the last of which has no end.
type Tally struct {
	Of  [tallies]uint64
	Sum uint64 // of all values
}

// Bounds are the largest values of the classes of a Tally but the last.
type Bounds [tallies - 1]uint32

// Classes of the room's tallies.
var (
	FrameBytes = Bounds{16, 32, 64, 96, 128, 192, 256, 512, 1024, 4096, 16384}
	GapTicks   = Bounds{1, 2, 3, 4, 6, 8, 10, 15, 20, 30, 60}              // 15 ticks are 250 ms
	PingMillis = Bounds{10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000} // there and back
)

func (t *Tally) add(b *Bounds, v uint32) {
	class := 0
	for class < len(b) && v > b[class] {
		class++
	}
	t.Of[class]++
	t.Sum += uint64(v)
}

// Add adds what another tally of the same classes counted.
func (t *Tally) Add(o *Tally) {
	for i := range o.Of {
		t.Of[i] += o.Of[i]
	}
	t.Sum += o.Sum
}
