// Package account remembers who plays: persons without passwords or addresses of
// e-mail, the results of their matches, ladders made of those, and who is banned or
// muted, by whom, why and until when.
//
// What is handed to a Store is written to a journal, is on the disk then, and only
// then is it said to be kept. From the journal it goes into a database, SQLite in the
// data folder or Postgres, which may be locked, full, slow or gone for as long as it
// likes: callers never wait for it, and what it lacks is in the journal, also after a
// crash. Each record of a journal counts once, however often it is tried.
//
// Two goroutines belong to a Store: the scribe writes the journal, the clerk the
// database. See scribe.go and clerk.go.
package account

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// Errors that callers can do something about.
var (
	ErrClosed   = errors.New("the accounts are closed")
	ErrFull     = errors.New("there is no room for more")
	ErrNotReady = errors.New("the database cannot be asked yet")
	ErrUnknown  = errors.New("there is no such thing")
	ErrInUse    = errors.New("in use by another server")
	ErrNewer    = errors.New("made by a newer version")
	ErrDamaged  = errors.New("damaged")
)

// Config says where accounts are kept.
type Config struct {
	Dir string // folder of journal, secret and, without URL, database; made if need be; must be set
	// URL of the database: postgres://USER:PASSWORD@HOST/NAME, sqlite:PATH, or "" for
	// SQLite in Dir. Several servers may share a Postgres; a SQLite file has one server.
	URL string
	// Secret makes persons of devices. Servers that share a database need the same one, of
	// at least MinSecret bytes. Default: one of its own, in a file in Dir.
	Secret       []byte
	KeepNetworks time.Duration // how long it is known from which network somebody came; default 30 days
	Queue        int           // records that wait for the database at most; default 10,000
	Log          *slog.Logger  // default: nobody
	Now          func() time.Time

	slack int64 // bytes that the journal may have before it begins anew; default 1 MiB
}

// Store is the accounts of a server. Its methods may be called from any goroutine.
// Those that say that they do not block may be called from one that ticks rooms.
type Store struct {
	cfg     Config
	secret  []byte
	locks   []*lock
	journal *journal
	ledger  ledger
	queue   *queue
	docket  *docket
	visits  visits
	tops    tops
	trouble trouble

	asked  chan struct{}          // to read sanctions again
	reread atomic.Pointer[func()] // called then; nil: nobody

	closing sync.Once
	hurry   context.Context // done when nobody waits for the goroutines any more
	stop    context.CancelFunc
	scribed chan struct{} // closed when the scribe has ended
	clerked chan struct{} // closed when the clerk has ended
}

const (
	defaultKeepNetworks = 30 * 24 * time.Hour
	defaultQueue        = 10_000
	defaultSlack        = 1 << 20
	// openPatience is how long a start waits for a database. One that was there before is
	// then asked again and again while the server runs.
	openPatience = 5 * time.Second
)

// Open opens the accounts, and makes them if there are none. It fails with a line for
// the host if the folder cannot be used or is in use (ErrInUse), if a file is damaged
// (ErrDamaged) or of a newer version (ErrNewer), or if a database that was never
// reached cannot be. One that was reached before may be away: everything works but
// what asks it, and it gets what it lacks when it is back.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.KeepNetworks == 0 {
		cfg.KeepNetworks = defaultKeepNetworks
	}
	if cfg.Queue == 0 {
		cfg.Queue = defaultQueue
	}
	if cfg.slack == 0 {
		cfg.slack = defaultSlack
	}
	where, err := locate(cfg)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	s := newStore(cfg)
	if err := s.prepare(ctx, where); err != nil {
		s.abandon()
		return nil, err
	}
	s.start()
	return s, nil
}

func newStore(cfg Config) *Store {
	s := &Store{
		cfg: cfg, queue: newQueue(cfg.Queue), docket: newDocket(), asked: make(chan struct{}, 1),
		scribed: make(chan struct{}), clerked: make(chan struct{}),
	}
	s.trouble.log, s.trouble.now = cfg.Log, cfg.Now
	s.hurry, s.stop = context.WithCancel(context.Background())
	return s
}

// prepare opens everything: the locks first, so that nobody else does.
func (s *Store) prepare(ctx context.Context, where location) error {
	for _, path := range where.locks(s.cfg.Dir) {
		l, err := takeLock(path)
		if err != nil {
			return err
		}
		s.locks = append(s.locks, l)
	}
	if err := s.openJournal(); err != nil {
		return err
	}
	db, err := newSQLLedger(where)
	if err != nil {
		return err
	}
	s.ledger = db
	return s.openLedger(ctx, db)
}

// openJournal takes up what the journal has.
func (s *Store) openJournal() error {
	j, entries, damage, err := openJournal(s.cfg.Dir, s.cfg.Now())
	if err != nil {
		return err
	}
	if damage != nil {
		s.cfg.Log.Error("records may be lost", "error", damage)
	}
	s.journal = j
	for _, e := range entries {
		e.since = s.cfg.Now()
	}
	s.docket.replay(j.head.InForce, entries, s.cfg.Now())
	s.queue.replayed(entries)
	return nil
}

