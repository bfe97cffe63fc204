package main

import (
	"bytes"
	"time"
)

// slot is a keeper over a place for a short text.
type slot struct {
	put   func(text string) // "" clears it
	wall  func() time.Time
	as    string
	token []byte        // kept last
	due   time.Duration // when it is kept again, so that it looks fresh
}

// keepEvery is how often the time of a kept seat is renewed.
const keepEvery = 5 * time.Second

func (s *slot) name(name string) { s.as = name }

func (s *slot) forget() {
	s.token = nil
	s.put("")
}

func (s *slot) seat(now time.Duration, p *play) {
	token := p.Token()
	if len(token) == 0 {
		if s.token != nil {
			s.forget()
		}
		return
	}
	if now < s.due && bytes.Equal(token, s.token) {
		return
	}
	s.token, s.due = append(s.token[:0], token...), now+keepEvery
	s.put(claim{p.at, s.as, p.place.Spectate, token}.text(s.wall()))
}
