package account

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"ionwake/server/account/testdb"
)

// crossing stands between a store and Postgres and does what networks do.
type crossing struct {
	ln     net.Listener
	socket string

	mu    sync.Mutex
	open  map[net.Conn]bool
	down  bool          // who comes is sent away
	delay time.Duration // of each part of an answer
	held  chan struct{} // nothing passes until it is closed; nil: all passes
	done  sync.WaitGroup
}

func newCrossing(t *testing.T) *crossing {
	t.Helper()
	cluster.Need(t)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &crossing{ln: ln, socket: cluster.Socket(), open: map[net.Conn]bool{}}
	c.done.Go(c.accept)
	t.Cleanup(func() {
		c.set(func() { c.down = true })
		c.cut()
		ln.Close()
		c.done.Wait()
	})
	return c
}

func (c *crossing) set(change func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change()
}

// cut ends all connections.
func (c *crossing) cut() {
	c.set(func() {
		if c.held != nil {
			close(c.held)
			c.held = nil
		}
		for conn := range c.open {
			conn.Close()
		}
	})
}

func (c *crossing) accept() {
	for {
		near, err := c.ln.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("unix", c.socket)
		c.mu.Lock()
		if err != nil || c.down {
			c.mu.Unlock()
			near.Close()
			if err == nil {
				far.Close()
			}
			continue
		}
		c.open[near], c.open[far] = true, true
		c.mu.Unlock()
		c.done.Go(func() { c.pass(far, near, false) })
		c.done.Go(func() { c.pass(near, far, true) })
	}
}

func (c *crossing) pass(to, from net.Conn, answers bool) {
	defer to.Close()
	defer from.Close()
	b := make([]byte, 32<<10)
	for {
		n, err := from.Read(b)
		if err != nil {
			return
		}
		c.mu.Lock()
		held, delay := c.held, c.delay
		c.mu.Unlock()
		if held != nil {
			<-held
		}
		if answers {
			time.Sleep(delay)
		}
		if _, err := to.Write(b[:n]); err != nil {
			return
		}
	}
}

func (c *crossing) url(direct string) string {
	u, _ := pgconn.ParseConfig(direct)
	return fmt.Sprintf("postgres://ionwake@%s/%s?sslmode=disable&search_path=%s", c.ln.Addr(), u.Database, u.RuntimeParams["search_path"])
}

// The connection is cut in the middle of everything, again and again: each result
// counts once.
func TestFault_R11_CutAgainAndAgain(t *testing.T) {
	c := newCrossing(t)
	s := open(t, Config{Dir: t.TempDir(), URL: c.url(newPostgres(t))})
	games := 200
	for i := range games {
		recorded(t, s, duel(fmt.Sprint("m", i), 1, 2))
		if i%4 == 0 {
			time.Sleep(time.Duration(i%7) * time.Millisecond)
			c.cut()
		}
	}
	settled(t, s)
	if p, err := s.Profile(within(t), player(1)); err != nil || p.Careers[0].Games != games {
		t.Errorf("of %d: %+v, %v", games, p.Careers, err)
	}
}

