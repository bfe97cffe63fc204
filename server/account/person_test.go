package account

import (
	"encoding/json"
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestPersonIsTheSameAfterARestart(t *testing.T) {
	cfg := inFolder(t)
	s := open(t, cfg)
	p := s.Person([]byte("0123456789abcdef"))
	if p == s.Person([]byte("0123456789abcdeg")) || p.IsZero() {
		t.Error("two devices are one person")
	}
	if !s.Person(nil).IsZero() {
		t.Error("no device is somebody")
	}
	shut(t, s)
	if s = open(t, cfg); s.Person([]byte("0123456789abcdef")) != p {
		t.Error("somebody is somebody else after a restart")
	}
}

// What one server knows of a device says nothing to another: persons are no tokens.
func TestFault_C11_PersonsAreOfOneServer(t *testing.T) {
	a, b := open(t, inFolder(t)), open(t, inFolder(t))
	if a.Person([]byte("device")) == b.Person([]byte("device")) {
		t.Error("two servers know a device by the same name")
	}
}

func TestPersonAsText(t *testing.T) {
	p := player(77)
	got, err := ParsePerson(p.String())
	if err != nil || got != p {
		t.Errorf("read back: %v, %v", got, err)
	}
	b, err := json.Marshal(p)
	if err != nil || string(b) != `"`+p.String()+`"` {
		t.Errorf("as JSON: %s, %v", b, err)
	}
	for _, bad := range []string{"", "00", strings.Repeat("0", 32), strings.Repeat("g", 32), p.String() + "0", p.String()[:31], strings.Repeat("a", 10_000)} {
		if _, err := ParsePerson(bad); err == nil || len(err.Error()) > 200 {
			t.Errorf("%.50q is read: %v", bad, err)
		}
	}
}

func TestFault_O6_Secrets(t *testing.T) {
	refused := func(what string, cfg Config, part string) {
		t.Helper()
		s, err := Open(t.Context(), cfg)
		if err == nil {
			shut(t, s)
			t.Errorf("%s: taken", what)
		} else if !strings.Contains(err.Error(), part) {
			t.Errorf("%s: %q does not say %q", what, err, part)
		}
	}
	refused("a short one", Config{Dir: t.TempDir(), Secret: []byte("secret")}, "openssl rand")
	cfg := inFolder(t)
	shut(t, open(t, cfg))
	file := filepath.Join(cfg.Dir, secretName)
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the secret has the mode %v, %v", info.Mode(), err)
	}
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	refused("one that others can read", cfg, "chmod 600")
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"", "abcd", strings.Repeat("x", 64)} {
		write(t, []byte(bad), file)
		refused("the file "+bad, cfg, "openssl rand")
	}
	write(t, []byte(strings.Repeat("ab", 32)), file)
	refused("another one", cfg, "another secret")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	refused("a lost one", cfg, secretName)
}

func TestFault_O8_TwoServersOnOneFolder(t *testing.T) {
	cfg := inFolder(t)
	s := open(t, cfg)
	if _, err := Open(t.Context(), cfg); !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), cfg.Dir) || !strings.Contains(err.Error(), itoa(int64(os.Getpid()))) {
		t.Errorf("a second one: %v", err)
	}
	// The same database from another folder.
	other := Config{Dir: t.TempDir(), URL: "sqlite:" + filepath.Join(t.TempDir(), "x y?.db")}
	o := open(t, other)
	if _, err := Open(t.Context(), Config{Dir: t.TempDir(), URL: other.URL}); !errors.Is(err, ErrInUse) {
		t.Errorf("a second one on a file: %v", err)
	}
	shut(t, o)
	shut(t, s)
	shut(t, open(t, cfg)) // it was let go
}

func TestFault_O8_NewerDatabase(t *testing.T) {
	eachDatabase(t, func(t *testing.T, cfg Config) {
		s := open(t, cfg)
		if _, err := s.ledger.(*sqlLedger).write.ExecContext(t.Context(), "UPDATE schema_version SET version = 99"); err != nil {
			t.Fatal(err)
		}
		shut(t, s)
		if s, err := Open(t.Context(), cfg); !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "99") {
			t.Errorf("a newer database: %v", err)
			if err == nil {
				shut(t, s)
			}
		}
	})
}

