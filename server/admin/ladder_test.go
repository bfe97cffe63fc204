package admin

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// asked is what a ladder was asked for.
type asked struct {
	mode, season string
	n            int
}

func newLadder(t *testing.T, fails error) (http.Handler, *[]asked) {
	t.Helper()
	var all []asked
	l := &Ladder{
		Modes:  []string{"brawl", "squads"},
		Season: func(time.Time) string { return "2026-Q2" },
		Top: func(_ context.Context, mode, season string, n int) ([]Rung, error) {
			all = append(all, asked{mode, season, n})
			if fails != nil {
				return nil, fails
			}
			return []Rung{{Rank: 1, Person: strings.Repeat("ab", 16), Name: "Ann <b>", Games: 3, Wins: 2, Score: 40, Seconds: 90}}, nil
		},
		Place: func(_ context.Context, device []byte, mode, season string) (Rung, error) {
			all = append(all, asked{mode, season, len(device)})
			return Rung{Rank: 7, Name: "Ann"}, fails
		},
	}
	return New(Config{Source: &fake{}, Ladder: l}).Public(), &all
}

func TestLadderAsksOnlyForWhatThereCanBe(t *testing.T) {
	h, all := newLadder(t, nil)
	for _, c := range []struct {
		query string
		code  int
		want  asked
	}{
		{"", 200, asked{"", "", 20}},
		{"?mode=brawl&season=2025-Q4&n=5", 200, asked{"brawl", "2025-Q4", 5}},
		{"?season=now&n=100", 200, asked{"", "2026-Q2", 100}},
		{"?season=2026-Q2", 200, asked{"", "2026-Q2", 20}},
		{"?season=2026-Q3", 400, asked{}}, // still to come
		{"?season=2024-Q4", 400, asked{}}, // before the first server
		{"?season=2026-Q5", 400, asked{}},
		{"?season=2026-Q2'", 400, asked{}},
		{"?mode=chess", 400, asked{}},
		{"?n=0", 400, asked{}},
		{"?n=-1", 400, asked{}},
		{"?n=101", 400, asked{}},
		{"?n=many", 400, asked{}},
	} {
		*all = nil
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "/api/v1/ladder"+c.query, nil))
		if w.Code != c.code {
			t.Errorf("%q: got %d %s, want %d", c.query, w.Code, w.Body, c.code)
		}
		if c.code != 200 && len(*all) != 0 {
			t.Errorf("%q: the accounts were asked for %+v", c.query, *all)
		}
		if c.code == 200 && (len(*all) != 1 || (*all)[0] != c.want) {
			t.Errorf("%q: the accounts were asked for %+v, want %+v", c.query, *all, c.want)
		}
	}
}

func TestLadderTells(t *testing.T) {
	h, _ := newLadder(t, nil)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/api/v1/ladder?mode=brawl", nil))
	var told struct {
		Mode, Season string
		Ladder       []Rung
	}
	if err := json.Unmarshal(w.Body.Bytes(), &told); err != nil {
		t.Fatal(err)
	}
	if told.Mode != "brawl" || told.Season != "" || len(told.Ladder) != 1 || told.Ladder[0].Name != "Ann <b>" || told.Ladder[0].Score != 40 {
		t.Errorf("told %+v", told)
	}
	if got := w.Header().Get("Cache-Control"); got != ladderAge {
		t.Errorf("it may be kept as %q, want %q", got, ladderAge)
	}
	if got := w.Header().Get("Access-Control-Allow-Origin"); got != "*" {
		t.Errorf("other pages may read it: %q, want all", got)
	}
}

func TestLadderThatCannotBeRead(t *testing.T) {
	h, _ := newLadder(t, errors.New("secret path of the database"))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/api/v1/ladder", nil))
	if w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "secret") || w.Header().Get("Retry-After") == "" {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	w = httptest.NewRecorder()
	New(Config{Source: &fake{}}).Public().ServeHTTP(w, httptest.NewRequest("GET", "/api/v1/ladder", nil))
	if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "keeps no results") {
		t.Errorf("without accounts: got %d %s", w.Code, w.Body)
	}
}
