package room

import "ionwake/shared/sim"

// atOnce is how many seats, from the first on, get their frames in the tick of the send.
// What hands a frame to its line costs several times what puts it together, so that of a
// room with more seats a send would be all that a core can do, and the ticks between the
// sends nothing: the others get theirs in those, the same ones always in the same, so
// that it is a longer line for them and no unsteady one. Where there is one tick between
// two sends alone, a third of them does in the tick of the send: then both take as long.
const atOnce = 128

// wave returns how many ticks after a send the seat gets its frame.
func (r *Room) wave(s *seat) int {
	rest := r.tempo.interval - 1
	if s.id < atOnce || rest == 0 || rest == 1 && s.id%3 == 0 {
		return 0
	}
	return 1 + int(s.id/3)%rest
}

// sendLater hands out the frames whose tick has come, and those that their lines had no
// time for a tick ago.
func (r *Room) sendLater() {
	if len(r.seats) <= atOnce {
		return
	}
	passed := int(r.world.Tick - r.tempo.newest)
	r.outgoing = r.outgoing[:0]
	for _, s := range r.seats[atOnce:] {
		if s != nil && s.later > 0 && s.later <= passed {
			r.outgoing = append(r.outgoing, s)
		}
	}
	for i, s := range r.outgoing {
		r.foresee(i + 1)
		r.handOver(s)
	}
	r.watch.lap(StageSend)
}

// handOver gives the line of s its frame; false: it does not take it yet, or no more.
func (r *Room) handOver(s *seat) bool {
	r.watch.begin()
	taken := s.visit == nil || s.visit.out.Send(s.buf)
	if taken {
		s.later = 0
	}
	r.watch.split(StageWrite)
	return taken
}

// foresee looks at the line of the seat that is i-th in turn to be handed its frame, so
// that memory brings what that takes while another is being handed its own.
func (r *Room) foresee(i int) {
	if i < len(r.outgoing) && r.outgoing[i].visit != nil {
		_ = r.outgoing[i].visit.out.Ready()
	}
}

// putOff returns how long the frame of a seat waits for its tick, in tenths of a
// millisecond.
func (r *Room) putOff(s *seat) uint32 { return uint32(r.wave(s)) * 10_000 / sim.TickRate }
