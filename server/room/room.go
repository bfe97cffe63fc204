// Package room is one match: the only owner of a World. A Room is passive: whoever
// drives it calls Tick, 60 times a second, and nothing else happens. It knows no
// sockets: what it sends goes to an Outbox, which never blocks and never queues.
package room

import (
	"log/slog"
	"time"

	"ionwake/shared/belief"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// Outbox takes the frames of one connection. Its methods never block and may be
// called from the goroutine that ticks the room.
type Outbox interface {
	// Ready reports whether the last frame is on its way, so that another may be
	// handed over.
	Ready() bool
	// Send hands over a frame, which must stay untouched until Ready; false: it was
	// not taken.
	Send(frame []byte) bool
	// Close sends last, if any, and ends the connection with a close code.
	Close(last []byte, code uint16, reason string)
}

// Config describes a room. Zero values are useful.
type Config struct {
	Name         string     // of the room; "main"
	Server       string     // the host's name for the server
	Arena        *sim.Arena // with Mode and Rules: the first Ground; the first of Rotation
	Mode         sim.Mode
	Rules        *sim.Rules
	Rotation     []Ground // what is played, one match each, over and over; that first Ground
	Greeting     string   // the server says it to each who joins; nothing
	Seed         uint64
	SendInterval int       // ticks between two sends, 1 to belief.MaxSteps, while there is time; 2
	CellSide     sim.Unit  // of the interest grid; 0: one cell up to 4096 units and 128 ships, else at most 1024
	MaxPlayers   int       // people with a ship; 64
	MaxWatchers  int       // people without one; 64
	Bots         int       // people and bots together are at least this many
	BotLevel     bot.Level // bot.Medium
	BotsAlways   bool      // bots play though nobody watches
	ResumeFor    sim.Tick  // how long a lost connection keeps its seat; 30 s
	Now          func() time.Time
	Guard        Guard        // lets everybody in; nobody
	Ended        func(Report) // told of each match in which somebody took part, at its end, in the tick: it must not block
	Recorder     Recorder     // takes matches down in which people take part; nobody does
	Log          *slog.Logger
	Meter        *belief.Meter // counts what chunks are spent on
	Profile      bool          // times the stages of ticks and makes a Bill: 1 % of a tick or less
}

func (c Config) withDefaults() Config {
	if c.Name == "" {
		c.Name = "main"
	}
	if c.SendInterval == 0 {
		c.SendInterval = 2
	}
	if c.MaxPlayers == 0 {
		c.MaxPlayers = 64
	}
	if c.MaxWatchers == 0 {
		c.MaxWatchers = 64
	}
	if c.BotLevel == 0 {
		c.BotLevel = bot.Medium
	}
	if c.ResumeFor == 0 {
		c.ResumeFor = 30 * sim.TickRate
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// Room is one match and the people in it.
type Room struct {
	cfg    Config
	world  *sim.World
	doors  chan *Visit
	orders chan func(*Room)
	seats  []*seat                 // by PlayerID; nil: free
	shapes map[string]sim.PlayerID // of the names, see skeleton: who has one that looks like it
	inputs []sim.Input
	sights []sim.Sight // by PlayerID: what shooters see in this tick

	rotation []Ground
	at, next int // in rotation: what is played now, and after it

	grid      belief.Grid
	cellSide  sim.Unit // 0: one cell
	arenaSize uint32   // bytes of the ground's encoded form
	codec     belief.Codec
	truths    [][]belief.Cell // by send, of the newest sends: by CellID
	lots      []belief.Lot    // the memory of each of them
	now       []belief.Cell   // truth at the newest send, by CellID
	before    []belief.Cell   // truth at the send before
	span      belief.Span     // inputs since the newest send
	tempo     tempo
	history   history
	keys      keyframes

	roster  roster
	kills   killLog
	talk    chatLog
	signals signalLog
	game    game
	poll    poll
	book    scorebook
	record  recording

	playback *playback // nil: this is a match
	bans     []ban
	hushed   []hush
	uneven   sim.Tick // for how long the sides have been so

	encoder  wire.Encoder
	frame    wire.Frame
	outgoing []*seat // whose frames are to be handed over in this tick
	botView  belief.View
	leading  foremost
	closed   bool
	stats    Stats
	clerk    clerk
	watch    stopwatch

	pause    pause
	arrivals uint32 // connections that were given a seat
}

// New returns a room at tick 0 with its bots about to enter.
func New(cfg Config) *Room {
	cfg = cfg.withDefaults()
	r := &Room{cfg: cfg, doors: make(chan *Visit, doorQueue), orders: make(chan func(*Room), orderQueue), shapes: make(map[string]sim.PlayerID)}
	first := Ground{cfg.Arena, cfg.Mode, cfg.Rules}
	if cfg.Arena == nil {
		first = cfg.Rotation[0]
	}
	ships := max(cfg.MaxPlayers, cfg.Bots)
	first = first.withDefaults(ships)
	r.rotation, r.at = fitting(first, cfg.Rotation, ships)
	r.next = (r.at + 1) % len(r.rotation)
	r.world = sim.New(first.Arena, first.Mode, *first.Rules, cfg.Seed)
	r.lay()
	r.tempo = tempo{interval: cfg.SendInterval, wanted: cfg.SendInterval}
	r.span.Held = make([][]sim.Input, belief.MaxSteps)
	r.span.Strikes = make([][]sim.Strike, belief.MaxSteps)
	if cfg.Profile {
		r.watch.now = cfg.Now
	}
	r.count()
	return r
}

// Name returns the room's name.
func (r *Room) Name() string { return r.cfg.Name }

// World gives a look at the truth, for tests and reports on the goroutine that
// ticks the room.
func (r *Room) World() *sim.World { return r.world }
