package account

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// filled returns the folder of a closed store with ten matches and a ban in it.
func filled(t *testing.T) string {
	t.Helper()
	cfg := inFolder(t)
	s := open(t, cfg)
	for i := range 10 {
		recorded(t, s, duel(fmt.Sprint("m", i), 1, 2+i))
	}
	if _, err := s.Punish(within(t), Sanction{Kind: Ban, Person: player(5), Reason: "x", By: "host"}); err != nil {
		t.Fatal(err)
	}
	shut(t, s)
	return cfg.Dir
}

// copied returns a new folder with the files of another.
func copied(t *testing.T, from string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(to, secretName), 0o600); err != nil {
		t.Fatal(err)
	}
	return to
}

func read(t *testing.T, path ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t *testing.T, b []byte, path ...string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(path...), b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A byte of the database is another one. Either that is found at the start, and said
// with the file and what to do, or the server runs; it never panics or hangs. (A byte
// within a name is another name: SQLite has no checksums.)
func TestFault_R9_FlippedBytes(t *testing.T) {
	flips := 300
	if sweeping() > 0 { // as many as row R9 wants
		flips = 1000
	} else if testing.Short() {
		flips = 100
	}
	folder := copied(t, filled(t))
	file := filepath.Join(folder, "account.db")
	whole, journal := read(t, file), read(t, folder, journalName)
	chance := rand.New(rand.NewPCG(9, 9))
	refused := 0
	for i := range flips {
		// Half of them in the first page, which says what all others are.
		at := chance.IntN(len(whole))
		if i%2 == 0 {
			at = chance.IntN(4096)
		}
		b := append([]byte(nil), whole...)
		b[at] ^= byte(1 + chance.IntN(255))
		for _, left := range []string{"-wal", "-shm"} {
			_ = os.Remove(file + left)
		}
		write(t, b, file)
		write(t, journal, folder, journalName)
		s, err := Open(t.Context(), Config{Dir: folder})
		if err == nil {
			_, _ = s.Ladder(within(t), "", "", 10) // may fail: it must come back
			if err := s.Record(duel("new", 1, 2), nil); err != nil {
				t.Errorf("byte %d: %v", at, err)
			}
			cut, stop := contextThatIsOver(t)
			_ = s.Close(cut)
			stop()
			continue
		}
		refused++
		if !strings.Contains(err.Error(), "account.db") {
			t.Fatalf("byte %d: the error names no file: %v", at, err)
		}
		if errors.Is(err, ErrDamaged) && !strings.Contains(err.Error(), "sqlite3 "+file+" .recover") {
			t.Fatalf("byte %d: the error says not what to do: %v", at, err)
		}
		if strings.Contains(err.Error(), "\n") {
			t.Fatalf("byte %d: the error has several lines: %v", at, err)
		}
	}
	if refused < flips/10 {
		t.Errorf("only %d of %d damaged databases were refused", refused, flips)
	}
	t.Logf("%d of %d were refused", refused, flips)
}

func TestFault_R9_CutDatabase(t *testing.T) {
	folder := copied(t, filled(t))
	whole := read(t, folder, "account.db")
	for _, size := range []int{1, 15, 99, 100, 4095, 4096, 4097, 8192, len(whole) / 2, len(whole) - 4096, len(whole) - 1} {
		write(t, whole[:size], folder, "account.db")
		s, err := Open(t.Context(), Config{Dir: folder})
		if err == nil {
			shut(t, s)
			t.Errorf("a database cut to %d bytes of %d was opened", size, len(whole))
		} else if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), ".recover") {
			t.Errorf("cut to %d bytes: %v", size, err)
		}
	}
	write(t, []byte("these are somebody's notes, which are longer than a header of SQLite is, by some bytes at least: ........................."), folder, "account.db")
	if s, err := Open(t.Context(), Config{Dir: folder}); !errors.Is(err, ErrDamaged) {
		t.Errorf("a text as a database: %v", err)
		if err == nil {
			shut(t, s)
		}
	}
}

// The machine dies: the write-ahead log is cut anywhere, or gone. Whatever was
// acknowledged is there.
func TestFault_R9_CutLog(t *testing.T) {
	cfg := inFolder(t)
	cfg.slack = 4000 // the journal begins anew in between
	s := open(t, cfg)
	games, log := 0, []byte(nil)
	for ; games < 25 || len(log) < 50_000; games++ {
		if games > 200 {
			t.Fatal("the log does not grow")
		}
		recorded(t, s, duel(fmt.Sprint("m", games), 1, 2))
		settled(t, s)
		log = read(t, cfg.Dir, "account.db-wal")
	}
	snapshot := copied(t, cfg.Dir) // while it runs: as after a crash
	for size := 0; size <= len(log); size += len(log) / 37 {
		folder := copied(t, snapshot)
		write(t, log[:size], folder, "account.db-wal")
		_ = os.Remove(filepath.Join(folder, "account.db-shm"))
		again := open(t, Config{Dir: folder})
		settled(t, again)
		if p, err := again.Profile(within(t), player(1)); err != nil || p.Careers[0].Games != games {
			t.Errorf("of the log %d bytes of %d are left, of %d matches %+v (%v)", size, len(log), games, p.Careers, err)
		}
		shut(t, again)
	}
}

