package bot

import "ionwake/shared/sim"

// aim returns where the hand should point and whether the primary should be used.
func (p *Pilot) aim(me *sim.Ship, want sim.Vec, phase sim.Phase) (mark sim.Angle, shoot bool) {
	e := &p.eye
	if e.on == sim.NoPlayer || !e.knows(&p.skill, p.now) || !within(e.ship.Pos.Sub(me.Pos), screen) {
		return p.glance(want), false
	}
	seen := e.recall(&p.skill, p.now)
	shot := &sim.Shots[p.craft.hull.Primary.Shot]
	speed := shot.Speed
	if shot.Reach > 0 {
		speed = 0 // it is there at once
	}
	at := intercept(me.Pos, seen, speed, p.skill.lead)
	mark = at.Sub(me.Pos).Angle()
	if !e.sight || phase == sim.Results || p.spared(me) {
		return mark, false
	}
	return mark, p.worthwhile(me, shot) && p.onMark(me, at, mark) && sees(p.arena, me.Pos, at)
}

// spared reports whether shots at the watched ship, or from here, are for nothing.
func (p *Pilot) spared(me *sim.Ship) bool {
	s := &p.eye.ship
	return s.Shield > 15 || !s.Shoots(p.arena) || !me.Shoots(p.arena)
}

// worthwhile reports whether a shot is worth its energy.
func (p *Pilot) worthwhile(me *sim.Ship, shot *sim.Shot) bool {
	cost := p.craft.hull.Primary.Cost
	if p.eye.ship.Energy <= 2*(shot.Damage+shot.SplashDamage/2) {
		return me.Energy > 3*cost // one or two more and it is over
	}
	if p.eye.ship.Carries || me.Carries {
		return me.Energy > 4*cost
	}
	return !p.saving && !p.scared
}

// onMark reports whether the guns point, as far as the pilot can tell, close enough
// to the mark, and that is near enough, for a shot to have a chance.
func (p *Pilot) onMark(me *sim.Ship, at sim.Vec, mark sim.Angle) bool {
	far := at.Sub(me.Pos).Len()
	if far > p.craft.gun {
		return false
	}
	shot := &sim.Shots[p.craft.hull.Primary.Shot]
	if shot.Reach > 0 && me.Reload > 2 {
		return false
	}
	// A ship's disc seen from afar, in angle steps (163 to the radian).
	width := 24*sim.One + shot.Splash/3
	if shot.Reach > 0 {
		width = 17 * sim.One
	}
	slack := 163 * width / max(far, width)
	if p.keys.fire && shot.Reach == 0 {
		slack *= 2 // a burst goes on
	}
	off := p.guns(me).Delta(mark)
	return sim.Unit(max(off, -off)) <= slack
}

// guns returns where the guns will point in a tick, less the error of the hand,
// of which the pilot does not know.
func (p *Pilot) guns(me *sim.Ship) sim.Angle {
	hand := sim.Angle(p.hand.at / finer)
	off := me.Aim.Delta(hand)
	turn := p.craft.hull.Turn
	return me.Aim.Turn(min(max(off, -turn), turn)).Turn(int(-p.hand.drift / finer))
}

// glance returns where to look while there is nothing to shoot at: ahead, mostly.
func (p *Pilot) glance(want sim.Vec) sim.Angle {
	r := &p.roam
	if p.now >= r.look {
		r.mark = want.Angle().Turn(int(spread(&p.rand, 60)))
		r.look = p.now + 10 + uint32(p.rand.Intn(25))
	}
	return r.mark
}
