package account

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Match is how a match ended, for everybody who took part. Only rooms make one: a
// client has no say in it.
type Match struct {
	ID      string    `json:"id"` // of this match alone, for ever, on all servers of a database: 1 to 64 of A-Z a-z 0-9 - _
	Room    string    `json:"room,omitempty"`
	Mode    string    `json:"mode"`
	Arena   string    `json:"arena,omitempty"`
	Began   time.Time `json:"began"`
	Ended   time.Time `json:"ended"`
	Results []Result  `json:"results"` // one for each person; bots have none
}

// Result is what one person did in a match, those included who left before its end.
type Result struct {
	Player    Person        `json:"player"`
	Name      string        `json:"name"`
	Team      uint8         `json:"team,omitempty"`
	Place     int           `json:"place,omitempty"` // 1 is the best; 0: none
	Won       bool          `json:"won,omitempty"`
	Abandoned bool          `json:"abandoned,omitempty"` // left and did not come back
	Score     int           `json:"score,omitempty"`     // may be negative
	Kills     int           `json:"kills,omitempty"`
	Deaths    int           `json:"deaths,omitempty"`
	Played    time.Duration `json:"played,omitempty"`
}

// What a match may be at most. A match beyond it is refused, since it can only come
// from a fault.
const (
	maxResults = 1024
	maxCount   = 1_000_000 // of score, kills and deaths
	maxPlayed  = 7 * 24 * time.Hour
	maxID      = 64 // bytes
	maxName    = 64 // bytes; longer ones are cut
	maxText    = 300
)

// check returns a copy of m that is fit to be kept, or why there is none. Texts are
// put right; numbers are not.
func (m Match) check() (*Match, error) {
	if !isID(m.ID) {
		return nil, fmt.Errorf("%.80q cannot be the id of a match", m.ID)
	}
	switch {
	case m.Began.IsZero() || m.Ended.Before(m.Began) || m.Ended.Year() > 9999:
		return nil, fmt.Errorf("match %s cannot last from %v to %v", m.ID, m.Began, m.Ended)
	case !isWord(m.Mode):
		return nil, fmt.Errorf("match %s cannot have the mode %.80q", m.ID, m.Mode)
	case len(m.Results) == 0 || len(m.Results) > maxResults:
		return nil, fmt.Errorf("match %s has %d results: 1 to %d are possible", m.ID, len(m.Results), maxResults)
	}
	m.Room, m.Arena = tidy(m.Room, maxName), tidy(m.Arena, maxName)
	m.Results = slices.Clone(m.Results)
	seen := make(map[Person]bool, len(m.Results))
	for i := range m.Results {
		r := &m.Results[i]
		if err := r.check(); err != nil {
			return nil, fmt.Errorf("match %s: %w", m.ID, err)
		}
		if seen[r.Player] {
			return nil, fmt.Errorf("match %s has two results of %v", m.ID, r.Player)
		}
		seen[r.Player] = true
		r.Name = tidy(r.Name, maxName)
	}
	return &m, nil
}

func (r *Result) check() error {
	inside := func(n int) bool { return 0 <= n && n <= maxCount }
	switch {
	case r.Player.IsZero():
		return errors.New("a result is of nobody")
	case r.Score < -maxCount || r.Score > maxCount || !inside(r.Kills) || !inside(r.Deaths) || !inside(r.Place):
		return fmt.Errorf("the result of %v is impossible: place %d, score %d, kills %d, deaths %d", r.Player, r.Place, r.Score, r.Kills, r.Deaths)
	case r.Played < 0 || r.Played > maxPlayed:
		return fmt.Errorf("%v cannot have played for %v", r.Player, r.Played)
	}
	return nil
}

// Season returns the season that t falls in: a quarter of a year in UTC, as 2026-Q4.
func Season(t time.Time) string {
	t = t.UTC()
	return fmt.Sprintf("%04d-Q%d", t.Year(), (t.Month()-1)/3+1)
}

func isID(text string) bool {
	return text != "" && len(text) <= maxID && !strings.ContainsFunc(text, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_'
	})
}

// isWord reports whether text can be the name of a mode.
func isWord(text string) bool { return isID(text) && len(text) <= 32 }

// tidy returns text without what a database or a terminal stumbles over, in at most
// so many bytes.
func tidy(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	for len(text) > most {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return strings.TrimSpace(text)
}
