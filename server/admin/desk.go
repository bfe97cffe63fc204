package admin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"ionwake/server/durable"
)

// ChatLine is a line of chat that everybody in a room, or a side, could read.
type ChatLine struct {
	Time time.Time `json:"time"`
	Room string    `json:"room"`
	Name string    `json:"name"`
	Text string    `json:"text"`
	Tag  string    `json:"tag,omitempty"`
	Team string    `json:"team,omitempty"` // whose side alone read it
}

const chatKept = 300 // lines

// DeskConfig says what those who run the server act on.
type DeskConfig struct {
	House House  // must be set
	Book  Book   // must be set
	Data  string // folder of tokens, audit and limits; "": they end with the server
	Tail  *Tail  // of the log; none

	Replays func() []Replay // of matches that are over, the newest first; nil: none
	// Replay opens the file of one; the error wraps fs.ErrNotExist if there is none.
	Replay func(id string) (io.ReadSeekCloser, error)
	// ForgetReplays removes those that somebody is in, and tells how many they were and of
	// how many that stay it is not known; nil: none are kept.
	ForgetReplays func(ctx context.Context, person string) (gone, unknown int, err error)

	Game func() string // address of the game's page, or :PORT where it is at the host's own address; nil: unknown
}

// desk is where orders are carried out.
type desk struct {
	house    House
	book     Book
	vault    *vault
	audit    *audit
	dir      string // "": nothing outlives the server
	now      func() time.Time
	log      *slog.Logger
	tail     *Tail
	chat     *ring[ChatLine]
	commands []command
	replays  func() []Replay
	replay   func(string) (io.ReadSeekCloser, error)
	unreel   func(context.Context, string) (gone, unknown int, err error)
	game     func() string
	slow     paces
	open     atomic.Int64 // dashboards

	source Source
	graph  *graph
	asked  *atomic.Uint64 // see steady

	mu     sync.Mutex
	limits Limits
}

const limitsName = "limits.json"

// openDesk takes up what there is in the data folder, if there is one.
func openDesk(cfg DeskConfig, log *slog.Logger, now func() time.Time) (*desk, error) {
	d := &desk{house: cfg.House, book: cfg.Book, dir: cfg.Data, now: now, log: log, tail: cfg.Tail, chat: newRing[ChatLine](chatKept), commands: commands(), replays: cfg.Replays, replay: cfg.Replay, unreel: cfg.ForgetReplays, game: cfg.Game}
	if d.tail == nil {
		d.tail = NewTail(slog.DiscardHandler)
	}
	var err error
	if d.vault, err = openVault(cfg.Data, now); err != nil {
		return nil, err
	}
	if d.audit, err = openAudit(cfg.Data, log, now); err != nil {
		return nil, err
	}
	if cfg.Data == "" {
		return d, nil
	}
	if err := d.readLimits(); err != nil {
		// Play goes on without limits that nobody can read; somebody has to know.
		log.Error("the limits for newcomers cannot be read and do not hold", "error", err)
	}
	return d, nil
}

// readLimits takes up the limits in the data folder; there are none without the file.
func (d *desk) readLimits() error {
	name := filepath.Join(d.dir, limitsName)
	var is Limits
	text, err := os.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(text, &is)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read %s: %w", name, err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.limits = is
	d.house.SetLimits(is)
	return nil
}

// limit changes the limits.
func (d *desk) limit(change func(*Limits)) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	change(&d.limits)
	d.house.SetLimits(d.limits)
	if d.dir == "" {
		return nil
	}
	text, err := json.Marshal(d.limits)
	if err == nil {
		err = durable.Replace(filepath.Join(d.dir, limitsName), append(text, '\n'))
	}
	if err != nil {
		return fmt.Errorf("it holds until the next start, since it could not be kept: %w", err)
	}
	return nil
}

func (d *desk) limitsNow() Limits {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.limits
}

