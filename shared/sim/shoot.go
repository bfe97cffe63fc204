package sim

import "slices"

// stepBolts flies every bolt and lets those that meet a ship hit it. A bolt is
// shorter per tick than the disc it meets, so looking at where it is suffices.
func (w *World) stepBolts() {
	kept := w.Bolts[:0]
	for i := range w.Bolts {
		b := w.Bolts[i]
		if !b.Advance(w.Arena) {
			w.explode(&b)
			continue
		}
		if Shots[b.Kind].Seeks > 0 && b.Armed() {
			if prey := w.prey(&b); prey != nil {
				b.Chase(prey.Pos)
			}
		}
		if victim := w.struck(&b); victim != nil {
			w.land(victim, &b, b.Blow())
			w.explode(&b)
			continue
		}
		kept = append(kept, b)
	}
	w.Bolts = kept
}

// struck returns the ship with the lowest id that b meets, or nil.
func (w *World) struck(b *Bolt) *Ship {
	victim := NoPlayer
	for id := range w.grid.near(b.Pos) {
		if id < victim && w.Alive(id) && b.Meets(&w.Ships[id]) {
			victim = id
		}
	}
	return w.Ship(victim)
}

// prey returns the nearest ship that b chases, of equals that with the lowest id,
// or nil.
func (w *World) prey(b *Bolt) *Ship {
	best, nearest := NoPlayer, int64(0)
	for id := range w.grid.within(b.Pos, Shots[b.Kind].Seeks) {
		if !w.Alive(id) {
			continue
		}
		if gap, yes := b.Smells(&w.Ships[id]); yes && (best == NoPlayer || gap < nearest || gap == nearest && id < best) {
			best, nearest = id, gap
		}
	}
	return w.Ship(best)
}

// explode lets the explosion at the end of b, if it has one, reach everybody near.
func (w *World) explode(b *Bolt) {
	if !b.Explodes() {
		return
	}
	w.close = w.close[:0]
	for id := range w.grid.within(b.Pos, Shots[b.Kind].Splash+WidestHull) {
		w.close = append(w.close, id)
	}
	slices.Sort(w.close)
	for _, id := range w.close {
		if !w.Alive(id) {
			continue
		}
		if blow, reaches := b.Blast(w.Arena, &w.Ships[id]); reaches {
			w.land(&w.Ships[id], b, blow)
		}
	}
}

// launch puts what left the guns in this tick among the bolts, or lets it act at
// once.
func (w *World) launch() {
	for i := range w.born {
		b := &w.born[i]
		switch b.Kind {
		case Beam:
			w.beam(b)
		case Pulse:
			w.pulse(b)
		default:
			w.Bolts = LaunchBolt(w.Bolts, *b)
		}
	}
}

// beam strikes the first ship in its way, as its shooter sees it.
func (w *World) beam(b *Bolt) {
	victim, known := w.ruled(b.Owner)
	if !known {
		victim = w.first(b)
	}
	w.Strikes = append(w.Strikes, Strike{b.Owner, victim})
	if s := w.Ship(victim); s != nil {
		w.land(s, b, b.Blow())
	}
}

// ruled returns whom the beam of id strikes, if that is known already.
func (w *World) ruled(id PlayerID) (victim PlayerID, known bool) {
	for _, s := range w.Rulings {
		if s.By == id {
			return s.Who, true
		}
	}
	return NoPlayer, false
}

// first returns the first ship in the way of a beam.
func (w *World) first(b *Bolt) PlayerID {
	ray := b.Ray(w.Arena)
	if sight := w.sight(b.Owner); sight != nil {
		w.look(&ray, sight)
		return ray.Victim
	}
	for id := range w.Players {
		if w.Players[id].Status == Flying {
			ray.Meet(&w.Ships[id])
		}
	}
	return ray.Victim
}

// pulse throws back every ship and every bolt around.
func (w *World) pulse(b *Bolt) {
	for id := range w.Players {
		if w.Players[id].Status != Flying {
			continue
		}
		if blow, reaches := b.Blast(w.Arena, &w.Ships[id]); reaches {
			w.land(&w.Ships[id], b, blow)
		}
	}
	for i := range w.Bolts {
		b.Repel(&w.Bolts[i])
	}
}

// land lets a blow of b fall on s and buries s where that was its end.
func (w *World) land(s *Ship, b *Bolt, blow Blow) {
	if s.Take(w.Arena, blow, w.Match.Phase == Results) == Broken {
		w.kill(s.ID, b.Owner, b.Kind)
	}
}
