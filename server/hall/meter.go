package hall

import (
	"time"

	"ionwake/server/room"
)

// Tick is how one tick of one room went.
type Tick struct {
	Took time.Duration
	Late time.Duration // it began behind its time
	Laps *room.Laps    // how long its stages took; valid during the call
}

// Round is how one driver let each of its rooms pass a tick: what must not take
// longer than a tick lasts.
type Round struct {
	Rooms int
	Took  time.Duration
	CPU   time.Duration // of the driver's thread; as Took where the system does not say
	Late  time.Duration // it began behind its time
}

// stint is the time that a thread has worked.
type stint struct {
	thread int // 0: not known
	worked time.Duration
}

// since returns the CPU time from an earlier stint to this one, or the time that
// passed if the goroutine has changed threads meanwhile, which it does not do in
// short rounds.
func (s stint) since(before stint, took time.Duration) time.Duration {
	if s.thread == 0 || s.thread != before.thread {
		return took
	}
	return s.worked - before.worked
}
