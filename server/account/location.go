package account

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// location is where a database is.
type location struct {
	label    string         // for messages: without a password
	file     string         // of SQLite; "" with Postgres
	postgres *pgconn.Config // nil with SQLite
}

// locate reads cfg.URL. Its errors do not show what is in it, which may be a password.
func locate(cfg Config) (location, error) {
	if cfg.Dir == "" {
		return location{}, errors.New("accounts need a data folder: give --data")
	}
	scheme, rest, found := strings.Cut(cfg.URL, ":")
	switch {
	case cfg.URL == "":
		return inFile(cfg.defaultFile()), nil
	case found && scheme == "sqlite":
		path := strings.TrimPrefix(rest, "//")
		if path == "" {
			return location{}, errors.New("the database URL sqlite: names no file: it is sqlite:PATH")
		}
		return inFile(path), nil
	case found && (scheme == "postgres" || scheme == "postgresql"):
		return inPostgres(cfg.URL)
	}
	return location{}, errors.New("the database URL is neither postgres://USER:PASSWORD@HOST/NAME nor sqlite:PATH")
}

func inFile(path string) location { return location{label: path, file: path} }

func inPostgres(text string) (location, error) {
	c, err := pgconn.ParseConfig(text)
	if err != nil {
		return location{}, errors.New("the database URL cannot be read: it is postgres://USER:PASSWORD@HOST:PORT/NAME, with special characters as %XX")
	}
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = 5 * time.Second
	}
	if c.RuntimeParams["application_name"] == "" {
		c.RuntimeParams["application_name"] = "ionwake"
	}
	return location{label: fmt.Sprintf("%s on %s:%d", c.Database, c.Host, c.Port), postgres: c}, nil
}

// locks returns the files to be locked: one for the data folder, and one for a database
// elsewhere, of which another folder's server may know.
func (l location) locks(folder string) []string {
	paths := []string{filepath.Join(folder, "account.lock")}
	if l.file == "" {
		return paths
	}
	there, err := filepath.Abs(filepath.Dir(l.file))
	here, err2 := filepath.Abs(folder)
	if err != nil || err2 != nil || there != here || filepath.Base(l.file) != "account.db" {
		paths = append(paths, l.file+".lock")
	}
	return paths
}

// dataSource returns what SQLite is opened with: one that does not write is for
// questions only.
func (l location) dataSource(writes bool) string {
	q := url.Values{}
	// In milliseconds. The clerk tries again by itself.
	q.Add("_pragma", "busy_timeout(250)")
	q.Add("_pragma", "foreign_keys(1)")
	q.Add("_pragma", "trusted_schema(0)")
	q.Add("_pragma", "cell_size_check(1)")
	if writes {
		q.Add("_pragma", "synchronous(FULL)") // a commit is on the disk
		q.Set("_txlock", "immediate")         // no transaction finds out half-way that it may not write
	} else {
		q.Add("_pragma", "query_only(1)")
	}
	path := (&url.URL{Path: filepath.ToSlash(l.file)}).EscapedPath()
	return "file:" + path + "?" + q.Encode()
}

// shared reports whether several servers may use the database.
func (l location) shared() bool { return l.postgres != nil }
