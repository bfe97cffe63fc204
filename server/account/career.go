package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Profile is what is known of somebody who played here.
type Profile struct {
	Person    Person          `json:"person"`
	Name      string          `json:"name"` // the newest
	FirstSeen time.Time       `json:"first_seen"`
	LastSeen  time.Time       `json:"last_seen"`
	Visits    int             `json:"visits"`
	Careers   []CareerEntry   `json:"careers"`
	Sanctions []Sanction      `json:"sanctions"` // the newest first
	Networks  []NetworkOf     `json:"networks,omitempty"`
	Matches   []MatchOfPerson `json:"matches,omitempty"` // the newest first
}

// CareerEntry is a standing in one season, or all time, and one mode, or all.
type CareerEntry struct {
	Season string `json:"season,omitempty"`
	Mode   string `json:"mode,omitempty"`
	Standing
}

// NetworkOf is where somebody came from, see Truncate.
type NetworkOf struct {
	Network  string    `json:"network"`
	LastSeen time.Time `json:"last_seen"`
}

// MatchOfPerson is somebody's part in a match.
type MatchOfPerson struct {
	Match  string    `json:"match"`
	Room   string    `json:"room,omitempty"`
	Mode   string    `json:"mode"`
	Arena  string    `json:"arena,omitempty"`
	Season string    `json:"season"`
	Ended  time.Time `json:"ended"`
	Result
}

// Profile returns what is known of a person but for networks and matches, or
// ErrUnknown.
func (s *Store) Profile(ctx context.Context, p Person) (Profile, error) {
	ctx, cancel := context.WithTimeout(ctx, readPatience)
	defer cancel()
	return s.profile(ctx, p)
}

func (s *Store) profile(ctx context.Context, p Person) (Profile, error) {
	all := Profile{Person: p}
	db, err := s.readable()
	if err != nil {
		return all, err
	}
	err = db.QueryRowContext(ctx, "SELECT name, first_seen, last_seen, visits FROM players WHERE id = ?", p.String()).
		Scan(&all.Name, asTime{&all.FirstSeen}, asTime{&all.LastSeen}, &all.Visits)
	unknown := errors.Is(err, sql.ErrNoRows)
	if err != nil && !unknown {
		return all, fmt.Errorf("read about a player: %w", err)
	}
	if all.Careers, err = s.careers(ctx, p); err != nil {
		return all, err
	}
	if all.Sanctions, err = s.History(ctx, p); err != nil {
		return all, err
	}
	if unknown && len(all.Sanctions) == 0 {
		return all, fmt.Errorf("player %v: %w", p, ErrUnknown)
	}
	return all, nil
}

func (s *Store) careers(ctx context.Context, p Person) ([]CareerEntry, error) {
	return gather(ctx, s, "read a career", func(c *CareerEntry) []any {
		return append([]any{&c.Season, &c.Mode}, c.columns()...)
	}, `SELECT season, mode, games, wins, abandoned, score, kills, deaths, played, best
		FROM standings WHERE player = ? ORDER BY season, mode`, p.String())
}

// Found is one of those whom Find found.
type Found struct {
	Person   Person    `json:"person"`
	Name     string    `json:"name"`
	LastSeen time.Time `json:"last_seen"`
}

// Find returns players whose newest name begins with text (capitals of ASCII count as
// small letters, with Postgres those of other letters too), those seen last first, at most n of 100.
func (s *Store) Find(ctx context.Context, text string, n int) ([]Found, error) {
	ctx, cancel := context.WithTimeout(ctx, readPatience)
	defer cancel()
	like := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(tidy(text, maxName)) + "%"
	return gather(ctx, s, "look for players", func(f *Found) []any {
		return []any{asPerson{&f.Person}, &f.Name, asTime{&f.LastSeen}}
	}, `SELECT id, name, last_seen FROM players WHERE lower(name) LIKE lower(?) ESCAPE '\' ORDER BY last_seen DESC, id LIMIT ?`, like, max(0, min(n, 100)))
}

// History returns all sanctions that a person ever had, the newest first.
func (s *Store) History(ctx context.Context, p Person) ([]Sanction, error) {
	return gather(ctx, s, "read the history of a player", (*Sanction).columns,
		"SELECT "+sanctionColumns+" FROM sanctions WHERE player = ? ORDER BY began DESC, id", p.String())
}

// Sanctions returns the newest sanctions of anybody, at most n of 1,000.
func (s *Store) Sanctions(ctx context.Context, n int) ([]Sanction, error) {
	return gather(ctx, s, "read sanctions", (*Sanction).columns,
		"SELECT "+sanctionColumns+" FROM sanctions ORDER BY began DESC, id LIMIT ?", max(0, min(n, 1000)))
}
