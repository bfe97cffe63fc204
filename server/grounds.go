package main

import (
	"cmp"
	"path/filepath"
	"strings"

	"ionwake/assets"
	"ionwake/server/ground"
	"ionwake/server/room"
	"ionwake/shared/sim"
)

// firstMap is where a server begins whose host has not said.
const firstMap = "foundry"

// checkGrounds reads the maps and decides what is played in turn.
func (f *serveFlags) checkGrounds(s *settings) error {
	mode, err := ground.Mode(f.Mode)
	if err != nil {
		return badFlag("--mode", f.Mode, "%v", err)
	}
	if s.grounds, err = f.openGrounds(); err != nil {
		return err
	}
	chosen, err := s.grounds.Rotation(f.Rotation, mode)
	if err != nil {
		return badFlag("--rotation", strings.Join(f.Rotation, ","), "%v", err)
	}
	var first *sim.Arena
	if f.Map != "" || len(chosen) == 0 {
		name := cmp.Or(f.Map, firstMap)
		if first, err = s.grounds.Find(name, mode); err != nil {
			return badFlag("--map", name, "%v", err)
		}
	}
	switch {
	case len(chosen) == 0:
		chosen = s.grounds.Usual(first, mode, f.usualShips())
	case first != nil:
		chosen = from(ground.Entry{Arena: first, Mode: mode}, chosen)
	}
	for _, e := range chosen {
		s.rotation = append(s.rotation, room.Ground{Arena: e.Arena, Mode: e.Mode})
	}
	return nil
}

// usualShips is how many ships there are at least, most evenings; a room for more
// people than usualPeople is expected to be half full.
const (
	usualShips  = 8
	usualPeople = 64
)

func (f *serveFlags) usualShips() int {
	ships := max(f.Bots, usualShips)
	if f.MaxPlayers > usualPeople {
		ships = max(ships, f.MaxPlayers/2)
	}
	return ships
}

// openGrounds reads the arenas that came with the program and the host's own.
func (f *serveFlags) openGrounds() (*ground.Store, error) {
	cfg := ground.Config{Shipped: assets.Maps}
	if f.Data != "" {
		if err := checkFolder(f.Data); err != nil && !canMake(f.Data) {
			return nil, err
		}
		cfg.Folder = filepath.Join(f.Data, "maps")
	}
	return ground.Open(cfg)
}

// from returns the rotation in its order, begun at first, which is put before it if
// it is not in it.
func from(first ground.Entry, rotation []ground.Entry) []ground.Entry {
	for i, e := range rotation {
		if e.Arena == first.Arena && e.Mode.Name() == first.Mode.Name() {
			return append(rotation[i:len(rotation):len(rotation)], rotation[:i]...)
		}
	}
	return append([]ground.Entry{first}, rotation...)
}
