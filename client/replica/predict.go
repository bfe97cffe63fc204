package replica

import (
	"time"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// proof checks, send by send, that the own ship went where the rules alone send
// it, given the inputs the server used. Where it did not, somebody must have
// touched it, or the server blessed it: with a wake, a pick-up, a core. If not, that
// is a bug, and it is counted.
type proof struct {
	walked  bool // the ship has been followed through a send of the frame
	byRules bool // through all of them, and always went by the rules
	strange int  // sends in which it went elsewhere, and nothing explains it
}

func (p *proof) forget() { *p = proof{} }

func (p *proof) begin() { *p = proof{byRules: true} }

// follow looks at one send, so many before the newest, of the cell just applied, if
// the own ship, as it was before, was in that cell.
func (p *proof) follow(r *Replica, was sim.Ship, back int) {
	held, in := r.codec.Watched()
	if !in {
		return
	}
	begun := r.tick - sim.Tick((back+1)*r.interval)
	for i, in := range held[:r.interval] {
		was.Held = in
		r.born = was.Advance(r.arena, r.born[:0])
		for j := range r.born {
			r.effect.holds(shotEffect(&r.born[j]), shotName(&r.born[j]), begun+sim.Tick(i+1))
		}
	}
	p.walked = true
	is := r.cellShip(was.ID)
	if is == nil || was == *is {
		p.byRules = p.byRules && is != nil
		return
	}
	p.byRules = false
	if !r.touched() && !r.blessed(&was, is) && !r.crowded(is) {
		p.strange++
	}
}

// touched reports whether somebody touched the own ship in the send just applied.
func (r *Replica) touched() bool {
	for _, n := range r.codec.Notes() {
		switch n.Kind {
		case belief.Struck, belief.Stopped:
			if n.Ship == r.welcome.ID {
				return true
			}
		case belief.Bumped:
			if n.Ship == r.welcome.ID || n.By == r.welcome.ID {
				return true
			}
		case belief.Entered:
			return true // and may have acted in the same tick
		}
	}
	return false
}

// blessed reports whether what the server gives and takes of its own explains that
// a ship is not as the rules alone make it: a wake, a pick-up, a core.
func (r *Replica) blessed(rules, is *sim.Ship) bool {
	for i := range r.frame.Deeds {
		if r.frame.Deeds[i].Who == is.ID {
			return true
		}
	}
	return rules.Drafts != is.Drafts
}

// reconcile compares the new truth about the own ship with what was foreseen, and
// starts the picture again from it.
func (r *Replica) reconcile(now time.Duration) {
	if r.cfg.Crowd != nil {
		r.compare(r.own())
		r.ahead.alone.stale = true
		return
	}
	r.melt.keep(r, now)
	r.compare(r.own())
	r.effect.born(r, r.passed)
	r.effect.dashes(r, r.passed)
	r.rebuild()
	r.effect.settle(r.tick)
	r.melt.take(r, now)
	r.grave.dig(r, now)
	r.effect.deaths(r)
	r.effect.phases(r)
}

// compare holds the own ship as believed, nil if there is none, against what the
// server says of it and against what was foreseen.
func (r *Replica) compare(truth *sim.Ship) {
	own := &r.frame.Own
	if own.HasShip != (truth != nil) || truth != nil && wire.OwnHash(truth.Hash()) != own.Hash {
		r.net.view.StateMismatches++
	}
	if truth != nil {
		r.judge(truth)
	}
}

// judge says why the own ship is not where it was foreseen, if it is not.
func (r *Replica) judge(truth *sim.Ship) {
	p := &r.proof
	if p.strange > 0 && !r.board.phase.began { // a match that begins gives everybody a new ship
		r.net.view.Mispredictions += p.strange
	}
	f := &r.ahead.past[r.tick%historyTicks]
	if f.tick != r.tick || f.ship.ID != truth.ID {
		return // not foreseen: it has just entered
	}
	r.net.view.Judged++
	if f.ship == *truth {
		return
	}
	if p.walked && p.byRules {
		r.net.view.Late++
	}
	r.net.view.Corrections = f.ship.Pos.Sub(truth.Pos).Len().Float()
}

// crowded reports whether anything that could have touched s is near it. Beyond the
// borders of a cell nobody can tell what was done, and a beam reaches far.
func (r *Replica) crowded(s *sim.Ship) bool {
	near := 96 * sim.One
	if len(r.cells) > 1 {
		near = 700 * sim.One
	}
	for i := range r.cells {
		for j := range r.cells[i].Ships {
			o := &r.cells[i].Ships[j]
			if o.ID != s.ID && o.Pos.Sub(s.Pos).Len2() < int64(near)*int64(near) {
				return true
			}
		}
		for j := range r.cells[i].Bolts {
			b := &r.cells[i].Bolts[j]
			if b.Owner != s.ID && b.Pos.Sub(s.Pos).Len2() < int64(near)*int64(near) {
				return true
			}
		}
	}
	return false
}
