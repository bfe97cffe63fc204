package sim

import (
	"errors"
	"fmt"
	"slices"
)

// State is all of a World that what comes depends on, but for its ground, its mode and
// its rules, as plain data that can be written down. A World that is restored from it
// goes on like the one it was taken from, bit for bit, given the same inputs.
type State struct {
	Tick       Tick
	Match      Match
	Rand       Rand
	Players    []Player
	Ships      []Ship
	Bolts      []Bolt
	Items      []Item
	Objectives []Objective
	Trails     []Trail // that may still be drafted in, by tile; of one tile the newer first
}

// Trail is a ship's passing over a tile of the arena.
type Trail struct {
	Tile  int32
	Since Tick
	Way   Vec
	Who   PlayerID
}

// ErrState is wrapped by every error of Restore.
var ErrState = errors.New("bad state")

// Save copies what w is between two Steps into s, whose memory it uses again.
func (w *World) Save(s *State) {
	s.Tick, s.Match, s.Rand = w.Tick, w.Match, w.Rand
	s.Players = append(s.Players[:0], w.Players...)
	s.Ships = append(s.Ships[:0], w.Ships...)
	s.Bolts = append(s.Bolts[:0], w.Bolts...)
	s.Items = append(s.Items[:0], w.Items...)
	s.Objectives = append(s.Objectives[:0], w.Objectives...)
	s.Trails = s.Trails[:0]
	for i := range w.wakes {
		for _, t := range [...]*trail{&w.wakes[i].last, &w.wakes[i].before} {
			if t.since != 0 && w.Tick-t.since <= wakeFresh {
				s.Trails = append(s.Trails, Trail{int32(i), t.since, t.way, t.who})
			}
		}
	}
}

// Restore returns a World like the one that s was taken from, which must have been on
// this ground and played by this mode and these rules. It keeps nothing of s. What no
// World could be is refused.
func Restore(a *Arena, mode Mode, rules Rules, s *State) (*World, error) {
	w := New(a, mode, rules, uint64(s.Rand))
	w.Tick, w.Match = s.Tick, s.Match
	for _, check := range []func(*World) error{s.checkMatch, s.checkPlayers, s.checkBolts, s.checkThings, s.checkTrails} {
		if err := check(w); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrState, err)
		}
	}
	w.Rand = s.Rand // the checks may have drawn from it, as New has
	w.Players, w.Ships, w.Bolts = slices.Clone(s.Players), slices.Clone(s.Ships), slices.Clone(s.Bolts)
	w.Items, w.Objectives = append(w.Items[:0], s.Items...), slices.Clone(s.Objectives)
	for _, t := range s.Trails {
		k, old := &w.wakes[t.Tile], trail{t.Since, t.Way, t.Who}
		if k.last.since == 0 {
			k.last = old
		} else {
			k.before = old
		}
	}
	w.reserve()
	return w, nil
}

func (s *State) checkMatch(*World) error {
	if s.Match.Phase > Results || s.Match.Number == 0 {
		return fmt.Errorf("match %d in phase %d", s.Match.Number, s.Match.Phase)
	}
	return nil
}

func (s *State) checkPlayers(w *World) error {
	if len(s.Players) > MaxPlayers || len(s.Ships) != len(s.Players) {
		return fmt.Errorf("%d players with %d ships", len(s.Players), len(s.Ships))
	}
	for id := range s.Players {
		p, ship := &s.Players[id], &s.Ships[id]
		if p.Status > Flying || !w.sideExists(p.Team) || !w.sideExists(p.Next.Team) || int(p.Next.Hull) >= len(Hulls) {
			return fmt.Errorf("player %d", id)
		}
		if int(ship.Hull) >= len(Hulls) || !w.sideExists(ship.Team) {
			return fmt.Errorf("ship %d", id)
		}
		if p.Status == Flying && (ship.ID != PlayerID(id) || !ship.sound(w.Arena)) {
			return fmt.Errorf("ship %d", id)
		}
	}
	return nil
}

// sound reports whether s can be a ship that flies over a.
func (s *Ship) sound(a *Arena) bool {
	hull := &Hulls[s.Hull]
	return s.Held.Valid() && s.Aim < AngleSteps && s.Boost < itemKinds &&
		s.Energy > 0 && s.Energy <= hull.EnergyMax && over(a, s.Pos) && bounded(s.Vel)
}

// sideExists reports whether somebody may be on side t.
func (w *World) sideExists(t Team) bool { return int(t) <= w.mode.Teams() }

// over reports whether p is on a.
func over(a *Arena, p Vec) bool {
	size := a.Size()
	return p.X >= 0 && p.Y >= 0 && p.X < size.X && p.Y < size.Y
}

// bounded reports whether v is a speed that anything has: no more than a tile a tick.
func bounded(v Vec) bool {
	const most = 64 * One
	return v.X >= -most && v.X <= most && v.Y >= -most && v.Y <= most
}

func (s *State) checkBolts(w *World) error {
	for i := range s.Bolts {
		b := &s.Bolts[i]
		switch {
		case int(b.Owner) >= len(s.Players) || int(b.Kind) >= len(Shots) || !w.sideExists(b.Team):
		case i > 0 && s.Bolts[i-1].Key() >= b.Key():
		case b.Life == 0 || !over(w.Arena, b.Pos) || !bounded(b.Vel):
		default:
			continue
		}
		return fmt.Errorf("bolt %d", i)
	}
	return nil
}

// checkThings looks at pick-ups and objectives: they are as many and of the kinds that
// the arena has and the mode lays out.
func (s *State) checkThings(w *World) error {
	if len(s.Items) != len(w.Items) {
		return fmt.Errorf("%d pick-ups of %d", len(s.Items), len(w.Items))
	}
	for i := range s.Items {
		if k := s.Items[i].Kind; k == NoItem || k >= itemKinds {
			return fmt.Errorf("pick-up %d", i)
		}
	}
	w.Objectives = w.Objectives[:0]
	if s.Match.Phase != Warmup {
		w.mode.Begin(w)
	}
	if len(s.Objectives) != len(w.Objectives) {
		return fmt.Errorf("%d objectives of %d", len(s.Objectives), len(w.Objectives))
	}
	for i := range s.Objectives {
		o := &s.Objectives[i]
		switch usual := &w.Objectives[i]; {
		case o.Kind != usual.Kind || o.State > Contested || !w.sideExists(o.Team) || !over(w.Arena, o.Pos):
		case o.Kind == Core && (o.Home != usual.Home || o.Team != usual.Team || o.State > Dropped):
		case o.Kind == Beacon && (o.State < Free || !slices.Contains(w.Arena.Path, o.Home)):
		case o.State == Carried && int(o.Carrier) >= len(s.Players):
		case o.State == Dropped && o.Timer == 0:
		default:
			continue
		}
		return fmt.Errorf("objective %d", i)
	}
	return nil
}

func (s *State) checkTrails(w *World) error {
	for i, t := range s.Trails {
		again := i > 0 && s.Trails[i-1].Tile == t.Tile
		switch {
		case t.Tile < 0 || int(t.Tile) >= len(w.wakes) || t.Since == 0 || int(t.Who) >= MaxPlayers || !bounded(t.Way):
		case i > 0 && s.Trails[i-1].Tile > t.Tile:
		case again && i > 1 && s.Trails[i-2].Tile == t.Tile:
		default:
			continue
		}
		return fmt.Errorf("trail %d", i)
	}
	return nil
}
