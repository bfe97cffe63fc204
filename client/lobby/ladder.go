package lobby

import (
	"context"
	"encoding/hex"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"ionwake/client/fetch"
	"ionwake/client/view"
)

// mostRungs is how many places of a ladder are asked for and believed.
const mostRungs = 50

// LadderConfig says how a Ladder asks.
type LadderConfig struct {
	// Base returns the address of a server's page, that of the present one for an empty
	// address, or false if it is none that may be asked from here.
	Base func(address string) (page string, ok bool)
	// Device returns what the server of a page knows the player by; nil: nothing.
	Device func(page string) []byte
}

// Ladder is a view.Ladder over /api/v1/ladder and /api/v1/career. Its methods may be
// called from any goroutine and never wait.
type Ladder struct {
	cfg LadderConfig
	get func(context.Context, fetch.Request) ([]byte, error)

	mu      sync.Mutex
	answer  view.LadderAnswer
	version int
	stop    context.CancelFunc // of the question under way
}

// NewLadder returns a Ladder that has asked nobody yet.
func NewLadder(cfg LadderConfig) *Ladder {
	return &Ladder{cfg: cfg, get: fetch.Get, stop: func() {}}
}

// Ask implements view.Ladder.
func (l *Ladder) Ask(q view.LadderQuery) {
	ctx, stop := context.WithCancel(context.Background())
	l.mu.Lock()
	l.stop()
	l.stop = stop
	l.answer = view.LadderAnswer{}
	l.version++
	round := l.version
	l.mu.Unlock()
	go func() {
		defer stop()
		answer := l.visit(ctx, q)
		l.mu.Lock()
		defer l.mu.Unlock()
		if round == l.version {
			l.answer, l.version = answer, l.version+1
		}
	}()
}

// Answer implements view.Ladder. The answer is not written any more.
func (l *Ladder) Answer() (view.LadderAnswer, int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.answer, l.version
}

// visit asks a server for its ladder, and for the player's own place.
func (l *Ladder) visit(ctx context.Context, q view.LadderQuery) view.LadderAnswer {
	failed := view.LadderAnswer{State: view.LadderFailed}
	page, ok := l.cfg.Base(q.Address)
	if !ok {
		return failed
	}
	ask := url.Values{"mode": {q.Mode}, "season": {""}}
	if q.Season {
		ask.Set("season", "now")
	}
	base := strings.TrimRight(page, "/") + "/api/v1/"
	data, err := l.get(ctx, fetch.Request{URL: base + "ladder?n=" + strconv.Itoa(mostRungs) + "&" + ask.Encode(), Limit: mostBytes, Patience: patience})
	if errors.Is(err, fetch.ErrMissing) {
		return view.LadderAnswer{State: view.LadderNone}
	}
	if err != nil {
		return failed
	}
	told, err := parseLadder(data)
	if err != nil {
		return failed
	}
	answer := view.LadderAnswer{State: view.LadderTold}
	for i := range told.Ladder[:min(len(told.Ladder), mostRungs)] {
		answer.Rungs = append(answer.Rungs, told.Ladder[i].believed())
	}
	answer.Own = l.own(ctx, page, base+"career?"+ask.Encode())
	return answer
}

// own asks for the player's own place. A server that does not tell it has a ladder all
// the same.
func (l *Ladder) own(ctx context.Context, page, at string) view.Rung {
	device := l.cfg.Device(page)
	if device == nil {
		return view.Rung{}
	}
	data, err := l.get(ctx, fetch.Request{URL: at, Limit: mostBytes, Patience: patience, Fresh: true, Show: "Ionwake " + hex.EncodeToString(device)})
	if err != nil {
		return view.Rung{}
	}
	told, err := parseLadder(data)
	if err != nil {
		return view.Rung{}
	}
	return told.Career.believed()
}

// standings are what /api/v1/ladder or /api/v1/career answers.
type standings struct {
	Ladder []rung `json:"ladder"`
	Career rung   `json:"career"`
}

// rung is a line of them.
type rung struct {
	Rank    int    `json:"rank"`
	Person  string `json:"person"`
	Name    string `json:"name"`
	Games   int    `json:"games"`
	Wins    int    `json:"wins"`
	Score   int    `json:"score"`
	Best    int    `json:"best"`
	Kills   int    `json:"kills"`
	Deaths  int    `json:"deaths"`
	Seconds int    `json:"seconds"`
}

// believed returns a line as far as it can be true.
func (r *rung) believed() view.Rung {
	sure := func(n int) int { return max(0, min(n, mostSum)) }
	return view.Rung{
		Place: sure(r.Rank), Person: clean(r.Person), Name: clean(r.Name), Games: sure(r.Games), Wins: sure(r.Wins),
		Score: max(-mostSum, min(r.Score, mostSum)), Best: max(-mostSum, min(r.Best, mostSum)), Kills: sure(r.Kills), Deaths: sure(r.Deaths), Seconds: sure(r.Seconds),
	}
}

// mostSum is the largest number of a career that is believed.
const mostSum = 1_000_000_000
