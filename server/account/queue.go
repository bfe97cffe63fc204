package account

import (
	"slices"
	"sync"
	"time"
)

// queue holds records from when they are accepted until the database has them. It is
// bounded, and nobody waits for it: who comes when it is full is turned away.
type queue struct {
	limit int

	mu       sync.Mutex
	fresh    []*entry // not in the journal yet, oldest first
	durable  []*entry // in the journal, not in the database yet, oldest first
	closed   bool
	accepted uint64
	applied  uint64
	moved    chan struct{} // closed when applied grows

	toScribe, toClerk chan struct{} // hold one: there may be something to do
}

func newQueue(limit int) *queue {
	return &queue{
		limit: limit, moved: make(chan struct{}),
		toScribe: make(chan struct{}, 1), toClerk: make(chan struct{}, 1),
	}
}

// poke wakes who waits for c, or lets them not wait the next time.
func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// add accepts e.
func (q *queue) add(e *entry) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return ErrClosed
	}
	if len(q.fresh)+len(q.durable) >= q.limit {
		return ErrFull
	}
	q.fresh = append(q.fresh, e)
	q.accepted++
	poke(q.toScribe)
	return nil
}

// replayed puts in what was found in the journal; before anything is added.
func (q *queue) replayed(entries []*entry) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.durable = append(q.durable, entries...)
	q.accepted += uint64(len(entries))
	poke(q.toClerk)
}

// unwritten returns what the journal lacks. Only the scribe takes it out again.
func (q *queue) unwritten() (entries []*entry, closed bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Clip(q.fresh), q.closed
}

// written says that the oldest n of what the journal lacked are in it.
func (q *queue) written(n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.durable = append(q.durable, q.fresh[:n]...)
	q.fresh = append([]*entry(nil), q.fresh[n:]...)
	poke(q.toClerk)
}

// unapplied returns at most n of what the database lacks. Only the clerk takes it out
// again.
func (q *queue) unapplied(n int) []*entry {
	q.mu.Lock()
	defer q.mu.Unlock()
	n = min(n, len(q.durable))
	return q.durable[:n:n]
}

// done says that the database has the oldest n of what it lacked.
func (q *queue) done(n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.durable = append([]*entry(nil), q.durable[n:]...)
	q.applied += uint64(n)
	close(q.moved)
	q.moved = make(chan struct{})
}

// close accepts nothing from now on.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	poke(q.toScribe)
	poke(q.toClerk)
}

// progress returns how many records were accepted and how many of them the database
// has, and a channel that is closed when it gets more.
func (q *queue) progress() (accepted, applied uint64, moved <-chan struct{}) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.accepted, q.applied, q.moved
}

// backlog returns how many records wait for the journal and how many for the database,
// and when the oldest was accepted.
func (q *queue) backlog() (fresh, durable int, oldest time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.durable) > 0 {
		oldest = q.durable[0].since
	} else if len(q.fresh) > 0 {
		oldest = q.fresh[0].since
	}
	return len(q.fresh), len(q.durable), oldest
}
