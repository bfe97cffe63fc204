package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// absent is a database that is away for as long as the test says.
type absent struct {
	err  atomic.Pointer[error]         // what it says; nil: it is there
	hang atomic.Pointer[chan struct{}] // it says nothing until this is closed
	got  []*entry
}

func (a *absent) away(err error) { a.err.Store(&err) }
func (a *absent) back()          { a.err.Store(nil) }

func (a *absent) ready(ctx context.Context) (bool, error) {
	if h := a.hang.Load(); h != nil {
		select {
		case <-*h:
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
	if err := a.err.Load(); err != nil {
		return false, *err
	}
	return false, nil
}

func (a *absent) apply(_ context.Context, _ string, entries []*entry, _ []visit) error {
	a.got = append(a.got, entries...)
	return nil
}
func (a *absent) settle(context.Context) error                           { return nil }
func (a *absent) prune(context.Context, time.Time, time.Time) error      { return nil }
func (a *absent) inForce(context.Context, time.Time) ([]Sanction, error) { return nil, nil }
func (a *absent) lacks(context.Context, header) (uint64, error)          { return 0, nil }
func (a *absent) shared() bool                                           { return false }
func (a *absent) close()                                                 {}

// withLedger starts a store on a real journal and a ledger of the test's.
func withLedger(t *testing.T, cfg Config, l ledger) *Store {
	t.Helper()
	cfg.Now, cfg.KeepNetworks, cfg.slack = time.Now, time.Hour, 1<<20
	if cfg.Queue == 0 {
		cfg.Queue = defaultQueue
	}
	s := newStore(cfg)
	if err := s.openJournal(); err != nil {
		t.Fatal(err)
	}
	s.ledger, s.secret = l, make([]byte, MinSecret)
	s.start()
	return s
}

// Ten minutes without a database: everything is acknowledged, the host hears of it
// after five seconds and then once a minute, and it has everything when it is back.
func TestFault_R11_AwayForTenMinutes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log logLines
		db := &absent{}
		s := withLedger(t, Config{Dir: t.TempDir(), Log: log.logger()}, db)
		db.away(errors.New("connection refused"))
		acked := 0
		for i := range 100 {
			ack := make(chan error, 1)
			if err := s.Record(duel(fmt.Sprint("m", i), 1, 2), func(err error) { ack <- err }); err != nil {
				t.Fatal(err)
			}
			begin := time.Now()
			if err := <-ack; err != nil {
				t.Fatalf("not acknowledged: %v", err)
			}
			if took := time.Since(begin); took > 0 {
				t.Errorf("an acknowledgement took %v of a clock on which only waiting counts", took)
			}
			acked++
			time.Sleep(6 * time.Second)
			if i == 0 && log.count("does not take results") != 1 {
				t.Errorf("after six seconds the log is: %s", log.String())
			}
		}
		if st := s.Stats(); st.Pending != 100 || st.Waiting != 0 || !strings.Contains(st.DatabaseTrouble, "refused") || st.Oldest < 9*time.Minute || st.Since.IsZero() {
			t.Errorf("stats: %+v", st)
		}
		if n := log.count("\n"); n < 10 || n > 12 {
			t.Errorf("%d lines in ten minutes: %s", n, log.String())
		}
		db.back()
		time.Sleep(backOffMost + time.Second)
		if st := s.Stats(); st.Pending != 0 || st.DatabaseTrouble != "" || st.Applied != 100 {
			t.Errorf("stats: %+v", st)
		}
		if log.count("takes results again") != 1 {
			t.Errorf("log: %s", log.String())
		}
		shut(t, s)
		if len(db.got) != acked {
			t.Errorf("the database has %d of %d", len(db.got), acked)
		}
	})
}

// A database that does not even answer.
func TestFault_R11_Silent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log logLines
		db := &absent{}
		s := withLedger(t, Config{Dir: t.TempDir(), Log: log.logger()}, db)
		silence := make(chan struct{})
		db.hang.Store(&silence)
		recorded(t, s, duel("m1", 1, 2))
		if err := s.Record(duel("m2", 1, 2), nil); err != nil {
			t.Fatal(err)
		}
		time.Sleep(alarmAfter + time.Second)
		if log.count("does not answer") != 1 {
			t.Errorf("after six seconds the log is: %s", log.String())
		}
		if st := s.Stats(); st.DatabaseTrouble == "" || st.Pending != 2 {
			t.Errorf("stats: %+v", st)
		}
		close(silence)
		db.hang.Store(nil)
		time.Sleep(time.Second)
		if st := s.Stats(); st.Pending != 0 {
			t.Errorf("stats: %+v", st)
		}
		shut(t, s)
	})
}

