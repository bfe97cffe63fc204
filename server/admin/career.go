package admin

import (
	"encoding/hex"
	"net/http"
	"strings"
)

// careerScheme stands before the device in the Authorization header of who asks for their
// own career (RFC 9110, section 11.6.2). A header, unlike an address, is written into no
// log on the way; and a page of another origin may not send it here (Fetch Standard,
// section 4.8).
const careerScheme = "Ionwake "

// deviceDigits are those of a device, as a Hello has it.
const deviceDigits = 32

// career answers /api/v1/career?mode=&season=: the results of who asks, and their place
// in the ladder, as ladder has them. Who that is says the device that they also play
// with. A rank of 0: no results there.
func (a *Admin) career(w http.ResponseWriter, r *http.Request) {
	mode, season, ok := a.standing(w, r)
	if !ok {
		return
	}
	digits, ours := strings.CutPrefix(r.Header.Get("Authorization"), careerScheme)
	device, err := hex.DecodeString(digits)
	if !ours || err != nil || len(digits) != deviceDigits {
		w.Header().Set("WWW-Authenticate", strings.TrimSpace(careerScheme))
		writeError(w, http.StatusUnauthorized, "a career is told to its player alone, who shows a device")
		return
	}
	rung, err := a.tops.Place(r.Context(), device, mode, season)
	if err != nil {
		a.noResults(w, err)
		return
	}
	writeJSON(w, http.StatusOK, struct {
		Mode   string `json:"mode"`
		Season string `json:"season"`
		Career Rung   `json:"career"`
	}{mode, season, rung})
}
