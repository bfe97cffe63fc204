package account

import (
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// sayAgain is how long nothing is said about what has been said.
const sayAgain = time.Minute

// trouble knows what does not work, and tells the host in a line: once when it begins,
// once a minute while it lasts, once when it is over. It speaks without holding mu, so
// that a log that nobody reads holds up nobody else.
type trouble struct {
	log *slog.Logger
	now func() time.Time

	mu         sync.Mutex
	disk       ailment // of the journal
	base       ailment // of the database
	room       ailment // of the queue
	asking     bool    // the clerk waits for the database
	impossible uint64  // matches
	lost       uint64  // records, for want of room
	apart      uint64  // records that are set aside
}

// ailment is one thing that does not work.
type ailment struct {
	since time.Time // zero: all is well
	said  time.Time // zero: not yet
	what  error
}

// begin notes err and reports whether it is to be told now.
func (a *ailment) begin(now time.Time, err error, patience time.Duration) bool {
	if a.since.IsZero() {
		a.since = now
	}
	a.what = err
	if now.Sub(a.since) < patience || !a.said.IsZero() && now.Sub(a.said) < sayAgain {
		return false
	}
	a.said = now
	return true
}

// end reports whether something is over that was told.
func (a *ailment) end(now time.Time) (lasted time.Duration, told bool) {
	lasted, told = now.Sub(a.since), !a.said.IsZero()
	*a = ailment{}
	return lasted, told
}

// during does something with one ailment while mu is held, and returns what it returns.
func (t *trouble) during(do func(now time.Time) bool) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return do(t.now())
}

// journal says how writing the journal went.
func (t *trouble) journal(err error, q *queue) {
	var since time.Time
	var lasted time.Duration
	speak := t.during(func(now time.Time) (told bool) {
		if err == nil {
			lasted, told = t.disk.end(now)
			return told
		}
		told, since = t.disk.begin(now, err, 0), t.disk.since
		return told
	})
	fresh, _, _ := q.backlog()
	switch {
	case speak && err != nil:
		t.log.Error("results cannot be written down; they are in memory only", "waiting", fresh, "since", since, "error", err)
	case speak:
		t.log.Info("results are written down again", "took", lasted.Round(time.Millisecond))
	}
}

// ask says that the clerk waits for the database from now on.
func (t *trouble) ask() {
	t.during(func(time.Time) bool { t.asking = true; return false })
}

// slow says that it has waited for alarmAfter.
func (t *trouble) slow(q *queue) {
	speak := t.during(func(now time.Time) bool { return t.asking && t.base.begin(now, errSlow, 0) })
	if _, durable, _ := q.backlog(); speak {
		t.log.Warn("the database does not answer; results wait in the journal", "waiting", durable)
	}
}

var errSlow = fmt.Errorf("no answer for %v", alarmAfter)

// database says how it went.
func (t *trouble) database(err error, q *queue) {
	var since time.Time
	var lasted time.Duration
	speak := t.during(func(now time.Time) (told bool) {
		t.asking = false
		if err == nil {
			lasted, told = t.base.end(now)
			return told
		}
		told, since = t.base.begin(now, err, alarmAfter), t.base.since
		return told
	})
	_, durable, _ := q.backlog()
	switch {
	case speak && err != nil:
		t.log.Warn("the database does not take results; they wait in the journal", "waiting", durable, "since", since, "error", err)
	case speak:
		t.log.Info("the database takes results again", "waiting", durable, "took", lasted.Round(time.Millisecond))
	}
}

// full says that a record was turned away.
func (t *trouble) full(limit int) {
	var lost uint64
	if t.during(func(now time.Time) bool {
		t.lost++
		lost = t.lost
		return t.room.begin(now, ErrFull, 0)
	}) {
		t.log.Error("results are lost: too many wait", "limit", limit, "lost", lost)
	}
}

// refuse counts a match that was impossible.
func (t *trouble) refuse() {
	t.during(func(time.Time) bool { t.impossible++; return false })
}

// aside says that the database will never take a record.
func (t *trouble) aside(e *entry, path string, err error) {
	t.during(func(time.Time) bool { t.apart++; return false })
	t.log.Error("the database refuses a record, which is set aside", "record", e.String(), "file", path, "error", err)
}

// tell fills in what st has about trouble.
func (t *trouble) tell(st *Stats) {
	t.mu.Lock()
	defer t.mu.Unlock()
	st.Refused, st.Lost, st.SetAside = t.impossible, t.lost, t.apart
	for _, a := range []struct {
		ailment
		into *string
	}{{t.disk, &st.JournalTrouble}, {t.base, &st.DatabaseTrouble}} {
		if a.what == nil {
			continue
		}
		*a.into = a.what.Error()
		if st.Since.IsZero() || a.since.Before(st.Since) {
			st.Since = a.since
		}
	}
}
