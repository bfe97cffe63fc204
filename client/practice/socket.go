package practice

import (
	"slices"
	"sync"

	"ionwake/client/link"
	"ionwake/server/room"
	"ionwake/shared/wire"
)

// Socket is a player's line to a Match, as a session wants it. Its methods are for
// one goroutine at a time; the match may use its other end at the same time.
type Socket struct {
	match    *Match
	readable func()
	message  wire.Client
	visit    *room.Visit // nil before Hello

	mu     sync.Mutex
	opened bool        // Opened has been polled
	frame  []byte      // the one on its way, if full
	full   bool        // frame waits for Poll
	lent   []byte      // the Data of the last Message polled
	last   []byte      // the server's last word, before end
	end    *link.Event // Closed, once decided
	over   bool        // Closed has been polled
}

// Dial opens a line to the match. readable, if not nil, is called after each event
// that Poll will hand out, from the goroutine that ticks the match.
func (m *Match) Dial(readable func()) *Socket { return &Socket{match: m, readable: readable} }

// Poll hands out the next event, and takes back the Data of the one before.
func (s *Socket) Poll() (link.Event, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.over:
		return link.Event{}, false
	case !s.opened:
		s.opened = true
		return link.Event{Kind: link.Opened}, true
	case s.full:
		s.full = false
		s.frame, s.lent = s.lent, s.frame
		return link.Event{Kind: link.Message, Data: s.lent}, true
	case s.end == nil:
		return link.Event{}, false
	case s.last != nil:
		last := s.last
		s.last = nil
		return link.Event{Kind: link.Message, Data: last}, true
	}
	s.over = true
	return *s.end, true
}

// Send hands data to the match. It reports false when the line is closed.
func (s *Socket) Send(data []byte) bool {
	if s.closed() || len(data) > link.MaxSend {
		return false
	}
	if err := wire.DecodeClient(data, &s.message); err != nil {
		s.finish(nil, link.CodeData, "undecodable")
		return false
	}
	if s.visit != nil {
		return s.visit.Receive(&s.message) == nil
	}
	if s.message.Kind != wire.KindHello {
		return false
	}
	hello := s.message.Hello // what it is made of lies in data
	hello.Resume, hello.Device = slices.Clone(hello.Resume), slices.Clone(hello.Device)
	if s.visit = s.match.enter(outbox{s}, hello); s.visit == nil {
		s.finish(nil, link.CodeRoomEnded, "the practice is over")
	}
	return s.visit != nil
}

// Close ends the line. Closed follows with this code and reason.
func (s *Socket) Close(code link.Code, reason string) {
	if s.visit != nil {
		s.visit.Gone()
	}
	s.finish(nil, code, reason)
}

func (s *Socket) closed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.end != nil
}

// finish decides, once, how the line ends.
func (s *Socket) finish(last []byte, code link.Code, reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.end == nil {
		s.last = slices.Clone(last)
		s.end = &link.Event{Kind: link.Closed, Code: code, Reason: reason}
	}
}

// outbox is the match's end of a line.
type outbox struct{ s *Socket }

// Ready reports whether the last frame has been taken.
func (o outbox) Ready() bool {
	o.s.mu.Lock()
	defer o.s.mu.Unlock()
	return !o.s.full
}

// Send takes a copy of a frame.
func (o outbox) Send(frame []byte) bool {
	o.s.mu.Lock()
	taken := !o.s.full && o.s.end == nil
	if taken {
		o.s.frame, o.s.full = append(o.s.frame[:0], frame...), true
	}
	o.s.mu.Unlock()
	if taken && o.s.readable != nil {
		o.s.readable()
	}
	return taken
}

// Close ends the line with last as the last word.
func (o outbox) Close(last []byte, code uint16, reason string) {
	o.s.finish(last, link.Code(code), reason)
}
