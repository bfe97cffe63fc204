package bot

import (
	"ionwake/shared/belief"
	"ionwake/shared/sim"
)

const (
	alarm    = 280 * sim.One // bolts farther away are nobody's worry
	horizon  = 26            // ticks ahead that a person looks
	tooClose = 30 * sim.One  // a bolt that passes this near is dodged
	berth    = 190 * sim.One // mines are passed at this distance
)

// dodge is what flies around a ship, and a sidestep out of its way.
type dodge struct {
	way   sim.Vec     // where to, as a velocity
	until uint32      // the send at which it is over
	last  sim.BoltKey // the bolt last thought about: each gets one chance

	threat sim.Bolt // what will soonest hit
	ticks  int64    // in which it does; horizon: there is none
	mine   sim.Vec  // the nearest mine of others that is minded
	mined  bool     // there is one
	laid   int      // own mines in sight
}

// active reports whether the sidestep is on.
func (d *dodge) active(now uint32) bool { return now < d.until }

// mind looks at the bolts around, and perhaps sidesteps the one that would hit.
func (p *Pilot) mind(v *belief.View, me *sim.Ship) {
	d := &p.dodge
	d.look(v, me, &p.skill)
	if d.ticks >= horizon || d.threat.Key() == d.last {
		return
	}
	d.last = d.threat.Key()
	if p.rand.Intn(256) >= p.skill.evasion || p.shielded(me) {
		return
	}
	// To the side of the bolt's path that me is on already.
	b := &d.threat
	away := sim.Vec{X: -b.Vel.Y, Y: b.Vel.X}
	if me.Pos.Sub(b.Pos).Dot(away) < 0 {
		away = sim.Vec{X: b.Vel.Y, Y: -b.Vel.X}
	}
	if !sees(p.arena, me.Pos, me.Pos.Add(toward(away, 60*sim.One))) {
		away = sim.Vec{X: -away.X, Y: -away.Y}
	}
	d.way = toward(away, p.craft.cruise)
	d.until = p.now + 6 + uint32(p.rand.Intn(4))
}

// look finds what will soonest pass too close to me, and counts mines. Bolts younger
// than a reaction are not noticed yet.
func (d *dodge) look(v *belief.View, me *sim.Ship, s *skill) {
	age := sim.Tick(s.reaction * ticksPer)
	d.ticks, d.mined, d.laid = horizon, false, 0
	nearest := int64(berth) * int64(berth)
	for _, c := range v.Cells {
		for i := range c.Bolts {
			b := &c.Bolts[i]
			gap := me.Pos.Sub(b.Pos)
			if gap.X > alarm || gap.X < -alarm || gap.Y > alarm || gap.Y < -alarm {
				continue
			}
			if b.Owner == me.ID {
				if b.Kind == sim.Mine {
					d.laid++
				}
				continue
			}
			if b.Team.Mates(me.Team) || sim.Tick(sim.Shots[b.Kind].Life-b.Life) < age {
				continue
			}
			if b.Kind == sim.Mine {
				if far := gap.Len2(); far < nearest && s.minds(b) {
					nearest, d.mine, d.mined = far, b.Pos, true
				}
				continue
			}
			if ticks, hits := meeting(gap, b.Vel.Sub(me.Vel), tooClose+sim.Shots[b.Kind].Splash/4); hits && ticks < d.ticks {
				d.threat, d.ticks = *b, ticks
			}
		}
	}
}

// minds reports whether this mine is one that the pilot pays attention to: always
// the same answer for the same mine.
func (s *skill) minds(b *sim.Bolt) bool {
	return int(uint32(b.Key())*2654435761>>24) < s.evasion+40
}

// meeting returns in how many ticks something that closes a gap at the given
// speed is nearest, and whether that is closer than close.
func meeting(gap, speed sim.Vec, closer sim.Unit) (ticks int64, hits bool) {
	towards, speed2 := gap.Dot(speed), speed.Len2()
	if towards <= 0 || speed2 == 0 {
		return 0, false
	}
	ticks = towards / speed2
	miss := gap.Sub(sim.Vec{X: speed.X * sim.Unit(min(ticks, horizon)), Y: speed.Y * sim.Unit(min(ticks, horizon))})
	return ticks, ticks < horizon && within(miss, closer)
}
