package session

import (
	"errors"
	"strings"
	"time"

	"ionwake/client/link"
	"ionwake/client/replica"
	"ionwake/shared/wire"
)

// connect opens a socket; what becomes of it, drain learns.
func (s *Session) connect() {
	if s.socket != nil {
		s.socket.Close(link.CodeNormal, "trying anew")
	}
	if s.stage != Lost {
		s.stage, s.words, s.code = Joining, "", 0
	}
	s.ground.waits = false
	s.gaze.fresh = s.gaze.any // the other end of a new line knows nothing of it
	if s.place.Dial != nil {
		s.socket = s.place.Dial(s.readable)
		return
	}
	s.socket = s.cfg.Dial(link.Config{URL: s.place.URL, Protocol: wire.Protocol, OnReadable: s.readable})
}

// drain takes everything that has arrived, up to a message that needs a map which is
// not there yet.
func (s *Session) drain(now time.Duration) {
	if s.ground.waits {
		s.take(now, s.ground.held)
	}
	for s.socket != nil && !s.ground.waits {
		ev, ok := s.socket.Poll()
		if !ok {
			return
		}
		switch ev.Kind {
		case link.Opened:
			s.redial.Opened(moment(now))
			s.send(s.rep.Hello(now, s.guest()))
		case link.Message:
			s.take(now, ev.Data)
		case link.Closed:
			s.closed(now, ev)
		}
	}
}

func (s *Session) guest() replica.Guest {
	return replica.Guest{Name: s.name, Spectate: s.place.Spectate, Device: deviceAt(s.place.URL, s.cfg.Device), Loadout: s.loadout, Password: clipped(s.place.Password, wire.MaxPassword), Ticket: clipped(s.place.Ticket, wire.MaxTicket)}
}

// clipped cuts text to so many bytes that the wire takes it: a password cut so is wrong,
// which the server says better than that it was too long.
func clipped(text string, limit int) string {
	return strings.ToValidUTF8(text[:min(len(text), limit)], "")
}

// send hands data to the socket if it takes it.
func (s *Session) send(data []byte) bool {
	if !s.socket.Send(data) {
		return false
	}
	s.rep.Sent(len(data))
	return true
}

// take applies a message. One that cannot be true ends the connection; the next one
// asks for everything anew.
func (s *Session) take(now time.Duration, data []byte) {
	err := s.rep.Receive(now, data)
	switch {
	case errors.Is(err, replica.ErrComing):
		s.wait(data)
		return
	case errors.Is(err, replica.ErrGround):
		s.turnBack()
		return
	case err != nil:
		s.ground.waits = false
		s.rep.StartOver()
		s.socket.Close(link.CodeLost, "bad frame")
		return
	}
	s.ground.waits = false
	if s.rep.Joined() {
		s.stage, s.words, s.code = Playing, "", 0
		s.place.Ticket = "" // it is used up
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
		if ev.Code == link.CodeOverloaded && words == wire.ShutWords {
			ev.Code = link.CodeShut
		}
	} else if ev.Code == link.CodeAuth { // a server that minds who we are says so in words
		ev.Code = link.CodeLate
	}
	if ev.Code == link.CodeNoResume && s.rep.Seated() { // the seat is gone: take a new one, at once
		s.giveUp()
		s.stage = Joining
		s.connect()
		return
	}
	advice := s.redial.Closed(moment(now), ev.Code, after)
	if words == "" {
		words = sentence(ev)
	}
	s.words, s.code, s.again = words, ev.Code, advice != link.Stop
	if advice == link.Retry {
		s.stage = Lost
		return
	}
	s.stage, s.until = Refused, 0
	if after > 0 {
		s.until = now + after
	}
	s.giveUp()
}

// sentence says why a connection ended where the server did not.
func sentence(ev link.Event) string {
	words := ev.Code.Words()
	if ev.Code == link.CodeRefused && ev.Reason != "" {
		words += " (" + ev.Reason + ")"
	}
	return capital(words) + "."
}

func capital(words string) string {
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}
