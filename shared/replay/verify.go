package replay

import (
	"errors"
	"fmt"
	"io"

	"ionwake/shared/sim"
)

// Verify plays all of a Record and compares what comes of it with what was recorded:
// the hashes, and the World at each keyframe. It returns how many ticks agree. The error
// wraps ErrEdition, ErrDamaged, ErrDiffers or ErrNoPlay.
func Verify(rec *Record) (ticks int, err error) {
	p, err := NewPlayer(rec)
	if err != nil {
		return 0, err
	}
	for {
		if err := p.agrees(); err != nil {
			return p.At(), err
		}
		switch err := p.Step(); {
		case errors.Is(err, io.EOF):
			return p.At(), nil
		case err != nil:
			return p.At(), err
		}
	}
}

// agrees compares the World with the keyframe that comes next, if one does here.
func (p *Player) agrees() error {
	if p.left > 0 || p.next == len(p.rec.pieces) {
		return nil
	}
	twin := &Player{rec: p.rec}
	if err := twin.enter(p.next); err != nil {
		return err
	}
	if got, want := p.world.Outline(), twin.world.Outline(); got != want {
		return fmt.Errorf("%w: tick %d, %d seconds in: the keyframe is another: %016x instead of %016x", ErrDiffers,
			p.world.Tick, p.At()/sim.TickRate, uint64(got), uint64(want))
	}
	return nil
}
