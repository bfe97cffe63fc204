package account

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func punished(t *testing.T, s *Store, p Sanction) Sanction {
	t.Helper()
	p, err := s.Punish(within(t), p)
	if err != nil {
		t.Fatalf("Punish: %v", err)
	}
	return p
}

func TestBanHoldsUntilItsEnd(t *testing.T) {
	eachDatabase(t, func(t *testing.T, cfg Config) {
		c := newClock()
		cfg.Now = c.Now
		s := open(t, cfg)
		ban := punished(t, s, Sanction{Kind: Ban, Person: player(1), Name: "P1", Reason: "aimbot", By: "host", Until: testTime.Add(time.Hour)})
		for range 2 { // before and after a restart
			got, banned := s.Sanctioned(Ban, player(1), netip.Addr{})
			if !banned || got.Reason != "aimbot" || !got.Until.Equal(testTime.Add(time.Hour)) || got.ID != ban.ID {
				t.Errorf("banned: %v, %+v", banned, got)
			}
			if _, banned := s.Sanctioned(Ban, player(2), homeAddr); banned {
				t.Error("somebody else is banned")
			}
			if _, banned := s.Sanctioned(Ban, Person{}, netip.Addr{}); banned {
				t.Error("nobody is banned")
			}
			if _, muted := s.Sanctioned(Mute, player(1), netip.Addr{}); muted {
				t.Error("a ban mutes")
			}
			shut(t, s)
			s = open(t, cfg)
		}
		c.turn(time.Hour - time.Second)
		if _, banned := s.Sanctioned(Ban, player(1), netip.Addr{}); !banned {
			t.Error("a ban ends early")
		}
		c.turn(time.Second)
		if _, banned := s.Sanctioned(Ban, player(1), netip.Addr{}); banned || len(s.InForce()) != 0 {
			t.Error("a ban does not end")
		}
		history, err := s.History(within(t), player(1))
		if err != nil || len(history) != 1 || history[0].By != "host" {
			t.Errorf("history: %+v, %v", history, err)
		}
	})
}

func TestLift(t *testing.T) {
	eachDatabase(t, func(t *testing.T, cfg Config) {
		s := open(t, cfg)
		first := punished(t, s, Sanction{Kind: Mute, Person: player(1), Reason: "noise", By: "host"})
		longer := punished(t, s, Sanction{Kind: Ban, Person: player(1), Reason: "worse", By: "host"})
		if err := s.Lift(within(t), first.ID, "helper", "said sorry"); err != nil {
			t.Fatal(err)
		}
		if err := s.Lift(within(t), first.ID, "helper", "again"); !errors.Is(err, ErrUnknown) {
			t.Errorf("lifted twice: %v", err)
		}
		for range 3 {
			if _, muted := s.Sanctioned(Mute, player(1), netip.Addr{}); muted {
				t.Error("a lifted mute counts")
			}
			if _, banned := s.Sanctioned(Ban, player(1), netip.Addr{}); !banned {
				t.Error("lifting one lifts another")
			}
			shut(t, s)
			s = open(t, cfg)
		}
		settled(t, s)
		history, err := s.History(within(t), player(1))
		if err != nil {
			t.Fatal(err)
		}
		want := []Sanction{
			longer,
			{ID: first.ID, Kind: Mute, Person: player(1), Reason: "noise", By: "host", Began: first.Began, Lifted: first.Began, LiftedBy: "helper", LiftWord: "said sorry"},
		}
		byID := cmpopts.SortSlices(func(a, b Sanction) bool { return a.ID < b.ID })
		if diff := cmp.Diff(want, history, byID, cmp.Comparer(func(a, b netip.Prefix) bool { return a == b }),
			cmpopts.EquateApproxTime(10*time.Second)); diff != "" {
			t.Errorf("history (-want +got):\n%s", diff)
		}
		all, err := s.Sanctions(within(t), 10)
		if err != nil || len(all) != 2 {
			t.Errorf("sanctions of all: %+v, %v", all, err)
		}
	})
}

