package bot

import "ionwake/shared/sim"

// finer is the resolution of a hand: a full turn is 65536, an angle step 64.
const finer = 65536 / sim.AngleSteps

// friction is how far off, in 1/64 angle steps, a resting hand may be before it
// moves: about two degrees.
const friction = 5 * finer

// hand moves the aim the way a hand moves a mouse: it is pulled towards its mark,
// gains speed, overshoots a little, comes back, and is never quite still.
type hand struct {
	aim   sim.Angle // what it pointed at last
	at    uint16    // where it points, in 1/64 angle steps; wraps like a turn
	speed int32     // per send
	drift int32     // how far off the mark it believes the mark to be
	slip  int32     // where drift is going
	until uint32    // the send at which slip changes
}

// point moves the hand by one send towards mark and returns the aim.
func (h *hand) point(mark sim.Angle, s *skill, now uint32, r *sim.Rand) sim.Angle {
	if now >= h.until {
		h.slip = spread(r, s.error)
		h.until = now + 8 + uint32(r.Intn(16))
	}
	h.drift += (h.slip - h.drift) / 6
	off := int32(int16(uint16(mark)*finer + uint16(h.drift) - h.at))
	if max(off, -off) < friction && max(h.speed, -h.speed) < friction/2 {
		h.speed = 0 // good enough: a hand on a table rests
		return h.aim
	}
	h.speed += off*s.pull/256 - h.speed*s.brake/256
	h.speed = min(max(h.speed, -s.reach), s.reach)
	h.at += uint16(h.speed)
	h.aim = sim.Angle((h.at + uint16(spread(r, s.tremor)) + finer/2) / finer % sim.AngleSteps)
	return h.aim
}

// rest looks straight at a, without a hand's errors: for the first look.
func (h *hand) rest(a sim.Angle) {
	*h = hand{at: uint16(a) * finer, aim: a}
}

// spread returns a random number around 0, at most limit away, small ones more
// often than large.
func spread(r *sim.Rand, limit int32) int32 {
	n := int(limit) + 1
	up, down := r.Intn(n), r.Intn(n)
	return int32(up - down)
}
