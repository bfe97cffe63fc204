package main

import (
	"path/filepath"

	"ionwake/server/checkpoint"
	"ionwake/server/hall"
)

// keeper keeps rooms in the data folder. Without one nothing is kept, and a restart ends
// every match.
func keeper(data string) (hall.Keeper, error) {
	if data == "" {
		return nil, nil
	}
	store, err := checkpoint.Open(filepath.Join(data, "rooms"))
	if err != nil {
		return nil, badFlag("--data", data, "%v", err)
	}
	return store, nil
}
