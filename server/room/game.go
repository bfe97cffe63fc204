package room

import (
	"ionwake/shared/belief"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// game knows what the clients know of pick-ups and objectives, so that only what
// they could not work out is told, and keeps what was done in the match.
type game struct {
	items      []toldItem
	objectives [wire.MaxObjectives]toldObjective
	match      sim.Match // as told, with the send before
	deeds      deedLog
}

type toldItem struct {
	is  sim.Item
	rev sendIndex // send that tells it
}

type toldObjective struct {
	is  sim.Objective // Kind 0: there is none
	rev sendIndex
}

// deedLog keeps the newest deeds; a seat that missed more has missed them.
type deedLog struct {
	total uint32
	ring  [128]sim.Event
}

func (l *deedLog) add(e sim.Event) {
	l.ring[l.total%uint32(len(l.ring))] = e
	l.total++
}

// updateGame compares what clients know of the game with what is, before send rev,
// which comes steps ticks after the one before.
func (r *Room) updateGame(rev sendIndex, steps int) {
	g := &r.game
	match := r.world.Match
	began := match.Phase != g.match.Phase
	if t := &r.roster.standing; t.crowd && !t.fresh {
		match.Scores = g.match.Scores // which never rest in a crowd
	}
	if match != g.match {
		r.roster.matchRev = rev
	}
	for i := range g.items {
		it := &g.items[i]
		if it.is.Back != 0 && !wire.Before(r.world.Tick, it.is.Back) {
			it.is.Back = 0 // it is back, as clients know
		}
		if truth := r.world.Items[i]; truth != it.is || it.rev == 0 {
			*it = toldItem{truth, rev}
		}
	}
	for i := range g.objectives {
		var truth sim.Objective
		if i < len(r.world.Objectives) {
			truth = r.world.Objectives[i]
		}
		o := &g.objectives[i]
		if g.match.Phase == sim.Live {
			for range steps {
				o.is.Advance(r.ground().Arena)
			}
		}
		// A change of phase decides how often an objective advances, and a client that
		// misses sends learns of it late: so it is told all of them then.
		if truth != o.is || began && truth.Kind != 0 {
			*o = toldObjective{truth, rev}
		}
	}
	g.match = match
}

// composeGame adds what the seat has to be told of pick-ups, objectives and deeds.
func (r *Room) composeGame(s *seat) {
	f, g := &r.frame, &r.game
	for i := range g.items {
		if it := &g.items[i]; it.rev > s.matched {
			f.Items = append(f.Items, wire.Item{Index: uint8(i), Item: it.is})
		}
	}
	for i := range g.objectives {
		if o := &g.objectives[i]; o.rev > s.matched {
			f.Objectives = append(f.Objectives, wire.Objective{Index: uint8(i), Objective: o.is})
		}
	}
	if n := uint32(len(g.deeds.ring)); g.deeds.total-s.witnessed > n {
		s.witnessed = g.deeds.total - n
	}
	for i := s.witnessed; i != g.deeds.total; i++ {
		if e := &g.deeds.ring[i%uint32(len(g.deeds.ring))]; r.witnesses(s, e) {
			f.Deeds = append(f.Deeds, wire.Deed{Kind: e.Kind, Who: e.Who, Team: e.Team, Index: e.Index, Ago: r.world.Tick - e.Tick})
		}
	}
	if s.fresh && !s.resumed && r.poll.state.Call == 0 {
		return // how a vote ended is news for those who knew of it
	}
	if r.poll.rev > s.matched {
		f.Vote = &r.poll.state
	}
}

// witnesses reports whether the seat may know of e: who took a pick-up is known to
// those who see the place.
func (r *Room) witnesses(s *seat, e *sim.Event) bool {
	if e.Kind != sim.ItemTaken {
		return true
	}
	items := r.ground().Arena.Items
	return int(e.Index) < len(items) && r.sees(s, r.cellAt(items[e.Index].Pos))
}

func (r *Room) cellAt(p sim.Vec) belief.CellID { return r.grid.At(p) }
