package room

import (
	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// What a seat may see: half the size of the largest picture a client shows, and
// the margin around it. A cell is watched as soon as it touches picture plus
// margin, and let go when it no longer touches picture plus twice the margin, so
// that a ship on a border does not make cells come and go.
const (
	sightX = 800 * sim.One
	sightY = 500 * sim.One
	margin = 128 * sim.One
)

// leader returns where the ship with the best score is: what a spectator looks at.
func (r *Room) leader() sim.Vec {
	at, best := r.ground().Arena.Size().Div(2), -1
	for id := range r.world.Players {
		p := &r.world.Players[id]
		if s := r.world.Ship(sim.PlayerID(id)); s != nil && int(p.Score) > best {
			at, best = s.Pos, int(p.Score)
		}
	}
	return at
}

// watches reports whether the seat, which does or does not watch cell id now,
// should.
func (r *Room) watches(s *seat, id belief.CellID) bool {
	if len(s.watched) == 1 {
		return true
	}
	m := margin
	if s.watched[id] {
		m *= 2
	}
	corner, side := r.grid.Origin(id), r.grid.Side()
	return corner.X-sightX-m <= s.eye.X && s.eye.X < corner.X+side+sightX+m &&
		corner.Y-sightY-m <= s.eye.Y && s.eye.Y < corner.Y+side+sightY+m
}
