package sim

import (
	"errors"
	"math"
)

// modes are all there are, in the order of menus.
var modes = [...]Mode{Brawl{}, Squads{}, Relay{}, BeaconMode{}}

// ModeNames returns the names of the modes.
func ModeNames() []string {
	names := make([]string, len(modes))
	for i, m := range modes {
		names[i] = m.Name()
	}
	return names
}

// ModeByName finds a mode.
func ModeByName(name string) (Mode, bool) {
	for _, m := range modes {
		if m.Name() == name {
			return m, true
		}
	}
	return nil, false
}

var (
	errNoSides = errors.New("it lacks spawn points for both teams, or for anybody")
	errNoBases = errors.New("it lacks bases")
	errNoPath  = errors.New("it lacks a path for the beacon, of two points or more")
)

// sidesFit reports whether both teams can spawn in a.
func sidesFit(a *Arena) error {
	for _, t := range [...]Team{TeamIon, TeamEmber} {
		if !a.spawnsFor(t) {
			return errNoSides
		}
	}
	return nil
}

// spawnsFor reports whether a has a spawn point for t.
func (a *Arena) spawnsFor(t Team) bool {
	for _, s := range a.Spawns {
		if s.Team == NoTeam || s.Team == t {
			return true
		}
	}
	return false
}

// AddPoints adds points to a score or another count of a match, which stops at the end
// of its range: a match without a score limit may go on for days.
func AddPoints(to *int16, points int16) {
	*to = int16(min(max(int(*to)+int(points), math.MinInt16), math.MaxInt16))
}

// score gives points to a team.
func (w *World) score(t Team, points int16) {
	if t != NoTeam {
		AddPoints(&w.Match.Scores[t-1], points)
	}
}

// decided reports whether a team has reached the score limit.
func (w *World) decided() bool {
	limit := w.Rules.ScoreLimit
	return limit != 0 && (w.Match.Scores[0] >= limit || w.Match.Scores[1] >= limit)
}

// credit gives a player points that are not for a kill.
func (w *World) credit(id PlayerID, points int16) {
	if int(id) < len(w.Players) && w.Players[id].Status != Absent {
		AddPoints(&w.Players[id].Score, points)
	}
}
