package admin

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Ladder tells who is best.
type Ladder struct {
	Modes  []string                                                                    // that are played
	Season func(t time.Time) string                                                    // the season that a time falls in, as 2026-Q4
	Top    func(ctx context.Context, mode, season string, n int) ([]Rung, error)       // "" is all; what it tells may be a few seconds old
	Place  func(ctx context.Context, device []byte, mode, season string) (Rung, error) // of who shows device; Rank 0: none
}

// Rung is a place in a ladder.
type Rung struct {
	Rank    int    `json:"rank"` // from 1
	Person  string `json:"person"`
	Name    string `json:"name"`
	Games   int    `json:"games"`
	Wins    int    `json:"wins"`
	Score   int64  `json:"score"`
	Best    int    `json:"best"` // score of one match
	Kills   int64  `json:"kills"`
	Deaths  int64  `json:"deaths"`
	Seconds int64  `json:"seconds"` // played
}

const (
	usualRungs = 20
	mostRungs  = 100
	oldestYear = 2025 // of a season that can be asked for
	ladderAge  = "public, max-age=5"
)

var seasonForm = regexp.MustCompile(`^20[0-9][0-9]-Q[1-4]$`)

// ladder answers /api/v1/ladder?mode=&season=&n=: the best n of a mode, or of all, in a
// season ("now" is this one), or of all time. Only what there can be is asked for, so
// that nobody makes the database work without end.
func (a *Admin) ladder(w http.ResponseWriter, r *http.Request) {
	mode, season, ok := a.standing(w, r)
	if !ok {
		return
	}
	n, text := usualRungs, r.URL.Query().Get("n")
	if text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil || n < 1 || n > mostRungs {
			writeError(w, http.StatusBadRequest, "n can be 1 to "+strconv.Itoa(mostRungs))
			return
		}
	}
	a.tellLadder(w, r, mode, season, n)
}

// standing returns the mode and the season that a request is about, or answers it.
func (a *Admin) standing(w http.ResponseWriter, r *http.Request) (mode, season string, ok bool) {
	l, ask := a.tops, r.URL.Query()
	if l == nil {
		writeError(w, http.StatusNotFound, "this server keeps no results")
		return "", "", false
	}
	now := l.Season(a.now())
	mode, season = ask.Get("mode"), ask.Get("season")
	if season == "now" {
		season = now
	}
	switch known := seasonForm.MatchString(season) && season <= now && season >= strconv.Itoa(oldestYear); {
	case mode != "" && !slices.Contains(l.Modes, mode):
		writeError(w, http.StatusBadRequest, "mode can be "+strings.Join(l.Modes, ", ")+", or nothing for all")
	case season != "" && !known:
		writeError(w, http.StatusBadRequest, "season can be one such as "+now+", now, or nothing for all time")
	default:
		return mode, season, true
	}
	return "", "", false
}

func (a *Admin) tellLadder(w http.ResponseWriter, r *http.Request, mode, season string, n int) {
	rungs, err := a.tops.Top(r.Context(), mode, season, n)
	if err != nil {
		a.noResults(w, err)
		return
	}
	if rungs == nil {
		rungs = []Rung{} // a list for everybody, also an empty one
	}
	w.Header().Set("Cache-Control", ladderAge)
	writeJSON(w, http.StatusOK, struct {
		Mode   string `json:"mode"`
		Season string `json:"season"`
		Ladder []Rung `json:"ladder"`
	}{mode, season, rungs})
}

// noResults answers who asks for results that the accounts do not give now.
func (a *Admin) noResults(w http.ResponseWriter, err error) {
	a.log.Debug("no results", "error", err)
	w.Header().Set("Retry-After", "5")
	writeError(w, http.StatusServiceUnavailable, "the results cannot be read now")
}
