package account

import (
	"context"
	"fmt"
)

// Place returns where a person stands in a season, or of all time if that is "", in a
// mode, or in all if that is "": also below the ladder's end. One without results there
// has a Rank of 0.
func (s *Store) Place(ctx context.Context, p Person, mode, season string) (Rung, error) {
	none := Rung{Person: p}
	if p.IsZero() || mode != "" && !isWord(mode) || season != "" && !isWord(season) {
		return none, nil
	}
	ctx, cancel := context.WithTimeout(ctx, readPatience)
	defer cancel()
	list, err := gather(ctx, s, "read a place in a ladder", func(r *Rung) []any {
		return append([]any{&r.Rank, asPerson{&r.Person}, &r.Name}, r.columns()...)
	}, `SELECT 1 + (SELECT COUNT(*) FROM standings WHERE season = own.season AND mode = own.mode AND `+aheadOfOwn+`),
			own.player, players.name, games, wins, abandoned, score, kills, deaths, played, best
		FROM standings AS own JOIN players ON players.id = own.player
		WHERE own.player = ? AND season = ? AND mode = ?`, p.String(), season, mode)
	if err != nil || len(list) == 0 {
		return none, err
	}
	if len(list) > 1 {
		return none, fmt.Errorf("player %v has %d standings in one", p, len(list))
	}
	return list[0], nil
}

// aheadOfOwn is whether a standing comes before the one called own, see ladderOrder.
const aheadOfOwn = `(standings.score > own.score OR standings.score = own.score AND (standings.wins > own.wins
	OR standings.wins = own.wins AND (standings.deaths < own.deaths
	OR standings.deaths = own.deaths AND standings.player < own.player)))`
