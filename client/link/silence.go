package link

import "time"

// silence notices that a server has said nothing for too long, and is not fooled
// by this side having slept: a check that comes late shows that this process (or
// this tab) was stopped, and then what the server sent may still be waiting.
type silence struct {
	limit   time.Duration
	heard   time.Time
	checked time.Time
}

// checksPerLimit is how often silence wants to be checked within its limit.
const checksPerLimit = 4

func newSilence(limit time.Duration, now time.Time) silence {
	return silence{limit: limit, heard: now, checked: now}
}

// every is the time between two checks.
func (s *silence) every() time.Duration { return s.limit / checksPerLimit }

// lost is the check: heard is when the server last said something.
func (s *silence) lost(now, heard time.Time) bool {
	late := now.Sub(s.checked) > 2*s.every()
	s.checked = now
	if late {
		s.heard = now
	}
	if heard.After(s.heard) {
		s.heard = heard
	}
	return now.Sub(s.heard) >= s.limit
}
