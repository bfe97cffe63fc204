package account

import (
	"context"
	"sync"
	"time"
)

// Standing is the sum of somebody's results.
type Standing struct {
	Games     int           `json:"games"`
	Wins      int           `json:"wins"`
	Abandoned int           `json:"abandoned"`
	Score     int64         `json:"score"`
	Kills     int64         `json:"kills"`
	Deaths    int64         `json:"deaths"`
	Played    time.Duration `json:"played"`
	Best      int           `json:"best"` // score of the best match
}

// Rung is a place in a ladder.
type Rung struct {
	Rank   int    `json:"rank"` // from 1
	Person Person `json:"person"`
	Name   string `json:"name"`
	Standing
}

// ladderOrder is who comes first: more score, of equals more wins, then fewer deaths;
// whoever is still equal stands in the order of ids, so that a list is always the same.
const ladderOrder = "score DESC, wins DESC, deaths, player"

const (
	// MaxRungs is how long a ladder is at most.
	MaxRungs = 100
	// topsAge is how old a ladder may be: everybody may ask for it.
	topsAge = 5 * time.Second
	// maxTops bounds the ladders that are remembered.
	maxTops = 64
	// readPatience is how long a question waits for the database.
	readPatience = 3 * time.Second
)

// Ladder returns the best n (at most MaxRungs) of a season, or of all time if that is
// "", in a mode, or in all if that is "". It may be five seconds old, and older while
// the database cannot be asked; it is ErrNotReady if it was never asked.
func (s *Store) Ladder(ctx context.Context, mode, season string, n int) ([]Rung, error) {
	n = max(0, min(n, MaxRungs))
	if mode != "" && !isWord(mode) || season != "" && !isWord(season) {
		return nil, nil // nobody has ever played that
	}
	list, err := s.tops.get(s.cfg.Now(), topKey{mode, season}, func() ([]Rung, error) {
		return s.askLadder(ctx, mode, season)
	})
	return list[:min(n, len(list))], err
}

func (s *Store) askLadder(ctx context.Context, mode, season string) ([]Rung, error) {
	ctx, cancel := context.WithTimeout(ctx, readPatience)
	defer cancel()
	list, err := gather(ctx, s, "read a ladder", func(r *Rung) []any {
		return append([]any{asPerson{&r.Person}, &r.Name}, r.columns()...)
	}, `SELECT standings.player, players.name, games, wins, abandoned, score, kills, deaths, played, best
		FROM standings JOIN players ON players.id = standings.player
		WHERE season = ? AND mode = ? ORDER BY `+ladderOrder+` LIMIT ?`, season, mode, MaxRungs)
	for i := range list {
		list[i].Rank = i + 1
	}
	return list, err
}

// columns are where games, wins, abandoned, score, kills, deaths, played and best go.
func (s *Standing) columns() []any {
	return []any{&s.Games, &s.Wins, &s.Abandoned, &s.Score, &s.Kills, &s.Deaths, asMillis{&s.Played}, &s.Best}
}

type topKey struct{ mode, season string }

// tops remembers ladders, so that many who ask cost no more than one.
type tops struct {
	mu  sync.Mutex
	all map[topKey]*top
}

type top struct {
	asking sync.Mutex // held by the one who asks the database

	mu   sync.Mutex
	list []Rung
	at   time.Time
}

func (t *top) load() ([]Rung, time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.list, t.at
}

// get returns a ladder that is young enough, or asks for it. While somebody asks, and
// when that fails, an older one has to do.
func (t *tops) get(now time.Time, key topKey, ask func() ([]Rung, error)) ([]Rung, error) {
	one := t.of(key)
	list, at := one.load()
	young := func() bool { return !at.IsZero() && now.Sub(at).Abs() < topsAge }
	if young() {
		return list, nil
	}
	if at.IsZero() {
		one.asking.Lock()
	} else if !one.asking.TryLock() {
		return list, nil
	}
	defer one.asking.Unlock()
	if list, at = one.load(); young() {
		return list, nil
	}
	found, err := ask()
	if err != nil {
		if at.IsZero() {
			return nil, err
		}
		return list, nil
	}
	one.mu.Lock()
	defer one.mu.Unlock()
	one.list, one.at = found, now
	return found, nil
}

func (t *tops) of(key topKey) *top {
	t.mu.Lock()
	defer t.mu.Unlock()
	if one := t.all[key]; one != nil {
		return one
	}
	if t.all == nil || len(t.all) >= maxTops {
		t.all = make(map[topKey]*top)
	}
	one := &top{}
	t.all[key] = one
	return one
}
