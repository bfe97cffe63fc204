package replica

import (
	"ionwake/shared/belief"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// Crowd works out what becomes of cells for the many replicas of one program that are
// in one room: they are told the same, so what one of them was told need not be worked
// out by all.
//
// A replica that belongs to a Crowd is nobody's eyes: it foresees its own ship alone,
// shows no effects, and its Scene is nil. What it believes is what every other would
// believe, and the hash of its own ship is compared with the server's all the same. It
// does not follow its ship through each send, so nothing is Judged: it counts neither
// Mispredictions nor Late.
type Crowd interface {
	// Apply does what on.Apply would do for the cell that becomes that of tick. It may
	// not write to what the cell held, and nobody may write to what it puts there: it
	// may be shared. on says which arena and grid are meant.
	Apply(on *belief.Codec, tick sim.Tick, id belief.CellID, cell *belief.Cell, steps int, chunk []byte) error
}

// apply lets one send, so many before the newest, or a keyframe (no steps) act on a
// cell.
func (r *Replica) apply(id belief.CellID, c *belief.Cell, back, steps int, chunk []byte) error {
	if r.cfg.Crowd == nil {
		return r.codec.Apply(id, c, steps, chunk)
	}
	return r.cfg.Crowd.Apply(&r.codec, r.tick-sim.Tick(back*r.interval), id, c, steps, chunk)
}

// maxAlone is how many ticks one of a Crowd foresees its ship: a second. A program that
// has so many players and falls behind must not have more to do for that.
const maxAlone = sim.TickRate

// alone is what one of a Crowd foresees.
type alone struct {
	ship  sim.Ship
	flies bool
	stale bool // a frame has told of the ship since
}

// advanceAlone is advance for one of a Crowd: the own ship, for the beams it lets go. It
// starts anew after frames, however many came at once.
func (r *Replica) advanceAlone() {
	a, own := &r.ahead, &r.ahead.alone
	if own.stale {
		own.stale, own.flies, a.tick = false, false, r.tick
		if s := r.own(); s != nil {
			own.ship, own.flies = *s, true
		}
	}
	a.now.beam = false
	for n := 0; n < maxAlone && wire.Before(a.tick, r.hands.tick); n++ {
		a.tick++
		if own.flies {
			own.ship.Held = r.holding(a.tick)
			a.born = own.ship.Advance(r.arena, a.born[:0])
			a.now.beam = a.beams(own.ship.ID)
		}
	}
}