// Too many wait: more are turned away, which is counted and said once, and what waits
// is not touched.
func TestFault_R8_QueueIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log logLines
		db := &absent{}
		s := withLedger(t, Config{Dir: t.TempDir(), Log: log.logger(), Queue: 10}, db)
		db.away(errors.New("gone"))
		for i := range 30 {
			err := s.Record(duel(fmt.Sprint("m", i), 1, 2), nil)
			if i < 10 && err != nil || i >= 10 && !errors.Is(err, ErrFull) {
				t.Errorf("match %d: %v", i, err)
			}
		}
		if _, err := s.Punish(t.Context(), Sanction{Kind: Ban, Person: player(1), Reason: "x", By: "host"}); !errors.Is(err, ErrFull) {
			t.Errorf("a ban: %v", err)
		}
		if _, banned := s.Sanctioned(Ban, player(1), netip.Addr{}); banned {
			t.Error("a ban that is not kept is in force")
		}
		time.Sleep(time.Second)
		if st := s.Stats(); st.Lost != 21 || st.Pending != 10 || log.count("results are lost") != 1 {
			t.Errorf("stats: %+v, log: %s", st, log.String())
		}
		db.back()
		time.Sleep(backOffMost)
		shut(t, s)
		if len(db.got) != 10 {
			t.Errorf("the database has %d", len(db.got))
		}
	})
}

// Told to stop while the database is away: the error says how many records are where,
// and the next start takes them up.
func TestFault_R15_StopWhileTheDatabaseIsAway(t *testing.T) {
	folder := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		db := &absent{}
		s := withLedger(t, Config{Dir: folder, Log: (&logLines{}).logger()}, db)
		db.away(errors.New("gone"))
		recorded(t, s, duel("m1", 1, 2))
		recorded(t, s, duel("m2", 1, 2))
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		begin := time.Now()
		err := s.Close(ctx)
		if err == nil || !strings.Contains(err.Error(), "2 records") || !strings.Contains(err.Error(), s.journal.path) {
			t.Errorf("Close: %v", err)
		}
		if took := time.Since(begin); took != 10*time.Second {
			t.Errorf("Close took %v of 10 s", took)
		}
		if err := s.Record(duel("m3", 1, 2), nil); !errors.Is(err, ErrClosed) {
			t.Errorf("after Close: %v", err)
		}
		if err := s.Close(ctx); err != nil {
			t.Errorf("a second Close: %v", err)
		}
	})
	s := open(t, Config{Dir: folder})
	settled(t, s)
	if p, err := s.Profile(within(t), player(1)); err != nil || p.Careers[0].Games != 2 {
		t.Errorf("after the next start: %+v, %v", p.Careers, err)
	}
}

// Another program has SQLite's file locked for half a minute, of a clock that stands
// still while somebody computes.
func TestFault_R8_LockedForHalfAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log logLines
		cfg := Config{Dir: t.TempDir(), Log: log.logger()}
		s, err := Open(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		other, err := sql.Open("sqlite", inFile(s.cfg.defaultFile()).dataSource(true))
		if err != nil {
			t.Fatal(err)
		}
		tx, err := other.Begin() // BEGIN IMMEDIATE
		if err != nil {
			t.Fatal(err)
		}
		for i := range 30 {
			begin := time.Now()
			recorded(t, s, duel(fmt.Sprint("m", i), 1, 2))
			if took := time.Since(begin); took > 0 {
				t.Errorf("acknowledged after %v", took)
			}
			if list, err := s.Ladder(t.Context(), "", "", 10); err != nil || len(list) != 0 {
				t.Errorf("reading is locked as well: %v, %v", list, err)
			}
			time.Sleep(time.Second)
		}
		if st := s.Stats(); st.Pending != 30 || !strings.Contains(st.DatabaseTrouble, "locked") || log.count("does not take results") != 1 {
			t.Errorf("stats: %+v, log: %s", st, log.String())
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		settled(t, s)
		if list, err := s.Ladder(t.Context(), "", "2026-Q4", 10); err != nil || len(list) != 2 || list[0].Games != 30 {
			t.Errorf("after it: %v, %v", list, err)
		}
		if err := other.Close(); err != nil {
			t.Fatal(err)
		}
		shut(t, s)
	})
}