func TestDatabaseURLs(t *testing.T) {
	for _, bad := range []string{"mysql://x", "postgres://u:secretword@[::1/x", "account.db", "sqlite:", "postgres://u:secretword@h:notaport/x"} {
		s, err := Open(t.Context(), Config{Dir: t.TempDir(), URL: bad})
		if err == nil {
			shut(t, s)
			t.Errorf("%s is taken", bad)
		} else if strings.Contains(err.Error(), "secretword") {
			t.Errorf("the password is told: %v", err)
		}
	}
	if _, err := Open(t.Context(), Config{}); err == nil || !strings.Contains(err.Error(), "--data") {
		t.Errorf("no folder: %v", err)
	}
}

func TestTruncate(t *testing.T) {
	for in, want := range map[string]string{
		"203.0.113.77": "203.0.113.0/24", "::ffff:203.0.113.77": "203.0.113.0/24", "2001:db8:1:2:3:4:5:6": "2001:db8:1::/48",
		"fe80::1%eth0": "fe80::/48", "127.0.0.1": "", "::1": "", "0.0.0.0": "",
	} {
		got := ""
		if n := Truncate(netip.MustParseAddr(in)); n.IsValid() {
			got = n.String()
		}
		if got != want {
			t.Errorf("%s is kept as %q, not %q", in, got, want)
		}
	}
	if Truncate(netip.Addr{}).IsValid() {
		t.Error("no address is kept as one")
	}
}

