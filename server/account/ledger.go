package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// sqlLedger is a database of either kind. Both understand all of its statements; what
// differs is in this file.
type sqlLedger struct {
	where location
	write *sql.DB // of SQLite one connection: it has one writer at a time anyway
	read  *sql.DB // with Postgres the same
	owner string  // fingerprint of the secret

	isOpen atomic.Bool
}

// oldestSQLite is the first that does not damage a file that two connections write (its
// release notes of 3.51.3, "WAL-reset").
var oldestSQLite = [3]int{3, 51, 3}

// sqliteHeader is how long the shortest beginning of a database is (SQLite's "Database
// File Format", section 1.3).
const sqliteHeader = 100

// closePatience is how long the end of a connection waits for the other side.
const closePatience = 2 * time.Second

func newSQLLedger(where location) (*sqlLedger, error) {
	l := &sqlLedger{where: where}
	if where.postgres != nil {
		l.write = sql.OpenDB(postgres{where.postgres})
		l.write.SetMaxOpenConns(4)
		l.write.SetConnMaxIdleTime(5 * time.Minute)
		l.read = l.write
		return l, nil
	}
	var err error
	if l.write, err = sql.Open("sqlite", where.dataSource(true)); err != nil {
		return nil, fmt.Errorf("prepare SQLite: %w", err)
	}
	l.write.SetMaxOpenConns(1)
	if l.read, err = sql.Open("sqlite", where.dataSource(false)); err != nil {
		return nil, fmt.Errorf("prepare SQLite: %w", err)
	}
	l.read.SetMaxOpenConns(2)
	return l, nil
}

func (l *sqlLedger) shared() bool { return l.where.shared() }

func (l *sqlLedger) close() {
	l.isOpen.Store(false)
	_ = l.read.Close() // nothing is unsaved: each commit was synced
	_ = l.write.Close()
}

// open reaches the database, looks whether it is whole and brings its tables to the
// newest form.
func (l *sqlLedger) open(ctx context.Context) error {
	if !l.shared() {
		if err := l.openFile(ctx); err != nil {
			return l.explain(err)
		}
	}
	if err := l.migrate(ctx); err != nil {
		return l.explain(err)
	}
	if err := l.probe(ctx); err != nil {
		return l.explain(err)
	}
	l.isOpen.Store(true)
	return nil
}

// ready opens the database if that did not work before.
func (l *sqlLedger) ready(ctx context.Context) (opened bool, err error) {
	if l.isOpen.Load() {
		return false, nil
	}
	if err := l.open(ctx); err != nil {
		return false, err
	}
	if err := l.claim(ctx); err != nil {
		l.isOpen.Store(false)
		return false, err
	}
	return true, nil
}

// openFile opens a file of SQLite, or makes it.
func (l *sqlLedger) openFile(ctx context.Context) error {
	f, err := os.OpenFile(l.where.file, os.O_RDWR|os.O_CREATE, 0o600) // SQLite would let others read it
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	info, err := f.Stat()
	_ = f.Close() // nothing was written
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	if n := info.Size(); n > 0 && n < sqliteHeader { // SQLite takes it for a new one
		return fmt.Errorf("it has %d bytes: %w", n, errFound)
	}
	var version, mode string
	if err := l.write.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	if err := checkSQLite(version); err != nil {
		return err
	}
	if err := l.write.QueryRowContext(ctx, "PRAGMA journal_mode = WAL").Scan(&mode); err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	if mode != "wal" {
		return fmt.Errorf("%s: SQLite cannot keep a write-ahead log there (it offers %q): put --data on a disk of this machine", l.where.file, mode)
	}
	return l.inspect(ctx)
}

// inspectPatience is how long a start may take to look for damage.
const inspectPatience = time.Second

// inspect looks for damage in a file of SQLite. Of a large one it looks at as much as
// there is time for.
func (l *sqlLedger) inspect(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, inspectPatience)
	defer cancel()
	var found string
	err := l.write.QueryRowContext(limited, "PRAGMA integrity_check(1)").Scan(&found)
	if err != nil && limited.Err() != nil && ctx.Err() == nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for damage: %w", err)
	}
	if found != "ok" {
		return fmt.Errorf("%s: %w", strings.ReplaceAll(found, "\n", ", "), errFound)
	}
	return nil
}

// columns is what has to be in the tables; another name in the file's own description of
// itself is damage that integrity_check does not see.
var columns = []string{
	"name, value FROM facts",
	"id, applied FROM journals",
	"id, name, first_seen, last_seen, visits FROM players",
	"player, network, last_seen FROM networks",
	"id, room, mode, arena, season, began, ended FROM matches",
	"game, player, name, team, place, won, abandoned, score, kills, deaths, played FROM results",
	"season, mode, player, games, wins, abandoned, score, kills, deaths, played, best FROM standings",
	sanctionColumns + " FROM sanctions",
}

// probe looks whether all tables are there.
func (l *sqlLedger) probe(ctx context.Context) error {
	for _, of := range columns {
		rows, err := l.write.QueryContext(ctx, "SELECT "+of+" WHERE 1 = 0")
		if err == nil {
			err = errors.Join(rows.Err(), rows.Close())
		}
		if sqliteCode(err) == sqlite3.SQLITE_ERROR {
			err = fmt.Errorf("%w: %w", err, errFound)
		}
		if err != nil {
			return fmt.Errorf("look at the tables: %w", err)
		}
	}
	return nil
}

func checkSQLite(version string) error {
	var have [3]int
	for i, part := range strings.SplitN(version, ".", 3) {
		n, err := strconv.Atoi(part)
		if err != nil {
			return fmt.Errorf("SQLite says that it is version %q", version)
		}
		have[i] = n
	}
	for i, n := range oldestSQLite {
		if have[i] != n {
			if have[i] < n {
				return fmt.Errorf("SQLite %s is too old: versions before %d.%d.%d can damage a database", version, oldestSQLite[0], oldestSQLite[1], oldestSQLite[2])
			}
			return nil
		}
	}
	return nil
}

// settle brings what is in SQLite's write-ahead log into the file itself. The log is
// synced, but it is a second file: who loses it loses nothing that the journal does not
// have any more.
func (l *sqlLedger) settle(ctx context.Context) error {
	if l.shared() {
		return nil
	}
	var busy, log, moved int
	if err := l.write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &moved); err != nil {
		return l.explain(fmt.Errorf("bring the log into the database: %w", err))
	}
	if busy != 0 {
		return errors.New("bring the log into the database: somebody reads it")
	}
	return nil
}
