package belief

import "ionwake/shared/sim"

// View is what one player knows at one tick: the cells in sight and what is public,
// no more. Bots play from it, so that they never know more than a person in their
// seat.
type View struct {
	Tick       sim.Tick
	Arena      *sim.Arena
	Match      sim.Match
	Mode       string          // the mode's name, see sim.ModeByName
	Team       sim.Team        // of the seat; sim.NoTeam where there are no sides
	Items      []sim.Item      // by pick-up point of the arena
	Objectives []sim.Objective // what the mode is about
	Cells      []*Cell
}

// Ship returns the ship of id if it is in sight, else nil.
func (v *View) Ship(id sim.PlayerID) *sim.Ship {
	for _, c := range v.Cells {
		if i, ok := c.find(id); ok {
			return &c.Ships[i]
		}
	}
	return nil
}

// find returns where the ship of id is, or would be, in c.Ships.
func (c *Cell) find(id sim.PlayerID) (int, bool) {
	lo, hi := 0, len(c.Ships)
	for lo < hi {
		mid := (lo + hi) / 2
		if c.Ships[mid].ID < id {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < len(c.Ships) && c.Ships[lo].ID == id
}

// Find returns the ship of id in c, or nil.
func (c *Cell) Find(id sim.PlayerID) *sim.Ship {
	if i, ok := c.find(id); ok {
		return &c.Ships[i]
	}
	return nil
}
