package account

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Everybody may ask for ladders: they cost the database no more than one question in
// five seconds, and it may be away.
func TestLaddersAreAskedForOnce(t *testing.T) {
	var ladders tops
	var asked atomic.Int64
	key := topKey{"brawl", ""}
	ask := func() ([]Rung, error) {
		asked.Add(1)
		time.Sleep(20 * time.Millisecond)
		return []Rung{{Rank: 1}}, nil
	}
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if list, err := ladders.get(testTime, key, ask); err != nil || len(list) != 1 {
				t.Errorf("%v, %v", list, err)
			}
		})
	}
	wg.Wait()
	if n := asked.Load(); n != 1 {
		t.Errorf("the database was asked %d times", n)
	}
	broken := func() ([]Rung, error) { return nil, errors.New("gone") }
	if list, err := ladders.get(testTime.Add(time.Hour), key, broken); err != nil || len(list) != 1 {
		t.Errorf("an old one while the database is away: %v, %v", list, err)
	}
	if _, err := ladders.get(testTime, topKey{"relay", ""}, broken); err == nil {
		t.Error("one that was never asked for while the database is away")
	}
	if list, err := ladders.get(testTime.Add(2*time.Hour), key, ask); err != nil || len(list) != 1 || asked.Load() != 2 {
		t.Errorf("a new one: %v, %v, asked %d times", list, err, asked.Load())
	}
	for i := range 10 * maxTops {
		if _, err := ladders.get(testTime, topKey{"brawl", itoa(int64(i))}, func() ([]Rung, error) { return nil, nil }); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(ladders.all); n > maxTops {
		t.Errorf("%d ladders are remembered", n)
	}
}

// A record that a database will never take does not keep the others out.
func TestRefusedRecordIsSetAside(t *testing.T) {
	eachDatabase(t, func(t *testing.T, cfg Config) {
		var log logLines
		cfg.Log = log.logger()
		s := open(t, cfg)
		bad := &entry{rec: record{Match: &Match{ID: "bad", Mode: "brawl", Began: testTime, Ended: testTime}}}
		if cfg.URL == "" { // a result that points nowhere, as only a fault of ours can make one
			if _, err := s.ledger.(*sqlLedger).write.ExecContext(t.Context(), "CREATE TRIGGER no BEFORE INSERT ON matches WHEN NEW.id = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END"); err != nil {
				t.Fatal(err)
			}
		} else {
			bad.rec.Match.Room = "nul\x00byte"
		}
		recorded(t, s, duel("m1", 1, 2))
		if err := s.queue.add(bad); err != nil {
			t.Fatal(err)
		}
		recorded(t, s, duel("m2", 1, 2))
		settled(t, s)
		if p, err := s.Profile(within(t), player(1)); err != nil || p.Careers[0].Games != 2 {
			t.Errorf("%+v, %v", p.Careers, err)
		}
		if st := s.Stats(); st.SetAside != 1 || log.count("set aside") != 1 || log.count(`record="match bad"`) != 1 {
			t.Errorf("stats: %+v, log: %s", st, log.String())
		}
		found, err := parseJournal(append(appendLine(nil, []byte(`{"version":1,"journal":"x"}`)), read(t, cfg.Dir, asideName)...))
		if err != nil || len(found.entries) != 1 || found.entries[0].rec.Match.ID != "bad" {
			t.Errorf("set aside: %+v, %v", found, err)
		}
	})
}

func TestFault_R10_VersionOfSQLite(t *testing.T) {
	for version, ok := range map[string]bool{
		"3.51.3": true, "3.51.10": true, "3.54.1": true, "4.0.0": true, "3.51.2": false, "3.7.0": false, "2.99.99": false, "x.y.z": false, "": false,
	} {
		if err := checkSQLite(version); (err == nil) != ok {
			t.Errorf("%q: %v", version, err)
		}
	}
	s := open(t, inFolder(t))
	var version, mode string
	var synced int
	db := s.ledger.(*sqlLedger).write
	if err := errors.Join(db.QueryRow("SELECT sqlite_version()").Scan(&version), db.QueryRow("PRAGMA journal_mode").Scan(&mode), db.QueryRow("PRAGMA synchronous").Scan(&synced)); err != nil {
		t.Fatal(err)
	}
	const full = 2
	if checkSQLite(version) != nil || mode != "wal" || synced != full {
		t.Errorf("SQLite %s, journal mode %s, synchronous %d", version, mode, synced)
	}
}
