package replica

import (
	"errors"
	"fmt"
	"time"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// enter takes a Welcome: the first of a connection, one that leads to the next ground of
// a room, or one that says that the room sends more or less often from now on.
func (r *Replica) enter(now time.Duration, w *wire.Welcome) error {
	arena, err := r.ground(w)
	if err != nil {
		return err
	}
	fresh := r.arena != arena || !w.Continues || r.tick == 0
	if fresh && w.Continues {
		return fmt.Errorf("%w: goes on from nothing", ErrFrame)
	}
	token := r.welcome.Resume
	moves := r.joined // on the same connection, to the next ground
	r.welcome, r.joined, r.interval, r.arena = *w, true, int(w.SendInterval), arena
	if len(w.Resume) == 0 {
		r.welcome.Resume = token
	}
	if fresh {
		r.begin()
	}
	r.codec.Watch = w.ID
	r.proof.forget()
	if moves {
		return nil // the tick, and what is held in it, go on
	}
	r.hands.forget()
	r.clock.start(now - r.asked)
	return nil
}

// ground returns the arena of a Welcome.
func (r *Replica) ground(w *wire.Welcome) (*sim.Arena, error) {
	if r.arena != nil && r.arena.Hash == w.ArenaHash {
		return r.arena, nil
	}
	arena, err := r.cfg.Arena(w)
	switch {
	case errors.Is(err, ErrComing):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%w: %w: arena %q: %w", ErrFrame, ErrGround, w.Arena, err)
	case arena.Hash != w.ArenaHash:
		return nil, fmt.Errorf("%w: %w: arena %q differs from the server's", ErrFrame, ErrGround, w.Arena)
	}
	return arena, nil
}

// begin forgets the world: the frame tells all of the one to come.
func (r *Replica) begin() {
	r.grid = belief.NewGrid(r.arena, sim.Unit(r.welcome.CellSide)*sim.One)
	r.codec = belief.Codec{Arena: r.arena, Grid: r.grid}
	r.cells = make([]cell, r.grid.Len())
	r.tick = 0
	r.things.lay(r.arena)
	r.ahead.forget()
	r.effect.claims = claims{}
	r.grave.forget()
	r.melt.clear()
}
