// Package ground knows the arenas of a server: those that came with it and those in
// its host's folder. It hands them to rooms, and to clients that lack one.
package ground

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"ionwake/shared/sim"
)

// Config says where arenas are.
type Config struct {
	Shipped fs.FS // has maps/NAME.arena
	// Folder of the host's own maps, NAME.arena or NAME.tmx; "" or one that does
	// not exist: there are none.
	Folder string
}

// Refusal is a file of the host's folder that is no map, and why.
type Refusal struct {
	File string
	Err  error
}

// Store is the arenas of a server. It never changes once opened, and may be used
// from any goroutine.
type Store struct {
	arenas  map[string]*sim.Arena
	codes   map[sim.Hash][]byte // encoded, for clients
	refused []Refusal
	why     map[string]error // of a refused map, by its name
}

// Open reads all arenas. Its error is about what came with the program or about a
// folder that cannot be read; a bad file in the folder is refused alone.
func Open(cfg Config) (*Store, error) {
	s := &Store{arenas: map[string]*sim.Arena{}, codes: map[sim.Hash][]byte{}, why: map[string]error{}}
	if err := s.openShipped(cfg.Shipped); err != nil {
		return nil, err
	}
	if cfg.Folder == "" {
		return s, nil
	}
	if err := s.openFolder(cfg.Folder); err != nil {
		return nil, fmt.Errorf("read the folder of maps: %w", err)
	}
	return s, nil
}

func (s *Store) openShipped(files fs.FS) error {
	names, err := fs.Glob(files, "maps/*"+arenaEnding)
	if err != nil {
		return fmt.Errorf("list the built-in arenas: %w", err)
	}
	if len(names) == 0 {
		return errors.New("list the built-in arenas: there are none")
	}
	for _, file := range names {
		data, err := fs.ReadFile(files, file)
		if err != nil {
			return fmt.Errorf("read a built-in arena: %w", err)
		}
		a, err := sim.ParseArena(data)
		if err != nil {
			return fmt.Errorf("read the built-in arena %s: %w", path.Base(file), err)
		}
		s.keep(a)
	}
	return nil
}

func (s *Store) keep(a *sim.Arena) {
	s.arenas[a.Name] = a
	s.codes[a.Hash] = a.Encode()
}

// Names returns the names of all arenas, in order.
func (s *Store) Names() []string { return slices.Sorted(maps.Keys(s.arenas)) }

// Arena returns the arena of a name, or nil.
func (s *Store) Arena(name string) *sim.Arena { return s.arenas[name] }

// Refused returns the files of the host's folder that are no maps.
func (s *Store) Refused() []Refusal { return s.refused }

// Why returns why the host's map of a name was refused, or nil if there is none.
func (s *Store) Why(name string) error { return s.why[name] }

// validName reports whether a map may have the name: 1 to 32 letters a to z, digits
// and hyphens.
func validName(name string) bool {
	return len(name) >= 1 && len(name) <= 32 &&
		strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}
