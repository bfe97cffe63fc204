package account

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestResultsMakeCareersAndLadders(t *testing.T) {
	eachDatabase(t, func(t *testing.T, base Config) {
		s := open(t, base)
		recorded(t, s, duel("m1", 1, 2))
		relay := duel("m2", 2, 1)
		relay.Mode = "relay"
		recorded(t, s, relay)
		old := duel("m3", 3, 1)
		old.Began, old.Ended = old.Began.AddDate(0, -2, 0), old.Ended.AddDate(0, -2, 0) // in the season before
		old.Results[0].Score, old.Results[1].Score = 7, -3
		recorded(t, s, old)
		settled(t, s)

		for _, c := range []struct {
			mode, season string
			want         []string
		}{
			{"", "", []string{"P2 14", "P1 11", "P3 7"}},
			{"brawl", "", []string{"P3 7", "P1 7", "P2 4"}}, // equal scores: one win each, fewer deaths
			{"relay", "", []string{"P2 10", "P1 4"}},
			{"", "2026-Q4", []string{"P1 14", "P2 14"}},
			{"brawl", "2026-Q4", []string{"P1 10", "P2 4"}},
			{"", "2026-Q3", []string{"P3 7", "P1 -3"}},
			{"beacon", "", nil},
			{"", "1999-Q1", nil},
			{"' OR 1=1 --", "", nil},
		} {
			list, err := s.Ladder(within(t), c.mode, c.season, 10)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i, r := range list {
				got = append(got, r.Name+" "+itoa(r.Score))
				if r.Rank != i+1 {
					t.Errorf("rank %d is at place %d", r.Rank, i+1)
				}
				if own, err := s.Place(within(t), r.Person, c.mode, c.season); err != nil || own != r {
					t.Errorf("the place of %s in mode %q, season %q is %+v, %v; the ladder has %+v", r.Name, c.mode, c.season, own, err, r)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("ladder of mode %q, season %q is %q, not %q", c.mode, c.season, got, c.want)
			}
		}
		for _, nobody := range []Person{{}, player(77)} {
			if own, err := s.Place(within(t), nobody, "", ""); err != nil || own.Rank != 0 || own.Games != 0 || own.Person != nobody {
				t.Errorf("the place of one who never played is %+v, %v", own, err)
			}
		}
		p, err := s.Profile(within(t), player(1))
		if err != nil {
			t.Fatal(err)
		}
		want := CareerEntry{Standing: Standing{Games: 3, Wins: 1, Score: 11, Kills: 18, Deaths: 24, Played: 15 * time.Minute, Best: 10}}
		if diff := cmp.Diff(want, p.Careers[0]); diff != "" {
			t.Errorf("career (-want +got):\n%s", diff)
		}
	})
}

func TestSameMatchTwiceCountsOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, base Config) {
		s := open(t, base)
		m := duel("m1", 1, 2)
		recorded(t, s, m)
		recorded(t, s, m)
		more := duel("m1", 1, 3) // the same match with somebody else in it, and another result of 1
		more.Mode, more.Results[0].Score = "relay", 999
		recorded(t, s, more)
		settled(t, s)
		list, err := s.Ladder(within(t), "brawl", "", 10)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range list {
			got = append(got, r.Name+" "+itoa(r.Score)+" in "+itoa(int64(r.Games)))
		}
		if want := []string{"P1 10 in 1", "P2 4 in 1", "P3 4 in 1"}; !slices.Equal(got, want) {
			t.Errorf("ladder is %q, not %q", got, want)
		}
	})
}

// Whoever leaves has a result all the same: it is written by the room, from what the
// server knows.
func TestFault_G12_LeavingIsCounted(t *testing.T) {
	eachDatabase(t, func(t *testing.T, base Config) {
		s := open(t, base)
		m := duel("m1", 1, 2)
		m.Results[1].Abandoned = true
		recorded(t, s, m)
		settled(t, s)
		p, err := s.Profile(within(t), player(2))
		if err != nil {
			t.Fatal(err)
		}
		if c := p.Careers[0]; c.Games != 1 || c.Abandoned != 1 || c.Wins != 0 || c.Deaths != 10 {
			t.Errorf("the career of one who left is %+v", c)
		}
	})
}

