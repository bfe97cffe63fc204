package hall

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"ionwake/server/room"
)

// What people of one network may do at once, and how soon once more. A network is
// what room.Peered calls so; a school or a LAN party may be one.
const (
	joinsAtOnce   = 256
	joinEvery     = 250 * time.Millisecond
	roomsAtOnce   = 8 // opened
	roomEvery     = 30 * time.Second
	guessesAtOnce = 5 // wrong passwords
	guessEvery    = 12 * time.Second
	// People whose network is not known, as those behind a proxy on this machine that is
	// not trusted, guess together.
	guessesOfUnknown = 60
)

// maxPeers bounds the networks that are remembered. Who is still short of something
// never makes way: newcomers share one allowance then.
const maxPeers = 4096

// paces remember how much the people of each network have done of late.
type paces struct {
	mu     sync.Mutex
	by     map[string]*allowance
	shared *allowance
}

// allowance is what the people of one network may still do.
type allowance struct{ joins, rooms, guesses *rate.Limiter }

func newPaces() *paces {
	all := &allowance{
		joins: rate.NewLimiter(rate.Inf, 0), rooms: rate.NewLimiter(rate.Inf, 0),
		guesses: rate.NewLimiter(rate.Every(time.Second), guessesOfUnknown),
	}
	return &paces{by: make(map[string]*allowance), shared: all}
}

// of returns what the people of out's network may do.
func (p *paces) of(out room.Outbox) *allowance {
	peered, ok := out.(room.Peered)
	if !ok || peered.Peer() == "" {
		return p.shared
	}
	name := peered.Peer()
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.by[name]; a != nil {
		return a
	}
	if len(p.by) >= maxPeers && !p.sweep(time.Now()) {
		return p.shared
	}
	a := &allowance{
		joins:   rate.NewLimiter(rate.Every(joinEvery), joinsAtOnce),
		rooms:   rate.NewLimiter(rate.Every(roomEvery), roomsAtOnce),
		guesses: rate.NewLimiter(rate.Every(guessEvery), guessesAtOnce),
	}
	p.by[name] = a
	return a
}

// sweep forgets the networks that may do everything again, and reports whether there
// were any. The caller holds the lock.
func (p *paces) sweep(now time.Time) (some bool) {
	for name, a := range p.by {
		if a.joins.TokensAt(now) >= joinsAtOnce && a.rooms.TokensAt(now) >= roomsAtOnce && a.guesses.TokensAt(now) >= guessesAtOnce {
			delete(p.by, name)
			some = true
		}
	}
	return some
}
