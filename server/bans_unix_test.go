//go:build unix

package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"ionwake/server/admin"
	"ionwake/shared/wire"
)

// A ban that somebody wrote into the database by hand holds from SIGHUP on, also for who
// is in already; so does that one was taken out, and what was written about newcomers.
func TestBansAreReadAgain(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := start(t, "--data="+data)
	ann, _ := p.join("main", wire.Hello{Name: "Ann", Device: annsDevice})
	mia := p.hand(data, admin.Moderator)
	waitForLine(t, mia, "players", "Ann")
	mia.says("mute Ann 10m Shouts")
	eventually(t, "a mute in the database", func() bool {
		return changed(t, data, "UPDATE sanctions SET kind = 'ban', reason = 'By hand'") == 1
	})
	ann.wantPlay()
	p.signal(syscall.SIGHUP)
	if told := ann.wantEnd(wire.CloseKicked); !strings.Contains(told.Message, "By hand") {
		t.Errorf("told %+v", *told)
	}

	changed(t, data, "DELETE FROM sanctions")
	locked := `{"locked_until":"` + time.Now().Add(time.Hour).UTC().Format(time.RFC3339) + `"}`
	if err := os.WriteFile(filepath.Join(data, "limits.json"), []byte(locked), 0o600); err != nil {
		t.Fatal(err)
	}
	p.signal(syscall.SIGHUP)
	waitForLine(t, mia, "bans", "0 sanctions")
	shut := p.dial("main")
	shut.hello(wire.Hello{Name: "Ann", Device: annsDevice})
	shut.wantEnd(wire.CloseOverload)

	if err := os.WriteFile(filepath.Join(data, "limits.json"), []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.signal(syscall.SIGHUP)
	p.logged("the limits for newcomers stay as they were", "limits.json")
	if err := os.Remove(filepath.Join(data, "limits.json")); err != nil {
		t.Fatal(err)
	}
	p.signal(syscall.SIGHUP)
	eventually(t, "an open door", func() bool {
		c := p.dial("main")
		c.hello(wire.Hello{Name: "Ann", Device: annsDevice})
		return c.next().Welcome != nil
	})
	p.stop()
}

// changed has a database carry out a statement as somebody else would, and returns how
// many rows it was about.
func changed(t *testing.T, data, statement string) int64 {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(data, "account.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // nothing is left to write
	done, err := db.ExecContext(t.Context(), statement)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := done.RowsAffected()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
