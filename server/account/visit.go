package account

import (
	"net/netip"
	"sync"
	"time"
)

// visit is that somebody was here. Of several of one person the newest counts.
type visit struct {
	player  Person
	name    string
	network netip.Prefix // truncated; zero: unknown
	at      time.Time
	times   int
}

// maxVisits bounds the persons whose visits wait for the database. Others are not
// noted: a visit is worth less than the memory that a flood of them could take.
const maxVisits = 10_000

// visits are those that the database does not have yet. They are not in the journal:
// a crash may lose them.
type visits struct {
	mu  sync.Mutex
	all map[Person]visit
}

// Seen notes that a person came in under a name and from an address, of which only the
// network is kept (see Truncate), and not for longer than Config.KeepNetworks. It does
// not block. What is noted may be lost in a crash.
func (s *Store) Seen(p Person, name string, addr netip.Addr) {
	if p.IsZero() {
		return
	}
	s.visits.add(visit{p, tidy(name, maxName), Truncate(addr), s.cfg.Now(), 1})
}

// Truncate returns the network that is kept of an address: /24 of IPv4 and /48 of IPv6,
// which tell a neighbourhood and not a household. It is zero for what is no address,
// and for those of this machine.
func Truncate(a netip.Addr) netip.Prefix {
	a = a.Unmap().WithZone("")
	if !a.IsValid() || a.IsLoopback() || a.IsUnspecified() {
		return netip.Prefix{}
	}
	bits := 48
	if a.Is4() {
		bits = 24
	}
	network, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // not possible: the lengths fit
	}
	return network
}

func (v *visits) add(n visit) {
	v.mu.Lock()
	defer v.mu.Unlock()
	old, known := v.all[n.player]
	if !known && len(v.all) >= maxVisits {
		return
	}
	if v.all == nil {
		v.all = make(map[Person]visit)
	}
	times := old.times + n.times
	if old.at.After(n.at) {
		n = old
	}
	n.times = times
	v.all[n.player] = n
}

func (v *visits) count() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.all)
}

func (v *visits) any() bool { return v.count() > 0 }

// take returns all and leaves none.
func (v *visits) take() []visit {
	v.mu.Lock()
	defer v.mu.Unlock()
	list := make([]visit, 0, len(v.all))
	for _, n := range v.all {
		list = append(list, n)
	}
	v.all = nil
	return list
}

// giveBack takes list in again, because the database did not.
func (v *visits) giveBack(list []visit) {
	for _, n := range list {
		v.add(n)
	}
}

// forget drops what is noted of a person.
func (v *visits) forget(p Person) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.all, p)
}
