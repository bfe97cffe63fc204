package view

import (
	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// livery says in which colour everybody is shown: it knows the palette, who flies
// for which side, and which side is one's own. Own side and other side have a
// colour each whatever they are called; the marks over ships and bases say which
// of the two it is.
type livery struct {
	palette
	self  sim.PlayerID
	team  sim.Team // own
	sides int
	teams [sim.MaxPlayers]sim.Team
}

// learn takes over who plays for whom.
func (l *livery) learn(scene *replica.Scene) {
	l.self, l.team, l.sides = scene.Self, scene.Team, scene.Teams
	if l.sides == 0 {
		return
	}
	for i := range scene.Players {
		if p := &scene.Players[i]; int(p.ID) < len(l.teams) {
			l.teams[p.ID] = p.Team
		}
	}
	for i := range scene.Ships {
		if s := &scene.Ships[i]; int(s.ID) < len(l.teams) {
			l.teams[s.ID] = s.Team
		}
	}
}

// of returns the colour of a player's ship, bolts and name.
func (l *livery) of(id sim.PlayerID) hue {
	switch {
	case id == l.self && id != sim.NoPlayer:
		return l.own
	case l.sides != 0 && int(id) < len(l.teams):
		return l.side(l.teams[id])
	default:
		return l.others[int(id)%len(l.others)]
	}
}

// ofShip is of for a ship that is seen: one's own is known by its mark.
func (l *livery) ofShip(s *replica.ShipView) hue {
	if s.Own {
		return l.own
	}
	if l.sides != 0 {
		return l.side(s.Team)
	}
	return l.of(s.ID)
}

// side returns the colour of a team: of a spectator's two, Ion is as one's own.
func (l *livery) side(t sim.Team) hue {
	switch {
	case t == sim.NoTeam:
		return l.neutral
	case t == l.team, l.team == sim.NoTeam && t == sim.TeamIon:
		return l.ally
	default:
		return l.foe
	}
}
