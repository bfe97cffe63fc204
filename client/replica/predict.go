package replica

import (
	"time"

	"ionwake/shared/belief"
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// proof checks, frame by frame, that the own ship went where the rules alone send
// it, given the inputs the server used. Where it did not, somebody must have
// touched it; if nobody was near, that is a bug, and it is counted.
type proof struct {
	ship    sim.Ship
	valid   bool // ship has been followed through every send of the frame
	walked  int
	touched bool
}

func (p *proof) forget() { *p = proof{} }

func (p *proof) begin(r *Replica) {
	*p = proof{}
	if s := r.own(); s != nil {
		p.ship, p.valid = *s, true
	}
}

// follow advances the ship through one send of the cell just applied, if it is in
// that cell.
func (p *proof) follow(r *Replica) {
	held, in := r.codec.Watched()
	if !in {
		return
	}
	for _, in := range held[:r.interval] {
		p.ship.Held = in
		p.ship.Advance(r.arena)
	}
	p.walked++
	for _, n := range r.codec.Notes() {
		if (n.Kind == belief.Struck || n.Kind == belief.Bumped) && (n.Ship == r.welcome.ID || n.By == r.welcome.ID && n.Kind == belief.Bumped) {
			p.touched = true
		}
	}
}

// reconcile compares the new truth about the own ship with what was foreseen, and
// starts the picture again from it.
func (r *Replica) reconcile(now time.Duration) {
	r.melt.keep(r, now)
	truth := r.own()
	own := &r.frame.Own
	if own.HasShip != (truth != nil) || truth != nil && wire.OwnHash(truth.Hash()) != own.Hash {
		r.net.view.StateMismatches++
	}
	if truth != nil {
		r.judge(truth)
	}
	r.rebuild()
	r.melt.take(r, now)
	r.effect.deaths(r)
}

// judge says why the own ship is not where it was foreseen, if it is not.
func (r *Replica) judge(truth *sim.Ship) {
	p := &r.proof
	if r.frame.HasMatch {
		p.touched = true // a match that begins puts a new ship in the old one's place
	}
	byRules := p.valid && p.walked > 0 && p.ship == *truth
	if p.valid && p.walked > 0 && !byRules && !p.touched && !r.crowded(truth) {
		r.net.view.Mispredictions++
	}
	f := &r.ahead.past[r.tick%historyTicks]
	if f.tick != r.tick || f.ship.ID != truth.ID {
		return // not foreseen: it has just entered
	}
	r.net.view.Judged++
	if f.ship == *truth {
		return
	}
	if byRules {
		r.net.view.Late++
	}
	r.net.view.Corrections = f.ship.Pos.Sub(truth.Pos).Len().Float()
}

// crowded reports whether anything that could have touched s is near it.
func (r *Replica) crowded(s *sim.Ship) bool {
	const near = 96 * sim.One
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
