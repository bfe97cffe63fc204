package account

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// maxInForce bounds the sanctions that are in force at a time.
const maxInForce = 10_000

// docket has the sanctions that are in force in memory, so that whoever comes in can
// be looked up without waiting for a database.
type docket struct {
	mu     sync.Mutex // held by who changes it
	all    map[string]Sanction
	newer  map[string]bool // sanctions that the database does not have yet
	lifted map[string]bool // lifts that the database does not have yet
	view   atomic.Pointer[docketView]
}

// docketView is what is looked up. It does not change once it is there.
type docketView struct {
	people   map[Person][]Sanction
	networks map[netip.Prefix][]Sanction
	bits     []int // lengths of the networks that there are, IPv4 and IPv6
}

func newDocket() *docket {
	d := &docket{all: make(map[string]Sanction), newer: make(map[string]bool), lifted: make(map[string]bool)}
	d.publish()
	return d
}

// add puts s in force. Those that are over make room.
func (d *docket) add(s Sanction, now time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.all) >= maxInForce {
		maps.DeleteFunc(d.all, func(_ string, s Sanction) bool { return !s.InForce(now) })
	}
	if len(d.all) >= maxInForce {
		return fmt.Errorf("%d sanctions are in force: %w", len(d.all), ErrFull)
	}
	d.all[s.ID], d.newer[s.ID] = s, true
	d.publish()
	return nil
}

// drop takes back what could not be kept.
func (d *docket) drop(id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.all, id)
	delete(d.newer, id)
	d.publish()
}

// lift ends a sanction and reports whether it was there.
func (d *docket) lift(id string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.all[id]; !ok {
		return false
	}
	delete(d.all, id)
	d.lifted[id] = true
	d.publish()
	return true
}

// stored says that the database has entries.
func (d *docket) stored(entries []*entry) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, e := range entries {
		if e.rec.Sanction != nil {
			delete(d.newer, e.rec.Sanction.ID)
		}
		if e.rec.Lift != nil {
			delete(d.lifted, e.rec.Lift.ID)
		}
	}
}

// merge takes over what the database has in force. What it does not know of yet stays
// as it is.
func (d *docket) merge(inForce []Sanction) {
	d.mu.Lock()
	defer d.mu.Unlock()
	maps.DeleteFunc(d.all, func(id string, _ Sanction) bool { return !d.newer[id] })
	for _, s := range inForce {
		if !d.lifted[s.ID] && len(d.all) < maxInForce {
			d.all[s.ID] = s
		}
	}
	d.publish()
}

// replay brings in what a journal remembers and then what happened since.
func (d *docket) replay(inForce []Sanction, entries []*entry, now time.Time) {
	d.merge(inForce)
	for _, e := range entries {
		switch {
		case e.rec.Sanction != nil:
			_ = d.add(*e.rec.Sanction, now) // it was in force before, so there is room
		case e.rec.Lift != nil:
			d.lift(e.rec.Lift.ID)
		}
	}
}

// publish makes what there is the view; d.mu is held.
func (d *docket) publish() {
	v := &docketView{people: make(map[Person][]Sanction), networks: make(map[netip.Prefix][]Sanction)}
	for _, s := range d.all {
		if s.Network.IsValid() {
			v.networks[s.Network] = append(v.networks[s.Network], s)
			if !slices.Contains(v.bits, s.Network.Bits()) {
				v.bits = append(v.bits, s.Network.Bits())
			}
		} else {
			v.people[s.Person] = append(v.people[s.Person], s)
		}
	}
	d.view.Store(v)
}

func (d *docket) find(k Kind, p Person, addr netip.Addr, now time.Time) (longest Sanction, found bool) {
	v := d.view.Load()
	look := func(list []Sanction) {
		for _, s := range list {
			if s.Kind == k && s.InForce(now) && (!found || s.outlasts(&longest)) {
				longest, found = s, true
			}
		}
	}
	if !p.IsZero() {
		look(v.people[p])
	}
	addr = addr.Unmap().WithZone("")
	for _, bits := range v.bits {
		if network, err := addr.Prefix(bits); err == nil && addr.IsValid() {
			look(v.networks[network])
		}
	}
	return longest, found
}

// outlasts reports whether s is longer than o in force.
func (s *Sanction) outlasts(o *Sanction) bool {
	return !o.Until.IsZero() && (s.Until.IsZero() || s.Until.After(o.Until))
}

func (d *docket) inForce(now time.Time) []Sanction {
	d.mu.Lock()
	defer d.mu.Unlock()
	list := make([]Sanction, 0, len(d.all))
	for _, s := range d.all {
		if s.InForce(now) {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b Sanction) int {
		if c := b.Began.Compare(a.Began); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return list
}

func (d *docket) count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.all)
}

// blank takes the name of a person out of what is said about them.
func (d *docket) blank(p Person) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for id, s := range d.all {
		if s.Person == p {
			s.Name = ""
			d.all[id] = s
		}
	}
	d.publish()
}
