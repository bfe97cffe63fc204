package account

import (
	"context"
	"database/sql"
	"fmt"
	"net/netip"
	"time"
)

// readable returns the database for questions, or ErrNotReady.
func (s *Store) readable() (*sql.DB, error) {
	l, ok := s.ledger.(*sqlLedger)
	if !ok || !l.isOpen.Load() {
		return nil, ErrNotReady
	}
	return l.read, nil
}

// gather asks the database and returns a T for each row. columns says where the values
// of a row go; doing is for errors.
func gather[T any](ctx context.Context, s *Store, doing string, columns func(*T) []any, question string, args ...any) ([]T, error) {
	db, err := s.readable()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	list, err := gatherFrom(ctx, db, columns, question, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	return list, nil
}

func gatherFrom[T any](ctx context.Context, db *sql.DB, columns func(*T) []any, question string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, question, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err says what went wrong
	list := []T{}
	for rows.Next() {
		var one T
		if err := rows.Scan(columns(&one)...); err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

const sanctionColumns = "id, kind, player, network, name, reason, author, began, until, lifted, lifter, lift_word"

// columns are where sanctionColumns go.
func (s *Sanction) columns() []any {
	return []any{
		&s.ID, (*string)(&s.Kind), asPerson{&s.Person}, asPrefix{&s.Network}, &s.Name, &s.Reason, &s.By,
		asTime{&s.Began}, asTime{&s.Until}, asTime{&s.Lifted}, &s.LiftedBy, &s.LiftWord,
	}
}

// inForce returns the sanctions that count at a time, the newest first.
func (l *sqlLedger) inForce(ctx context.Context, now time.Time) ([]Sanction, error) {
	list, err := gatherFrom(ctx, l.write, (*Sanction).columns,
		"SELECT "+sanctionColumns+" FROM sanctions WHERE lifted = 0 AND (until = 0 OR until > ?) ORDER BY began DESC LIMIT ?", now.Unix(), maxInForce)
	return list, l.explain(err)
}

// What a row has as a number or as text, and we have as something else.
type (
	asTime   struct{ to *time.Time }     // seconds; 0: zero
	asMilli  struct{ to *time.Time }     // milliseconds
	asMillis struct{ to *time.Duration } // milliseconds
	asPerson struct{ to *Person }        // '': nobody
	asPrefix struct{ to *netip.Prefix }  // '': none
)

func (a asTime) Scan(v any) error {
	n, err := scanNumber(v)
	if *a.to = (time.Time{}); n != 0 {
		*a.to = time.Unix(n, 0).UTC()
	}
	return err
}

func (a asMilli) Scan(v any) error {
	n, err := scanNumber(v)
	*a.to = time.UnixMilli(n).UTC()
	return err
}

func (a asMillis) Scan(v any) error {
	n, err := scanNumber(v)
	*a.to = time.Duration(n) * time.Millisecond
	return err
}

func (a asPerson) Scan(v any) error {
	text, err := scanText(v)
	if err != nil || text == "" {
		*a.to = Person{}
		return err
	}
	*a.to, err = ParsePerson(text)
	return err
}

func (a asPrefix) Scan(v any) error {
	text, err := scanText(v)
	if err != nil || text == "" {
		*a.to = netip.Prefix{}
		return err
	}
	*a.to, err = netip.ParsePrefix(text)
	return err
}

func scanNumber(v any) (int64, error) {
	n, ok := v.(int64)
	if !ok {
		return 0, fmt.Errorf("the database has %T for a number", v)
	}
	return n, nil
}

func scanText(v any) (string, error) {
	switch text := v.(type) {
	case string:
		return text, nil
	case []byte:
		return string(text), nil
	}
	return "", fmt.Errorf("the database has %T for a text", v)
}
