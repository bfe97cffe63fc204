package account

import (
	"context"
	"database/sql"
	"slices"
)

// resultsAtOnce bounds the values of a statement: SQLite takes 32,766.
const resultsAtOnce = 256

// applyMatch brings a match in, and those of its results that are new, with what they
// add to standings. It asks the database a fixed number of times for each part of the
// results.
func applyMatch(ctx context.Context, tx *sql.Tx, m *Match) error {
	season, mode := Season(m.Ended), m.Mode
	added, err := tx.ExecContext(ctx, "INSERT INTO matches (id, room, mode, arena, season, began, ended) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
		m.ID, m.Room, mode, m.Arena, season, m.Began.UnixMilli(), m.Ended.UnixMilli())
	if err != nil {
		return err
	}
	if n, err := added.RowsAffected(); err != nil {
		return err
	} else if n == 0 { // what was said first about it counts
		if err := tx.QueryRowContext(ctx, "SELECT season, mode FROM matches WHERE id = ?", m.ID).Scan(&season, &mode); err != nil {
			return err
		}
	}
	// Servers that share a database take its locks in one order.
	results := slices.SortedFunc(slices.Values(m.Results), func(a, b Result) int { return slices.Compare(a.Player[:], b.Player[:]) })
	for part := range slices.Chunk(results, resultsAtOnce) {
		if err := applyResults(ctx, tx, m, part, season, mode); err != nil {
			return err
		}
	}
	return nil
}

func applyResults(ctx context.Context, tx *sql.Tx, m *Match, results []Result, season, mode string) error {
	players, rows, sums := table{}, table{}, table{}
	for i := range results {
		r := &results[i]
		players.row(r.Player.String(), r.Name, m.Ended.Unix(), m.Ended.Unix(), 0)
		rows.row(m.ID, r.Player.String(), r.Name, int64(r.Team), int64(r.Place), number(r.Won), number(r.Abandoned),
			int64(r.Score), int64(r.Kills), int64(r.Deaths), r.Played.Milliseconds())
	}
	if err := applyPlayers(ctx, tx, &players); err != nil {
		return err
	}
	fresh, err := newResults(ctx, tx, &rows)
	if err != nil || len(fresh) == 0 {
		return err
	}
	for i := range results {
		r := &results[i]
		if !fresh[r.Player.String()] {
			continue
		}
		for _, of := range [][2]string{{"", ""}, {"", mode}, {season, ""}, {season, mode}} {
			sums.row(of[0], of[1], r.Player.String(), 1, number(r.Won), number(r.Abandoned),
				int64(r.Score), int64(r.Kills), int64(r.Deaths), r.Played.Milliseconds(), int64(r.Score))
		}
	}
	return run(ctx, tx, "INSERT INTO standings (season, mode, player, games, wins, abandoned, score, kills, deaths, played, best) VALUES "+sums.text.String()+`
		ON CONFLICT (player, season, mode) DO UPDATE SET
			games = standings.games + EXCLUDED.games, wins = standings.wins + EXCLUDED.wins,
			abandoned = standings.abandoned + EXCLUDED.abandoned, score = standings.score + EXCLUDED.score,
			kills = standings.kills + EXCLUDED.kills, deaths = standings.deaths + EXCLUDED.deaths,
			played = standings.played + EXCLUDED.played,
			best = CASE WHEN EXCLUDED.best > standings.best THEN EXCLUDED.best ELSE standings.best END`, sums.args...)
}

// newResults inserts rows and returns whose were not there.
func newResults(ctx context.Context, tx *sql.Tx, rows *table) (map[string]bool, error) {
	found, err := tx.QueryContext(ctx, "INSERT INTO results (game, player, name, team, place, won, abandoned, score, kills, deaths, played) VALUES "+rows.text.String()+
		" ON CONFLICT (game, player) DO NOTHING RETURNING player", rows.args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = found.Close() }() // found.Err says what went wrong
	fresh := make(map[string]bool)
	for found.Next() {
		var player string
		if err := found.Scan(&player); err != nil {
			return nil, err
		}
		fresh[player] = true
	}
	return fresh, found.Err()
}
