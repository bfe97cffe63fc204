package bot

import "ionwake/shared/sim"

const (
	pathLength = 96 // tiles of a way that are remembered
	searchStep = 64 // tiles looked at in one send
	arrived    = 48 * sim.One
)

// route is a way to a place, and the search for the next one.
type route struct {
	path   [pathLength]tile
	length int
	next   int     // the tile being flown to
	goal   sim.Vec // where the running or last search went
	search search
}

// seek looks for a way from at to goal unless one to about there is known.
func (r *route) seek(a *sim.Arena, at, goal sim.Vec) {
	near := max(at.Sub(goal).Len()/5, 2*arrived)
	if (r.search.running || r.flying()) && within(r.goal.Sub(goal), near) {
		return
	}
	if r.search.running {
		return // first finish the thought
	}
	r.goal = goal
	r.search.begin(a, tileAt(at), tileAt(goal))
}

// flying reports whether there is something left of the way.
func (r *route) flying() bool { return r.next < r.length }

// drop forgets the way and the search.
func (r *route) drop() { r.length, r.next, r.search.running = 0, 0, false }

// think goes on with the search, by a bounded amount of work.
func (r *route) think() {
	if r.search.running && r.search.step(searchStep) {
		r.length, r.next = r.search.way(r.path[:]), 0
	}
}

// follow returns the place to fly to next: the farthest of the next tiles of the
// way that can be reached in a straight line. Where the way is out of reach it is
// dropped.
func (r *route) follow(a *sim.Arena, at sim.Vec) (to sim.Vec, ok bool) {
	for _, ahead := range [...]int{8, 3, 1} {
		if i := r.next + ahead; i < r.length && passable(a, at, r.path[i].centre()) {
			r.next = i
			break
		}
	}
	if !r.flying() {
		return sim.Vec{}, false
	}
	to = r.path[r.next].centre()
	if within(to.Sub(at), sim.TileSize) {
		r.next++
		return to, true
	}
	if !sees(a, at, to) {
		r.length = 0
		return sim.Vec{}, false
	}
	return to, true
}
