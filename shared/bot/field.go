package bot

import "ionwake/shared/sim"

// heavy is an acceleration that a ship had better not fly against, in Units per
// tick squared: two fifths of what the weakest hull has. No well traps a ship, see
// sim.MaxPull, but some cost a lot of time.
const heavy = 50

// placid reports whether no strong well is on the straight way from from to to.
func placid(a *sim.Arena, from, to sim.Vec) bool {
	if len(a.Wells) == 0 {
		return true
	}
	way := to.Sub(from)
	steps := max(absolute(way.X), absolute(way.Y))/(2*sim.TileSize) + 1
	step := way.Div(steps)
	for at := from; steps > 0; steps-- {
		at = at.Add(step)
		if pull := a.PullAt(at); within(pull, heavy) {
			continue
		}
		return false
	}
	return true
}

// against returns the change of speed that makes up for a well, until the keys are
// changed next.
func against(a *sim.Arena, at sim.Vec) sim.Vec {
	pull := a.PullAt(at)
	return sim.Vec{X: -pull.X * 20, Y: -pull.Y * 20}
}
