package admin

import (
	"net/http"
	"time"
)

// Replay is a match that was recorded.
type Replay struct {
	ID      string    `json:"id"` // of /api/v1/replays
	Room    string    `json:"room"`
	Map     string    `json:"map"`
	Mode    string    `json:"mode"`
	Began   time.Time `json:"began"`
	Seconds int       `json:"seconds"`
	Bytes   int       `json:"bytes"`
	Best    []string  `json:"best"`  // names of the first three
	Whole   bool      `json:"whole"` // false: the server ended before the match
	Plays   bool      `json:"plays"` // this version plays it
}

// recorded answers what matches were recorded.
func (d *desk) recorded(w http.ResponseWriter, _ *http.Request, c *caller) {
	if !d.inTime(w, c) {
		return
	}
	list := []Replay{}
	if d.replays != nil {
		list = append(list, d.replays()...)
	}
	writeJSON(w, http.StatusOK, list)
}
