// Package practice is a match without a network: the server's own room, with bots,
// inside the player's program. What a session sends goes straight to the room and
// what the room sends waits for the session, one frame at a time, as on a line that
// takes its time.
package practice

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"ionwake/server/room"
	"ionwake/shared/bot"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// Config describes a match. Arena is needed.
type Config struct {
	Arena *sim.Arena
	Mode  sim.Mode   // sim.Brawl
	Rules *sim.Rules // the mode's usual ones
	Bots  int        // opponents and mates, 0 to MaxBots
	Level bot.Level  // bot.Medium
	Seed  uint64
}

// MaxBots bounds the bots: a browser has one core for all of it.
const MaxBots = 31

// Match is a room that ticks by itself until Close. It has room for one player, who
// may come back as long as the match is open.
type Match struct {
	stop chan struct{}
	done chan struct{}
	once sync.Once

	room   *room.Room // run's, but for its door
	closed atomic.Bool
}

// Open begins a match. The arena must have what the mode needs.
func Open(cfg Config) (*Match, error) {
	if cfg.Mode == nil {
		cfg.Mode = sim.Brawl{}
	}
	if err := cfg.Arena.Fits(cfg.Mode); err != nil {
		return nil, fmt.Errorf("open a practice: %w", err)
	}
	m := &Match{stop: make(chan struct{}), done: make(chan struct{})}
	m.room = room.New(room.Config{
		Name: "practice", Arena: cfg.Arena, Mode: cfg.Mode, Rules: cfg.Rules, Seed: cfg.Seed,
		MaxPlayers: 1, MaxWatchers: 1, Bots: min(max(cfg.Bots, 0), MaxBots) + 1, BotLevel: cfg.Level,
	})
	go m.run() // until Close
	return m, nil
}

// Close ends the match and waits until its last tick is over. It may be called more
// than once.
func (m *Match) Close() {
	m.once.Do(func() { close(m.stop) })
	<-m.done
}

const (
	tickTime = time.Second / sim.TickRate
	// rest is how long the match leaves the machine to others between two ticks at
	// least: in a browser nothing else runs while it does not.
	rest = 2 * time.Millisecond
	// maxBehind is how many ticks are caught up at once; what is further behind is
	// dropped, and the match is slower than real time.
	maxBehind = 3
)

// run ticks at absolute times, so that lateness does not add up.
func (m *Match) run() {
	defer close(m.done)
	wait := time.NewTimer(0)
	defer wait.Stop()
	due := time.Now()
	for {
		select {
		case <-m.stop:
			m.shut(wire.Reject{Code: wire.CloseRoomEnded, Message: "The practice is over."})
			return
		case <-wait.C:
		}
		if !m.tick() {
			return
		}
		due = due.Add(tickTime)
		left := time.Until(due)
		if left < -maxBehind*tickTime {
			due = time.Now()
		}
		wait.Reset(max(left, rest))
	}
}

// tick lets one tick pass. A panic ends the match and not the program.
func (m *Match) tick() (going bool) {
	defer func() {
		if recover() != nil {
			going = false
			m.shut(wire.Reject{Code: wire.CloseFault, Message: "The practice broke down. Start another one."})
		}
	}()
	m.room.Tick()
	return true
}

// shut closes a room that may be broken.
func (m *Match) shut(why wire.Reject) {
	m.closed.Store(true)
	defer func() { _ = recover() }() // a room that broke may break again: it is gone either way
	m.room.Close(why)
}

// enter brings a player to the door, if there still is one.
func (m *Match) enter(out room.Outbox, hello wire.Hello) *room.Visit {
	if m.closed.Load() {
		return nil
	}
	visit, _ := m.room.Enter(out, hello)
	return visit
}
