package gate

import (
	"net/netip"
	"sync"
)

// capLimits bound a table of places. A fresh place is one whose holder has not yet shown who it is.
type capLimits struct {
	all, per        int // places in all, and of one prefix
	fresh, freshPer int // fresh ones in all, and of one prefix
}

// caps counts places by address prefix. A prefix is in the table while it holds a place and no longer, so the table is never larger than the
// number of places given, nothing is ever evicted, and a flood from many addresses cannot make it forget one that is being held to its cap.
type caps struct {
	limits capLimits

	mu    sync.Mutex
	all   int
	fresh int
	by    map[netip.Prefix]*tally
}

type tally struct{ all, fresh int }

func newCaps(limits capLimits) *caps {
	return &caps{limits: limits, by: make(map[netip.Prefix]*tally)}
}

// verdict is what came of asking for a place.
type verdict uint8

const (
	welcome    verdict = iota
	fullPrefix         // this prefix holds as many as it may
	fullServer         // everybody together does
)

// place is what a connection holds in the table from enter to leave. The zero prefix is counted in all and not by prefix.
type place struct {
	caps   *caps
	prefix netip.Prefix
	fresh  bool // guarded by caps.mu, as is gone
	gone   bool
}

// enter asks for a fresh place.
func (t *caps) enter(prefix netip.Prefix) (*place, verdict) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.all >= t.limits.all || t.fresh >= t.limits.fresh {
		return nil, fullServer
	}
	if prefix.IsValid() {
		n := t.by[prefix]
		if n == nil {
			n = new(tally)
			t.by[prefix] = n
		}
		if n.all >= t.limits.per || n.fresh >= t.limits.freshPer {
			return nil, fullPrefix
		}
		n.all++
		n.fresh++
	}
	t.all++
	t.fresh++
	return &place{caps: t, prefix: prefix, fresh: true}, welcome
}

// settle makes the place one of somebody known. Again is nothing.
func (p *place) settle() {
	p.caps.mu.Lock()
	defer p.caps.mu.Unlock()
	p.settleLocked()
}

func (p *place) settleLocked() {
	if !p.fresh {
		return
	}
	p.fresh = false
	p.caps.fresh--
	if n := p.caps.by[p.prefix]; n != nil {
		n.fresh--
	}
}

// leave gives the place back. Again is nothing.
func (p *place) leave() {
	p.caps.mu.Lock()
	defer p.caps.mu.Unlock()
	if p.gone {
		return
	}
	p.settleLocked()
	p.gone = true
	p.caps.all--
	if n := p.caps.by[p.prefix]; n != nil {
		if n.all--; n.all == 0 {
			delete(p.caps.by, p.prefix)
		}
	}
}

// count gives places in all and fresh ones.
func (t *caps) count() (all, fresh int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.all, t.fresh
}
