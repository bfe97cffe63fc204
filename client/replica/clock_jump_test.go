package replica

import (
	"testing"
	"time"
)

// TestClockDoesNotOvershoot makes the line longer at once: the clock jumps over the
// gap, and reports of inputs stamped before the jump do not make it jump again.
func TestClockDoesNotOvershoot(t *testing.T) {
	for _, delay := range []int{12, 18, 30} {
		l := begin(t, 100*time.Millisecond, 3)
		l.run(300, 3)
		l.run(2*delay+60, delay)
		for range 300 {
			l.run(1, delay)
			if l.early < 0 || l.early > 12 {
				t.Fatalf("%d ticks each way: inputs come %d early", delay, l.early)
			}
		}
	}
}
