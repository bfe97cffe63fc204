package sim

// Ray is a beam on its way: the first ship it meets is its victim.
type Ray struct {
	Victim PlayerID // NoPlayer: none yet
	Far    Unit     // how far it gets: to the victim, to a wall, or as far as beams reach

	beam *Bolt
}

// Ray returns the beam b as it flies with nobody in its way yet: up to the first wall.
func (b *Bolt) Ray(a *Arena) Ray {
	return Ray{Victim: NoPlayer, Far: a.Trace(b.Pos, b.Vel, Shots[b.Kind].Reach), beam: b}
}

// Meet lets the ray come by s, which stops it if nobody nearer does. Of two just as
// near it is the one with the lower id. Ships may be met in any order.
func (r *Ray) Meet(s *Ship) {
	at, hit := r.beam.Crosses(s, r.Far)
	if hit && (r.Victim == NoPlayer || at < r.Far || s.ID < r.Victim) {
		r.Victim, r.Far = s.ID, at
	}
}

// Stop ends the ray at s, whom it struck although s is not quite in its way: its
// shooter saw it there.
func (r *Ray) Stop(s *Ship) {
	b := r.beam
	at := Unit(s.Pos.Sub(b.Pos).Dot(b.Vel) / int64(Shots[b.Kind].Speed))
	r.Victim, r.Far = s.ID, min(max(at, 0), r.Far)
}
