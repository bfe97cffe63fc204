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
