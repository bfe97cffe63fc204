package room

import "ionwake/shared/sim"

// pace is how often something may be done: each time costs some ticks, and no more
// than burst of them may be owed at once.
type pace struct{ cost, burst sim.Tick }

// debt is the tick at which all that was done is paid off.
type debt sim.Tick

// owed returns how many ticks are still to pay.
func (d debt) owed(now sim.Tick) sim.Tick {
	return sim.Tick(max(int32(sim.Tick(d)-now), 0)) // across the wrap of the counter
}

// larger returns that of d and o of which more is to pay.
func (d debt) larger(o debt, now sim.Tick) debt {
	if o.owed(now) > d.owed(now) {
		return o
	}
	return d
}

// pay books one more, unless that would be too much at once.
func (d *debt) pay(now sim.Tick, p pace) bool {
	owed := d.owed(now) + p.cost
	if owed > p.burst {
		return false
	}
	*d = debt(now + owed)
	return true
}

// What a person may wish for, and how often. Of choices and looks the newest is
// kept until it may act, so that the last one always does.
var (
	wishPace   = pace{cost: 2, burst: 240}                             // any wish: 30 a second
	choicePace = pace{cost: sim.TickRate / 2, burst: 2 * sim.TickRate} // a loadout
	nearPace   = pace{cost: sim.TickRate / 10, burst: 2 * sim.TickRate}
	farPace    = pace{cost: sim.TickRate / 2, burst: 2 * sim.TickRate} // a look that brings many cells into sight
	signalPace = pace{cost: 2 * sim.TickRate, burst: 6 * sim.TickRate}
	votePace   = pace{cost: sim.TickRate, burst: 4 * sim.TickRate}
)
