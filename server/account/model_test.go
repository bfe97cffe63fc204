package account

import (
	"cmp"
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// model is what ladders have to be, worked out in the plainest way.
type model struct {
	results map[[2]string]modelResult // by match and player
	modes   map[string][2]string      // season and mode of a match
}

type modelResult struct {
	Result
	match string
}

func (m *model) record(g Match) {
	if _, known := m.modes[g.ID]; !known {
		m.modes[g.ID] = [2]string{Season(g.Ended), g.Mode}
	}
	for _, r := range g.Results {
		key := [2]string{g.ID, r.Player.String()}
		if _, known := m.results[key]; !known {
			m.results[key] = modelResult{r, g.ID}
		}
	}
}

func (m *model) forget(p Person) {
	for key := range m.results {
		if key[1] == p.String() {
			delete(m.results, key)
		}
	}
}

func (m *model) ladder(mode, season string) []Rung {
	sums := make(map[Person]*Rung)
	for _, r := range m.results {
		if of := m.modes[r.match]; season != "" && of[0] != season || mode != "" && of[1] != mode {
			continue
		}
		sum := sums[r.Player]
		if sum == nil {
			sum = &Rung{Person: r.Player}
			sum.Best = r.Score
			sums[r.Player] = sum
		}
		sum.Games++
		sum.Wins += int(number(r.Won))
		sum.Abandoned += int(number(r.Abandoned))
		sum.Score += int64(r.Score)
		sum.Kills += int64(r.Kills)
		sum.Deaths += int64(r.Deaths)
		sum.Played += r.Played
		sum.Best = max(sum.Best, r.Score)
	}
	var list []Rung
	for _, r := range sums {
		list = append(list, *r)
	}
	slices.SortFunc(list, func(a, b Rung) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Wins, a.Wins), cmp.Compare(a.Deaths, b.Deaths), slices.Compare(a.Person[:], b.Person[:]))
	})
	for i := range list {
		list[i].Rank = i + 1
	}
	return list[:min(len(list), MaxRungs)]
}

// Whatever is recorded in whatever order, twice or not, with deletions and restarts in
// between: ladders are the sums of what is there.
func TestLaddersAreSumsOfResults(t *testing.T) {
	eachDatabase(t, func(t *testing.T, cfg Config) {
		if cfg.URL != "" { // each is a schema and a start or two
			fewer(t, "12")
		} else {
			fewer(t, "40")
		}
		rapid.Check(t, func(rt *rapid.T) {
			cfg := cfg
			cfg.Dir = t.TempDir()
			if cfg.URL != "" {
				cfg.URL = newPostgres(t)
			}
			s, err := Open(t.Context(), cfg)
			if err != nil {
				rt.Fatal(err)
			}
			defer func() { shut(t, s) }()
			m := model{map[[2]string]modelResult{}, map[string][2]string{}}
			for range rapid.IntRange(1, 12).Draw(rt, "steps") {
				switch rapid.IntRange(0, 7).Draw(rt, "step") {
				case 0:
					p := player(rapid.IntRange(1, 5).Draw(rt, "deleted"))
					if err := s.Delete(within(t), p); err != nil {
						rt.Fatal(err)
					}
					m.forget(p)
				case 1:
					shut(t, s)
					if s, err = Open(t.Context(), cfg); err != nil {
						rt.Fatal(err)
					}
				default:
					g := anyMatch(rt)
					if err := s.Record(g, nil); err != nil {
						rt.Fatal(err)
					}
					m.record(g)
				}
			}
			if err := s.Sync(within(t)); err != nil {
				rt.Fatal(err)
			}
			for _, mode := range []string{"", "brawl", "relay"} {
				for _, season := range []string{"", "2026-Q3", "2026-Q4"} {
					compareLadders(rt, s, &m, mode, season)
				}
			}
		})
	})
}

// fewer lets rapid check as often as that until the end of the test.
func fewer(t *testing.T, checks string) {
	t.Helper()
	f := flag.Lookup("rapid.checks")
	before := f.Value.String()
	if err := f.Value.Set(checks); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Value.Set(before) })
}

func compareLadders(t *rapid.T, s *Store, m *model, mode, season string) {
	got, err := s.askLadder(t.Context(), mode, season)
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		got[i].Name = ""
	}
	if want := m.ladder(mode, season); !slices.Equal(got, want) {
		t.Fatalf("ladder of mode %q, season %q:\n got %+v\nwant %+v", mode, season, got, want)
	}
}

// anyMatch draws one of few matches, so that many come twice.
func anyMatch(t *rapid.T) Match {
	g := Match{
		ID: fmt.Sprint("m", rapid.IntRange(1, 8).Draw(t, "match")), Mode: rapid.SampledFrom([]string{"brawl", "relay"}).Draw(t, "mode"),
		Ended: testTime.AddDate(0, -rapid.SampledFrom([]int{0, 2}).Draw(t, "months"), 0),
	}
	g.Began = g.Ended.Add(-time.Minute)
	for p := range 5 {
		if p > 0 && rapid.Bool().Draw(t, "absent") {
			continue
		}
		g.Results = append(g.Results, Result{
			Player: player(p + 1), Name: fmt.Sprint("P", p+1),
			Won: rapid.Bool().Draw(t, "won"), Abandoned: rapid.Bool().Draw(t, "abandoned"),
			Score: rapid.IntRange(-2, 3).Draw(t, "score"), Kills: rapid.IntRange(0, 2).Draw(t, "kills"), Deaths: rapid.IntRange(0, 2).Draw(t, "deaths"),
			Played: time.Duration(rapid.IntRange(0, 9).Draw(t, "played")) * time.Second,
		})
	}
	return g
}
