package sim

// wake is the trail over one tile: who last thrust across it, and who before. It is
// the World's alone: what players get to know of it is Ship.Drafts, and what they
// see is drawn from the ships' own thrust.
type wake struct {
	last, before trail
}

// trail is a ship's passing.
type trail struct {
	since Tick // 0: nobody has passed yet
	way   Vec  // the ship's speed
	who   PlayerID
}

// stepWakes lays the wakes of thrusting ships and tells who drafts in another's.
func (w *World) stepWakes() {
	for id := range w.Players {
		if w.Players[id].Status != Flying {
			continue
		}
		s := &w.Ships[id]
		fast := s.Vel.Len2() >= int64(wakeSpeed)*int64(wakeSpeed)
		if fast && s.Held.Buttons.Thrusting() {
			if i := w.Arena.tileAt(s.Pos); i >= 0 {
				w.wakes[i].lay(trail{w.Tick, s.Vel, s.ID})
			}
		}
		if (w.Tick+Tick(id))%wakeCheck == 0 {
			s.Drafts = fast && w.draftable(s)
		}
	}
}

// lay notes a passing; the trail of another ship below it stays.
func (k *wake) lay(t trail) {
	if k.last.who != t.who {
		k.before = k.last
	}
	k.last = t
}

// draftable reports whether s flies along the fresh wake of another ship: it need
// not be right in its middle.
func (w *World) draftable(s *Ship) bool {
	for _, d := range [...]Vec{{wakeHalf, wakeHalf}, {-wakeHalf, wakeHalf}, {wakeHalf, -wakeHalf}, {-wakeHalf, -wakeHalf}} {
		i := w.Arena.tileAt(s.Pos.Add(d))
		if i < 0 {
			continue
		}
		if k := &w.wakes[i]; w.drafts(s, &k.last) || w.drafts(s, &k.before) {
			return true
		}
	}
	return false
}

func (w *World) drafts(s *Ship, t *trail) bool {
	return t.since != 0 && t.who != s.ID && w.Tick-t.since <= wakeFresh && t.way.Dot(s.Vel) > 0
}
