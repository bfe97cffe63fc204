package bot

import "ionwake/shared/sim"

// stride is how far apart a line of sight is looked at: half a tile.
const stride = sim.TileSize / 2

// sees reports whether no wall stands between from and to.
func sees(a *sim.Arena, from, to sim.Vec) bool {
	way := to.Sub(from)
	steps := max(absolute(way.X), absolute(way.Y))/stride + 1
	step := way.Div(steps)
	for at := from; steps > 0; steps-- {
		at = at.Add(step)
		if a.SolidAt(at) {
			return false
		}
	}
	return true
}

// halfWidth is half the room a ship leaves itself when it flies past a wall.
const halfWidth = 14 * sim.One

// passable reports whether a ship can fly straight from from to to.
func passable(a *sim.Arena, from, to sim.Vec) bool {
	way := to.Sub(from)
	// The longer part of the way is at most the way's length, so a ship that flies
	// diagonally leaves itself more room, never less.
	length := int64(max(absolute(way.X), absolute(way.Y))) + 1
	side := sim.Vec{
		X: sim.Unit(-int64(way.Y) * int64(halfWidth) / length),
		Y: sim.Unit(int64(way.X) * int64(halfWidth) / length),
	}
	return sees(a, from.Add(side), to.Add(side)) && sees(a, from.Sub(side), to.Sub(side))
}

// toward returns a vector of the given length in the direction of v.
func toward(v sim.Vec, length sim.Unit) sim.Vec {
	l := int64(v.Len())
	if l == 0 {
		return sim.Vec{}
	}
	return sim.Vec{
		X: sim.Unit(int64(v.X) * int64(length) / l),
		Y: sim.Unit(int64(v.Y) * int64(length) / l),
	}
}

// within reports whether v is at most limit long.
func within(v sim.Vec, limit sim.Unit) bool { return v.Len2() <= int64(limit)*int64(limit) }

func absolute(u sim.Unit) sim.Unit { return max(u, -u) }
