package sim

// HeldFor is for how many ticks somebody far away is taken to hold what it held when
// it was last told of: 200 ms. What it does later is anybody's guess, so it coasts.
const HeldFor = 12

// Foresee moves s by one tick as those foresee it who were told of it so many ticks
// before the end of that tick: by its own motion, with what it held then, as long as
// that says anything.
func (s *Ship) Foresee(a *Arena, told Tick, born []Bolt) []Bolt {
	if told > HeldFor {
		s.Held.Buttons = 0
	}
	return s.Advance(a, born)
}

// Sight is the picture somebody shoots at: what it was told of the World at a tick,
// foreseen from there to the tick of the shot. Without Ships it is the truth.
//
// A beam acts at once and cannot be led, so it is judged on the picture of who fires
// it: what was in its way there is struck. Everything else is judged on the truth: a
// ship of the picture that is gone, or has entered again since, stops no beam, and what
// a beam does to the one it strikes depends on where and how that ship truly is.
//
// Like an input a Sight is given to Step from outside. Whoever records a match records
// what it led to, the Strike, and plays it again by Rulings.
type Sight struct {
	At    Tick     // before the tick of the Step it is for
	Ships [][]Ship // as they were after that tick, as far as told, in any order; nil: truth. Not changed
}

// Strike is what became of a beam.
type Strike struct {
	By  PlayerID
	Who PlayerID // NoPlayer: nobody
}

// sight returns the picture of id in this Step, nil where it is the truth.
func (w *World) sight(id PlayerID) *Sight {
	if int(id) >= len(w.Sights) || w.Sights[id].Ships == nil {
		return nil
	}
	return &w.Sights[id]
}

// look lets the ray come by everybody in a picture.
func (w *World) look(ray *Ray, sight *Sight) {
	age := w.Tick - sight.At
	for _, part := range sight.Ships {
		for i := range part {
			s := &part[i]
			if !w.shows(sight, s.ID) || !ray.near(s, age) {
				continue
			}
			seen := *s
			for told := Tick(1); told <= age; told++ {
				w.stray = seen.Foresee(w.Arena, told, w.stray[:0])
			}
			ray.Meet(&seen)
		}
	}
}

// shows reports whether the ship of id in a picture is the one it has now.
func (w *World) shows(sight *Sight, id PlayerID) bool {
	return w.Alive(id) && int32(sight.At-w.Players[id].SpawnAt) >= 0
}

// near reports whether s may be in the way of the ray so many ticks from now; mostly
// that is told without moving it.
func (r *Ray) near(s *Ship, ticks Tick) bool {
	b, hull := r.beam, &Hulls[s.Hull]
	gap, speed := s.Pos.Sub(b.Pos), int64(Shots[b.Kind].Speed)
	slack := int64(hull.MaxSpeed)*int64(ticks) + int64(hull.Radius+Shots[b.Kind].Radius+One)
	along := gap.Dot(b.Vel) / speed
	across := (int64(gap.X)*int64(b.Vel.Y) - int64(gap.Y)*int64(b.Vel.X)) / speed
	return along >= -slack && along <= int64(r.Far)+slack && across >= -slack && across <= slack
}

// Sighted reports whether the beam of id was judged on a picture in the last Step, and
// not on the truth: what it struck cannot be worked out from inputs alone.
func (w *World) Sighted(id PlayerID) bool { return w.sight(id) != nil }
