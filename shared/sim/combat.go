package sim

import "slices"

func (w *World) kill(who, by PlayerID, with BoltKind) {
	w.ground(who)
	w.Players[who].SpawnAt = w.Tick + respawnDelay
	w.emit(Event{Kind: Killed, Who: who, By: by, With: with})
	if w.Match.Phase != Live {
		return
	}
	AddPoints(&w.Players[who].Deaths, 1)
	if int(by) < len(w.Players) && w.Players[by].Status != Absent && by != who {
		AddPoints(&w.Players[by].Kills, 1)
		AddPoints(&w.Players[by].Score, 1)
		w.mode.Killed(w, who, by)
	}
}

// stepContacts pushes ships that overlap apart and lets them bounce: pair by pair, in
// order of the lower and then of the higher id.
func (w *World) stepContacts() {
	for id := range w.Players {
		if w.Players[id].Status != Flying {
			continue
		}
		a := &w.Ships[id]
		w.close = w.close[:0]
		for other := range w.grid.near(a.Pos) {
			if other > a.ID {
				w.close = append(w.close, other)
			}
		}
		slices.Sort(w.close)
		for _, other := range w.close {
			Bump(w.Arena, a, &w.Ships[other])
		}
	}
}

// Bump resolves the contact, if any, of two ships of equal mass: half of the
// overlap and half of the impulse for each. It reports whether they touched.
func Bump(ground *Arena, a, b *Ship) (touched bool) {
	reach := Hulls[a.Hull].Radius + Hulls[b.Hull].Radius
	gap := b.Pos.Sub(a.Pos)
	d2 := gap.Len2()
	if d2 >= int64(reach)*int64(reach) {
		return false
	}
	d := isqrt(d2)
	depth := int64(reach) - d
	if d == 0 {
		gap, d = Vec{One, 0}, int64(One)
	}
	// The unit vector from a to b, 1024 long.
	normal := Vec{Unit(int64(gap.X) * 1024 / d), Unit(int64(gap.Y) * 1024 / d)}
	push := scale(normal, (depth+1)/2)
	a.shove(ground, Vec{-push.X, -push.Y})
	b.shove(ground, push)
	closing := a.Vel.Sub(b.Vel).Dot(normal) / 1024
	if closing <= 0 {
		return true
	}
	impulse := scale(normal, closing*(256+shipRestitution)/512)
	a.Vel = a.Vel.Sub(impulse).clampLen(Hulls[a.Hull].MaxSpeed)
	b.Vel = b.Vel.Add(impulse).clampLen(Hulls[b.Hull].MaxSpeed)
	return true
}

// scale returns v (1024 long) times length.
func scale(v Vec, length int64) Vec {
	return Vec{Unit(int64(v.X) * length / 1024), Unit(int64(v.Y) * length / 1024)}
}

// shove moves s by d unless a wall is there.
func (s *Ship) shove(ground *Arena, d Vec) {
	if to := s.Pos.Add(d); !ground.boxHits(to, Hulls[s.Hull].Box) {
		s.Pos = to
	}
}
