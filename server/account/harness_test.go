package account

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"ionwake/server/account/testdb"
)

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		child()
		return
	}
	code := m.Run()
	cluster.Stop()
	os.Exit(code)
}

// cluster is the Postgres that most tests share.
var cluster testdb.Server

// newPostgres returns the URL of an empty database.
func newPostgres(t *testing.T) string {
	t.Helper()
	return cluster.Need(t).Schema(t)
}

// eachDatabase runs a test on SQLite and on Postgres. base is a Config of a new folder
// and a new database.
func eachDatabase(t *testing.T, test func(t *testing.T, base Config)) {
	t.Run("sqlite", func(t *testing.T) { test(t, inFolder(t)) })
	t.Run("postgres", func(t *testing.T) {
		base := inFolder(t)
		base.URL = newPostgres(t)
		test(t, base)
	})
}

func inFolder(t *testing.T) Config { return Config{Dir: t.TempDir()} }

// testTime is when tests happen: in the season 2026-Q4.
var testTime = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// clock is a clock that a test turns.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: testTime} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) turn(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// open opens a store that the end of the test closes.
func open(t *testing.T, cfg Config) *Store {
	t.Helper()
	s, err := Open(t.Context(), cfg)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { shut(t, s) })
	return s
}

// shut closes a store, which has to work out. A second time it does nothing.
func shut(t *testing.T, s *Store) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := s.Close(ctx); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// within returns a context for what must not take long.
func within(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func settled(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Sync(within(t)); err != nil {
		t.Fatalf("Sync: %v; %+v", err, s.Stats())
	}
}

// record records a match and waits until it is acknowledged.
func recorded(t *testing.T, s *Store, m Match) {
	t.Helper()
	acked := make(chan error, 1)
	if err := s.Record(m, func(err error) { acked <- err }); err != nil {
		t.Fatalf("Record: %v", err)
	}
	select {
	case err := <-acked:
		if err != nil {
			t.Fatalf("acknowledged with %v", err)
		}
	case <-within(t).Done():
		t.Fatal("a result is not acknowledged")
	}
}

// player returns the person of a number.
func player(n int) Person {
	return Person{0: 1, 14: byte(n >> 8), 15: byte(n)}
}

// duel is a match that the first of two wins.
func duel(id string, a, b int) Match {
	return Match{
		ID: id, Room: "main", Mode: "brawl", Arena: "foundry", Began: testTime.Add(-5 * time.Minute), Ended: testTime,
		Results: []Result{
			{Player: player(a), Name: fmt.Sprint("P", a), Place: 1, Won: true, Score: 10, Kills: 10, Deaths: 4, Played: 5 * time.Minute},
			{Player: player(b), Name: fmt.Sprint("P", b), Place: 2, Score: 4, Kills: 4, Deaths: 10, Played: 5 * time.Minute},
		},
	}
}

// logLines is a log that a test reads.
type logLines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logLines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *logLines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func (l *logLines) count(what string) int { return strings.Count(l.String(), what) }

func (l *logLines) logger() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }

var (
	homeAddr  = netip.MustParseAddr("203.0.113.77")
	otherAddr = netip.MustParseAddr("2001:db8:1:2:3:4:5:6")
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// contextThatIsOver is for a Close that must not wait.
func contextThatIsOver(t *testing.T) (context.Context, context.CancelFunc) {
	return context.WithTimeout(t.Context(), 0)
}
