// Package session is one player's stay on a server: it joins the replica to the
// link, takes a seat, comes back to it when the line breaks, and says in words what
// is the matter. It has no screen and no clock: time is passed in.
package session

import (
	"math/rand/v2"
	"sync"
	"time"

	"ionwake/client/depot"
	"ionwake/client/link"
	"ionwake/client/replica"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// Config describes a Session. Depot is needed.
type Config struct {
	// Depot finds the grounds of matches.
	Depot *depot.Depot
	// Dial opens a socket; link.Dial if nil.
	Dial func(link.Config) *link.Socket
	Seed uint64 // of the back-off
	// Device is what the player's device alone knows, so that others can tell the
	// person from others; no server is told it, see deviceAt. None: every stay is
	// another person.
	Device []byte
	// Now tells the time to events that come while nobody calls Step, as in a
	// hidden tab; nil: such events wait.
	Now func() time.Duration
	// Eager takes every message at the moment it comes, on the goroutine that reads
	// the socket, and not with the next Step. It needs Now.
	Eager bool
	// Crowd, if set, makes the player one of many that nobody looks at: Step returns
	// nil.
	Crowd replica.Crowd
}

// Place is where to play.
type Place struct {
	URL      string // of the socket, as link.ParseAddress makes it
	Spectate bool
	Password string // at most wire.MaxPassword bytes
	Ticket   string // a signed one, at most wire.MaxTicket bytes; it is good for one seat
	// Dial opens a socket to a room that is on no network; nil: URL is dialled.
	Dial func(readable func()) Socket
	// Claim asks for the seat that this token belongs to, see Session.Token.
	Claim []byte
}

// same reports whether being at p is being at o. Places on no network are all
// different.
func (p *Place) same(o *Place) bool {
	return p.URL == o.URL && p.Spectate == o.Spectate && p.Dial == nil && o.Dial == nil
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
	Joining                 // connecting, or waiting for the first frame or for a map
	Playing                 // in a seat
	Spectating              // watching without a ship
	Lost                    // the line broke, or the room is full; the next attempt comes by itself
	Refused                 // the server said no; the player decides
)

// Status is a Stage and why it is so.
type Status struct {
	Stage    Stage
	Message  string        // why in words: the server's, or English ones for Code
	Code     link.Code     // why, in Lost and Refused
	RetryIn  time.Duration // until the next attempt, in Lost; until another one has a chance, in Refused
	CanRetry bool
	Fetching bool // the map, in Joining
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
	loadout wire.Loadout
	words   string
	code    link.Code
	again   bool
	until   time.Duration // in Refused: when there is a chance again
	stepped time.Duration // last Step
	aim     sim.Angle

	ground  ground
	errands errands
	gaze    gaze
}

// New returns a Session that waits for Play.
func New(cfg Config) *Session {
	if cfg.Dial == nil {
		cfg.Dial = link.Dial
	}
	s := &Session{
		cfg:    cfg,
		redial: link.NewRedial(rand.New(rand.NewPCG(cfg.Seed, 0x10f3ab))),
	}
	s.rep = replica.New(replica.Config{Arena: s.arena, Crowd: cfg.Crowd})
	return s
}

// Play takes a seat under name at place, or, while the line is broken, tries again
// at once. Who plays elsewhere leaves first.
func (s *Session) Play(name string, place Place) {
	s.mu.Lock()
	defer s.mu.Unlock()
	here := place.same(&s.place)
	if here && (s.stage == Playing || s.stage == Joining) {
		return
	}
	if !here {
		s.leave()
	}
	s.name, s.place = name, place
	if len(place.Claim) > 0 && !s.rep.Seated() {
		s.rep.Claim(place.Claim)
	}
	s.redial.Reset()
	s.cfg.Depot.Again()
	s.connect()
}

// Leave gives the seat back.
func (s *Session) Leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leave()
}

func (s *Session) leave() {
	if s.socket != nil {
		s.socket.Send(wire.AppendLeave(nil))
		s.socket.Close(link.CodeNormal, "left")
	}
	s.socket = nil
	s.redial.Reset()
	s.giveUp()
	s.stage, s.words, s.code = Idle, "", 0
}

// giveUp forgets the seat and all that was wanted of it.
func (s *Session) giveUp() {
	s.rep.GiveUp()
	s.cfg.Depot.Stop()
	s.ground, s.errands, s.gaze = ground{}, errands{}, gaze{}
	s.place.Claim = nil
}

// Token returns what a later program needs to come back to the seat by Place.Claim;
// none while there is no seat.
func (s *Session) Token() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rep.Token()
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
		s.runErrands(now)
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
	hidden := now-s.stepped >= hiddenAfter
	if hidden || s.cfg.Eager {
		s.drain(now)
	}
	if hidden && s.stage == Playing { // nobody has the ship in hand: it drifts
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
	again := s.again
	if stage == Refused && s.until > 0 {
		left = max(0, s.until-now)
		again = again || left == 0
	}
	return Status{Stage: stage, Message: s.words, Code: s.code, RetryIn: left, CanRetry: again, Fetching: stage == Joining && s.ground.waits}
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
