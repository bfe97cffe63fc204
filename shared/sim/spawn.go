package sim

// stepSpawns lets those enter whose time has come.
func (w *World) stepSpawns() {
	w.lonely.known = [Teams + 1]bool{}
	for id := range w.Players {
		if p := &w.Players[id]; p.Status == Waiting && w.Tick >= p.SpawnAt {
			w.spawn(PlayerID(id))
		}
	}
}

// spawn lets the player at id enter. Shots of another hull or side do not outlive it:
// they would hit who is a mate by now, and mines fly longer than the quick shots of
// another hull take to use their numbers again.
func (w *World) spawn(id PlayerID) {
	p := &w.Players[id]
	if p.Next.Team != p.Team || p.Next.Hull != w.Ships[id].Hull {
		w.disarm(id)
	}
	if p.Next.Team != p.Team {
		p.Team, p.Score, p.Kills, p.Deaths = p.Next.Team, 0, 0, 0
	}
	pos := w.spawnPoint(p.Team)
	aim := w.Arena.Size().Div(2).Sub(pos).Angle()
	w.Ships[id] = Ship{
		ID: id, Hull: p.Next.Hull, Team: p.Team, Pos: pos,
		Held: Input{Aim: aim}, Aim: aim,
		Energy:  Hulls[p.Next.Hull].EnergyMax,
		Shield:  spawnShield,
		NextSeq: p.NextSeq,
	}
	p.Status = Flying
	w.lonely.crowd(w.Arena, &w.Ships[id])
}

// spawnPoint picks, of the spawn points of a team, or of all if it has none of its
// own, the one whose nearest ship of others is farthest away; equals are drawn.
func (w *World) spawnPoint(team Team) Vec {
	best, bestDistance, ties := 0, int64(-1), 0
	own := NoTeam
	if w.Arena.ownSpawns(team) {
		own = team
	}
	gaps := w.gaps(team)
	for i := range w.Arena.Spawns {
		if team != NoTeam && w.Arena.Spawns[i].Team != own {
			continue
		}
		d := gaps[i]
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

// ownSpawns reports whether a has spawn points for t alone.
func (a *Arena) ownSpawns(t Team) bool {
	for _, s := range a.Spawns {
		if t != NoTeam && s.Team == t {
			return true
		}
	}
	return false
}

// lonelyFrom is how far the nearest ship is from a spawn point that is as lonely as any.
const lonelyFrom = 1000 * One

// spawnBlockShift makes blocks of the arena as wide as spawn points look around, 1024
// world units.
const spawnBlockShift = 20

// laySpawns lists, block by block, the spawn points in and right around it.
func (a *Arena) laySpawns() {
	size := a.Size()
	a.blocks = int(size.X>>spawnBlockShift) + 1
	a.spawnsBy = make([][]uint8, a.blocks*(int(size.Y>>spawnBlockShift)+1))
	for i := range a.Spawns {
		x, y := int(a.Spawns[i].Pos.X>>spawnBlockShift), int(a.Spawns[i].Pos.Y>>spawnBlockShift)
		for block := range a.spawnsBy {
			if dx, dy := block%a.blocks-x, block/a.blocks-y; dx*dx <= 1 && dy*dy <= 1 {
				a.spawnsBy[block] = append(a.spawnsBy[block], uint8(i))
			}
		}
	}
}

// spawnsNear returns, among others, every spawn point nearer than lonelyFrom to p.
func (a *Arena) spawnsNear(p Vec) []uint8 {
	x := min(max(int(p.X>>spawnBlockShift), 0), a.blocks-1)
	y := min(max(int(p.Y>>spawnBlockShift), 0), len(a.spawnsBy)/a.blocks-1)
	return a.spawnsBy[y*a.blocks+x]
}

// lonely is how lonely each spawn point is, for each team: the squared distance to
// the nearest ship, at most that of lonelyFrom; a mate counts only where
// it is in the way. It is found out once in a tick and kept up while ships enter: a
// thousand may, in the tick in which a match begins.
type lonely struct {
	gaps  [Teams + 1][]int64 // by team, then by spawn point
	known [Teams + 1]bool
}

// gaps returns how lonely the spawn points are for a team.
func (w *World) gaps(team Team) []int64 {
	const far = int64(lonelyFrom) * int64(lonelyFrom)
	l := &w.lonely
	if l.known[team] {
		return l.gaps[team]
	}
	l.known[team] = true
	l.gaps[team] = l.gaps[team][:0]
	for range w.Arena.Spawns {
		l.gaps[team] = append(l.gaps[team], far)
	}
	for id := range w.Players {
		if w.Players[id].Status == Flying {
			l.near(w.Arena, team, &w.Ships[id])
		}
	}
	return l.gaps[team]
}

// crowd takes account of s, which has just entered.
func (l *lonely) crowd(a *Arena, s *Ship) {
	for team, known := range l.known {
		if known {
			l.near(a, Team(team), s)
		}
	}
}

// near takes account of s for a team.
func (l *lonely) near(a *Arena, team Team, s *Ship) {
	const crowded = int64(64*One) * int64(64*One)
	for _, i := range a.spawnsNear(s.Pos) {
		d := s.Pos.Sub(a.Spawns[i].Pos).Len2()
		if d > crowded && team.Mates(s.Team) {
			continue
		}
		l.gaps[team][i] = min(l.gaps[team][i], d)
	}
}
