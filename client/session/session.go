// Package session is one player's stay on a server: it joins the replica to the
// link, takes a seat, comes back to it when the line breaks, and says in words what
// is the matter. It has no screen and no clock: time is passed in.
package session

import (
	"math/rand/v2"
	"sync"
	"time"

	"ionwake/client/link"
	"ionwake/client/replica"
	"ionwake/shared/sim"
)

// Config describes a Session. Arena is needed.
type Config struct {
	Arena func(name string) (*sim.Arena, error)
	// Dial opens a socket; link.Dial if nil.
	Dial func(link.Config) *link.Socket
	Seed uint64 // of the back-off
	// Now tells the time to events that come while nobody calls Step, as in a
	// hidden tab; nil: such events wait.
	Now func() time.Duration
}

// Place is where to play.
type Place struct {
	URL      string // of the socket, as link.ParseAddress makes it
	Spectate bool
	// Dial opens a socket to a room that is on no network; nil: URL is dialled.
	Dial func(readable func()) Socket
}

// Socket is a connection as a session uses it, see link.Socket.
type Socket interface {
	Poll() (link.Event, bool)
	Send(data []byte) bool
	Close(code link.Code, reason string)
}

// Stage says where a player stands.
type Stage uint8

// The stages.
const (
	Idle       Stage = iota // not connected and not trying
	Joining                 // connecting, or waiting for the first frame
	Playing                 // in a seat
	Spectating              // watching without a ship
	Lost                    // the line broke; the next attempt comes by itself
	Refused                 // the server said no; the player decides
)

// Status is a Stage with words for the player.
type Status struct {
	Stage    Stage
	Message  string
	RetryIn  time.Duration // until the next attempt, in Lost
	CanRetry bool
}

// Session is one player's stay on a server. Its methods may be called from any
// goroutine.
type Session struct {
	cfg Config

	mu      sync.Mutex
	rep     *replica.Replica
	socket  Socket
	redial  *link.Redial
	stage   Stage
	name    string
	place   Place
	words   string
	again   bool
	stepped time.Duration // last Step
	aim     sim.Angle
}

// New returns a Session that waits for Play.
func New(cfg Config) *Session {
	if cfg.Dial == nil {
		cfg.Dial = link.Dial
	}
	return &Session{
		cfg:    cfg,
		rep:    replica.New(replica.Config{Arena: cfg.Arena}),
		redial: link.NewRedial(rand.New(rand.NewPCG(cfg.Seed, 0x10f3ab))),
	}
}

// Play takes a seat under name at place, or, while the line is broken, tries again
// at once.
func (s *Session) Play(name string, place Place) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stage == Playing || s.stage == Joining {
		return
	}
	s.name, s.place = name, place
	s.redial.Reset()
	s.connect()
}

// Leave gives the seat back.
func (s *Session) Leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.socket != nil {
		s.socket.Send(s.rep.Farewell())
		s.socket.Close(link.CodeNormal, "left")
	}
	s.socket = nil
	s.redial.Reset()
	s.rep.GiveUp()
	s.stage, s.words = Idle, ""
}

// Step lets time pass: it takes what arrived, sends what the player holds, tries
// again when it is time to, and returns what there is to draw, nil before the first
// frame.
func (s *Session) Step(now time.Duration, in sim.Input) *replica.Scene {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stepped, s.aim = now, in.Aim
	s.drain(now)
	if s.redial.Due(moment(now)) {
		s.connect()
	}
	if s.stage == Playing {
		s.rep.Step(now, in, s.socket.Send)
	}
	if s.stage == Idle || s.stage == Refused {
		return nil
	}
	return s.rep.Scene(now)
}

// hiddenAfter is how long no Step may come before messages are taken without it.
const hiddenAfter = 400 * time.Millisecond

// readable is called by the link for each event.
func (s *Session) readable() {
	if s.cfg.Now == nil || !s.mu.TryLock() {
		return
	}
	defer s.mu.Unlock()
	now := s.cfg.Now()
	if now-s.stepped < hiddenAfter {
		return
	}
	s.drain(now)
	if s.stage == Playing { // nobody has the ship in hand: it drifts
		s.rep.Step(now, sim.Input{Aim: s.aim}, s.socket.Send)
	}
}

// Status says where the player stands.
func (s *Session) Status(now time.Duration) Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	left, _ := s.redial.Left(moment(now))
	stage := s.stage
	if stage == Playing && s.place.Spectate {
		stage = Spectating
	}
	return Status{Stage: stage, Message: s.words, RetryIn: left, CanRetry: s.again}
}

// Net returns the figures of the line.
func (s *Session) Net(now time.Duration) replica.NetView {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rep.Net(now)
}

// Inspect lets f look at the replica, for tests.
func (s *Session) Inspect(f func(*replica.Replica)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(s.rep)
}

// moment turns the time since the start into one that Redial can reckon with.
func moment(now time.Duration) time.Time { return time.Unix(1, 0).Add(now) }
