package admin

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestCareerIsToldToItsPlayerAlone asks with and without a device, and for what there
// cannot be.
func TestCareerIsToldToItsPlayerAlone(t *testing.T) {
	h, all := newLadder(t, nil)
	device := strings.Repeat("0a", 16)
	for _, c := range []struct {
		query, auth string
		code        int
		want        asked
	}{
		{"", "Ionwake " + device, 200, asked{"", "", 16}},
		{"?mode=squads&season=now", "Ionwake " + device, 200, asked{"squads", "2026-Q2", 16}},
		{"", "", 401, asked{}},
		{"", "Bearer " + device, 401, asked{}},
		{"", "Ionwake " + device[2:], 401, asked{}},
		{"", "Ionwake " + device + "0a", 401, asked{}},
		{"", "Ionwake " + strings.Repeat("xy", 16), 401, asked{}},
		{"?mode=chess", "Ionwake " + device, 400, asked{}},
		{"?season=2026-Q3", "Ionwake " + device, 400, asked{}},
	} {
		*all = nil
		r := httptest.NewRequest("GET", "/api/v1/career"+c.query, nil)
		r.Header.Set("Authorization", c.auth)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.code || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%q by %q: got %d %s, %q", c.query, c.auth, w.Code, w.Body, w.Header().Get("Cache-Control"))
		}
		if c.code != 200 && len(*all) != 0 || c.code == 200 && (len(*all) != 1 || (*all)[0] != c.want) {
			t.Errorf("%q by %q: the accounts were asked for %+v", c.query, c.auth, *all)
		}
		if c.code == 200 && !strings.Contains(w.Body.String(), `"career":{"rank":7`) {
			t.Errorf("%q: got %s", c.query, w.Body)
		}
	}
}

func TestCareerWithoutAnAnswer(t *testing.T) {
	w := httptest.NewRecorder()
	New(Config{Source: &fake{}}).Public().ServeHTTP(w, httptest.NewRequest("GET", "/api/v1/career", nil))
	if w.Code != 404 {
		t.Errorf("where no results are kept: %d %s", w.Code, w.Body)
	}
	h, _ := newLadder(t, errors.New("gone"))
	r := httptest.NewRequest("GET", "/api/v1/career", nil)
	r.Header.Set("Authorization", "Ionwake "+strings.Repeat("0a", 16))
	w = httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != 503 || w.Header().Get("Retry-After") == "" {
		t.Errorf("while the database is away: %d %s", w.Code, w.Body)
	}
}
