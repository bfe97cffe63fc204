package room

import "time"

// Stage is a part of a tick, for reports.
type Stage uint8

// The stages of a tick in their order. StageCompose and StageWrite are the larger
// parts of StageSend and are timed at one send in billEvery only, for they change
// with every seat.
const (
	StageDoors   Stage = iota // joins, leaves, bots that come and go, sides made even
	StageInputs               // what each seat holds
	StageMatch                // votes, the next match
	StageStep                 // the rules
	StageEvents               // what is filed of inputs and events
	StageEncode               // chunks, once per cell
	StageSend                 // a frame for each seat
	StageCompose              // of it: putting frames together
	StageWrite                // of it: handing frames to their lines
	StageThink                // bots
	StageCount
)

// String returns a word for reports.
func (s Stage) String() string {
	return [...]string{"doors", "inputs", "match", "step", "events", "encode", "send", "compose", "write", "think"}[s]
}

// Laps says how long each stage of a tick took; 0: it was not in this tick, or not
// timed.
type Laps [StageCount]time.Duration

// Laps returns how long the stages of the newest tick took, if Config.Profile; on
// the goroutine that ticks the room.
func (r *Room) Laps() *Laps { return &r.watch.laps }

// stopwatch times the stages of one tick after another.
type stopwatch struct {
	now   func() time.Time // nil: nothing is timed
	last  time.Time        // when the stage before ended
	fine  bool             // parts of a send are timed too
	each  int              // of so many seats one, which stands for them
	seat  int              // seats begun
	timed bool             // this one is
	part  time.Time
	laps  Laps
}

// start begins a tick.
func (w *stopwatch) start() {
	if w.now == nil {
		return
	}
	w.laps = Laps{}
	w.last = w.now()
}

// lap ends a stage.
func (w *stopwatch) lap(s Stage) {
	if w.now == nil {
		return
	}
	now := w.now()
	w.laps[s] += now.Sub(w.last)
	w.last = now
}

// begin begins parts of a send for a seat, split ends one.
func (w *stopwatch) begin() {
	if !w.fine {
		return
	}
	if w.timed = w.seat%w.each == 0; w.timed {
		w.part = w.now()
	}
	w.seat++
}

func (w *stopwatch) split(s Stage) {
	if !w.fine || !w.timed {
		return
	}
	now := w.now()
	w.laps[s] += now.Sub(w.part) * time.Duration(w.each)
	w.part = now
}
