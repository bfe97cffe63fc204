package room

import (
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// A seat earns 1.05 inputs a tick and may save up 1.2 seconds of them: a line that
// stalls for a second delivers its inputs at once. What exceeds that is dropped; a
// seat that exceeds it for ten seconds, or wishes for too much as long, is closed. What
// comes in bursts counts as if it had come tick by tick. Who sends no more than an input
// a tick cannot come there, however the line bundles them.
const (
	inputEarned = 105
	inputCost   = 100
	inputBurst  = inputCost * sim.TickRate * 12 / 10
	inputAbuse  = 10 * sim.TickRate
	excessKept  = 2 * sim.TickRate // of a burst, at most so many count
)

// takeInputs decides what each seat holds in the coming tick: exactly one input.
func (r *Room) takeInputs() {
	next := r.world.Tick + 1
	for i, s := range r.seats {
		if s == nil {
			continue
		}
		if s.person() {
			r.readInbox(s, next)
			s.held = s.schedule.take(next, s.held)
			if s.visit == nil {
				s.held.Buttons = 0 // nobody is there: the ship drifts, and can be hit
			}
		}
		r.inputs[i] = s.held
	}
}

// readInbox files what came since the last tick.
func (r *Room) readInbox(s *seat, next sim.Tick) {
	v := s.visit
	if v == nil {
		return
	}
	s.budget = min(s.budget+inputEarned, inputBurst)
	excess := 0
	if v.wished.Load() && v.wished.Swap(false) { // a look costs less than an exchange, for each seat and tick
		excess = r.readWishes(s, v)
	}
	r.grantWaiting(s)
	if v.waits.Load() && v.waits.Swap(false) {
		excess += r.readInputs(s, v, next)
	}
	s.excess = min(s.excess+excess, excessKept)
	if s.over = max(s.over-1, 0); s.excess > 0 {
		s.excess--
		s.over += 2
	}
	if s.over > inputAbuse {
		v.out.Close(nil, wire.CloseFlood, "too many messages")
		v.gone.Store(true)
	}
}

// readInputs files the inputs that wait, and returns how many were too many.
func (r *Room) readInputs(s *seat, v *Visit, next sim.Tick) (excess int) {
	list, dropped := v.inputs.swap(s.read[:0])
	s.read = list
	r.stats.InputsDropped += uint64(dropped)
	for i := range list {
		s.unproven, s.steered = false, true
		if s.budget < inputCost {
			r.stats.InputsDropped++
			excess++
			continue
		}
		s.budget -= inputCost
		r.file(s, &list[i], next)
	}
	return excess
}

func (r *Room) file(s *seat, in *arrived, next sim.Tick) {
	early, ok := s.schedule.put(in.Input, next)
	if !ok {
		r.stats.InputsDropped++
		return
	}
	if early < 0 {
		r.stats.InputsLate++
	}
	if !s.hasEarly || early < s.early {
		s.early, s.hasEarly = early, true
	}
	if in.Echo != 0 {
		s.echo, s.echoAt = in.Echo, in.at
		s.ping = in.Ping
		if in.Ping > 0 { // 0: not known yet
			r.stats.Pings.add(&PingMillis, uint32(in.Ping))
		}
	}
}
