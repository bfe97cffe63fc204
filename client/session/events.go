package session

import (
	"strings"
	"time"

	"ionwake/client/link"
	"ionwake/shared/wire"
)

// connect opens a socket; what becomes of it, drain learns.
func (s *Session) connect() {
	if s.socket != nil {
		s.socket.Close(link.CodeNormal, "trying anew")
	}
	if s.stage != Lost {
		s.stage, s.words = Joining, ""
	}
	if s.place.Dial != nil {
		s.socket = s.place.Dial(s.readable)
		return
	}
	s.socket = s.cfg.Dial(link.Config{URL: s.place.URL, Protocol: wire.Protocol, OnReadable: s.readable})
}

// drain takes everything that has arrived.
func (s *Session) drain(now time.Duration) {
	for s.socket != nil {
		ev, ok := s.socket.Poll()
		if !ok {
			return
		}
		switch ev.Kind {
		case link.Opened:
			s.redial.Opened(moment(now))
			s.socket.Send(s.rep.Hello(now, s.name, s.place.Spectate))
		case link.Message:
			s.take(now, ev.Data)
		case link.Closed:
			s.closed(now, ev)
		}
	}
}

// take applies a message. One that cannot be true ends the connection; the next one
// asks for everything anew.
func (s *Session) take(now time.Duration, data []byte) {
	if err := s.rep.Receive(now, data); err != nil {
		s.rep.StartOver()
		s.socket.Close(link.CodeLost, "bad frame")
		return
	}
	if s.rep.Joined() {
		s.stage, s.words = Playing, ""
	}
}

// closed decides what becomes of the player when a connection has ended.
func (s *Session) closed(now time.Duration, ev link.Event) {
	s.socket = nil
	after := ev.RetryAfter
	words := ""
	if why := s.rep.Rejected(); why != nil {
		words = why.Message
		after = max(after, time.Duration(why.RetryAfterMS)*time.Millisecond)
	}
	if ev.Code == link.CodeNoResume && s.rep.Seated() { // the seat is gone: take a new one, at once
		s.rep.GiveUp()
		s.stage = Joining
		s.connect()
		return
	}
	advice := s.redial.Closed(moment(now), ev.Code, after)
	if words == "" {
		words = sentence(ev)
	}
	s.words, s.again = words, advice != link.Stop
	if advice == link.Retry {
		s.stage = Lost
		return
	}
	s.stage = Refused
	s.rep.GiveUp()
}

// sentence says why a connection ended where the server did not.
func sentence(ev link.Event) string {
	words := ev.Code.Words()
	if ev.Code == link.CodeRefused && ev.Reason != "" {
		words += " (" + ev.Reason + ")"
	}
	return strings.ToUpper(words[:1]) + words[1:] + "."
}
