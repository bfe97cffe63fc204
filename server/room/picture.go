package room

import (
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// How old a picture may be that a beam is judged on, in ticks: 200 ms of line, and what
// no line is to blame for. A frame stays the newest for a send interval, and an input
// comes a little before it acts. At 30 sends a second that makes 250 ms, and the wait of
// its wave more for who gets frames between the sends. An older one is judged as if it
// were as old as that: who claims to have seen it, or does see it, has to live with it.
const (
	lineTicks  = sim.TickRate / 5
	earlyTicks = 1
)

func oldestPicture(interval int) sim.Tick { return sim.Tick(lineTicks + earlyTicks + interval) }

// truths is how many sends the truth is kept of: those of pictures that count, and the
// one being made. Of a slower tempo they are fewer.
func (c *Config) truths() int {
	return (int(oldestPicture(c.SendInterval))+c.SendInterval-1)/c.SendInterval + 2 // a wave waits for less than an interval
}

// shownSends is at least what truths returns, for any interval.
const shownSends = lineTicks + earlyTicks + 3

// shown is what a seat was shown: a send, if it was told of it, and the cells it then
// knew.
type shown struct {
	send  sendIndex
	cells area
}

// showPictures finds, for everybody who may let a beam go in the coming tick, the
// picture it is seen on. Bots see the truth.
func (r *Room) showPictures() {
	for len(r.sights) < len(r.seats) {
		r.sights = append(r.sights, sim.Sight{})
	}
	next := r.world.Tick + 1
	for i, s := range r.seats {
		r.sights[i] = sim.Sight{}
		if s != nil && s.schedule.seen != 0 && r.shoots(s) {
			r.sights[i] = r.picture(s, next)
		}
	}
	r.world.Sights = r.sights
}

// shoots reports whether s may let a beam go.
func (r *Room) shoots(s *seat) bool {
	ship := r.world.Ship(s.id)
	return ship != nil && s.held.Buttons&sim.Fire != 0 && sim.Hulls[ship.Hull].Primary.Shot == sim.Beam
}

// picture is what the one in s sees in tick next: the truth of the send its input names,
// in the cells it was told of then. The truth of now, where that send was none, or
// nothing it was told.
func (r *Room) picture(s *seat, next sim.Tick) sim.Sight {
	send, found := r.sendSeen(s, next)
	if !found {
		return sim.Sight{}
	}
	if s.picture == nil {
		s.picture = make([][]sim.Ship, 0, 16)
	}
	s.picture = s.picture[:0]
	cells := r.truths[int(send)%len(r.truths)]
	for id := range r.cellsOf(s.sights[send%shownSends].cells) {
		s.picture = append(s.picture, cells[id].Ships)
	}
	return sim.Sight{At: r.history.ring[send%remembered].tick, Ships: s.picture}
}

// sendSeen returns the send that the picture of s is built on; of a picture older than
// counts, the oldest that does.
func (r *Room) sendSeen(s *seat, next sim.Tick) (send sendIndex, found bool) {
	oldest := next - oldestPicture(r.tempo.interval) - sim.Tick(r.wave(s))
	for i := r.history.newest; i > r.history.origin && r.history.newest-i < sendIndex(len(r.truths)-1); i-- {
		tick := r.history.ring[i%remembered].tick
		if wire.Before(tick, oldest) || wire.Before(tick, s.schedule.seen) {
			break
		}
		if s.sights[i%shownSends].send == i {
			send, found = i, tick == s.schedule.seen || wire.Before(s.schedule.seen, oldest)
		}
	}
	return send, found
}
