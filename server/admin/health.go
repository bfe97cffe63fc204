package admin

import (
	"net/http"
	"time"
)

// Health is what decides whether a server is alive and whether it wants players.
type Health struct {
	LastTick time.Time // when every room last was ticked; zero: never
	Draining bool      // stopping: nobody is let in any more
	Full     bool      // no place in the main room
}

// tickLimit is for how long a live server may go without a tick.
const tickLimit = 2 * time.Second

// livez answers 200 when a tick happened in the last two seconds: otherwise the
// server hangs and should be restarted.
func (a *Admin) livez(w http.ResponseWriter, _ *http.Request) {
	last := a.src.Health().LastTick
	if last.IsZero() {
		writeError(w, http.StatusServiceUnavailable, "no tick yet")
		return
	}
	if age := a.now().Sub(last); age > tickLimit {
		writeError(w, http.StatusServiceUnavailable, "no tick for "+age.Round(100*time.Millisecond).String())
		return
	}
	writeOK(w, "alive")
}

// readyz answers 200 when newcomers are welcome.
func (a *Admin) readyz(w http.ResponseWriter, _ *http.Request) {
	switch h := a.src.Health(); {
	case h.Draining:
		writeError(w, http.StatusServiceUnavailable, "draining")
	case h.LastTick.IsZero():
		writeError(w, http.StatusServiceUnavailable, "starting")
	case h.Full:
		writeError(w, http.StatusServiceUnavailable, "full")
	default:
		writeOK(w, "ready")
	}
}
