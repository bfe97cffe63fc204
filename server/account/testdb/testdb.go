// Package testdb runs a Postgres of a test's own, which can be stopped and started.
package testdb

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// Server is a Postgres that is reached by a socket in a folder. The zero Server starts
// when it is needed.
type Server struct {
	once   sync.Once
	err    error  // why there is none
	folder string // of its data and its socket
	cmd    *exec.Cmd
	ended  chan struct{}

	mu   sync.Mutex
	made int // schemas
}

var errNoPostgres = errors.New("no Postgres is installed")

// Need starts the server if it never did. Without Postgres on this machine the test is
// skipped, or fails with CI=true.
func (p *Server) Need(t testing.TB) *Server {
	t.Helper()
	p.once.Do(func() { p.err = p.start() })
	if errors.Is(p.err, errNoPostgres) && os.Getenv("CI") != "true" {
		t.Skipf("skipped: %v, so accounts are tested with SQLite alone", p.err)
	}
	if p.err != nil {
		t.Fatalf("start Postgres: %v", p.err)
	}
	return p
}

// program finds a program of Postgres, which Debian does not put on the path.
func program(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return filepath.EvalSymlinks(path)
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if len(found) == 0 {
		return "", errNoPostgres
	}
	return found[len(found)-1], nil
}

func (p *Server) start() error {
	initdb, err := program("initdb")
	if err != nil {
		return err
	}
	if p.folder, err = os.MkdirTemp("", "iw-pg"); err != nil {
		return err
	}
	if err := p.own(p.folder); err != nil {
		return err
	}
	cmd := p.command(initdb, "-D", filepath.Join(p.folder, "data"), "-A", "trust", "-U", "ionwake", "-E", "UTF8", "--locale=C", "--no-sync")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return p.Run()
}

// Run starts the server again on the data that it has.
func (p *Server) Run() error {
	postgres, err := program("postgres")
	if err != nil {
		return err
	}
	p.cmd = p.command(postgres, "-D", filepath.Join(p.folder, "data"), "-k", p.folder, "-c", "listen_addresses=",
		"-c", "fsync=off", "-c", "max_connections=40", "-c", "shared_buffers=16MB")
	if err := p.cmd.Start(); err != nil {
		return err
	}
	p.ended = make(chan struct{})
	go func() {
		defer close(p.ended)
		_ = p.cmd.Wait()
	}()
	deadline := time.Now().Add(30 * time.Second)
	for {
		err := p.SQL("postgres", "SELECT 1")
		if err == nil || time.Now().After(deadline) {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Halt ends the server as fast as it does that in order.
func (p *Server) Halt() {
	_ = p.cmd.Process.Signal(os.Interrupt)
	select {
	case <-p.ended:
	case <-time.After(10 * time.Second):
		_ = p.cmd.Process.Kill()
		<-p.ended
	}
}

// Stop ends the server and deletes its data.
func (p *Server) Stop() {
	if p.cmd != nil {
		p.Halt()
	}
	if p.folder != "" {
		_ = os.RemoveAll(p.folder)
	}
}

// Socket is where it listens.
func (p *Server) Socket() string { return filepath.Join(p.folder, ".s.PGSQL.5432") }

// URL is that of a schema of a database.
func (p *Server) URL(database, schema string) string {
	q := url.Values{"host": {p.folder}, "user": {"ionwake"}, "sslmode": {"disable"}, "search_path": {schema}}
	return "postgres:///" + database + "?" + q.Encode()
}

// Schema makes a schema that the end of the test drops: it is as good as a database of
// its own, and made in a tenth of the time.
func (p *Server) Schema(t testing.TB) string {
	t.Helper()
	p.mu.Lock()
	p.made++
	name := fmt.Sprint("test", p.made)
	p.mu.Unlock()
	if err := p.SQL("postgres", "CREATE SCHEMA "+name); err != nil {
		t.Fatalf("make a schema: %v", err)
	}
	t.Cleanup(func() {
		if err := p.SQL("postgres", "DROP SCHEMA "+name+" CASCADE"); err != nil {
			t.Errorf("drop the schema: %v", err)
		}
	})
	return p.URL("postgres", name)
}

// SQL runs a statement.
func (p *Server) SQL(database, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	c, err := pgconn.Connect(ctx, p.URL(database, "public"))
	if err != nil {
		return err
	}
	_, err = c.Exec(ctx, statement).ReadAll()
	return errors.Join(err, c.Close(ctx))
}
