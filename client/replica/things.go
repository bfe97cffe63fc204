package replica

import (
	"fmt"
	"time"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// things are the pick-ups and objectives of the ground, as told. Between two
// tellings objectives advance by themselves.
type things struct {
	items      []sim.Item // in the arena's order
	objectives []sim.Objective
}

// lay starts anew on the ground a: what lies where, the server will tell.
func (g *things) lay(a *sim.Arena) {
	g.items, g.objectives = g.items[:0], g.objectives[:0]
	for i := range a.Items {
		g.items = append(g.items, sim.Item{Kind: a.Items[i].Kind})
	}
}

// copy makes g equal to from.
func (g *things) copy(from *things) {
	g.items = append(g.items[:0], from.items...)
	g.objectives = append(g.objectives[:0], from.objectives...)
}

// advance lets so many ticks of a live match pass.
func (g *things) advance(a *sim.Arena, steps int) {
	for i := range g.objectives {
		for range steps {
			g.objectives[i].Advance(a)
		}
	}
}

// take applies what a frame tells.
func (g *things) take(f *wire.Frame) error {
	for _, it := range f.Items {
		if int(it.Index) >= len(g.items) {
			return fmt.Errorf("%w: pick-up %d of %d", ErrFrame, it.Index, len(g.items))
		}
		g.items[it.Index] = it.Item
	}
	for _, o := range f.Objectives {
		for int(o.Index) >= len(g.objectives) {
			g.objectives = append(g.objectives, sim.Objective{})
		}
		g.objectives[o.Index] = o.Objective
	}
	return nil
}

// lies reports whether it lies on its point in tick t.
func lies(it sim.Item, t sim.Tick) bool { return it.Back == 0 || !wire.Before(t, it.Back) }

// beacon returns the beacon's place, if there is a beacon.
func (g *things) beacon() (sim.Vec, bool) {
	for i := range g.objectives {
		if g.objectives[i].Kind == sim.Beacon {
			return g.objectives[i].Pos, true
		}
	}
	return sim.Vec{}, false
}

// core returns the core of a team, if there is one.
func (g *things) core(t sim.Team) (sim.Objective, bool) {
	for _, o := range g.objectives {
		if o.Kind == sim.Core && o.Team == t {
			return o, true
		}
	}
	return sim.Objective{}, false
}

func (r *Replica) drawItems(s *Scene) {
	s.Items = s.Items[:0]
	m := &r.ahead.now
	for i, it := range m.things.items {
		v := ItemView{Kind: it.Kind, Pos: point(r.arena.Items[i].Pos), Here: lies(it, r.ahead.tick)}
		if !v.Here {
			v.In = ticks(it.Back, s.Tick)
		}
		s.Items = append(s.Items, v)
	}
}

func (r *Replica) drawObjectives(s *Scene) {
	s.Objectives = s.Objectives[:0]
	now, next := &r.ahead.now.things, &r.ahead.next.things
	for i := range now.objectives {
		o := &now.objectives[i]
		to := o.Pos
		if i < len(next.objectives) && next.objectives[i].State == o.State {
			to = next.objectives[i].Pos
		}
		v := ObjectiveView{
			Kind: o.Kind, State: o.State, Team: o.Team, Carrier: o.Carrier,
			Pos: between(o.Pos, to, max(r.melt.share, 0)), Home: point(o.Home),
			Timer: time.Duration(o.Timer) * time.Second / sim.TickRate,
		}
		if ship := s.Ship(o.Carrier); o.State == sim.Carried && ship != nil {
			v.Pos = ship.Pos
		}
		s.Objectives = append(s.Objectives, v)
	}
}
