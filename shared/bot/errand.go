package bot

import (
	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// errand is what a pilot is out for besides fighting: what the mode is about, or a
// pick-up.
type errand struct {
	kind  task
	at    sim.Vec
	leash sim.Unit // enemies farther from at are let be; 0: none are
	until uint32   // the send of the next thought about it

	duty bool   // comes before a fight
	mood uint32 // the send of the next draw of duty
	idle uint32 // the send since which a defender has seen nobody
	out  uint32 // the send until which a bored one is out

	laned   bool    // via is drawn
	via     sim.Vec // the way of this life to the other side
	charge  uint32  // the send at which it goes on from there alone
	charges bool    // it does
}

// task is a kind of errand.
type task uint8

const (
	none  task = iota
	fetch      // be at the place once: a pick-up, the own core
	steal      // the same, where the enemy will not have it
	carry      // bring home what is aboard
	hunt       // stop who is about there with the own core
	hold       // stay within reach of the beacon there
	watch      // stay about the place
)

// urgent reports whether it is worth a dash.
func (e *errand) urgent() bool { return e.kind == steal && e.duty || e.kind == hunt }

// plan thinks about the errand, a few times a second.
func (p *Pilot) plan(v *belief.View, me *sim.Ship) {
	e := &p.errand
	if p.now < e.until && e.kind != carry {
		return
	}
	e.until = p.now + 7
	if p.now >= e.mood {
		e.duty = p.rand.Intn(256) < p.skill.duty
		e.mood = p.now + 90 + uint32(p.rand.Intn(90))
	}
	e.kind, e.leash = none, 0
	if v.Match.Phase == sim.Live && len(v.Objectives) > 0 {
		switch v.Objectives[0].Kind {
		case sim.Core:
			p.relay(v, me)
		case sim.Beacon:
			p.beacon(v, me)
		}
	}
	if e.kind != carry {
		p.shop(v, me)
	}
}

// shop thinks of a pick-up that is worth the way, instead of what e is.
func (p *Pilot) shop(v *belief.View, me *sim.Ship) {
	patience := 560 * sim.One
	switch {
	case p.scared:
		patience = 700 * sim.One
	case p.eye.sight:
		patience = 220 * sim.One
	case p.errand.kind != none:
		patience = 260 * sim.One
	}
	at, far, found := p.wanted(v, me, patience)
	if !found {
		return
	}
	if e := &p.errand; e.kind != none && e.duty && far > patience/2 && !p.scared {
		return
	}
	p.errand.kind, p.errand.at, p.errand.leash = fetch, at, 0
}

// wanted returns the nearest pick-up in sight, at most patience away, that is of
// use to me.
func (p *Pilot) wanted(v *belief.View, me *sim.Ship, patience sim.Unit) (at sim.Vec, far sim.Unit, found bool) {
	far = patience
	for i := range min(len(v.Items), len(v.Arena.Items)) {
		it := &v.Items[i]
		pos := v.Arena.Items[i].Pos
		gap := pos.Sub(me.Pos)
		if absolute(gap.X) > far || absolute(gap.Y) > far || !p.wants(me, it.Kind) {
			continue
		}
		length := gap.Len()
		// What will be there when I am is as good as there.
		if length >= far || it.Back != 0 && it.Back > v.Tick+sim.Tick(length/(4*sim.One)) {
			continue
		}
		if p.now < p.roam.spoilt && pos == p.roam.spoil || !passable(p.arena, me.Pos, pos) {
			continue
		}
		at, far, found = pos, length, true
	}
	return at, far, found
}

// wants reports whether a pick-up of kind k is of use to me.
func (p *Pilot) wants(me *sim.Ship, k sim.ItemKind) bool {
	if k == sim.Surge {
		return me.Energy < p.craft.hull.EnergyMax*2/3
	}
	return me.Boost == sim.NoItem
}
