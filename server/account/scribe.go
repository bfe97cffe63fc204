package account

import "time"

// Back-off of both goroutines after an error.
const (
	backOffFirst = 50 * time.Millisecond
	backOffMost  = 2 * time.Second
)

// scribe writes what was accepted to the journal and says so to who handed it in,
// until there is nothing more after Close, or nobody waits any more.
func (s *Store) scribe() {
	defer close(s.scribed)
	for pause := backOffFirst; ; {
		batch, closed := s.queue.unwritten()
		if len(batch) == 0 {
			if closed {
				return
			}
			<-s.queue.toScribe
			continue
		}
		err := s.journal.append(batch, func() { s.queue.written(len(batch)) })
		s.trouble.journal(err, s.queue)
		if err == nil {
			acknowledge(batch, nil)
			pause = backOffFirst
			continue
		}
		if !s.pause(pause) {
			rest, _ := s.queue.unwritten()
			acknowledge(rest, err)
			return
		}
		pause = min(2*pause, backOffMost)
	}
}

func acknowledge(entries []*entry, err error) {
	for _, e := range entries {
		if e.acked != nil {
			e.acked(err)
			e.acked = nil
		}
	}
}

// pause waits and reports whether there is still somebody who waits for the store.
func (s *Store) pause(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-s.hurry.Done():
		return false
	}
}
