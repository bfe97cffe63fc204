package view

import (
	"math"
	"slices"
	"time"

	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// arcadeEye sees by comparing two ticks of a World what a client is told of as
// effects.
type arcadeEye struct {
	before []sim.Ship
	alive  []bool
	bolts  []sim.Bolt
}

func (e *arcadeEye) init(n int) { e.before, e.alive = make([]sim.Ship, n), make([]bool, n) }

func point(v sim.Vec) replica.Point { return replica.Point{X: v.X.Float(), Y: v.Y.Float()} }

// perSecond is a speed as views have it.
func perSecond(v sim.Vec) replica.Point {
	return replica.Point{X: v.X.Float() * sim.TickRate, Y: v.Y.Float() * sim.TickRate}
}

// along is the direction of v.
func along(v sim.Vec) replica.Point {
	if l := math.Hypot(v.X.Float(), v.Y.Float()); l > 0 {
		return replica.Point{X: v.X.Float() / l, Y: v.Y.Float() / l}
	}
	return replica.Point{X: 1}
}

// watch tells what happened in the last tick.
func (e *arcadeEye) watch(w *sim.World, self sim.PlayerID, s *replica.Scene) {
	tell := func(f replica.Effect) {
		f.Own = f.Who == self || f.By == self
		if f.Size == 0 {
			f.Size = 0.6
		}
		s.Effects = append(s.Effects, f)
	}
	for id := range e.before {
		e.watchShip(w, sim.PlayerID(id), tell)
	}
	e.watchBolts(w, tell)
	for _, ev := range w.Events {
		if kind, deed := deeds[ev.Kind]; deed {
			f := replica.Effect{Kind: kind, Who: ev.Who, Team: ev.Team, Pos: placeOf(w, &ev)}
			if ev.Kind == sim.ItemTaken {
				f.Item = w.Items[ev.Index].Kind
			}
			tell(f)
		}
	}
}

var deeds = map[sim.EventKind]replica.EffectKind{
	sim.ItemTaken: replica.ItemTaken, sim.CoreTaken: replica.CoreTaken, sim.CoreDropped: replica.CoreDropped,
	sim.CoreReturned: replica.CoreReturned, sim.CoreCaptured: replica.CoreCaptured, sim.BeaconChanged: replica.BeaconTurned,
}

// placeOf returns where a deed was done.
func placeOf(w *sim.World, e *sim.Event) replica.Point {
	switch {
	case e.Kind == sim.ItemTaken:
		return point(w.Arena.Items[e.Index].Pos)
	case e.Kind == sim.BeaconChanged && len(w.Objectives) > 0:
		return point(w.Objectives[0].Pos)
	case w.Alive(e.Who):
		return point(w.Ships[e.Who].Pos)
	}
	return replica.Point{}
}

func (e *arcadeEye) watchShip(w *sim.World, p sim.PlayerID, tell func(replica.Effect)) {
	s, old, was := w.Ship(p), e.before[p], e.alive[p]
	e.alive[p] = s != nil
	if s == nil {
		if was {
			tell(replica.Effect{Kind: replica.ShipDied, Who: p, By: sim.NoPlayer, Pos: point(old.Pos)})
		}
		return
	}
	e.before[p] = *s
	if !was {
		tell(replica.Effect{Kind: replica.ShipEntered, Who: p, By: sim.NoPlayer, Pos: point(s.Pos)})
		return
	}
	rival := (p + 1) % sim.PlayerID(len(e.before))
	switch {
	case s.Energy < old.Energy-700 && s.Guards():
		tell(replica.Effect{Kind: replica.ShotBlocked, Who: p, By: rival, Pos: point(s.Pos.Add(s.Aim.Vec(sim.Units(30)))), Dir: along(s.Aim.Turn(512).Vec(sim.One))})
	case s.Energy < old.Energy-700 && s.Reload <= old.Reload && s.Recharge <= old.Recharge && s.DashIn <= old.DashIn:
		tell(replica.Effect{Kind: replica.ShotHit, Who: p, By: rival, Pos: point(s.Pos), Dir: replica.Point{X: 1}})
	}
	if s.DashIn > old.DashIn {
		tell(replica.Effect{Kind: replica.ShipDashed, Who: p, By: sim.NoPlayer, Pos: point(s.Pos), Dir: along(s.Vel)})
	}
	if s.Hull == sim.Lancer && s.Reload > old.Reload {
		dir := s.Aim.Vec(sim.Shots[sim.Beam].Speed)
		reach := w.Arena.Trace(s.Pos, dir, sim.Shots[sim.Beam].Reach)
		tell(replica.Effect{Kind: replica.BeamFired, Who: p, By: sim.NoPlayer, Weapon: sim.Beam, Pos: point(s.Pos), End: point(s.Pos.Add(s.Aim.Vec(reach)))})
	}
	if s.Hull == sim.Lancer && s.Recharge > old.Recharge {
		tell(replica.Effect{Kind: replica.PulseFired, Who: p, By: sim.NoPlayer, Weapon: sim.Pulse, Pos: point(s.Pos), Size: 1})
	}
}

func (e *arcadeEye) watchBolts(w *sim.World, tell func(replica.Effect)) {
	named := func(list []sim.Bolt, k sim.BoltKey) bool {
		_, found := slices.BinarySearchFunc(list, k, func(b sim.Bolt, k sim.BoltKey) int { return int(b.Key()) - int(k) })
		return found
	}
	for i := range w.Bolts {
		if b := &w.Bolts[i]; !named(e.bolts, b.Key()) {
			tell(replica.Effect{Kind: replica.ShotFired, Who: b.Owner, By: sim.NoPlayer, Weapon: b.Kind, Pos: point(b.Pos), Dir: along(b.Vel)})
		}
	}
	for i := range e.bolts {
		b := &e.bolts[i]
		switch {
		case named(w.Bolts, b.Key()):
		case b.Explodes():
			tell(replica.Effect{Kind: replica.Exploded, Who: sim.NoPlayer, By: b.Owner, Weapon: b.Kind, Pos: point(b.Pos)})
		default:
			tell(replica.Effect{Kind: replica.ShotFaded, Who: b.Owner, By: sim.NoPlayer, Weapon: b.Kind, Pos: point(b.Pos)})
		}
	}
	e.bolts = append(e.bolts[:0], w.Bolts...)
}

// shipView is a ship as a client shows it.
func shipView(a *sim.Arena, s *sim.Ship, own bool) replica.ShipView {
	hull := &sim.Hulls[s.Hull]
	part := func(n, of uint8) float64 { return min(1, float64(n)/float64(max(of, 1))) }
	return replica.ShipView{
		ID: s.ID, Hull: s.Hull, Team: s.Team, Pos: point(s.Pos), Vel: perSecond(s.Vel), Aim: float64(s.Aim) * 2 * math.Pi / sim.AngleSteps,
		Buttons: s.Held.Buttons, Energy: float64(s.Energy) / float64(hull.EnergyMax), Shielded: s.Shield > 0, Guard: s.Guards(),
		Drafts: s.Drafts, Dashing: s.Dashing(), Carries: s.Carries, Safe: !s.Shoots(a), Boost: s.Boost,
		BoostFor: float64(s.BoostFor) / float64(max(1, sim.BoostTime(s.Boost))),
		Reload:   part(s.Reload, hull.Primary.Reload), Recharge: part(s.Recharge, hull.Secondary.Reload), DashIn: part(s.DashIn, sim.DashReload), Own: own,
	}
}

// showThings fills in bolts, pick-ups and objectives.
func showThings(w *sim.World, s *replica.Scene) {
	s.Bolts, s.Items, s.Objectives = s.Bolts[:0], s.Items[:0], s.Objectives[:0]
	for i := range w.Bolts {
		b := &w.Bolts[i]
		s.Bolts = append(s.Bolts, replica.BoltView{
			Key: b.Key(), Owner: b.Owner, Team: b.Team, Kind: b.Kind, Pos: point(b.Pos), Vel: perSecond(b.Vel),
			Life: float64(b.Life) / float64(sim.Shots[b.Kind].Life),
		})
	}
	wait := func(back sim.Tick) time.Duration {
		return time.Duration(max(0, int(back)-int(w.Tick))) * time.Second / sim.TickRate
	}
	for i, it := range w.Items {
		s.Items = append(s.Items, replica.ItemView{Kind: it.Kind, Pos: point(w.Arena.Items[i].Pos), Here: it.Back == 0, In: wait(it.Back)})
	}
	for i := range w.Objectives {
		o := &w.Objectives[i]
		v := replica.ObjectiveView{
			Kind: o.Kind, State: o.State, Team: o.Team, Carrier: o.Carrier, Pos: point(o.Pos), Home: point(o.Home),
			Timer: time.Duration(o.Timer) * time.Second / sim.TickRate,
		}
		if o.State == sim.Carried && w.Alive(o.Carrier) {
			v.Pos = point(w.Ships[o.Carrier].Pos)
		}
		s.Objectives = append(s.Objectives, v)
	}
}
