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
// does not follow its ship through each send, so it counts neither Mispredictions nor
// Late.
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

// advanceAlone is advance for one of a Crowd: the own ship, for the beams it lets go. It
// starts anew after each frame, however many came at once.
func (r *Replica) advanceAlone() {
	a := &r.ahead
	if a.doubtful {
		a.doubtful = false
		a.next.ships, a.next.bolts, a.next.beam = a.next.ships[:0], a.next.bolts[:0], false
		if s := r.own(); s != nil {
			a.next.ships = append(a.next.ships, *s)
		}
		a.tick = r.tick - 1
		r.forward()
	}
	for n := 0; n < maxAlone && wire.Before(a.tick, r.hands.tick); n++ {
		r.forward()
	}
}

// playOn advances next to tick t.
func (r *Replica) playOn(t sim.Tick) {
	if r.cfg.Crowd != nil {
		r.playAlone(t)
		return
	}
	r.play(t)
}

// playAlone is play for one of a Crowd.
func (r *Replica) playAlone(t sim.Tick) {
	a := &r.ahead
	a.assumed = r.holding(t)
	a.next.beam = false
	own := a.next.ship(r.welcome.ID)
	if own == nil {
		return
	}
	own.Held = a.assumed
	a.born = own.Advance(r.arena, a.born[:0])
	a.next.beam = a.beams(own.ID)
}
