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
	Team    Team
	Next    Loadout // of the next ship
	NextSeq uint8   // shot number of the next ship's first shot
	SpawnAt Tick    // when its ship enters; while Flying, when it did
	Score   int16
	Kills   int16
	Deaths  int16
}

// Loadout is what a player enters with.
type Loadout struct {
	Hull HullKind
	Team Team
}

// Join seats a player at id and lets its ship enter with the next tick. Whoever
// sits there already begins anew. In a mode with sides NoTeam is the smaller one;
// in one without, team says nothing.
func (w *World) Join(id PlayerID, hull HullKind, team Team) {
	for int(id) >= len(w.Players) {
		w.Players = append(w.Players, Player{})
		w.Ships = append(w.Ships, Ship{})
	}
	w.reserve()
	w.ground(id)
	seq := w.Players[id].NextSeq // bolts of an earlier life may still fly
	w.Players[id] = Player{}
	team = w.side(team)
	w.Players[id] = Player{Status: Waiting, Team: team, Next: Loadout{hull, team}, SpawnAt: w.Tick + 1, NextSeq: seq}
}

// Choose says what the player at id enters with from the next life on. Whoever
// changes sides leaves the score behind then.
func (w *World) Choose(id PlayerID, hull HullKind, team Team) {
	if int(id) >= len(w.Players) || w.Players[id].Status == Absent {
		return
	}
	if team == NoTeam {
		team = w.Players[id].Next.Team
	}
	w.Players[id].Next = Loadout{hull, w.side(team)}
}

// side returns the side that somebody who asks for team gets.
func (w *World) side(team Team) Team {
	switch {
	case w.mode.Teams() == 0:
		return NoTeam
	case team != NoTeam:
		return team
	}
	return w.Smaller()
}

// Sizes returns how many players each side has.
func (w *World) Sizes() (sizes [Teams]int) {
	for id := range w.Players {
		if p := &w.Players[id]; p.Status != Absent && p.Next.Team != NoTeam {
			sizes[p.Next.Team-1]++
		}
	}
	return sizes
}

// Smaller returns the side with fewer players, of equals the one that is behind.
func (w *World) Smaller() Team {
	n, score := w.Sizes(), w.Match.Scores
	if n[1] < n[0] || n[1] == n[0] && score[1] < score[0] {
		return TeamEmber
	}
	return TeamIon
}

// reserve makes room for all that so many players can bring about, so that Step
// never has to.
func (w *World) reserve() {
	seats, inFlight, atOnce := len(w.Players), 0, 0
	for i := range Hulls {
		inFlight = max(inFlight, Hulls[i].Primary.inFlight()+Hulls[i].Secondary.inFlight())
		atOnce = max(atOnce, max(1, Hulls[i].Primary.Count)+max(1, Hulls[i].Secondary.Count))
	}
	w.Bolts = slices.Grow(w.Bolts, max(0, seats*inFlight-len(w.Bolts)))
	w.born = slices.Grow(w.born[:0], seats*atOnce)
	w.stray = slices.Grow(w.stray[:0], atOnce)
	w.Strikes = slices.Grow(w.Strikes, max(0, seats-len(w.Strikes)))
	w.Events = slices.Grow(w.Events, max(0, seats+MaxItems+8-len(w.Events)))
	w.Objectives = slices.Grow(w.Objectives, 2)
	w.close = slices.Grow(w.close[:0], seats)
	w.grid.reserve(seats)
}

// inFlight is the largest number of bolts that t can have in the air.
func (t *Trigger) inFlight() int {
	if t.Reload == 0 {
		return 0
	}
	shot, fastest := &Shots[t.Shot], int(Overdriven(t.Reload))
	n := (int(shot.Life)/fastest + 1) * max(1, t.Count)
	if shot.Limit > 0 {
		n = min(n, shot.Limit)
	}
	return n
}

// Leave takes the player at id, its ship, its shots and its score out of the
// World: a shot that stayed would score for whoever sits there next.
func (w *World) Leave(id PlayerID) {
	w.ground(id)
	w.disarm(id)
	w.Players[id] = Player{NextSeq: w.Players[id].NextSeq}
}

// disarm takes the shots of id out of the air.
func (w *World) disarm(id PlayerID) {
	w.Bolts = slices.DeleteFunc(w.Bolts, func(b Bolt) bool { return b.Owner == id })
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

// ground takes the ship of id out of play, keeping its shot count. A core aboard stays
// where the ship was, whoever sits at id in the next tick.
func (w *World) ground(id PlayerID) {
	if !w.Alive(id) {
		return
	}
	p := &w.Players[id]
	p.NextSeq = w.Ships[id].NextSeq
	p.Status = Waiting
	for i := range w.Objectives {
		if o := &w.Objectives[i]; o.State == Carried && o.Carrier == id {
			o.Pos = w.Ships[id].Pos
		}
	}
}
