package account

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
)

// Rows of the table facts.
const (
	factOwner  = "owner"  // fingerprint of the secret that its persons were made with
	factSecret = "secret" // only in a backup: the secret itself
)

// fact returns a row of facts, or "".
func (l *sqlLedger) fact(ctx context.Context, name string) (string, error) {
	var value string
	err := l.write.QueryRowContext(ctx, "SELECT value FROM facts WHERE name = ?", name).Scan(&value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", l.explain(fmt.Errorf("ask whose database it is: %w", err))
	}
	return value, nil
}

// firstSecret writes the first secret of a data folder: that of a backup, or a new one
// where nobody has been anybody yet.
func (l *sqlLedger) firstSecret(ctx context.Context, folder string) ([]byte, error) {
	carried, err := l.fact(ctx, factSecret)
	if err != nil {
		return nil, err
	}
	owner, err := l.fact(ctx, factOwner)
	if err != nil {
		return nil, err
	}
	if carried == "" && owner != "" {
		return nil, fmt.Errorf("%s is not in %s, and the database has players that it made: put it back, or nobody is who they were", secretName, folder)
	}
	var secret []byte
	if carried != "" {
		if secret, err = hex.DecodeString(carried); err != nil {
			return nil, fmt.Errorf("read the secret in the backup: %w", err)
		}
	}
	return makeSecret(folder, secret)
}

// claim makes the database that of the secret, if it is nobody's yet.
func (l *sqlLedger) claim(ctx context.Context) error {
	if _, err := l.write.ExecContext(ctx, "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", factOwner, l.owner); err != nil {
		return l.explain(fmt.Errorf("claim the database: %w", err))
	}
	owner, err := l.fact(ctx, factOwner)
	if err != nil {
		return err
	}
	if owner != l.owner {
		return fmt.Errorf("it belongs to another secret: put the %s of the server that made it into the data folder", secretName)
	}
	if _, err := l.write.ExecContext(ctx, "DELETE FROM facts WHERE name = ?", factSecret); err != nil {
		return l.explain(fmt.Errorf("take the secret out of the database: %w", err))
	}
	return nil
}

// lacks returns how many records the database had once of a journal and does not have
// any more. It is an older copy then, or it lost something.
func (l *sqlLedger) lacks(ctx context.Context, head header) (uint64, error) {
	if head.Applied == 0 {
		return 0, nil
	}
	var has int64
	err := l.write.QueryRowContext(ctx, "SELECT applied FROM journals WHERE id = ?", head.ID).Scan(&has)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, l.explain(fmt.Errorf("ask what there is of the journal: %w", err))
	}
	return head.Applied - min(uint64(max(has, 0)), head.Applied), nil
}
