package account

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// sqliteCode returns the primary result code of SQLite in err, or 0.
func sqliteCode(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}

// postgresCode returns the SQLSTATE in err, or "".
func postgresCode(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}

// isRecordsFault reports whether a database refuses what it was given, so that asking
// again does not help. (SQLSTATE classes 22 data exception, 23 integrity violation. That
// a row points nowhere, 23503, is no fault of a record: another server has deleted a
// person at that moment.)
func isRecordsFault(err error) bool {
	switch sqliteCode(err) {
	case sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_TOOBIG:
		return true
	}
	code := postgresCode(err)
	return strings.HasPrefix(code, "22") || strings.HasPrefix(code, "23") && code != "23503"
}

// mayPass reports whether a database that could not be opened may be there later,
// without the host doing anything. (SQLSTATE classes 08 connection, 53 resources, 57
// somebody stops or starts it.)
func mayPass(err error) bool {
	switch sqliteCode(err) {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return true
	}
	if code := postgresCode(err); code != "" {
		return strings.HasPrefix(code, "08") || strings.HasPrefix(code, "53") || strings.HasPrefix(code, "57")
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	return errors.Is(err, context.DeadlineExceeded)
}

// errFound is in errors about damage that was found by looking for it.
var errFound = errors.New("found by looking")

// explain says with err what a host can do about it, where that is known.
func (l *sqlLedger) explain(err error) error {
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return &unreachableError{err}
	}
	if err == nil || l.shared() {
		return err
	}
	file := l.where.file
	switch code := sqliteCode(err); {
	case code == sqlite3.SQLITE_CORRUPT, code == sqlite3.SQLITE_NOTADB, errors.Is(err, errFound):
		return &damagedError{file, err}
	case code == sqlite3.SQLITE_FULL:
		return fmt.Errorf("the disk of %s is full: %w", file, err)
	case code == sqlite3.SQLITE_BUSY, code == sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("another program has %s locked: %w", file, err)
	case code == sqlite3.SQLITE_READONLY, code == sqlite3.SQLITE_CANTOPEN, code == sqlite3.SQLITE_PERM:
		return fmt.Errorf("%s cannot be written: %w", file, err)
	case code == sqlite3.SQLITE_IOERR:
		return fmt.Errorf("the disk of %s fails: %w", file, err)
	}
	return err
}

// damagedError says what to do about a damaged file of SQLite. It is ErrDamaged.
type damagedError struct {
	file  string
	cause error
}

func (e *damagedError) Error() string {
	cause := strings.Join(strings.Fields(e.cause.Error()), " ") // SQLite quotes itself, over several lines
	return fmt.Sprintf("%s is damaged (%s): keep a copy of it, then put a backup in its place, or save what can be saved with: sqlite3 %[1]s .recover | sqlite3 repaired.db && mv repaired.db %[1]s", e.file, cause)
}

func (e *damagedError) Is(target error) bool { return target == ErrDamaged }

func (e *damagedError) Unwrap() error { return e.cause }

// unreachableError is a *pgconn.ConnectError in one line: that one tells of each
// attempt, and of the user.
type unreachableError struct{ cause error }

func (e *unreachableError) Error() string {
	if refusal, ok := errors.AsType[*pgconn.PgError](e.cause); ok {
		return "it refuses: " + refusal.Message
	}
	if attempt, ok := errors.AsType[*net.OpError](e.cause); ok {
		return "it cannot be reached: " + attempt.Error()
	}
	return "it cannot be reached: " + strings.Join(strings.Fields(e.cause.Error()), " ")
}

func (e *unreachableError) Unwrap() error { return e.cause }
