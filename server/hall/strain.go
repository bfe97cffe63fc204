package hall

import (
	"slices"
	"time"

	"ionwake/shared/sim"
)

// strain is how much of a driver's time its rounds take.
type strain struct {
	rounds int
	worked time.Duration
}

// add books a round; once a second it says which part of a tick's time the rounds of
// that second took in the mean. Who gets the processor for a part of the time alone works
// less than passes: of what passes, half counts at least, so that rounds without any time
// between them are rounds that take too much.
func (s *strain) add(before, after stint, took time.Duration) (share float64, told bool) {
	worked := took / 2
	if before.thread == after.thread {
		worked = max(worked, after.since(before, took))
	}
	s.rounds++
	s.worked += worked
	if s.rounds < sim.TickRate {
		return 0, false
	}
	share = float64(s.worked) / float64(tickLength) / sim.TickRate
	*s = strain{}
	return share, true
}

// tellStrain tells the rooms, which have no clock.
func (d *driver) tellStrain(share float64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range d.places {
		p.room.Strain(share)
	}
}

// freeLane returns the least number that none of the places has for a lane. The rooms of
// successive lanes send in successive rounds.
func freeLane(places []*place) (lane int) {
	for slices.ContainsFunc(places, func(p *place) bool { return p.lane == lane }) {
		lane++
	}
	return lane
}