func TestVisitsAndNetworksExpire(t *testing.T) {
	eachDatabase(t, func(t *testing.T, cfg Config) {
		c := newClock()
		cfg.Now = c.Now
		s := open(t, cfg)
		s.Seen(player(1), "Ann", homeAddr)
		s.Seen(player(1), "Anna", homeAddr)
		s.Seen(player(2), "Ben", otherAddr)
		s.Seen(Person{}, "nobody", homeAddr)
		shut(t, s)
		s = open(t, cfg)
		p, err := s.Export(within(t), player(1))
		if err != nil || p.Name != "Anna" || p.Visits != 2 || len(p.Networks) != 1 || p.Networks[0].Network != "203.0.113.0/24" || !p.LastSeen.Equal(testTime) {
			t.Errorf("who was here: %+v, %v", p, err)
		}
		for _, name := range []string{"account.db", "account.db-wal", journalName} {
			if b, err := os.ReadFile(filepath.Join(cfg.Dir, name)); err == nil && (strings.Contains(string(b), homeAddr.String()) || strings.Contains(string(b), otherAddr.String())) {
				t.Errorf("%s has a whole address", name)
			}
		}
		c.turn(29 * 24 * time.Hour)
		s.Seen(player(2), "Ben", homeAddr)
		shut(t, s)
		c.turn(2 * 24 * time.Hour)
		s = open(t, cfg)
		if err := (&chores{store: s}).do(within(t)); err != nil { // what the clerk does every hour
			t.Fatal(err)
		}
		one, err1 := s.Export(within(t), player(1))
		two, err2 := s.Export(within(t), player(2))
		if len(one.Networks) != 0 || len(two.Networks) != 1 || two.Networks[0].Network != "203.0.113.0/24" {
			t.Errorf("after 31 days: %+v (%v), %+v (%v)", one.Networks, err1, two.Networks, err2)
		}
		found, err := s.Find(within(t), "b", 10)
		if err != nil || len(found) != 1 || found[0].Person != player(2) {
			t.Errorf("found: %+v, %v", found, err)
		}
		for _, text := range []string{"%", "_nna", "x", `\`} {
			if found, err := s.Find(within(t), text, 10); err != nil || len(found) != 0 {
				t.Errorf("%q finds %+v, %v", text, found, err)
			}
		}
	})
}

func TestFloodOfVisits(t *testing.T) {
	var v visits
	for i := range 3 * maxVisits {
		v.add(visit{player: Person{1, byte(i), byte(i >> 8), byte(i >> 16)}, times: 1})
	}
	if n := len(v.take()); n != maxVisits {
		t.Errorf("%d visits wait", n)
	}
}

func TestExportAndDelete(t *testing.T) {
	eachDatabase(t, func(t *testing.T, cfg Config) {
		s := open(t, cfg)
		recorded(t, s, duel("m1", 1, 2))
		s.Seen(player(1), "P1", homeAddr)
		punished(t, s, Sanction{Kind: Mute, Person: player(1), Name: "P1", Reason: "noise", By: "Mod", Until: time.Now().Add(time.Second)})
		ban := punished(t, s, Sanction{Kind: Ban, Person: player(1), Name: "P1", Reason: "aimbot", By: "Mod"})
		all, err := s.Export(within(t), player(1))
		if err != nil {
			t.Fatal(err)
		}
		if len(all.Matches) != 1 || all.Matches[0].Score != 10 || all.Matches[0].Arena != "foundry" || all.Matches[0].Played != 5*time.Minute || len(all.Careers) != 4 || len(all.Sanctions) != 2 {
			t.Errorf("export: %+v", all)
		}
		if b, err := json.Marshal(all); err != nil || strings.Contains(string(b), "Mod") || strings.Contains(string(b), player(2).String()) {
			t.Errorf("the export tells of others: %s, %v", b, err)
		}
		time.Sleep(1100 * time.Millisecond) // the mute is over
		if err := s.Delete(within(t), player(1)); err != nil {
			t.Fatal(err)
		}
		settled(t, s)
		for range 2 {
			left, err := s.Export(within(t), player(1))
			if err != nil || left.Name != "" || len(left.Matches)+len(left.Careers)+len(left.Networks) != 0 || len(left.Sanctions) != 1 || left.Sanctions[0].Name != "" || left.Sanctions[0].ID != ban.ID {
				t.Errorf("left: %+v, %v", left, err)
			}
			if got, banned := s.Sanctioned(Ban, player(1), netip.Addr{}); !banned || got.Name != "" {
				t.Errorf("to be forgotten lifts a ban, or the name is left: %+v", got)
			}
			if list, err := s.Ladder(within(t), "", "", 10); err != nil || len(list) != 1 || list[0].Person != player(2) {
				t.Errorf("ladder: %+v, %v", list, err)
			}
			shut(t, s)
			s = open(t, cfg)
		}
		if _, err := s.Export(within(t), player(3)); !errors.Is(err, ErrUnknown) {
			t.Errorf("somebody who was never here: %v", err)
		}
	})
}

// A deletion in a journal that is read again does not delete what came after it.
func TestDeletionIsNotRepeated(t *testing.T) {
	eachDatabase(t, func(t *testing.T, cfg Config) {
		s := open(t, cfg)
		recorded(t, s, duel("m1", 1, 2))
		if err := s.Delete(within(t), player(1)); err != nil {
			t.Fatal(err)
		}
		recorded(t, s, duel("m2", 1, 2))
		settled(t, s)
		crashed := copied(t, cfg.Dir) // the journal has all of it
		shut(t, s)
		again := open(t, Config{Dir: crashed, URL: cfg.URL})
		settled(t, again)
		if p, err := again.Profile(within(t), player(1)); err != nil || p.Careers[0].Games != 1 {
			t.Errorf("after it: %+v, %v", p.Careers, err)
		}
	})
}

func TestBackup(t *testing.T) {
	cfg := inFolder(t)
	s := open(t, cfg)
	recorded(t, s, duel("m1", 1, 2))
	settled(t, s)
	who := s.Person([]byte("device"))
	file := filepath.Join(t.TempDir(), "copy.db")
	if err := Backup(t.Context(), cfg, file); err != nil { // while the server runs
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy: %v, %v", info.Mode(), err)
	}
	if err := Backup(t.Context(), cfg, file); err == nil {
		t.Error("a backup writes over another")
	}
	restored := inFolder(t)
	write(t, read(t, file), restored.Dir, "account.db")
	r := open(t, restored)
	if p, err := r.Profile(within(t), player(1)); err != nil || p.Careers[0].Games != 1 {
		t.Errorf("restored: %+v, %v", p, err)
	}
	if r.Person([]byte("device")) != who {
		t.Error("persons are others in the restored accounts")
	}
	if secret, err := r.ledger.(*sqlLedger).fact(t.Context(), factSecret); err != nil || secret != "" {
		t.Errorf("the secret stays in the database: %q, %v", secret, err)
	}
	if err := Backup(t.Context(), Config{Dir: t.TempDir()}, file+"2"); err == nil {
		t.Error("nothing is backed up")
	}
}
