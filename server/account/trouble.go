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
// once a minute while it lasts, once when it is over.
type trouble struct {
	log *slog.Logger
	now func() time.Time

	mu         sync.Mutex
	disk       ailment // of the journal
	base       ailment // of the database
	room       ailment // of the queue
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

// journal says how writing the journal went.
func (t *trouble) journal(err error, q *queue) {
	t.mu.Lock()
	defer t.mu.Unlock()
	fresh, _, _ := q.backlog()
	if err != nil {
		if t.disk.begin(t.now(), err, 0) {
			t.log.Error("results cannot be written down; they are in memory only", "waiting", fresh, "since", t.disk.since, "error", err)
		}
		return
	}
	if lasted, told := t.disk.end(t.now()); told {
		t.log.Info("results are written down again", "took", lasted.Round(time.Millisecond))
	}
}

// database says how bringing something into the database went.
func (t *trouble) database(err error, q *queue) {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, durable, _ := q.backlog()
	if err != nil {
		if t.base.begin(t.now(), err, alarmAfter) {
			t.log.Warn("the database does not take results; they wait in the journal", "waiting", durable, "since", t.base.since, "error", err)
		}
		return
	}
	if lasted, told := t.base.end(t.now()); told {
		t.log.Info("the database takes results again", "waiting", durable, "took", lasted.Round(time.Millisecond))
	}
}

// slow says that the database has let the clerk wait for alarmAfter.
func (t *trouble) slow(q *queue) {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, durable, _ := q.backlog()
	if t.base.begin(t.now(), errSlow, 0) {
		t.log.Warn("the database does not answer; results wait in the journal", "waiting", durable)
	}
}

var errSlow = fmt.Errorf("no answer for %v", alarmAfter)

// full says that a record was turned away.
func (t *trouble) full(limit int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lost++
	if t.room.begin(t.now(), ErrFull, 0) {
		t.log.Error("results are lost: too many wait", "limit", limit, "lost", t.lost)
	}
}

// refuse counts a match that was impossible.
func (t *trouble) refuse() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.impossible++
}

// aside says that the database will never take a record.
func (t *trouble) aside(e *entry, path string, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.apart++
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
