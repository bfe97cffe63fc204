package bot

import "ionwake/shared/sim"

// aim returns where the hand should point and whether the trigger should be held.
func (p *Pilot) aim(me *sim.Ship, want sim.Vec, phase sim.Phase) (mark sim.Angle, shoot bool) {
	e := &p.eye
	if e.on == sim.NoPlayer || !e.knows(&p.skill, p.now) || !within(e.ship.Pos.Sub(me.Pos), screen) {
		return p.glance(want), false
	}
	seen := e.recall(&p.skill, p.now)
	shot := &sim.Shots[sim.Hulls[me.Hull].Primary.Shot]
	at := intercept(me.Pos, seen, shot.Speed, p.skill.lead)
	mark = at.Sub(me.Pos).Angle()
	if !e.sight || phase == sim.Results || e.ship.Shield > 15 {
		return mark, false
	}
	return mark, p.worthwhile(me, shot) && p.onMark(me, at, mark) && sees(p.arena, me.Pos, at)
}

// worthwhile reports whether a shot is worth its energy.
func (p *Pilot) worthwhile(me *sim.Ship, shot *sim.Shot) bool {
	cost := sim.Hulls[me.Hull].Primary.Cost
	if p.eye.ship.Energy <= 2*shot.Damage {
		return me.Energy > 3*cost // one or two more and it is over
	}
	return !p.saving && !p.scared
}

// onMark reports whether the hand points close enough to the mark, and that near
// enough, for a shot to have a chance.
func (p *Pilot) onMark(me *sim.Ship, at sim.Vec, mark sim.Angle) bool {
	far := at.Sub(me.Pos).Len()
	if far > p.skill.gun {
		return false
	}
	// A ship's disc seen from afar, in angle steps (163 to the radian).
	slack := 163 * 24 * sim.One / max(far, 24*sim.One)
	if p.keys.fire {
		slack *= 2 // a burst goes on
	}
	off := sim.Angle(p.hand.at / finer).Delta(mark)
	return sim.Unit(max(off, -off)) <= slack
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
