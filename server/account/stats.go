package account

import "time"

// Stats say how the accounts are.
type Stats struct {
	Waiting      int           // records that are in memory only and not acknowledged
	Pending      int           // acknowledged records that the database does not have yet
	Oldest       time.Duration // age of the oldest of those
	JournalBytes int64
	Visits       int // that the database does not have yet
	InForce      int // bans and mutes

	Accepted uint64 // records since the start, those of the journal at the start included
	Applied  uint64 // of those, how many the database has
	Refused  uint64 // matches that were impossible
	Lost     uint64 // records that were turned away because too many waited
	SetAside uint64 // records that the database will never take

	JournalTrouble  string    // what the disk says; "": nothing is wrong
	DatabaseTrouble string    // what the database says; "": nothing is wrong
	Since           time.Time // when the older of the two began
}

// Stats returns how the accounts are. It does not block.
func (s *Store) Stats() Stats {
	var st Stats
	var oldest time.Time
	st.Waiting, st.Pending, oldest = s.queue.backlog()
	if !oldest.IsZero() {
		st.Oldest = s.cfg.Now().Sub(oldest)
	}
	st.Accepted, st.Applied, _ = s.queue.progress()
	st.Visits = s.visits.count()
	st.InForce = s.docket.count()
	st.JournalBytes = s.journal.bytes.Load()
	s.trouble.tell(&st)
	return st
}
