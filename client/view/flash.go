package view

import "time"

// flashesPerSecond is the most large changes of brightness in any second: WCAG
// 2.3.1, three flashes or below threshold.
const flashesPerSecond = 3

// flashGate is asked before anything large lights up. It is the only place that
// decides: an effect that is refused shows itself without the flash.
type flashGate struct {
	calm  bool // refuse all
	times [flashesPerSecond]time.Duration
	used  int
	next  int
}

// allow reports whether a large flash may start at now, and counts it if so.
func (f *flashGate) allow(now time.Duration) bool {
	if f.calm {
		return false
	}
	if f.used == flashesPerSecond && now-f.times[f.next] < time.Second {
		return false
	}
	f.times[f.next] = now
	f.next = (f.next + 1) % flashesPerSecond
	f.used = min(f.used+1, flashesPerSecond)
	return true
}
