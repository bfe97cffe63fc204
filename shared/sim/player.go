package sim

import "slices"

// Status says what a seat of the World is doing.
type Status uint8

// The states of a seat.
const (
	Absent  Status = iota // nobody sits here
	Waiting               // will spawn at SpawnAt
	Flying                // has a ship
)

// Player is the part of a seat that outlives its ships.
type Player struct {
	Status  Status
	Hull    HullKind
	NextSeq uint8 // shot number of the next ship's first shot
	SpawnAt Tick
	Score   int16
	Kills   int16
	Deaths  int16
}

// Join seats a player at id and lets its ship enter with the next tick. Whoever
// sits there already begins anew.
func (w *World) Join(id PlayerID, hull HullKind) {
	for int(id) >= len(w.Players) {
		w.Players = append(w.Players, Player{})
		w.Ships = append(w.Ships, Ship{})
	}
	w.reserve()
	w.ground(id)
	w.Players[id] = Player{
		Status: Waiting, Hull: hull, SpawnAt: w.Tick + 1,
		NextSeq: w.Players[id].NextSeq, // bolts of an earlier life may still fly
	}
}

// reserve makes room for all that so many players can bring about, so that Step
// never has to.
func (w *World) reserve() {
	seats, inFlight := len(w.Players), 0
	for i := range Hulls {
		hull := &Hulls[i]
		inFlight = max(inFlight, int(Shots[hull.Shot].Life)/int(hull.ShotReload)+1)
	}
	w.Bolts = slices.Grow(w.Bolts, max(0, seats*inFlight-len(w.Bolts)))
	w.born = slices.Grow(w.born[:0], seats)
	w.Events = slices.Grow(w.Events, max(0, seats+1-len(w.Events)))
	w.close = slices.Grow(w.close[:0], seats)
	w.grid.reserve(seats)
}

// Leave takes the player at id, its ship, its shots and its score out of the
// World: a shot that stayed would score for whoever sits there next.
func (w *World) Leave(id PlayerID) {
	w.ground(id)
	w.Bolts = slices.DeleteFunc(w.Bolts, func(b Bolt) bool { return b.Owner == id })
	w.Players[id] = Player{NextSeq: w.Players[id].NextSeq}
}

// Alive reports whether the player at id has a ship.
func (w *World) Alive(id PlayerID) bool {
	return int(id) < len(w.Players) && w.Players[id].Status == Flying
}

// Ship returns the living ship of id, or nil.
func (w *World) Ship(id PlayerID) *Ship {
	if !w.Alive(id) {
		return nil
	}
	return &w.Ships[id]
}

// ground takes the ship of id out of play, keeping its shot count.
func (w *World) ground(id PlayerID) {
	if !w.Alive(id) {
		return
	}
	p := &w.Players[id]
	p.NextSeq = w.Ships[id].NextSeq
	p.Status = Waiting
}

func (w *World) stepSpawns() {
	for id := range w.Players {
		if p := &w.Players[id]; p.Status == Waiting && w.Tick >= p.SpawnAt {
			w.spawn(PlayerID(id))
		}
	}
}

func (w *World) spawn(id PlayerID) {
	p := &w.Players[id]
	pos := w.spawnPoint()
	w.Ships[id] = Ship{
		ID: id, Hull: p.Hull, Pos: pos,
		Held:    Input{Aim: w.Arena.Size().Div(2).Sub(pos).Angle()},
		Energy:  Hulls[p.Hull].EnergyMax,
		Shield:  spawnShield,
		NextSeq: p.NextSeq,
	}
	p.Status = Flying
}

// spawnPoint picks the spawn point whose nearest ship is farthest away; equals
// are drawn.
func (w *World) spawnPoint() Vec {
	best, bestDistance, ties := 0, int64(-1), 0
	for i := range w.Arena.Spawns {
		d := w.nearestShip(w.Arena.Spawns[i].Pos)
		switch {
		case d > bestDistance:
			best, bestDistance, ties = i, d, 1
		case d == bestDistance:
			ties++
			if w.Rand.Intn(ties) == 0 {
				best = i
			}
		}
	}
	return w.Arena.Spawns[best].Pos
}

// nearestShip returns the squared distance from p to the nearest ship, at most
// that of a thousand world units.
func (w *World) nearestShip(p Vec) int64 {
	nearest := int64(1000*One) * int64(1000*One)
	for id := range w.Players {
		if w.Players[id].Status == Flying {
			nearest = min(nearest, w.Ships[id].Pos.Sub(p).Len2())
		}
	}
	return nearest
}
