// Package bot plays Ionwake the way a person does: it looks at what its seat may
// see, makes up its mind a little late, moves a mouse and holds keys. The same
// pilots fill rooms, fly for the load generator and oppose the learner.
//
// Everything is integer arithmetic and draws from the pilot's own random source:
// the same views give the same inputs on every CPU.
package bot

import (
	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

// The speeds a pilot wants, in Units per tick.
const (
	cruise = 11 * sim.One / 2 // about a Dart's top speed
	rush   = 7 * sim.One      // more than there is: full thrust all the way
)

// Pilot is one bot. It must be used by one goroutine at a time; the zero Pilot is
// not ready, see New.
type Pilot struct {
	skill skill
	rand  sim.Rand
	now   uint32 // sends since it was made

	arena *sim.Arena
	alive bool
	held  sim.Input

	eye    eye
	hand   hand
	keys   keys
	dodge  dodge
	route  route
	refuge refuge
	fight  fight
	roam   roam

	scared bool // breaks off until rested
	saving bool // holds its fire until there is energy again
}

// New returns a pilot that plays at the given level; levels out of range count as
// the nearest. Pilots of one level and different seeds differ a little in
// character.
func New(seed uint64, level Level) *Pilot {
	p := &Pilot{skill: skills[level.row()], rand: sim.Rand(seed)}
	p.skill.near += spreadUnits(&p.rand, 50*sim.One)
	p.skill.scared += spread(&p.rand, 600)
	p.skill.error += spread(&p.rand, p.skill.error/5)
	return p
}

// Think takes in what is seen and returns what the player self holds until the
// next call. It is meant to be called once per send, about 30 times a second; its
// work is bounded whatever the view holds, but for a look at each ship and bolt,
// and it never allocates.
func (p *Pilot) Think(v *belief.View, self sim.PlayerID) sim.Input {
	p.now++
	me := v.Ship(self)
	if me == nil {
		p.alive, p.held.Buttons = false, 0
		return p.held
	}
	if !p.alive || p.arena != v.Arena {
		p.wake(v.Arena, me)
	}
	p.eye.watch(v, me, p.now)
	if p.now%2 == 0 {
		p.dodge.watch(v, me, &p.skill, p.now, &p.rand)
	}
	p.judge(me)
	want := p.steer(me)
	p.route.think()
	mark, shoot := p.aim(me, want, v.Match.Phase)
	p.keys.fly(me.Vel, want, p.dodge.active(p.now), p.now, &p.rand)
	p.keys.shoot(shoot, p.now)
	p.held = sim.Input{
		Buttons: p.keys.held(),
		Aim:     p.hand.point(mark, &p.skill, p.now, &p.rand),
	}
	return p.held
}

// wake begins a new life.
func (p *Pilot) wake(a *sim.Arena, me *sim.Ship) {
	p.alive, p.arena = true, a
	p.scared, p.saving = false, false
	p.eye = eye{on: sim.NoPlayer}
	p.keys = keys{turned: p.now, pulled: p.now}
	p.dodge.until, p.refuge.until, p.fight.until = 0, 0, 0
	p.roam = roam{mark: me.Held.Aim}
	p.hand.rest(me.Held.Aim)
	p.route.drop()
}

// judge decides whether there is energy enough to stay and to shoot.
func (p *Pilot) judge(me *sim.Ship) {
	s := &p.skill
	switch {
	case me.Energy < s.scared:
		p.scared = true
	case me.Energy > s.rested:
		p.scared = false
	}
	switch {
	case me.Energy < s.thrift:
		p.saving = true
	case me.Energy > s.thrift+1500:
		p.saving = false
	}
}

// steer returns the velocity that is wanted now.
func (p *Pilot) steer(me *sim.Ship) sim.Vec {
	e := &p.eye
	switch {
	case p.dodge.active(p.now):
		return p.dodge.way
	case p.scared && e.on != sim.NoPlayer:
		return p.flee(me)
	case e.sight && within(e.ship.Pos.Sub(me.Pos), p.skill.gun+80*sim.One):
		p.route.drop()
		return p.duel(me)
	case e.on != sim.NoPlayer:
		return p.travel(me, e.ship.Pos)
	default:
		return p.wander(me)
	}
}

// spreadUnits is spread for lengths.
func spreadUnits(r *sim.Rand, limit sim.Unit) sim.Unit { return sim.Unit(spread(r, int32(limit))) }
