package link

import (
	"math/rand/v2"
	"time"
)

// The back-off between two attempts to connect.
const (
	firstWindow = 500 * time.Millisecond // the first delay is at most this
	lastWindow  = 8 * time.Second        // and no later one more than this
	shortest    = 250 * time.Millisecond // nor any shorter than this
	// longestAsked bounds what a server may ask for: the player has a button for
	// trying at once, and should not see a countdown of years.
	longestAsked = 10 * time.Minute
	// steady is how long a connection has to have lived to count as a success.
	steady = 5 * time.Second
	// restarts is for how long a server that said it restarts is looked for at short
	// intervals, each at most backWindow: it keeps the ship, but not for ever.
	restarts   = 30 * time.Second
	backWindow = 750 * time.Millisecond
)

// Redial decides whether and when to connect again. It has no clock and no
// goroutine: the owner tells it what happened and asks it each frame.
//
// The delay is exponential back-off with full jitter ("Exponential Backoff And
// Jitter", AWS Architecture Blog, 2015) above a floor of 250 ms: even between
// the floor and a window of 0.5, 1, 2, 4, then always 8 s. A connection that
// lived 5 s starts it anew; one that ends at once, again and again, does not. For
// half a minute after a server has said that it restarts the window is 0.75 s.
type Redial struct {
	rng      *rand.Rand
	attempts int
	opened   time.Time // zero if not open
	due      time.Time // zero if nothing is planned
	back     time.Time // until when the server is expected back from a restart
	total    time.Duration
}

// NewRedial makes a Redial that draws its delays from rng.
func NewRedial(rng *rand.Rand) *Redial { return &Redial{rng: rng} }

// Opened tells it that a connection was made.
func (r *Redial) Opened(now time.Time) {
	r.opened, r.due = now, time.Time{}
}

// Closed tells it that a connection ended, or could not be made, and returns
// what to do. Retry means that an attempt is planned: ask Due. after is how long
// the server wants us to stay away at least, 0 if it did not say; it is believed
// up to ten minutes.
func (r *Redial) Closed(now time.Time, code Code, after time.Duration) Advice {
	if !r.opened.IsZero() && now.Sub(r.opened) >= steady {
		r.attempts, r.back = 0, time.Time{}
	}
	if code == CodeRestart {
		r.back = now.Add(restarts)
	}
	r.opened, r.due = time.Time{}, time.Time{}
	advice := code.Advice()
	if advice == Retry {
		r.total = min(max(after, 0), longestAsked) + r.delay(now)
		r.due = now.Add(r.total)
		r.attempts++
	}
	return advice
}

// delay draws the wait before the next attempt.
func (r *Redial) delay(now time.Time) time.Duration {
	window := lastWindow
	switch {
	case now.Before(r.back):
		window = backWindow
	case r.attempts < 4:
		window = firstWindow << r.attempts
	}
	return shortest + time.Duration(r.rng.Int64N(int64(window-shortest)+1))
}

// Due reports, once, that it is time to connect.
func (r *Redial) Due(now time.Time) bool {
	if r.due.IsZero() || now.Before(r.due) {
		return false
	}
	r.due = time.Time{}
	return true
}

// Left is what the countdown shows: the time to the next attempt, and the whole
// of it. Both are 0 if nothing is planned.
func (r *Redial) Left(now time.Time) (left, total time.Duration) {
	if r.due.IsZero() {
		return 0, 0
	}
	return max(r.due.Sub(now), 0), r.total
}

// Planned reports whether an attempt is planned.
func (r *Redial) Planned() bool { return !r.due.IsZero() }

// Attempt is the number of the attempt that is planned or under way, from 1; 0
// while all is well.
func (r *Redial) Attempt() int { return r.attempts }

// Hurry moves a planned attempt to now: the player does not want to wait.
func (r *Redial) Hurry(now time.Time) {
	if r.Planned() {
		r.due = now
	}
}

// Reset forgets everything, as when the player has left or goes elsewhere.
func (r *Redial) Reset() {
	r.attempts, r.opened, r.due, r.back, r.total = 0, time.Time{}, time.Time{}, time.Time{}, 0
}