// openLedger opens the database and sees to it that persons are who they were.
func (s *Store) openLedger(ctx context.Context, db *sqlLedger) error {
	var err error
	if s.secret = s.cfg.Secret; s.secret == nil {
		s.secret, err = readSecret(s.cfg.Dir)
	} else if len(s.secret) < MinSecret {
		return fmt.Errorf("the secret has %d bytes: it needs at least %d, as from: openssl rand -hex %d", len(s.secret), MinSecret, MinSecret)
	}
	first := errors.Is(err, errNoSecret)
	if err != nil && !first {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, openPatience)
	defer cancel()
	err = db.open(ctx)
	switch {
	case err == nil && first:
		s.secret, err = db.firstSecret(ctx, s.cfg.Dir)
	case err != nil && !first && mayPass(err):
		s.cfg.Log.Warn("the database cannot be reached; results wait for it in the journal", "database", db.where.label, "error", err)
		db.owner = fingerprint(s.secret)
		return nil
	}
	if err == nil {
		db.owner = fingerprint(s.secret)
		err = db.claim(ctx)
	}
	if err == nil {
		err = s.meet(ctx)
	}
	if err != nil && !errors.Is(err, ErrDamaged) { // which names the file itself
		err = fmt.Errorf("open the database %s: %w", db.where.label, err)
	}
	return err
}

// meet looks at a database that was just opened.
func (s *Store) meet(ctx context.Context) error {
	missing, err := s.ledger.lacks(ctx, s.journal.head)
	if err != nil {
		return err
	}
	if missing > 0 {
		s.cfg.Log.Error("the database lacks records that it had: it is an older copy, or was damaged and made anew", "records", missing)
	}
	return s.reload(ctx)
}

// reload takes over the sanctions that the database has in force.
func (s *Store) reload(ctx context.Context) error {
	list, err := s.ledger.inForce(ctx, s.cfg.Now())
	if err != nil {
		return fmt.Errorf("read who is banned: %w", err)
	}
	s.docket.merge(list)
	return nil
}

func (s *Store) start() {
	go s.scribe()
	go s.clerk()
}

// Close accepts nothing more, waits until the database has everything, and lets go of
// the files. If ctx ends before, or a disk refuses, it returns an error that names the
// journal: what is in there is taken up at the next start.
func (s *Store) Close(ctx context.Context) error {
	var err error
	s.closing.Do(func() {
		s.queue.close()
		cut := context.AfterFunc(ctx, s.stop)
		<-s.scribed
		<-s.clerked
		cut()
		s.stop()
		if fresh, durable, _ := s.queue.backlog(); fresh > 0 {
			err = fmt.Errorf("%d records could not be written to %s and are lost", fresh, s.journal.path)
		} else if durable > 0 {
			err = fmt.Errorf("%d records wait for the database in %s; they are taken up at the next start", durable, s.journal.path)
		}
		s.abandon()
	})
	return err
}

// abandon lets go of everything that is open.
func (s *Store) abandon() {
	s.stop()
	if s.ledger != nil {
		s.ledger.close()
	}
	if s.journal != nil {
		s.journal.mu.Lock()
		s.journal.close()
		s.journal.mu.Unlock()
	}
	for _, l := range s.locks {
		l.release()
	}
}

// Record keeps how a match ended. It does not block: it returns an error if the match
// cannot be kept, being impossible or one too many (ErrFull), or after Close
// (ErrClosed). Otherwise acked, if there is one, is called from another goroutine, for
// which it must not block: with nil when the match cannot be lost any more, with an
// error if it was lost. A match that is recorded twice counts once, and so does each of
// its results.
func (s *Store) Record(m Match, acked func(error)) error {
	fit, err := m.check()
	if err != nil {
		s.trouble.refuse()
		return err
	}
	return s.accept(record{Match: fit}, acked)
}

func (s *Store) accept(r record, acked func(error)) error {
	err := s.queue.add(&entry{rec: r, since: s.cfg.Now(), acked: acked})
	if errors.Is(err, ErrFull) {
		s.trouble.full(s.cfg.Queue)
	}
	return err
}

// keep accepts r and returns when it cannot be lost any more.
func (s *Store) keep(ctx context.Context, r record) error {
	done := make(chan error, 1)
	if err := s.accept(r, func(err error) { done <- err }); err != nil {
		return err
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Sync returns when the database has everything that was accepted before the call.
func (s *Store) Sync(ctx context.Context) error {
	accepted, applied, moved := s.queue.progress()
	for want := accepted; applied < want; _, applied, moved = s.queue.progress() {
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// defaultFile is the database without a URL.
func (c Config) defaultFile() string { return filepath.Join(c.Dir, "account.db") }
