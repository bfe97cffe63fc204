package account

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

// schema has the steps that bring a database from one form of its tables to the next,
// in the order of their names. A step that was released never changes. There is no way
// back: an older program refuses a newer database.
//
// These forty lines stand for a library on purpose: the one at hand asks for a newer
// C library beneath SQLite than SQLite was tested with.
//
//go:embed schema/*.sql
var schema embed.FS

// migrateLock is what servers that share a Postgres wait for while one of them changes
// tables: "ionwake" in ASCII.
const migrateLock = 0x696f6e77616b65

// migrate takes all steps that the database lacks, in one transaction.
func (l *sqlLedger) migrate(ctx context.Context) error {
	steps, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		return fmt.Errorf("list the steps of the schema: %w", err)
	}
	return l.transact(ctx, func(tx *sql.Tx) error {
		if l.shared() {
			if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(?)", int64(migrateLock)); err != nil {
				return fmt.Errorf("wait for other servers: %w", err)
			}
		}
		have, err := schemaVersion(ctx, tx)
		if err != nil {
			return err
		}
		if have > len(steps) {
			return fmt.Errorf("a newer Ionwake made it (form %d, this one knows %d): run that one again, or put a backup in its place: %w", have, len(steps), ErrNewer)
		}
		if have < 0 {
			return fmt.Errorf("it says that its form is %d: %w", have, errFound)
		}
		if have == len(steps) {
			return nil
		}
		for _, step := range steps[have:] {
			text, err := schema.ReadFile(step)
			if err != nil {
				return fmt.Errorf("read %s: %w", step, err)
			}
			if _, err := tx.ExecContext(ctx, string(text)); err != nil {
				return fmt.Errorf("take %s: %w", step, err)
			}
		}
		if _, err := tx.ExecContext(ctx, "UPDATE schema_version SET version = ?", len(steps)); err != nil {
			return fmt.Errorf("note the form of the tables: %w", err)
		}
		return nil
	})
}

// schemaVersion returns how many steps the database has taken, 0 if it is new.
func schemaVersion(ctx context.Context, tx *sql.Tx) (int, error) {
	if _, err := tx.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)"); err != nil {
		return 0, fmt.Errorf("ask for the form of the tables: %w", err)
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO schema_version SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM schema_version)"); err != nil {
		return 0, fmt.Errorf("ask for the form of the tables: %w", err)
	}
	var version int
	if err := tx.QueryRowContext(ctx, "SELECT version FROM schema_version").Scan(&version); err != nil {
		return 0, fmt.Errorf("ask for the form of the tables: %w", err)
	}
	return version, nil
}

// transact calls do in a transaction and commits it if do returns no error.
func (l *sqlLedger) transact(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := l.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin a transaction: %w", err)
	}
	if err := do(tx); err != nil {
		_ = tx.Rollback() // what went wrong before says more
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}
