package archive

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"ionwake/shared/replay"
	"ionwake/shared/sim"
)

// Path is where replays are: a list, and below it each by its ID.
const Path = "/api/v1/replays"

// listed is a replay in the list.
type listed struct {
	ID       string   `json:"id"`
	Room     string   `json:"room"`
	Map      string   `json:"map"`
	Mode     string   `json:"mode"`
	Began    string   `json:"began"` // RFC 3339, UTC
	Seconds  int      `json:"seconds"`
	Bytes    int      `json:"bytes"`
	Ending   string   `json:"ending"`
	Version  string   `json:"version"`
	Playable bool     `json:"playable"` // by this version's client
	Scores   [2]int16 `json:"scores"`
	Best     []best   `json:"best"` // the first three
}

type best struct {
	Name  string `json:"name"`
	Bot   bool   `json:"bot"`
	Score int16  `json:"score"`
}

// Endings are the words for how recordings end; of one without an end, cut.
var Endings = [...]string{"cut", replay.Over: "over", replay.Closed: "closed", replay.Broken: "broken", replay.Full: "full"}

func (e *Entry) listed() listed {
	is := listed{
		ID: e.Head.ID, Room: e.Head.Room, Map: e.Arena, Mode: e.Head.Mode.Name(), Began: e.began().Format(time.RFC3339),
		Seconds: e.Seconds, Bytes: e.Bytes, Ending: Endings[e.End.Why], Version: e.Head.Program,
		Playable: e.Head.Edition == sim.Edition, Scores: e.End.Scores, Best: []best{},
	}
	for _, l := range e.End.Lines[:min(len(e.End.Lines), 3)] {
		is.Best = append(is.Best, best{l.Name, l.Bot, l.Score})
	}
	return is
}

// ServeHTTP implements http.Handler for Path and what is below it. A replay is there
// when its match is over, and never changes; it goes when there are too many, or when
// somebody is forgotten who is in it. Where the game is not for everybody, neither are they.
func (a *Archive) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Security-Policy", "default-src 'none'")
	w.Header().Set("Access-Control-Allow-Origin", "*") // nothing is told to one that is not told to all
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET", http.StatusMethodNotAllowed)
		return
	}
	if a.cfg.Private != "" {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusForbidden)
		_ = json.NewEncoder(w).Encode(map[string]string{"error": a.cfg.Private}) // who has gone misses nothing
		return
	}
	id, below := strings.CutPrefix(r.URL.Path, Path+"/")
	if !below {
		a.serveList(w)
		return
	}
	file, err := a.Open(id)
	if err != nil {
		http.Error(w, "there is no such replay, or not any more", http.StatusNotFound)
		return
	}
	defer file.Close()
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", `attachment; filename="`+id+ending+`"`)
	w.Header().Set("Cache-Control", "public, max-age=3600") // it never changes, and may be gone
	http.ServeContent(w, r, "", time.Time{}, file)
}

func (a *Archive) serveList(w http.ResponseWriter) {
	all := struct {
		Replays []listed `json:"replays"`
	}{[]listed{}}
	for _, e := range a.List() {
		all.Replays = append(all.Replays, e.listed())
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(all) // who has gone misses nothing
}