func TestLongestSanctionIsTold(t *testing.T) {
	s := open(t, inFolder(t))
	hour, day := time.Now().Add(time.Hour), time.Now().Add(24*time.Hour)
	punished(t, s, Sanction{Kind: Ban, Person: player(1), Reason: "an hour", By: "host", Until: hour})
	punished(t, s, Sanction{Kind: Ban, Network: netip.PrefixFrom(homeAddr, 32), Reason: "a day", By: "host", Until: day})
	if got, _ := s.Sanctioned(Ban, player(1), homeAddr); got.Reason != "a day" {
		t.Errorf("told: %+v", got)
	}
	punished(t, s, Sanction{Kind: Ban, Person: player(1), Reason: "for good", By: "host"})
	if got, _ := s.Sanctioned(Ban, player(1), homeAddr); got.Reason != "for good" {
		t.Errorf("told: %+v", got)
	}
}

func TestNetworkBans(t *testing.T) {
	eachDatabase(t, func(t *testing.T, cfg Config) {
		s := open(t, cfg)
		until := time.Now().Add(time.Hour)
		punished(t, s, Sanction{Kind: Ban, Network: netip.MustParsePrefix("203.0.113.77/24"), Reason: "x", By: "host", Until: until})
		punished(t, s, Sanction{Kind: Ban, Network: netip.MustParsePrefix("2001:db8:1:2::/64"), Reason: "x", By: "host", Until: until})
		for range 2 {
			for addr, want := range map[string]bool{
				"203.0.113.1": true, "203.0.113.255": true, "::ffff:203.0.113.9": true, "203.0.114.1": false, "1.2.3.4": false,
				"2001:db8:1:2::9": true, "2001:db8:1:3::9": false, "::1": false, "fe80::1%eth0": false,
			} {
				if _, got := s.Sanctioned(Ban, player(1), netip.MustParseAddr(addr)); got != want {
					t.Errorf("%s is banned: %v, not %v", addr, got, want)
				}
			}
			shut(t, s)
			s = open(t, cfg)
		}
	})
}

func TestPunishRefuses(t *testing.T) {
	s := open(t, inFolder(t))
	good := Sanction{Kind: Ban, Person: player(1), Reason: "x", By: "host", Until: time.Now().Add(time.Hour)}
	home := netip.PrefixFrom(homeAddr, 32)
	for what, spoil := range map[string]func(*Sanction){
		"another kind":         func(p *Sanction) { p.Kind = "flog" },
		"nobody":               func(p *Sanction) { p.Person = Person{} },
		"both":                 func(p *Sanction) { p.Network = home },
		"no reason":            func(p *Sanction) { p.Reason = " \n" },
		"by nobody":            func(p *Sanction) { p.By = "" },
		"over already":         func(p *Sanction) { p.Until = time.Now().Add(-time.Minute) },
		"the whole Internet":   func(p *Sanction) { p.Person, p.Network = Person{}, netip.MustParsePrefix("0.0.0.0/0") },
		"too wide":             func(p *Sanction) { p.Person, p.Network = Person{}, netip.MustParsePrefix("2001::/16") },
		"a network for good":   func(p *Sanction) { p.Person, p.Network, p.Until = Person{}, home, time.Time{} },
		"a network for a year": func(p *Sanction) { p.Person, p.Network, p.Until = Person{}, home, time.Now().AddDate(1, 0, 0) },
	} {
		p := good
		spoil(&p)
		if _, err := s.Punish(within(t), p); err == nil {
			t.Errorf("%s: taken", what)
		}
	}
	if n := len(s.InForce()); n != 0 {
		t.Errorf("%d are in force", n)
	}
	long := good
	long.Reason = strings.Repeat("é", 400)
	if p := punished(t, s, long); len(p.Reason) != maxReason {
		t.Errorf("a long reason has %d bytes", len(p.Reason))
	}
}

