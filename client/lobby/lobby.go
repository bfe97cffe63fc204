// Package lobby asks servers which rooms they have and how far away they are, for
// the view's list of servers. It reads /api/v1/servers, which every server answers
// to anybody.
package lobby

import (
	"context"
	"strings"
	"sync"
	"time"

	"ionwake/client/fetch"
	"ionwake/client/view"
	"ionwake/client/view/settings"
	"ionwake/shared/plain"
)

// Bounds of what is asked and of what is believed.
const (
	mostServers = 32        // asked at once
	mostRooms   = 256       // of one server
	mostBytes   = 128 << 10 // of an answer
	mostText    = 48        // runes of a name
	mostPeople  = 100_000   // in a room: more is nonsense
	patience    = 4 * time.Second
	pings       = 3 // of which the best counts
)

// Config says where a Lobby is.
type Config struct {
	// Here is the address of the present server's page.
	Here string
	// Base returns the address of a server's page from what a player entered, or
	// false if it is none that may be asked from here.
	Base func(address string) (page string, ok bool)
	// Near finds the addresses of servers close by, as Base takes them, within a second
	// or two; nil: nobody looks. It is called on a goroutine of its own.
	Near func(context.Context) []string
	// Now returns the time since some fixed moment.
	Now func() time.Duration
}

// Lobby is a view.Lobby. Its methods may be called from any goroutine and never
// wait.
type Lobby struct {
	cfg Config
	get func(url string) ([]byte, error)

	mu      sync.Mutex
	list    []view.Listing
	version int
	round   int // of asking: answers to an earlier one are late
	open    int // answers that are still to come
	failed  bool
}

// New returns a Lobby that has asked nobody yet.
func New(cfg Config) *Lobby { return &Lobby{cfg: cfg, get: get} }

func get(url string) ([]byte, error) {
	return fetch.Get(context.Background(), fetch.Request{URL: url, Limit: mostBytes, Patience: patience, Fresh: true})
}

// Ask implements view.Lobby.
func (l *Lobby) Ask(places []settings.Place) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.round++
	l.version++
	l.open, l.failed = 0, false
	asked := map[string]bool{}
	l.start(l.cfg.Here, "", asked)
	for _, p := range places {
		if p.Address == "" || len(asked) >= mostServers {
			continue
		}
		if page, ok := l.cfg.Base(p.Address); ok {
			l.start(page, p.Address, asked)
		}
	}
	if l.cfg.Near != nil {
		l.open++
		go l.lookAround(l.round, asked)
	}
}

// lookAround asks those too who are near and were not asked yet.
func (l *Lobby) lookAround(round int, asked map[string]bool) {
	near := l.cfg.Near(context.Background())
	l.mu.Lock()
	defer l.mu.Unlock()
	if round != l.round {
		return
	}
	l.open--
	l.version++
	for _, address := range near[:min(len(near), mostServers)] {
		if page, ok := l.cfg.Base(address); ok {
			l.start(page, address, asked)
		}
	}
}

// start asks one server, the present one if address is empty.
func (l *Lobby) start(page, address string, asked map[string]bool) {
	if page == "" || asked[page] {
		return
	}
	asked[page] = true
	l.open++
	go l.visit(l.round, page, address)
}

// visit asks a server for its rooms, and then some more times how far away it is:
// the first answer takes as long as finding it does.
func (l *Lobby) visit(round int, page, address string) {
	url := strings.TrimRight(page, "/") + "/api/v1/"
	data, err := l.get(url + "servers")
	var rows []row
	if err == nil {
		rows, err = parse(data)
	}
	if err != nil {
		l.take(round, address, []view.Listing{{Place: settings.Place{Address: address}, Here: address == "", Ping: -1}}, true)
		return
	}
	found := listings(rows, address)
	l.take(round, address, found, false)
	best := l.measure(url + "status")
	for i := range found {
		found[i].Ping = best
	}
	l.take(round, address, found, true)
}

// measure returns the quickest of some small answers, or 0.
func (l *Lobby) measure(url string) (best time.Duration) {
	for range pings {
		sent := l.cfg.Now()
		if _, err := l.get(url); err != nil {
			return best
		}
		if took := max(l.cfg.Now()-sent, time.Microsecond); best == 0 || took < best {
			best = took
		}
	}
	return best
}

// take puts what a server said into the list, in place of what it said before.
func (l *Lobby) take(round int, address string, found []view.Listing, last bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if round != l.round {
		return
	}
	if last {
		l.open--
	}
	if address == "" && len(found) == 1 && found[0].Ping < 0 {
		l.failed = true
		found = nil
	}
	kept := make([]view.Listing, 0, len(l.list)+len(found)) // who has the old one reads on
	for _, old := range l.list {
		if old.Here != (address == "") || !old.Here && old.Place.Address != address {
			kept = append(kept, old)
		}
	}
	kept = append(kept, found...)
	l.list = kept
	l.version++
}

// List implements view.Lobby. The list is not written any more.
func (l *Lobby) List() ([]view.Listing, int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.list, l.version
}

// State implements view.Lobby.
func (l *Lobby) State() view.LobbyState {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.open > 0:
		return view.LobbyAsking
	case l.failed:
		return view.LobbyFailed
	}
	return view.LobbyIdle
}

// row is a line of /api/v1/servers.
type row struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Room    string `json:"room"`
	Mode    string `json:"mode"`
	Map     string `json:"map"`
	Players int    `json:"players"`
	Bots    int    `json:"bots"`
	Max     int    `json:"max"`
	Locked  bool   `json:"locked"`
}

// listings turns a server's answer into lines of the list. Rooms of other servers
// are theirs to tell.
func listings(rows []row, address string) (found []view.Listing) {
	for _, r := range rows[:min(len(rows), mostRooms)] {
		if r.Address != "" {
			continue
		}
		found = append(found, view.Listing{
			Place: settings.Place{Address: address, Room: clean(r.Room), Name: clean(r.Name)}, Here: address == "",
			Mode: clean(r.Mode), Arena: clean(r.Map), Players: people(r.Players), Bots: people(r.Bots), Max: people(r.Max),
			Locked: r.Locked,
		})
	}
	return found
}

// people returns a number of them that can be true.
func people(n int) int { return max(0, min(n, mostPeople)) }

// clean returns a text of a server as it may be shown: in one line, and short.
func clean(s string) string { return plain.Text(s, mostText) }