// player finds whom an order is about: by Key or the beginning of one, by person, or
// by name; those who are here before those who were.
func (d *desk) player(ctx context.Context, who string) (Player, error) {
	who = strings.TrimSpace(who)
	if who == "" {
		return Player{}, errors.New("there has to be a player")
	}
	here, gone := d.house.Players(ctx), d.house.Recent()
	for _, is := range []func(*Player) bool{
		func(p *Player) bool { return p.Key == who || p.Person == who },
		func(p *Player) bool { return strings.HasPrefix(p.Key, who+"/") },
		func(p *Player) bool { return strings.EqualFold(p.Name, who) },
		func(p *Player) bool { return strings.HasPrefix(strings.ToLower(p.Name), strings.ToLower(who)) },
	} {
		for _, list := range [][]Player{here, gone} {
			found, err := only(list, who, is)
			if err != nil {
				return Player{}, err
			}
			if found != nil {
				return *found, nil
			}
		}
	}
	if isPerson(who) {
		return Player{Person: who, Name: d.nameOf(ctx, who)}, nil
	}
	return Player{}, fmt.Errorf("nobody here or lately here is %.40q", who)
}

// only returns the one of list of whom is is true, if there is one. Several that are one
// person are one.
func only(list []Player, who string, is func(*Player) bool) (*Player, error) {
	var found *Player
	for i := range list {
		p := &list[i]
		switch {
		case !is(p):
		case found == nil:
			found = p
		case found.Person == "" || found.Person != p.Person:
			return nil, fmt.Errorf("%.40q may be %s in %s or %s in %s", who, found.Name, shortKey(found.Key), p.Name, shortKey(p.Key))
		}
	}
	return found, nil
}

// shortKey is ROOM/SEAT.
func shortKey(key string) string {
	if at := strings.LastIndexByte(key, '/'); at > 0 {
		return key[:at]
	}
	return key
}

// nameOf returns what a person was called last, for those not here.
func (d *desk) nameOf(ctx context.Context, person string) string {
	is, err := d.about(ctx, person)
	if err == nil && is.Name == "" && len(is.Sanctions) > 0 {
		return is.Sanctions[0].Name
	}
	return is.Name
}

func (d *desk) players(ctx context.Context, c *caller, _ *Order) (string, error) {
	all := d.house.Players(ctx)
	var b strings.Builder
	for _, p := range all {
		network := p.Network
		if c.Role < Moderator {
			network = ""
		}
		fmt.Fprintf(&b, "%-10s %-16s %5d ms  %4d points  here %-8s %s\n", shortKey(p.Key), p.Name, p.Ping, p.Score, spanText(time.Duration(p.Here)*time.Second), network)
	}
	fmt.Fprintf(&b, "%s", count(len(all), "person is", "people are"))
	return b.String() + " here.", nil
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func (d *desk) rooms(ctx context.Context, _ *caller, _ *Order) (string, error) {
	var b strings.Builder
	for _, p := range d.placesNow(ctx) {
		fmt.Fprintf(&b, "%-10s %-20s next %-20s match %d, %s, %s left\n", p.Room, at(p.Rotation, p.Now), at(p.Rotation, p.Next), p.Match, p.Phase, spanText(time.Duration(p.Left)*time.Second))
	}
	fmt.Fprintf(&b, "Arenas: %s. Modes: %s.", strings.Join(d.house.Arenas(), ", "), strings.Join(d.house.Modes(), ", "))
	return b.String(), nil
}

// placesNow returns the rooms by name.
func (d *desk) placesNow(ctx context.Context) []Place {
	all := d.house.Places(ctx)
	slices.SortFunc(all, func(a, b Place) int { return strings.Compare(a.Room, b.Room) })
	return all
}

func at(list []string, i int) string {
	if i < 0 || i >= len(list) {
		return ""
	}
	return list[i]
}

// spanText words a length of time shortly.
func spanText(t time.Duration) string {
	t = t.Round(time.Second)
	day := 24 * time.Hour
	switch {
	case t < time.Minute:
		return fmt.Sprintf("%ds", t/time.Second)
	case t < time.Hour:
		return fmt.Sprintf("%dm%02ds", t/time.Minute, t%time.Minute/time.Second)
	case t < day:
		return fmt.Sprintf("%dh%02dm", t/time.Hour, t%time.Hour/time.Minute)
	default:
		return fmt.Sprintf("%dd%02dh", t/day, t%day/time.Hour)
	}
}
