package room

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"ionwake/shared/sim"
)

// Report is how a match ended.
type Report struct {
	ID           string // of this match alone: 128 bits by chance, as 32 hexadecimal digits
	Room         string
	Mode, Arena  string
	Began, Ended time.Time // Ended by Config.Now; Began as many ticks before as the match had
	Results      []Result  // the best first, those who left last; at least one
}

// Result is what one person did in a match. Bots have none, nor have those who show no
// device, or who only looked in.
type Result struct {
	Person               PersonID
	Name                 string   // the newest that was asked for
	Team                 sim.Team // the last
	Place                int      // by score among all ships at the end, bots' too, from 1; equals share one; 0: not there
	Won                  bool     // with the side that has more points, or alone with the most, which are more than 0
	Abandoned            bool     // left before the end and did not come back
	Score, Kills, Deaths int      // of all sides and stays together
	Played               time.Duration
}

// looked is how long somebody who has done nothing may stay, or half of a shorter match,
// without having taken part.
const looked = 10 * sim.TickRate

// closeBook reports how the match ended that was live until this tick.
func (r *Room) closeBook() {
	b := &r.book
	length := r.world.Tick - b.since
	results := r.results(min(looked, length/2))
	if len(results) == 0 {
		return
	}
	ended, g := r.cfg.Now(), r.ground()
	r.cfg.Ended(Report{
		ID: b.id, Room: r.cfg.Name, Mode: g.Mode.Name(), Arena: g.Arena.Name,
		Began: ended.Add(-ticksLast(length)), Ended: ended, Results: results,
	})
}

// ticksLast is how long so many ticks last.
func ticksLast(n sim.Tick) time.Duration { return time.Duration(n) * time.Second / sim.TickRate }

// results returns what everybody did who took part, for which so many ticks are enough.
func (r *Room) results(least sim.Tick) (all []Result) {
	places, alone := r.places()
	scores := r.world.Match.Scores
	for _, p := range r.book.pages {
		sum := p.sum()
		if sum == (count{}) && p.played < least {
			continue
		}
		res := Result{
			Person: p.person, Name: p.name, Team: p.team, Abandoned: p.seat == nil,
			Score: sum.score, Kills: sum.kills, Deaths: sum.deaths, Played: ticksLast(p.played),
		}
		if p.seat != nil {
			res.Place = places[p.seat.id]
			res.Won = alone && res.Place == 1
			if p.team != sim.NoTeam {
				res.Won = scores[p.team-1] > scores[p.team.Other()-1]
			}
		}
		all = append(all, res)
	}
	slices.SortFunc(all, func(a, b Result) int {
		return cmp.Or(cmp.Compare(uint(a.Place)-1, uint(b.Place)-1), bytes.Compare(a.Person[:], b.Person[:])) // 0 is last
	})
	return all
}

// places returns the place of every ship by its score, and whether one has the most
// points, more than 0, alone.
func (r *Room) places() (of []int, alone bool) {
	order := make([]sim.PlayerID, 0, len(r.seats))
	for _, s := range r.seats {
		if s != nil && !s.spectator {
			order = append(order, s.id)
		}
	}
	score := func(i int) int16 { return r.world.Players[order[i]].Score }
	slices.SortStableFunc(order, func(a, b sim.PlayerID) int {
		return cmp.Compare(r.world.Players[b].Score, r.world.Players[a].Score)
	})
	of = make([]int, len(r.seats))
	for i, id := range order {
		of[id] = i + 1
		if i > 0 && score(i) == score(i-1) {
			of[id] = of[order[i-1]]
		}
	}
	return of, len(order) > 0 && score(0) > 0 && (len(order) == 1 || score(1) < score(0))
}
