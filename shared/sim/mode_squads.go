package sim

// Squads is two teams: a point for each kill of an enemy, first to the score limit
// or most at the bell.
type Squads struct{}

// Name returns "squads".
func (Squads) Name() string { return "squads" }

// Teams returns 2.
func (Squads) Teams() int { return Teams }

// Needs asks for spawn points for both teams.
func (Squads) Needs(a *Arena) error { return sidesFit(a) }

// Begin has nothing to lay out.
func (Squads) Begin(*World) {}

// Step has nothing to do.
func (Squads) Step(*World) {}

// Killed gives the killer's team a point.
func (Squads) Killed(w *World, _, by PlayerID) { w.score(w.Players[by].Team, 1) }

// Over reports whether a team has reached the score limit.
func (Squads) Over(w *World) bool { return w.decided() }