func TestFault_G21_ImpossibleResultsAreRefused(t *testing.T) {
	s := open(t, inFolder(t))
	for what, spoil := range map[string]func(*Match){
		"no id":              func(m *Match) { m.ID = "" },
		"id as a path":       func(m *Match) { m.ID = "../m" },
		"long id":            func(m *Match) { m.ID = strings.Repeat("a", 65) },
		"no mode":            func(m *Match) { m.Mode = "" },
		"mode as SQL":        func(m *Match) { m.Mode = "x'); DROP TABLE results; --" },
		"ends early":         func(m *Match) { m.Ended = m.Began.Add(-1) },
		"no beginning":       func(m *Match) { m.Began = time.Time{} },
		"far future":         func(m *Match) { m.Ended = time.Unix(math.MaxInt64/2, 0) },
		"nobody played":      func(m *Match) { m.Results = nil },
		"too many":           func(m *Match) { m.Results = make([]Result, maxResults+1) },
		"somebody twice":     func(m *Match) { m.Results[1].Player = m.Results[0].Player },
		"a result of nobody": func(m *Match) { m.Results[1].Player = Person{} },
		"score":              func(m *Match) { m.Results[0].Score = math.MaxInt64 },
		"negative score":     func(m *Match) { m.Results[0].Score = math.MinInt64 },
		"negative kills":     func(m *Match) { m.Results[0].Kills = -1 },
		"deaths":             func(m *Match) { m.Results[0].Deaths = maxCount + 1 },
		"negative time":      func(m *Match) { m.Results[0].Played = -1 },
		"too much time":      func(m *Match) { m.Results[0].Played = maxPlayed + 1 },
	} {
		m := duel("m1", 1, 2)
		spoil(&m)
		if err := s.Record(m, func(error) { t.Errorf("%s: acknowledged", what) }); err == nil {
			t.Errorf("%s: a match was taken", what)
		} else if len(err.Error()) > 300 {
			t.Errorf("%s: the error is %d bytes long", what, len(err.Error()))
		}
	}
	settled(t, s)
	if list, err := s.Ladder(within(t), "", "", 10); err != nil || len(list) != 0 {
		t.Errorf("ladder is %v, %v", list, err)
	}
	if got := s.Stats().Refused; got != 18 {
		t.Errorf("%d matches are counted as refused, not 18", got)
	}
}

// What callers do with a match after Record has no effect on what is kept.
func TestRecordKeepsItsOwnCopy(t *testing.T) {
	s := open(t, inFolder(t))
	m := duel("m1", 1, 2)
	acked := make(chan error, 1)
	if err := s.Record(m, func(err error) { acked <- err }); err != nil {
		t.Fatal(err)
	}
	m.Results[0].Name, m.Results[0].Score = "spoiled", 12345
	if err := <-acked; err != nil {
		t.Fatal(err)
	}
	settled(t, s)
	if list, err := s.Ladder(within(t), "", "", 1); err != nil || len(list) != 1 || list[0].Name != "P1" || list[0].Score != 10 {
		t.Errorf("ladder is %v, %v", list, err)
	}
}

// Names with what a database or a terminal stumbles over.
func TestNamesOfAllKinds(t *testing.T) {
	eachDatabase(t, func(t *testing.T, base Config) {
		s := open(t, base)
		names := map[string]string{
			"nul\x00byte":            "nul byte",
			"\xff\xfe":               "\uFFFD",
			"\x1b[31mred":            "[31mred",
			"o'brien; DROP TABLE x":  "o'brien; DROP TABLE x",
			"日本語":                    "日本語",
			strings.Repeat("é", 100): strings.Repeat("é", 32),
			"":                       "",
		}
		i, want := 0, map[Person]string{}
		for name, tidied := range names {
			i++
			m := duel("m"+itoa(int64(i)), i, 100+i)
			m.Results[0].Name = name
			recorded(t, s, m)
			want[player(i)] = tidied
		}
		settled(t, s)
		for who, name := range want {
			if p, err := s.Profile(within(t), who); err != nil || p.Name != name {
				t.Errorf("%v has the name %q, not %q (%v)", who, p.Name, name, err)
			}
		}
		if st := s.Stats(); st.SetAside != 0 {
			t.Errorf("%d records were set aside", st.SetAside)
		}
	})
}

func TestManyInAMatch(t *testing.T) {
	eachDatabase(t, func(t *testing.T, base Config) {
		s := open(t, base)
		m := duel("m1", 1, 2)
		for len(m.Results) < maxResults {
			m.Results = append(m.Results, Result{Player: player(len(m.Results) + 1), Score: 1, Place: 3})
		}
		recorded(t, s, m)
		settled(t, s)
		p, err := s.Profile(within(t), player(maxResults))
		if err != nil || len(p.Careers) != 4 || p.Careers[0].Score != 1 {
			t.Errorf("the last of %d has %+v, %v", maxResults, p, err)
		}
	})
}

func TestSeason(t *testing.T) {
	for in, want := range map[string]string{
		"2026-01-01T00:00:00Z": "2026-Q1", "2026-03-31T23:59:59Z": "2026-Q1", "2026-04-01T00:00:00Z": "2026-Q2",
		"2026-12-31T23:59:59Z": "2026-Q4", "2027-01-01T00:30:00+01:00": "2026-Q4",
	} {
		at, err := time.Parse(time.RFC3339, in)
		if err != nil {
			t.Fatal(err)
		}
		if got := Season(at); got != want {
			t.Errorf("%s is in %s, not %s", in, got, want)
		}
	}
}
