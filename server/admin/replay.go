package admin

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strconv"
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
	Best    []string  `json:"best"`   // names of the first three
	Whole   bool      `json:"whole"`  // false: the server ended before the match
	Plays   bool      `json:"plays"`  // this version plays it
	Public  bool      `json:"public"` // the game's page shows it
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

// recording hands out the file of one.
func (d *desk) recording(w http.ResponseWriter, r *http.Request, c *caller) {
	if !d.inTime(w, c) {
		return
	}
	if d.replay == nil {
		notFound(w, r)
		return
	}
	id := r.PathValue("id")
	file, err := d.replay(id)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		writeError(w, http.StatusNotFound, "there is no such replay, or not any more")
		return
	case err != nil:
		writeError(w, http.StatusInternalServerError, "the replay cannot be read")
		return
	}
	defer file.Close()
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", "attachment; filename="+strconv.Quote(id+".ionr"))
	http.ServeContent(w, r, "", time.Time{}, file)
}

// replayWords tells what became of the replays that somebody was in.
func replayWords(gone, unknown int) string {
	words := ""
	switch {
	case gone == 1:
		words = " One replay that they were in is gone."
	case gone > 1:
		words = fmt.Sprintf(" %d replays that they were in are gone.", gone)
	}
	if unknown > 0 {
		words += fmt.Sprintf(" Of %d replays nobody knows who is in them: they stay, in the folder replays.", unknown)
	}
	return words
}
