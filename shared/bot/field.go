package bot

import "ionwake/shared/sim"

// heavy is an acceleration that a ship had better not fly against, in Units per
// tick squared: half of what the weakest hull has.
const heavy = 56

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

// sink returns the middle of the strongest well that draws what is at pos in.
func sink(a *sim.Arena, pos sim.Vec) (at sim.Vec, found bool) {
	most := int64(0)
	for i := range a.Wells {
		w := &a.Wells[i]
		gap := w.Pos.Sub(pos)
		if w.Pull <= 0 || !within(gap, w.Radius) {
			continue
		}
		if pull := int64(w.Pull) * int64(w.Radius-gap.Len()) / int64(w.Radius); pull > most {
			at, most, found = w.Pos, pull, true
		}
	}
	return at, found
}

// climb returns the velocity out of a well that is about to have the ship, and
// whether it must be flown now.
func (p *Pilot) climb(me *sim.Ship) (want sim.Vec, must bool) {
	pull := p.arena.PullAt(me.Pos)
	if pull == (sim.Vec{}) || within(pull, p.craft.hull.Thrust*3/5) {
		return sim.Vec{}, false
	}
	at, found := sink(p.arena, me.Pos)
	if !found {
		return sim.Vec{}, false
	}
	out := toward(me.Pos.Sub(at), p.craft.rush)
	if out == (sim.Vec{}) {
		out = sim.Vec{X: p.craft.rush}
	}
	// Half outwards, half along: nobody comes straight out of a deep one.
	return out.Add(me.Vel), true
}

// against returns the change of speed that makes up for a well, until the keys are
// changed next.
func against(a *sim.Arena, at sim.Vec) sim.Vec {
	pull := a.PullAt(at)
	return sim.Vec{X: -pull.X * 20, Y: -pull.Y * 20}
}
