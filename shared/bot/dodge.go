package bot

import (
	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

const (
	alarm    = 260 * sim.One // bolts farther away are nobody's worry
	horizon  = 26            // ticks ahead that a person looks
	tooClose = 30 * sim.One  // a bolt that passes this near is dodged
)

// dodge is a sidestep out of the way of a bolt.
type dodge struct {
	way   sim.Vec     // where to, as a velocity
	until uint32      // the send at which it is over
	last  sim.BoltKey // the bolt last thought about: each gets one chance
}

// active reports whether the sidestep is on.
func (d *dodge) active(now uint32) bool { return now < d.until }

// watch looks for a bolt that would hit me, and perhaps sidesteps it.
func (d *dodge) watch(v *belief.View, me *sim.Ship, s *skill, now uint32, r *sim.Rand) {
	b := threat(v, me, sim.Tick(s.reaction*ticksPer))
	if b == nil || b.Key() == d.last {
		return
	}
	d.last = b.Key()
	if r.Intn(256) >= s.evasion {
		return
	}
	// To the side of the bolt's path that me is on already.
	away := sim.Vec{X: -b.Vel.Y, Y: b.Vel.X}
	if me.Pos.Sub(b.Pos).Dot(away) < 0 {
		away = sim.Vec{X: b.Vel.Y, Y: -b.Vel.X}
	}
	d.way = toward(away, cruise)
	d.until = now + 6 + uint32(r.Intn(4))
}

// threat returns the bolt that would soonest pass too close to me, or nil. Bolts
// younger than age are not noticed yet.
func threat(v *belief.View, me *sim.Ship, age sim.Tick) *sim.Bolt {
	var worst *sim.Bolt
	soonest := int64(horizon)
	for _, c := range v.Cells {
		for i := range c.Bolts {
			b := &c.Bolts[i]
			gap := me.Pos.Sub(b.Pos)
			if gap.X > alarm || gap.X < -alarm || gap.Y > alarm || gap.Y < -alarm || b.Owner == me.ID ||
				sim.Tick(sim.Shots[b.Kind].Life-b.Life) < age {
				continue
			}
			if ticks, hits := meeting(gap, b.Vel.Sub(me.Vel)); hits && ticks < soonest {
				worst, soonest = b, ticks
			}
		}
	}
	return worst
}

// meeting returns in how many ticks something that closes a gap at the given
// speed is nearest, and whether that is too close.
func meeting(gap, speed sim.Vec) (ticks int64, hits bool) {
	towards, speed2 := gap.Dot(speed), speed.Len2()
	if towards <= 0 || speed2 == 0 {
		return 0, false
	}
	ticks = towards / speed2
	miss := gap.Sub(sim.Vec{X: speed.X * sim.Unit(min(ticks, horizon)), Y: speed.Y * sim.Unit(min(ticks, horizon))})
	return ticks, ticks < horizon && within(miss, tooClose)
}
