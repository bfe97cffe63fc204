package session

import (
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// gaze is what one without a ship looks at, told now and then.
type gaze struct {
	look  wire.Look
	any   bool          // there is one
	fresh bool          // and the server does not know it
	due   time.Duration // when it may be told
}

// gazeEvery is the least time between two tellings.
const gazeEvery = 200 * time.Millisecond

// Look tells the server what one without a ship looks at: whom it follows or, if
// that is sim.NoPlayer, a place in world units. The newest counts; it may wait for
// its turn.
func (s *Session) Look(follow sim.PlayerID, at replica.Point) {
	s.mu.Lock()
	defer s.mu.Unlock()
	look := wire.Look{Follow: follow}
	if follow == sim.NoPlayer {
		look.At = sim.Vec{X: coordinate(at.X), Y: coordinate(at.Y)}
	}
	if g := &s.gaze; !g.any || g.look != look {
		g.look, g.any, g.fresh = look, true, true
	}
}

// coordinate makes whole world units, within what any arena has.
func coordinate(x float64) sim.Unit {
	const most = sim.MaxArenaSide * int(sim.TileSize/sim.One)
	return sim.Units(int(min(max(x, 0), float64(most))))
}

// tellGaze tells the server of a new gaze when it is time to.
func (s *Session) tellGaze(now time.Duration) {
	g := &s.gaze
	if g.fresh && now >= g.due && s.send(wire.AppendLook(nil, g.look)) {
		g.fresh, g.due = false, now+gazeEvery
	}
}
