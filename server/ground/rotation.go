package ground

import (
	"fmt"
	"slices"
	"strings"

	"ionwake/shared/nearest"
	"ionwake/shared/sim"
)

// MaxRotation is the most entries of a rotation.
const MaxRotation = 64

// Entry is what is played in one match.
type Entry struct {
	Arena *sim.Arena
	Mode  sim.Mode
}

// Mode finds a mode by its name.
func Mode(name string) (sim.Mode, error) {
	if mode, ok := sim.ModeByName(name); ok {
		return mode, nil
	}
	return nil, fmt.Errorf("there are %s", strings.Join(nearest.Of(name, sim.ModeNames()), ", "))
}

// Find finds an arena by its name, in which mode can be played.
func (s *Store) Find(name string, mode sim.Mode) (*sim.Arena, error) {
	if a := s.arenas[name]; a != nil {
		return a, a.Fits(mode)
	}
	if why := s.why[name]; why != nil {
		return nil, why
	}
	return nil, fmt.Errorf("there are %s", strings.Join(nearest.Of(name, s.Names()), ", "))
}

// Rotation reads a list of NAME or NAME:MODE, where mode is that of those without
// one.
func (s *Store) Rotation(list []string, mode sim.Mode) ([]Entry, error) {
	if len(list) > MaxRotation {
		return nil, fmt.Errorf("there are %d entries, at most %d", len(list), MaxRotation)
	}
	entries := make([]Entry, 0, len(list))
	for _, text := range list {
		e, err := s.entry(strings.TrimSpace(text), mode)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", text, err)
		}
		entries = append(entries, e)
	}
	return entries, nil
}

func (s *Store) entry(text string, mode sim.Mode) (Entry, error) {
	name, own, chosen := strings.Cut(text, ":")
	if chosen {
		var err error
		if mode, err = Mode(own); err != nil {
			return Entry{}, err
		}
	}
	a, err := s.Find(name, mode)
	return Entry{a, mode}, err
}

// How many tiles there should be for each ship, in a rotation that nobody chose.
const (
	leastTiles = 40
	mostTiles  = 2000

	// An arena of more tiles than hugeTiles is for crowds: it wants a ship for each
	// crowdTiles at least, or players would not meet.
	hugeTiles  = 1 << 15
	crowdTiles = 400
)

// suits reports whether so many ships have room in a, and meet.
func suits(a *sim.Arena, ships int) bool {
	tiles, most := a.Width*a.Height, mostTiles
	if tiles > hugeTiles {
		most = crowdTiles
	}
	return tiles >= leastTiles*ships && tiles <= most*ships
}

// Usual returns what is played in turn when the host has not said: all arenas that
// fit the mode and are not far too small or too large for so many ships, by name,
// from the first one on, which is among them in any case.
func (s *Store) Usual(first *sim.Arena, mode sim.Mode, ships int) []Entry {
	names := slices.DeleteFunc(s.Names(), func(name string) bool {
		a := s.arenas[name]
		return a != first && (a.Fits(mode) != nil || !suits(a, ships))
	})
	at := max(0, slices.Index(names, first.Name))
	entries := make([]Entry, 0, len(names))
	for i := range names {
		entries = append(entries, Entry{s.arenas[names[(at+i)%len(names)]], mode})
	}
	return entries
}