// A journal that is damaged gives what is whole in it, and a copy is kept.
func TestFault_R9_DamagedJournal(t *testing.T) {
	folder := journalOf(t, 10)
	whole := read(t, folder, journalName)
	lines := strings.SplitAfter(string(whole), "\n")
	for _, c := range []struct {
		what   string
		broken string
		games  int
		copies int
	}{
		{"whole", string(whole), 10, 0},
		{"unfinished end", string(whole) + "0badc0de {\"n\":11,\"mat", 10, 0},
		{"cut in the last record", string(whole[:len(whole)-5]), 9, 0},
		{"a flipped byte", strings.Replace(string(whole), `"id":"m4"`, `"id":"x4"`, 1), 9, 1},
		{"a lost newline", strings.Replace(string(whole), lines[3], strings.TrimSuffix(lines[3], "\n"), 1), 8, 1},
		{"zeros in between", strings.Replace(string(whole), lines[5], strings.Repeat("\x00", 500)+"\n", 1), 9, 1},
		{"no head", strings.Join(lines[1:], ""), 10, 0},
		{"a broken head", "x" + string(whole), 10, 1},
		{"a record twice", string(whole) + lines[4], 10, 1},
		{"nothing", "", 0, 0},
	} {
		t.Run(c.what, func(t *testing.T) {
			dir := copied(t, folder)
			write(t, []byte(c.broken), dir, journalName)
			var log logLines
			s := open(t, Config{Dir: dir, Log: log.logger()})
			settled(t, s)
			games := 0
			if p, err := s.Profile(within(t), player(1)); err == nil {
				games = p.Careers[0].Games
			} else if !errors.Is(err, ErrUnknown) {
				t.Fatal(err)
			}
			if games != c.games {
				t.Errorf("%d matches are there, not %d", games, c.games)
			}
			copies, err := filepath.Glob(filepath.Join(dir, journalName+".damaged-*"))
			if err != nil || len(copies) != c.copies || log.count("damaged") > 0 != (c.copies > 0) {
				t.Errorf("%d copies of the damaged file (%v), log: %s", len(copies), err, log.String())
			}
			recorded(t, s, duel("after", 1, 2)) // it goes on
			shut(t, s)
			again := open(t, Config{Dir: dir})
			if p, err := again.Profile(within(t), player(1)); err != nil || p.Careers[0].Games != games+1 {
				t.Errorf("after another start: %+v, %v", p.Careers, err)
			}
		})
	}
}

// journalOf returns the folder of a store that died before the database had anything
// of n matches.
func journalOf(t *testing.T, n int) string {
	t.Helper()
	folder := t.TempDir()
	j, _, _, err := openJournal(folder, testTime)
	if err != nil {
		t.Fatal(err)
	}
	defer j.close()
	for i := range n {
		m, err := duel(fmt.Sprint("m", i), 1, 2).check()
		if err != nil {
			t.Fatal(err)
		}
		if err := j.append([]*entry{{rec: record{Match: m}}}, func() {}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := makeSecret(folder, nil); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestNewerJournalIsRefused(t *testing.T) {
	cfg := inFolder(t)
	write(t, appendLine(nil, []byte(`{"version":2,"journal":"00"}`)), cfg.Dir, journalName)
	s, err := Open(t.Context(), cfg)
	if !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), journalName) {
		t.Errorf("a journal of a newer program: %v", err)
	}
	if err == nil {
		shut(t, s)
	}
}

func FuzzJournal(f *testing.F) {
	m, err := duel("m1", 1, 2).check()
	if err != nil {
		f.Fatal(err)
	}
	e := entry{seq: 1, rec: record{Match: m}}
	b, err := e.encode()
	if err != nil {
		f.Fatal(err)
	}
	head := appendLine(nil, []byte(`{"version":1,"journal":"ab"}`))
	f.Add(head)
	f.Add(appendLine(head, b))
	f.Add([]byte("\n\n\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		found, err := parseJournal(raw)
		if err != nil {
			return
		}
		if found.end < 0 || found.end > int64(len(raw)) {
			t.Fatalf("%d bytes of %d are whole", found.end, len(raw))
		}
		last := uint64(0)
		for _, e := range found.entries {
			if e.seq <= last {
				t.Fatalf("record %d comes after %d", e.seq, last)
			}
			last = e.seq
			if _, err := e.encode(); err != nil {
				t.Fatalf("what was read cannot be written: %v", err)
			}
		}
	})
}

// The database is gone, or an older one is in its place: the host is told.
func TestLostDatabaseIsTold(t *testing.T) {
	folder := copied(t, filled(t))
	if err := os.Remove(filepath.Join(folder, "account.db")); err != nil {
		t.Fatal(err)
	}
	var log logLines
	s := open(t, Config{Dir: folder, Log: log.logger()})
	if log.count("the database lacks records") != 1 || log.count("records=11") != 1 {
		t.Errorf("log: %s", log.String())
	}
	recorded(t, s, duel("after", 1, 2))
	settled(t, s)
	if p, err := s.Profile(within(t), player(1)); err != nil || p.Careers[0].Games != 1 {
		t.Errorf("after it: %+v, %v", p.Careers, err)
	}
}
