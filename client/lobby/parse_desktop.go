//go:build !js

package lobby

import (
	"encoding/json"
	"fmt"
)

// parse reads the rows of an answer.
func parse(data []byte) (rows []row, err error) {
	if err := json.Unmarshal(data, &rows); err != nil {
		return nil, fmt.Errorf("read the list of rooms: %w", err)
	}
	return rows, nil
}

// parseLadder reads standings.
func parseLadder(data []byte) (s standings, err error) {
	if err := json.Unmarshal(data, &s); err != nil {
		return s, fmt.Errorf("read the ladder: %w", err)
	}
	return s, nil
}