func TestFault_R11_DownSlowAndHung(t *testing.T) {
	c := newCrossing(t)
	var log logLines
	cfg := Config{Dir: t.TempDir(), URL: c.url(newPostgres(t)), Log: log.logger()}
	s := open(t, cfg)
	games := 0
	play := func() {
		t.Helper()
		begin := time.Now()
		games++
		if err := s.Record(duel(fmt.Sprint("m", games), 1, 2), nil); err != nil {
			t.Fatal(err)
		}
		_, _ = s.Sanctioned(Ban, player(1), homeAddr)
		s.Seen(player(1), "P1", homeAddr)
		s.Stats()
		if took := time.Since(begin); took > time.Second {
			t.Errorf("a caller waited %v", took)
		}
	}
	play()
	settled(t, s)

	c.set(func() { c.down = true })
	c.cut()
	play()
	for begin := time.Now(); s.Stats().DatabaseTrouble == ""; time.Sleep(10 * time.Millisecond) {
		if time.Since(begin) > 20*time.Second {
			t.Fatal("a database that is down is not noticed")
		}
	}
	if _, err := s.Profile(within(t), player(1)); err == nil {
		t.Error("a profile of a database that is down")
	}
	if list, err := s.Ladder(within(t), "", "", 10); err == nil {
		t.Errorf("a ladder that nobody asked for before: %v", list)
	}
	c.set(func() { c.down = false })
	settled(t, s)

	slow := 150 * time.Millisecond
	if sweeping() > 0 { // as slow as row R11 wants: a match takes most of a minute
		slow = 5 * time.Second
	}
	c.set(func() { c.delay = slow })
	begin := time.Now()
	play()
	patient, enough := context.WithTimeout(t.Context(), 5*time.Minute)
	defer enough()
	if err := s.Sync(patient); err != nil {
		t.Errorf("a match in a database that takes %v for an answer: %v; %+v", slow, err, s.Stats())
	}
	t.Logf("%v for an answer: a match was there after %v", slow, time.Since(begin).Round(time.Millisecond))
	c.set(func() { c.delay = 0 })

	if list, err := s.Ladder(within(t), "", "", 10); err != nil || len(list) != 2 {
		t.Errorf("ladder: %v, %v", list, err)
	}
	c.set(func() { c.held = make(chan struct{}) })
	play()
	begin = time.Now()
	if _, err := s.Find(within(t), "P", 10); err == nil {
		t.Error("an answer of a database that is silent")
	}
	if took := time.Since(begin); took > readPatience+3*time.Second {
		t.Errorf("a question waited %v", took)
	}
	c.cut() // as a host does who restarts it
	settled(t, s)
	if p, err := s.Profile(within(t), player(1)); err != nil || p.Careers[0].Games != games {
		t.Errorf("of %d: %+v, %v", games, p.Careers, err)
	}

	// A start while it is down: it is there later.
	shut(t, s)
	c.set(func() { c.down = true })
	s = open(t, cfg)
	if log.count("the database cannot be reached") != 1 {
		t.Errorf("log: %s", log.String())
	}
	play()
	if _, err := s.Ladder(within(t), "", "", 10); !errors.Is(err, ErrNotReady) {
		t.Errorf("a ladder: %v", err)
	}
	c.set(func() { c.down = false })
	settled(t, s)
	if p, err := s.Profile(within(t), player(1)); err != nil || p.Careers[0].Games != games {
		t.Errorf("of %d: %+v, %v", games, p.Careers, err)
	}
}

// Bans hold when the server starts while the database is down.
func TestFault_R11_BansWithoutTheDatabase(t *testing.T) {
	c := newCrossing(t)
	cfg := Config{Dir: t.TempDir(), URL: c.url(newPostgres(t))}
	s := open(t, cfg)
	punished(t, s, Sanction{Kind: Ban, Person: player(1), Reason: "x", By: "host"})
	shut(t, s)
	c.set(func() { c.down = true })
	s = open(t, cfg)
	if got, banned := s.Sanctioned(Ban, player(1), homeAddr); !banned || got.Reason != "x" {
		t.Errorf("banned: %v, %+v", banned, got)
	}
	c.set(func() { c.down = false })
	recorded(t, s, duel("m1", 1, 2))
	settled(t, s)
}

// A server that never had a database is told at its start that it has none.
func TestFault_R11_NeverReached(t *testing.T) {
	begin := time.Now()
	cfg := Config{Dir: t.TempDir(), URL: "postgres://u:secretword@127.0.0.1:1/x"}
	s, err := Open(t.Context(), cfg)
	if err == nil {
		shut(t, s)
		t.Fatal("opened")
	}
	if took := time.Since(begin); took > time.Second {
		t.Errorf("it took %v", took)
	}
	if text := err.Error(); strings.Contains(text, "secretword") || !strings.Contains(text, "x on 127.0.0.1:1") || strings.Contains(text, "\n") {
		t.Errorf("the error is %q", text)
	}
}

