package account

import (
	"context"
	"fmt"
)

// Export returns all that is known of a person, for them to have, or ErrUnknown. It
// waits until the database has what was accepted before. Who decided a sanction is not
// in it: that is known of somebody else.
func (s *Store) Export(ctx context.Context, p Person) (Profile, error) {
	if err := s.Sync(ctx); err != nil {
		return Profile{}, fmt.Errorf("wait for the database: %w", err)
	}
	all, err := s.profile(ctx, p)
	if err != nil {
		return Profile{}, err
	}
	for i := range all.Sanctions {
		all.Sanctions[i].By, all.Sanctions[i].LiftedBy = "", ""
	}
	all.Networks, err = gather(ctx, s, "read the networks of a player", func(n *NetworkOf) []any {
		return []any{&n.Network, asTime{&n.LastSeen}}
	}, "SELECT network, last_seen FROM networks WHERE player = ? ORDER BY last_seen DESC, network", p.String())
	if err != nil {
		return Profile{}, err
	}
	all.Matches, err = gather(ctx, s, "read the matches of a player", func(m *MatchOfPerson) []any {
		m.Player = p
		return []any{&m.Match, &m.Room, &m.Mode, &m.Arena, &m.Season, asMilli{&m.Ended}, &m.Name, &m.Team, &m.Place, &m.Won, &m.Abandoned, &m.Score, &m.Kills, &m.Deaths, asMillis{&m.Played}}
	}, `SELECT matches.id, room, mode, arena, season, ended, name, team, place, won, abandoned, score, kills, deaths, played
		FROM results JOIN matches ON matches.id = results.game WHERE player = ? ORDER BY ended DESC, matches.id`, p.String())
	if err != nil {
		return Profile{}, err
	}
	return all, nil
}

// Delete takes a person out: name, networks, results, standings and sanctions that are
// over. Sanctions in force stay, without the name, until they are over. It returns when
// that cannot be lost any more; the database follows, after all results that were
// recorded before. Somebody who plays on is known again from then on.
func (s *Store) Delete(ctx context.Context, p Person) error {
	if p.IsZero() {
		return fmt.Errorf("player %v: %w", p, ErrUnknown)
	}
	s.visits.forget(p)
	s.docket.blank(p)
	if err := s.keep(ctx, record{Forget: &forget{Player: p, At: s.cfg.Now()}}); err != nil {
		return fmt.Errorf("keep that a player is deleted: %w", err)
	}
	return nil
}
