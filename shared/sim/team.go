package sim

// Team is a side of a match: NoTeam in a mode without sides.
type Team uint8

// The teams.
const (
	NoTeam Team = iota
	TeamIon
	TeamEmber

	// Teams is the number of sides in a mode that has them.
	Teams = 2
)

// Other returns the other side.
func (t Team) Other() Team {
	switch t {
	case TeamIon:
		return TeamEmber
	case TeamEmber:
		return TeamIon
	}
	return NoTeam
}

// Mates reports whether t and o are the same side. Nobody is a mate of anybody
// where there are no sides.
func (t Team) Mates(o Team) bool { return t != NoTeam && t == o }
