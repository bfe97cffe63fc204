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

// Pilot is one bot. It flies whatever hull it finds itself in and plays every mode.
// It must be used by one goroutine at a time; the zero Pilot is not ready, see New.
type Pilot struct {
	skill    skill
	nearness sim.Unit // how much farther than others it keeps
	rand     sim.Rand
	now      uint32 // sends since it was made

	arena *sim.Arena
	craft craft
	alive bool
	held  sim.Input
	cell  int // where in the view the own ship was

	eye    eye
	hand   hand
	keys   keys
	dodge  dodge
	tricks tricks
	errand errand
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
	p.nearness = spreadUnits(&p.rand, 50*sim.One)
	p.skill.scared += spread(&p.rand, 12)
	p.skill.error += spread(&p.rand, p.skill.error/5)
	return p
}

// Think takes in what is seen and returns what the player self holds until the
// next call. It is meant to be called once per send, about 30 times a second; its
// work is bounded whatever the view holds, but for a look at each ship and bolt,
// and it never allocates.
func (p *Pilot) Think(v *belief.View, self sim.PlayerID) sim.Input {
	p.now++
	me := find(v, self, &p.cell)
	if me == nil {
		p.alive, p.held.Buttons = false, 0
		return p.held
	}
	if !p.alive || p.arena != v.Arena {
		p.wake(v.Arena, me)
	}
	p.watch(v, me)
	if p.now%2 == 0 {
		p.mind(v, me)
	}
	p.judge(me)
	p.plan(v, me)
	want := p.steer(me)
	p.route.think()
	mark, shoot := p.aim(me, want, v.Match.Phase)
	p.keys.fly(me.Vel, want.Add(against(p.arena, me.Pos)), p.dodge.active(p.now), p.now, &p.rand)
	p.keys.shoot(shoot, p.now)
	p.keys.second(p.second(me, v.Match.Phase), p.now)
	if p.dashes(me, want) {
		p.keys.burst(p.now)
	}
	p.held = sim.Input{
		Buttons: p.keys.held(p.now),
		Aim:     p.hand.point(mark, &p.skill, p.now, &p.rand),
	}
	return p.held
}

// wake begins a new life.
func (p *Pilot) wake(a *sim.Arena, me *sim.Ship) {
	p.alive, p.arena = true, a
	p.craft = p.skill.fit(me.Hull, p.nearness)
	p.scared, p.saving = false, false
	p.eye = eye{on: sim.NoPlayer}
	p.keys = keys{turned: p.now, pulled: p.now, raised: p.now}
	p.tricks = tricks{second: p.now, dash: p.now, guard: p.now}
	p.dodge = dodge{ticks: horizon}
	p.errand = errand{until: p.now, mood: p.now, idle: p.now}
	p.refuge, p.fight.until = refuge{}, 0
	p.roam = roam{mark: me.Held.Aim}
	p.hand.rest(me.Held.Aim)
	p.route.drop()
}

// judge decides whether there is energy enough to stay and to shoot.
func (p *Pilot) judge(me *sim.Ship) {
	c := &p.craft
	scared, rested := c.scared, c.rested
	if p.errand.kind != none && p.errand.kind != fetch {
		scared, rested = scared/2, rested/2 // a life is not what counts
	}
	switch {
	case me.Energy < scared:
		p.scared = true
	case me.Energy > rested:
		p.scared = false
	}
	switch {
	case me.Energy < c.thrift:
		p.saving = true
	case me.Energy > c.thrift+c.hull.EnergyMax/8:
		p.saving = false
	}
	r := &p.refuge
	switch {
	case !p.arena.SafeAt(me.Pos):
		r.safe = p.now + 100
	case p.now > r.safe:
		p.scared = false // nobody rests for ever where nobody may come
	}
}

// spreadUnits is spread for lengths.
func spreadUnits(r *sim.Rand, limit sim.Unit) sim.Unit { return sim.Unit(spread(r, int32(limit))) }
