package sim

// BeaconMode is two teams and a beacon: a point for each second that one team alone
// is near it. It waits where nobody holds it, and goes round its path while somebody
// does: for Ion the one way, for Ember the other, so that neither has the shorter one.
type BeaconMode struct{}

// Name returns "beacon".
func (BeaconMode) Name() string { return "beacon" }

// Teams returns 2.
func (BeaconMode) Teams() int { return Teams }

// Needs asks for a path and spawn points for either team.
func (BeaconMode) Needs(a *Arena) error {
	if len(a.Path) < 2 {
		return errNoPath
	}
	return sidesFit(a)
}

// Begin lights the beacon at the first point of its path.
func (BeaconMode) Begin(w *World) {
	path := w.Arena.Path
	w.Objectives = append(w.Objectives, Objective{Kind: Beacon, State: Free, Carrier: NoPlayer, Pos: path[0], Home: path[0]})
}

// Killed has nothing to add to the killer's point: holding is what counts.
func (BeaconMode) Killed(*World, PlayerID, PlayerID) {}

// Over reports whether a team has reached the score limit.
func (BeaconMode) Over(w *World) bool { return w.decided() }

// Step finds out who holds the beacon and gives points for it.
func (m BeaconMode) Step(w *World) {
	for i := range w.Objectives {
		o := &w.Objectives[i]
		state, team := m.holder(w, o.Pos)
		if team != o.Team {
			w.emit(Event{Kind: BeaconChanged, Who: NoPlayer, By: NoPlayer, Team: team})
		}
		o.State, o.Team = state, team
		if state != Held {
			continue
		}
		if w.Tick%beaconPoint == 0 {
			w.score(team, 1)
		}
		if w.Tick%beaconReward == 0 {
			m.reward(w, o)
		}
	}
}

// holder returns how a beacon at p stands.
func (m BeaconMode) holder(w *World, p Vec) (ObjectiveState, Team) {
	var near [Teams + 1]bool
	for id := range w.grid.within(p, beaconReach) {
		if s := w.Ship(id); s != nil && m.holds(w, s, p) {
			near[s.Team] = true
		}
	}
	switch {
	case near[TeamIon] && near[TeamEmber]:
		return Contested, NoTeam
	case near[TeamIon]:
		return Held, TeamIon
	case near[TeamEmber]:
		return Held, TeamEmber
	}
	return Free, NoTeam
}

// holds reports whether s is near enough to a beacon at p, and where it can be fought.
func (BeaconMode) holds(w *World, s *Ship, p Vec) bool {
	return s.Shoots(w.Arena) && s.Pos.Sub(p).Len2() <= int64(beaconReach)*int64(beaconReach)
}

// reward gives everybody who holds o a point.
func (m BeaconMode) reward(w *World, o *Objective) {
	for id := range w.Players {
		if s := w.Ship(PlayerID(id)); s != nil && s.Team == o.Team && m.holds(w, s, o.Pos) {
			w.credit(s.ID, 1)
		}
	}
}
