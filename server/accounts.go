package main

import (
	"context"
	"log/slog"

	"ionwake/server/account"
	"ionwake/server/admin"
	"ionwake/server/room"
	"ionwake/shared/sim"
)

// recorded hands the results of matches to the accounts, nil without any. Room ticks wait
// for it: it puts them in memory, and a goroutine of the accounts writes them down.
func recorded(store *account.Store, log *slog.Logger) func(room.Report) {
	if store == nil {
		return nil
	}
	return func(r room.Report) {
		err := store.Record(matchOf(&r), func(err error) {
			if err != nil {
				log.Error("a match is lost", "match", r.ID, "room", r.Room, "error", err)
				return
			}
			log.Info("a match is kept", "match", r.ID, "room", r.Room, "people", len(r.Results))
		})
		if err != nil {
			log.Error("a match is not kept", "match", r.ID, "room", r.Room, "error", err)
		}
	}
}

// matchOf puts a report into the words of the accounts.
func matchOf(r *room.Report) account.Match {
	m := account.Match{ID: r.ID, Room: r.Room, Mode: r.Mode, Arena: r.Arena, Began: r.Began, Ended: r.Ended}
	for _, p := range r.Results {
		m.Results = append(m.Results, account.Result{
			Player: account.Person(p.Person), Name: p.Name, Team: uint8(p.Team), Place: p.Place, Won: p.Won, Abandoned: p.Abandoned,
			Score: p.Score, Kills: p.Kills, Deaths: p.Deaths, Played: p.Played,
		})
	}
	return m
}

// ladder answers who is best, nil without accounts.
func ladder(store *account.Store) *admin.Ladder {
	if store == nil {
		return nil
	}
	return &admin.Ladder{Modes: sim.ModeNames(), Season: account.Season, Top: func(ctx context.Context, mode, season string, n int) ([]admin.Rung, error) {
		list, err := store.Ladder(ctx, mode, season, n)
		if err != nil {
			return nil, err
		}
		rungs := make([]admin.Rung, 0, len(list))
		for _, r := range list {
			rungs = append(rungs, rungOf(&r))
		}
		return rungs, nil
	}, Place: func(ctx context.Context, device []byte, mode, season string) (admin.Rung, error) {
		r, err := store.Place(ctx, store.Person(device), mode, season)
		return rungOf(&r), err
	}}
}

// rungOf puts a place in a ladder into the words of the host's side.
func rungOf(r *account.Rung) admin.Rung {
	return admin.Rung{
		Rank: r.Rank, Person: r.Person.String(), Name: r.Name, Games: r.Games, Wins: r.Wins, Score: r.Score, Best: r.Best,
		Kills: r.Kills, Deaths: r.Deaths, Seconds: int64(r.Played.Seconds()),
	}
}

// accountsOf tells the host's side how the accounts are.
func accountsOf(store *account.Store) *admin.Accounts {
	if store == nil {
		return nil
	}
	st := store.Stats()
	return &admin.Accounts{
		Waiting: st.Waiting, Pending: st.Pending, Oldest: st.Oldest, JournalBytes: st.JournalBytes, InForce: st.InForce,
		Accepted: st.Accepted, Applied: st.Applied, Refused: st.Refused, Lost: st.Lost, SetAside: st.SetAside,
		JournalFails: st.JournalTrouble != "", DatabaseFails: st.DatabaseTrouble != "",
	}
}
