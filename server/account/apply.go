package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// apply brings records of a journal and visits in, all or none. What the database has
// of that journal already is skipped, so that an attempt whose answer got lost does no
// harm.
func (l *sqlLedger) apply(ctx context.Context, journal string, entries []*entry, seen []visit) error {
	return l.explain(l.transact(ctx, func(tx *sql.Tx) error {
		applied, err := appliedOf(ctx, tx, journal)
		if err != nil {
			return err
		}
		last := applied
		for _, e := range entries {
			if e.seq <= applied {
				continue
			}
			if err := applyRecord(ctx, tx, &e.rec); err != nil {
				return fmt.Errorf("bring in %v: %w", e, err)
			}
			last = e.seq
		}
		if err := applyVisits(ctx, tx, seen); err != nil {
			return fmt.Errorf("bring in visits: %w", err)
		}
		if last == applied {
			return nil
		}
		return run(ctx, tx, "INSERT INTO journals (id, applied) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET applied = EXCLUDED.applied", journal, int64(last))
	}))
}

// appliedOf returns the newest record of a journal that the database has.
func appliedOf(ctx context.Context, tx *sql.Tx, journal string) (uint64, error) {
	var n int64
	err := tx.QueryRowContext(ctx, "SELECT applied FROM journals WHERE id = ?", journal).Scan(&n)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("ask what there is of the journal: %w", err)
	}
	return uint64(max(n, 0)), nil
}

func applyRecord(ctx context.Context, tx *sql.Tx, r *record) error {
	switch {
	case r.Match != nil:
		return applyMatch(ctx, tx, r.Match)
	case r.Sanction != nil:
		return applySanction(ctx, tx, r.Sanction)
	case r.Lift != nil:
		return run(ctx, tx, "UPDATE sanctions SET lifted = ?, lifter = ?, lift_word = ? WHERE id = ? AND lifted = 0",
			r.Lift.At.Unix(), r.Lift.By, r.Lift.Word, r.Lift.ID)
	default:
		return applyForget(ctx, tx, r.Forget)
	}
}

// applyPlayers brings in rows of id, name, first_seen, last_seen, visits.
func applyPlayers(ctx context.Context, tx *sql.Tx, rows *table) error {
	return run(ctx, tx, "INSERT INTO players (id, name, first_seen, last_seen, visits) VALUES "+rows.text.String()+`
		ON CONFLICT (id) DO UPDATE SET
			name = CASE WHEN EXCLUDED.last_seen >= players.last_seen THEN EXCLUDED.name ELSE players.name END,
			first_seen = CASE WHEN EXCLUDED.first_seen < players.first_seen THEN EXCLUDED.first_seen ELSE players.first_seen END,
			last_seen = CASE WHEN EXCLUDED.last_seen > players.last_seen THEN EXCLUDED.last_seen ELSE players.last_seen END,
			visits = players.visits + EXCLUDED.visits`, rows.args...)
}

func applyVisits(ctx context.Context, tx *sql.Tx, seen []visit) error {
	slices.SortFunc(seen, func(a, b visit) int { return slices.Compare(a.player[:], b.player[:]) })
	// In parts: a statement takes 32,766 values at most (SQLite), 65,535 (Postgres).
	for part := range slices.Chunk(seen, 1000) {
		players, networks := table{}, table{}
		for _, v := range part {
			players.row(v.player.String(), v.name, v.at.Unix(), v.at.Unix(), int64(v.times))
			if v.network.IsValid() {
				networks.row(v.player.String(), v.network.String(), v.at.Unix())
			}
		}
		if err := applyPlayers(ctx, tx, &players); err != nil {
			return err
		}
		if len(networks.args) == 0 {
			continue
		}
		if err := run(ctx, tx, "INSERT INTO networks (player, network, last_seen) VALUES "+networks.text.String()+
			" ON CONFLICT (player, network) DO UPDATE SET last_seen = EXCLUDED.last_seen", networks.args...); err != nil {
			return err
		}
	}
	return nil
}

func applySanction(ctx context.Context, tx *sql.Tx, s *Sanction) error {
	return run(ctx, tx, `INSERT INTO sanctions (id, kind, player, network, name, reason, author, began, until, lifted, lifter, lift_word)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', '') ON CONFLICT (id) DO NOTHING`,
		s.ID, string(s.Kind), orNone(!s.Person.IsZero(), s.Person), orNone(s.Network.IsValid(), s.Network), s.Name, s.Reason, s.By,
		s.Began.Unix(), unixOrZero(s.Until))
}

// applyForget takes a person out. Sanctions that are in force stay, without the name:
// asking to be forgotten is no way around a ban. Matches stay, without the person.
func applyForget(ctx context.Context, tx *sql.Tx, f *forget) error {
	player := f.Player.String()
	for _, statement := range []string{
		"DELETE FROM networks WHERE player = ?", "DELETE FROM results WHERE player = ?",
		"DELETE FROM standings WHERE player = ?", "DELETE FROM players WHERE id = ?",
		"UPDATE sanctions SET name = '' WHERE player = ?",
	} {
		if err := run(ctx, tx, statement, player); err != nil {
			return err
		}
	}
	return run(ctx, tx, "DELETE FROM sanctions WHERE player = ? AND (lifted <> 0 OR (until <> 0 AND until <= ?))", player, f.At.Unix())
}

// prune takes out what was kept long enough.
func (l *sqlLedger) prune(ctx context.Context, networks, sanctions time.Time) error {
	return l.explain(l.transact(ctx, func(tx *sql.Tx) error {
		if err := run(ctx, tx, "DELETE FROM networks WHERE last_seen < ?", networks.Unix()); err != nil {
			return fmt.Errorf("forget networks: %w", err)
		}
		if err := run(ctx, tx, "DELETE FROM sanctions WHERE network <> '' AND until < ?", sanctions.Unix()); err != nil {
			return fmt.Errorf("forget sanctions of networks: %w", err)
		}
		return nil
	}))
}

func run(ctx context.Context, tx *sql.Tx, statement string, args ...any) error {
	_, err := tx.ExecContext(ctx, statement, args...)
	return err
}

// table is the rows of an INSERT.
type table struct {
	text strings.Builder // (?, ?), (?, ?)
	args []any
}

func (t *table) row(values ...any) {
	if len(t.args) > 0 {
		t.text.WriteString(", ")
	}
	t.args = append(t.args, values...)
	t.text.WriteString("(?" + strings.Repeat(", ?", len(values)-1) + ")")
}

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func orNone(is bool, v fmt.Stringer) string {
	if is {
		return v.String()
	}
	return ""
}

func unixOrZero(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
