package admin

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Accounts are the figures of what is kept of results and people.
type Accounts struct {
	Waiting      int           // records that are in memory only
	Pending      int           // acknowledged ones that the database does not have yet
	Oldest       time.Duration // age of the oldest of those
	JournalBytes int64
	InForce      int // bans and mutes

	Accepted, Applied uint64 // records
	Refused           uint64 // matches that were impossible
	Lost              uint64 // records for which there was no room
	SetAside          uint64 // records that the database will never take

	JournalFails, DatabaseFails bool // now
}

// accounts tells how the accounts are, if there are any.
func (s sink) accounts(a *Accounts) {
	if a == nil {
		return
	}
	s.gauge("ionwake_account_waiting", "Records that are in memory only.", a.Waiting)
	s.gauge("ionwake_account_pending", "Records in the journal that the database does not have yet.", a.Pending)
	s.put(prometheus.GaugeValue, "ionwake_account_pending_age_seconds", "Age of the oldest record that the database does not have yet.", a.Oldest.Seconds(), nil)
	s.gauge("ionwake_account_journal_bytes", "Size of the journal.", int(a.JournalBytes))
	s.gauge("ionwake_account_sanctions", "Bans and mutes in force.", a.InForce)
	s.counter("ionwake_account_accepted_total", "Records taken, those of the journal at the start included.", a.Accepted)
	s.counter("ionwake_account_applied_total", "Of those, records that the database has.", a.Applied)
	s.counter("ionwake_account_refused_total", "Matches that were impossible.", a.Refused)
	s.counter("ionwake_account_lost_total", "Records turned away because too many waited.", a.Lost)
	s.counter("ionwake_account_set_aside_total", "Records that the database will never take.", a.SetAside)
	const fails, failsHelp = "ionwake_account_failing", "1 while the part does not take what it is given."
	s.gauge(fails, failsHelp, oneIf(a.JournalFails), "part", "journal")
	s.gauge(fails, failsHelp, oneIf(a.DatabaseFails), "part", "database")
}

func oneIf(is bool) int {
	if is {
		return 1
	}
	return 0
}
