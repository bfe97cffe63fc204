package main

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"ionwake/assets"
	"ionwake/shared/sim"
)

const arenaEnding = ".arena"

// arenaNames returns the names of the built-in arenas, in order.
func arenaNames() ([]string, error) {
	entries, err := fs.ReadDir(assets.Maps, "maps")
	if err != nil {
		return nil, fmt.Errorf("list the built-in arenas: %w", err)
	}
	var names []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), arenaEnding); ok {
			names = append(names, name)
		}
	}
	return names, nil
}

func loadArena(name string) (*sim.Arena, error) {
	data, err := fs.ReadFile(assets.Maps, path.Join("maps", name+arenaEnding))
	if err != nil {
		return nil, fmt.Errorf("read arena %s: %w", name, err)
	}
	arena, err := sim.ParseArena(data)
	if err != nil {
		return nil, fmt.Errorf("read arena %s: %w", name, err)
	}
	return arena, nil
}