// The list has a bound, those that are over make room, and who finds none is not
// banned half.
func TestManySanctions(t *testing.T) {
	d := newDocket()
	for i := range maxInForce {
		d.all[itoa(int64(i))] = Sanction{ID: itoa(int64(i)), Kind: Ban, Person: player(1), Until: testTime.Add(time.Duration(i+1) * time.Second)}
	}
	if err := d.add(Sanction{ID: "x"}, testTime); !errors.Is(err, ErrFull) {
		t.Errorf("one too many: %v", err)
	}
	if err := d.add(Sanction{ID: "x", Kind: Ban, Person: player(2)}, testTime.Add(time.Second)); err != nil {
		t.Errorf("one is over: %v", err)
	}
	if _, found := d.find(Ban, player(2), netip.Addr{}, testTime); !found {
		t.Error("the one that found room is not in force")
	}
}

// A moderator of another server with the same database bans somebody.
func TestBansOfOtherServers(t *testing.T) {
	url := newPostgres(t)
	secret := []byte(strings.Repeat("s", MinSecret))
	a := open(t, Config{Dir: t.TempDir(), URL: url, Secret: secret})
	b := open(t, Config{Dir: t.TempDir(), URL: url, Secret: secret})
	if a.Person([]byte("device")) != b.Person([]byte("device")) {
		t.Error("a device is two persons")
	}
	p := punished(t, a, Sanction{Kind: Ban, Person: player(1), Reason: "x", By: "host"})
	settled(t, a)
	if err := b.reload(within(t)); err != nil { // what the clerk does every ten seconds
		t.Fatal(err)
	}
	if _, banned := b.Sanctioned(Ban, player(1), netip.Addr{}); !banned {
		t.Error("a ban does not reach the other server")
	}
	if err := b.Lift(within(t), p.ID, "other", "mistake"); err != nil {
		t.Fatal(err)
	}
	settled(t, b)
	if err := a.reload(within(t)); err != nil {
		t.Fatal(err)
	}
	if _, banned := a.Sanctioned(Ban, player(1), netip.Addr{}); banned {
		t.Error("a lift does not reach the other server")
	}
}

// Both servers write at the same time, about the same persons.
func TestServersShareADatabase(t *testing.T) {
	url := newPostgres(t)
	secret := []byte(strings.Repeat("s", MinSecret))
	a := open(t, Config{Dir: t.TempDir(), URL: url, Secret: secret})
	b := open(t, Config{Dir: t.TempDir(), URL: url, Secret: secret})
	const each = 100
	for i := range each {
		if err := errors.Join(a.Record(duel("a"+itoa(int64(i)), 1, 2), nil), b.Record(duel("b"+itoa(int64(i)), 2, 1), nil)); err != nil {
			t.Fatal(err)
		}
	}
	settled(t, a)
	settled(t, b)
	for _, who := range []Person{player(1), player(2)} {
		p, err := a.Profile(within(t), who)
		if err != nil || p.Careers[0].Games != 2*each || p.Careers[0].Wins != each {
			t.Errorf("%v has %+v, %v", who, p.Careers, err)
		}
	}
	if n := a.Stats().SetAside + b.Stats().SetAside; n != 0 {
		t.Errorf("%d records were set aside", n)
	}
}

// One server deletes somebody while another records what they do.
func TestDeletedWhileTheyPlayElsewhere(t *testing.T) {
	url := newPostgres(t)
	secret := []byte(strings.Repeat("s", MinSecret))
	a := open(t, Config{Dir: t.TempDir(), URL: url, Secret: secret})
	b := open(t, Config{Dir: t.TempDir(), URL: url, Secret: secret})
	for i := range 60 {
		if err := a.Record(duel("m"+itoa(int64(i)), 1, 2), nil); err != nil {
			t.Fatal(err)
		}
		if err := b.Delete(within(t), player(1)); err != nil {
			t.Fatal(err)
		}
		if i%5 == 0 {
			settled(t, a)
		}
	}
	settled(t, a)
	settled(t, b)
	if n := a.Stats().SetAside + b.Stats().SetAside; n != 0 {
		t.Errorf("%d records were set aside", n)
	}
	if err := b.Delete(within(t), player(1)); err != nil {
		t.Fatal(err)
	}
	settled(t, b)
	if _, err := b.Export(within(t), player(1)); !errors.Is(err, ErrUnknown) {
		t.Errorf("after all of it: %v", err)
	}
}