// The database lets nobody in for a while.
func TestFault_R11_NobodyIsLetIn(t *testing.T) {
	const name = "closed"
	if err := cluster.Need(t).SQL("postgres", "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	s := open(t, Config{Dir: t.TempDir(), URL: cluster.URL(name, "public")})
	if err := cluster.SQL("postgres", "ALTER DATABASE "+name+" ALLOW_CONNECTIONS false"); err != nil {
		t.Fatal(err)
	}
	if err := cluster.SQL("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"+name+"'"); err != nil {
		t.Fatal(err)
	}
	recorded(t, s, duel("m1", 1, 2))
	time.Sleep(300 * time.Millisecond)
	if st := s.Stats(); st.Pending != 1 || st.DatabaseTrouble == "" {
		t.Errorf("stats: %+v", st)
	}
	if err := cluster.SQL("postgres", "ALTER DATABASE "+name+" ALLOW_CONNECTIONS true"); err != nil {
		t.Fatal(err)
	}
	settled(t, s)
}

// The database itself is stopped and started.
func TestFault_R11_Restarted(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: a Postgres of its own takes seconds")
	}
	cluster.Need(t)
	own := &testdb.Server{}
	own.Need(t)
	t.Cleanup(own.Stop)
	s := open(t, Config{Dir: t.TempDir(), URL: own.URL("postgres", "public")})
	for round := range 2 {
		own.Halt()
		recorded(t, s, duel(fmt.Sprint("down", round), 1, 2))
		if err := own.Run(); err != nil {
			t.Fatal(err)
		}
		recorded(t, s, duel(fmt.Sprint("up", round), 1, 2))
	}
	settled(t, s)
	if p, err := s.Profile(within(t), player(1)); err != nil || p.Careers[0].Games != 4 {
		t.Errorf("%+v, %v", p.Careers, err)
	}
}

// A commit that did not commit is no commit.
func TestPostgresFailedCommit(t *testing.T) {
	db, err := newSQLLedger(mustLocate(t, newPostgres(t)))
	if err != nil {
		t.Fatal(err)
	}
	defer db.close()
	tx, err := db.write.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(t.Context(), "SELECT nonsense FROM nowhere"); err == nil {
		t.Fatal("nonsense is understood")
	}
	if err := tx.Commit(); err == nil || !strings.Contains(err.Error(), "ROLLBACK") {
		t.Errorf("a commit after an error: %v", err)
	}
	if _, err := db.write.ExecContext(t.Context(), "SELECT ?", 1.5); err == nil {
		t.Error("a fraction is taken")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := db.write.ExecContext(ctx, "SELECT pg_sleep(10)"); err == nil {
		t.Error("a statement outlives its time")
	}
	var n int
	if err := db.write.QueryRowContext(t.Context(), "SELECT 7").Scan(&n); err != nil || n != 7 {
		t.Errorf("after it: %d, %v", n, err)
	}
	if _, err := db.write.Prepare("SELECT 1"); err == nil {
		t.Error("a statement is prepared")
	}
	rows, err := db.write.QueryContext(t.Context(), "SELECT 1 AS one, 'x' AS two WHERE 1 = ?", 1)
	if err != nil {
		t.Fatal(err)
	}
	names, err := rows.Columns()
	if err = errors.Join(err, rows.Close()); err != nil || strings.Join(names, ",") != "one,two" {
		t.Errorf("columns are %v, %v", names, err)
	}
	if err := (&postgresRows{r: &pgconn.Result{}}).Next(nil); !errors.Is(err, io.EOF) {
		t.Errorf("no rows end with %v", err)
	}
}

func mustLocate(t *testing.T, url string) location {
	t.Helper()
	l, err := locate(Config{Dir: t.TempDir(), URL: url})
	if err != nil {
		t.Fatal(err)
	}
	return l
}
