package account

import (
	"context"
	"time"
)

// ledger is what the clerk writes into.
type ledger interface {
	// ready opens the database if it is not open; opened says that it was not before.
	ready(ctx context.Context) (opened bool, err error)
	// apply brings in records of a journal and visits, all or none, and skips the records
	// that it has.
	apply(ctx context.Context, journal string, entries []*entry, seen []visit) error
	// settle returns when what was applied does not need the journal any more.
	settle(ctx context.Context) error
	// prune deletes networks that were last seen before a time and sanctions of networks
	// that are long over.
	prune(ctx context.Context, networks, sanctions time.Time) error
	inForce(ctx context.Context, now time.Time) ([]Sanction, error)
	// lacks returns how many records the database had once and does not have any more.
	lacks(ctx context.Context, head header) (uint64, error)
	shared() bool // other servers write into it too
	close()
}

const (
	batchMost    = 256
	applyTimeout = time.Minute // a match takes eight answers of a database, which may be slow
	alarmAfter   = 5 * time.Second
	pruneEvery   = time.Hour
	reloadEvery  = 10 * time.Second // where others ban as well
	idle         = time.Second      // visits wait so long, so that many go in together
)

// clerk brings what is in the journal into the database, and visits with it, until
// there is nothing more after Close, or nobody waits any more.
func (s *Store) clerk() {
	defer close(s.clerked)
	c := chores{store: s}
	pause, batch := backOffFirst, batchMost
	for s.await(&c) {
		s.trouble.ask()
		alarm := time.AfterFunc(alarmAfter, func() { s.trouble.slow(s.queue) })
		err := s.work(batch)
		if err == nil {
			err = c.do(s.hurry)
		}
		alarm.Stop()
		s.trouble.database(err, s.queue)
		if err == nil {
			pause, batch = backOffFirst, min(2*batch, batchMost)
			continue
		}
		batch = max(batch/4, 1) // perhaps it is slow
		if !s.pause(pause) {
			break
		}
		pause = min(2*pause, backOffMost)
	}
	s.rotate(true)
}

// await returns true when there is something to do and false when there never will be.
func (s *Store) await(c *chores) bool {
	for s.hurry.Err() == nil {
		if len(s.queue.unapplied(1)) > 0 {
			return true
		}
		t := time.NewTimer(idle)
		select {
		case <-s.queue.toClerk:
		case <-s.asked:
			c.asked = true
			t.Stop()
			return true
		case <-s.scribed: // nothing more comes
			t.Stop()
			return len(s.queue.unapplied(1)) > 0 || s.visits.any()
		case <-t.C:
			if s.visits.any() || c.due() {
				return true
			}
		}
		t.Stop()
	}
	return false
}

// work brings at most so many records into the database, and all visits.
func (s *Store) work(batch int) error {
	ctx, cancel := context.WithTimeout(s.hurry, applyTimeout)
	defer cancel()
	opened, err := s.ledger.ready(ctx)
	if err != nil {
		return err
	}
	if opened {
		if err := s.meet(ctx); err != nil {
			return err
		}
	}
	entries, seen := s.queue.unapplied(batch), s.visits.take()
	if len(entries) == 0 && len(seen) == 0 {
		return nil
	}
	n, err := s.applySome(ctx, entries, seen)
	if err != nil {
		s.visits.giveBack(seen)
	}
	if n > 0 {
		s.docket.stored(entries[:n])
		s.queue.done(n)
		s.rotate(false)
	}
	return err
}

// applySome brings entries in and returns how many of them are done with. If one of
// them is at fault itself, they go in one by one and that one is set aside, so that it
// does not keep all others out for ever.
func (s *Store) applySome(ctx context.Context, entries []*entry, seen []visit) (int, error) {
	err := s.ledger.apply(ctx, s.journal.head.ID, entries, seen)
	if err == nil {
		return len(entries), nil
	}
	if !isRecordsFault(err) || len(entries) == 0 {
		return 0, err
	}
	for i, e := range entries {
		err := s.ledger.apply(ctx, s.journal.head.ID, entries[i:i+1], nil)
		if isRecordsFault(err) {
			err = s.setAside(e, err)
		}
		if err != nil {
			return i, err
		}
	}
	return len(entries), nil // without the visits, one of which may be what was wrong
}

// rotate begins the journal anew if the database has all of it, when it has grown or
// when all ends.
func (s *Store) rotate(last bool) {
	if !last && !s.journal.grown(s.cfg.slack) {
		return
	}
	ctx, cancel := context.WithTimeout(s.hurry, applyTimeout)
	defer cancel()
	if len(s.queue.unapplied(1)) > 0 || s.ledger.settle(ctx) != nil {
		return // another time
	}
	s.journal.mu.Lock()
	defer s.journal.mu.Unlock()
	entries := s.queue.unapplied(s.cfg.Queue)
	applied := s.journal.last
	if len(entries) > 0 {
		applied = entries[0].seq - 1
	}
	if applied == s.journal.head.Applied {
		return // there is nothing to leave out
	}
	err := s.journal.rotate(applied, s.docket.inForce(s.cfg.Now()), entries)
	s.trouble.journal(err, s.queue)
}

// chores are done from time to time.
type chores struct {
	store            *Store
	pruned, reloaded time.Time
	asked            bool // to reload
}

// due reports whether there is something to do.
func (c *chores) due() bool { return c.prunes() || c.reloads() }

func (c *chores) prunes() bool { return c.store.cfg.Now().Sub(c.pruned).Abs() >= pruneEvery }

func (c *chores) reloads() bool {
	return c.asked || c.store.ledger.shared() && c.store.cfg.Now().Sub(c.reloaded).Abs() >= reloadEvery
}

// do does what is due.
func (c *chores) do(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, applyTimeout)
	defer cancel()
	now := c.store.cfg.Now()
	if c.prunes() {
		if err := c.store.ledger.prune(ctx, now.Add(-c.store.cfg.KeepNetworks), now.Add(-maxNetwork)); err != nil {
			return err
		}
		c.pruned = now
	}
	if c.reloads() {
		if err := c.store.reload(ctx); err != nil {
			return err
		}
		c.reloaded, c.asked = now, false
		if f := c.store.reread.Load(); f != nil {
			(*f)()
		}
	}
	return nil
}
