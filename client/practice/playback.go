package practice

import (
	"errors"
	"fmt"
	"io"
	"time"

	"ionwake/server/room"
	"ionwake/shared/replay"
	"ionwake/shared/sim"
)

// Playback is a replay as a match that can be watched. It has no clock: it stands still
// but for Pass. Its methods are for one goroutine.
type Playback struct {
	match *Match
	rec   *replay.Record
	at    int // ticks from the beginning
	err   error
}

// lastLook is how much of a replay is left to see at least, wherever one goes: 2 s.
const lastLook = 2 * sim.TickRate

// errBroke is what playing ends in that cannot go on.
var errBroke = errors.New("it cannot be played")

// Watch opens a replay at a time from its beginning. The error wraps one of package
// replay's.
func Watch(rec *replay.Record, from time.Duration) (b *Playback, err error) {
	defer func() {
		if broken := recover(); broken != nil { // whatever is in a file, the game goes on
			b, err = nil, fmt.Errorf("%w: %w: %v", replay.ErrDamaged, errBroke, broken)
		}
	}()
	player, err := replay.NewPlayer(rec)
	if err != nil {
		return nil, err
	}
	at := min(max(ticksIn(from), 0), max(rec.Ticks()-lastLook, 0))
	if err := player.Seek(at); err != nil {
		return nil, err
	}
	m := &Match{stop: make(chan struct{}), done: make(chan struct{})}
	close(m.done) // nothing runs by itself
	m.room = room.Play(room.Config{SendInterval: 1}, &rec.Head, player)
	return &Playback{match: m, rec: rec, at: at}, nil
}

func ticksIn(d time.Duration) int { return int(d * sim.TickRate / time.Second) }

// Dial opens a line to the playback.
func (b *Playback) Dial() *Socket { return b.match.Dial(nil) }

// Pass lets so many ticks pass, or as many as there are.
func (b *Playback) Pass(ticks int) {
	defer func() {
		if broken := recover(); broken != nil {
			b.err = fmt.Errorf("%w: %w: %v", replay.ErrDamaged, errBroke, broken)
		}
	}()
	for ; ticks > 0 && b.err == nil; ticks-- {
		b.match.room.Tick()
		if b.err = b.match.room.Ended(); b.err == nil {
			b.at++
		}
	}
}

// At returns how far it has come.
func (b *Playback) At() time.Duration { return time.Duration(b.at) * time.Second / sim.TickRate }

// Length returns how long it is.
func (b *Playback) Length() time.Duration {
	return time.Duration(b.rec.Ticks()) * time.Second / sim.TickRate
}

// Over reports whether the end has been reached.
func (b *Playback) Over() bool { return errors.Is(b.err, io.EOF) }

// Err says what is wrong with the replay; nil: nothing, as far as it was played.
func (b *Playback) Err() error {
	if b.Over() {
		return nil
	}
	return b.err
}
