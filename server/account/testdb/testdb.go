package account

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

// postgresServer is a Postgres of the tests' own, reached by a socket in a folder.
type postgresServer struct {
	once   sync.Once
	err    error // why there is none
	folder string
	cmd    *exec.Cmd
	ended  chan struct{}

	mu   sync.Mutex
	made int // schemas
}

// cluster is what most tests share.
var cluster postgresServer

var errNoPostgres = errors.New("no Postgres is installed")

// newPostgres returns the URL of an empty database.
func newPostgres(t *testing.T) string {
	t.Helper()
	return cluster.need(t).schema(t)
}

// need starts the server if it does not run.
func (p *postgresServer) need(t *testing.T) *postgresServer {
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

func (p *postgresServer) start() error {
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
	return p.run()
}

// run starts the server on the folder that there is.
func (p *postgresServer) run() error {
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
		err := p.sql("postgres", "SELECT 1")
		if err == nil || time.Now().After(deadline) {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// halt ends the server as fast as it does that in order.
func (p *postgresServer) halt() {
	_ = p.cmd.Process.Signal(os.Interrupt)
	select {
	case <-p.ended:
	case <-time.After(10 * time.Second):
		_ = p.cmd.Process.Kill()
		<-p.ended
	}
}

func (p *postgresServer) stop() {
	if p.cmd != nil {
		p.halt()
	}
	if p.folder != "" {
		_ = os.RemoveAll(p.folder)
	}
}

func (p *postgresServer) url(database, schema string) string {
	q := url.Values{"host": {p.folder}, "user": {"ionwake"}, "sslmode": {"disable"}, "search_path": {schema}}
	return "postgres:///" + database + "?" + q.Encode()
}

// schema makes a schema that the end of the test drops: it is as good as a database of
// its own, and made in a tenth of the time.
func (p *postgresServer) schema(t *testing.T) string {
	t.Helper()
	p.mu.Lock()
	p.made++
	name := fmt.Sprint("test", p.made)
	p.mu.Unlock()
	if err := p.sql("postgres", "CREATE SCHEMA "+name); err != nil {
		t.Fatalf("make a schema: %v", err)
	}
	t.Cleanup(func() {
		if err := p.sql("postgres", "DROP SCHEMA "+name+" CASCADE"); err != nil {
			t.Errorf("drop the schema: %v", err)
		}
	})
	return p.url("postgres", name)
}

// sql runs a statement.
func (p *postgresServer) sql(database, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	c, err := pgconn.Connect(ctx, p.url(database, "public"))
	if err != nil {
		return err
	}
	_, err = c.Exec(ctx, statement).ReadAll()
	return errors.Join(err, c.Close(ctx))
}
