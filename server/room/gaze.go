package room

import "ionwake/shared/sim"

// gaze is what one without a ship wants to look at. Such a one sees what a player
// there would see, no more: nothing is told that nobody could fly to and see. The
// dead may follow anybody, an enemy too, for the two seconds that takes.
type gaze struct {
	follow sim.PlayerID // sim.NoPlayer: nobody
	at     sim.Vec      // if placed
	placed bool
}

// jump is how far, along either axis, an eye may move for little: about as far as
// brings no more cells into sight than flying does.
const jump = 400 * sim.One

// turn takes the newest wish of the person in s to look elsewhere, if it has one and
// may.
func (r *Room) turn(s *seat) {
	if !s.looking {
		return
	}
	if r.world.Alive(s.id) {
		s.looking = false
		return
	}
	want := gaze{follow: s.look.Follow}
	if want.follow == sim.NoPlayer {
		size := r.ground().Arena.Size()
		want.placed = true
		want.at = sim.Vec{X: min(max(s.look.At.X, 0), size.X), Y: min(max(s.look.At.Y, 0), size.Y)}
	}
	if want == s.gaze {
		s.looking = false
		return
	}
	to, ok := r.seenBy(want)
	cost := nearPace
	if d := to.Sub(s.eye); !ok || max(d.X, -d.X, d.Y, -d.Y) > jump {
		cost = farPace
	}
	if s.turns.pay(r.world.Tick, cost) {
		s.gaze, s.looking = want, false
	}
}

// seenBy returns the middle of what is looked at; false: nothing is there now.
func (r *Room) seenBy(g gaze) (sim.Vec, bool) {
	if g.follow != sim.NoPlayer {
		if ship := r.world.Ship(g.follow); ship != nil {
			return ship.Pos, true
		}
		return sim.Vec{}, false
	}
	return g.at, g.placed
}

// stares reports whether the gaze is still on somebody or something, if only on
// where a ship was that will be back.
func (r *Room) stares(g gaze) bool {
	if g.follow == sim.NoPlayer {
		return g.placed
	}
	s := r.seatOf(g.follow)
	return s != nil && !s.spectator
}

// aimEye finds where the eye of s is now: at its ship, at what it wants to look at,
// or, for one who watches, at the leader.
func (r *Room) aimEye(s *seat) {
	if ship := r.world.Ship(s.id); ship != nil {
		s.eye, s.gaze = ship.Pos, gaze{follow: sim.NoPlayer}
		return
	}
	switch to, ok := r.seenBy(s.gaze); {
	case ok:
		s.eye = to
	case r.stares(s.gaze) && s.eye != (sim.Vec{}):
	case s.spectator:
		s.eye = r.leader()
	case s.eye == (sim.Vec{}):
		s.eye = r.ground().Arena.Size().Div(2)
	}
}
