package room

import "ionwake/shared/sim"

// Stats are counters of a room, since its start unless said.
type Stats struct {
	Tick                      sim.Tick
	Match                     sim.Match
	Mode, Arena, NextArena    string // now; no next one: the same again
	Players, Bots, Watchers   int    // now
	Connected                 int    // now: people whose connection is up
	SendRate                  int    // now: sends a second
	Slowed                    bool   // now: they are fewer than the configuration wishes, see Strain
	Ships, Bolts              int    // now
	FramesSent, FramesSkipped uint64
	PayloadBytes              uint64
	InputsLate, InputsDropped uint64
	ChatDropped               uint64
	WishesDropped             uint64

	Bill      Bill   // if Config.Profile
	Changes   Tally  // frames of FrameBytes that tell only what changed
	Whole     Tally  // those with a whole cell in them
	Gaps      Tally  // GapTicks that a frame tells of: more than a send interval where a line had not taken the one before
	Restarted uint64 // frames that began from nothing because too much was missed
	Pings     Tally  // PingMillis, as clients say
}

// countFrame counts the frame that the seat was just told.
func (r *Room) countFrame(s *seat) {
	st, size := &r.stats, len(s.buf)
	st.FramesSent++
	st.PayloadBytes += uint64(size)
	kind := &st.Changes
	for i := range r.frame.Chunks {
		if r.frame.Chunks[i].Key {
			kind = &st.Whole
		}
	}
	kind.add(&FrameBytes, uint32(size))
	if s.last != 0 {
		st.Gaps.add(&GapTicks, uint32(r.history.newest-s.last)*uint32(r.tempo.interval))
	}
	r.clerk.took(&r.frame, size)
}

// count brings the counters that are not events up to date.
func (r *Room) count() {
	st := &r.stats
	st.Tick, st.Match = r.world.Tick, r.world.Match
	if r.world.Tick%(sim.TickRate/4) != 0 {
		return
	}
	g := r.ground()
	st.Mode, st.Arena, st.NextArena = g.Mode.Name(), g.Arena.Name, r.upcoming()
	st.Players, st.Watchers = r.People()
	st.Bots = r.Bots()
	st.Connected = r.Connected()
	st.SendRate, st.Slowed = sim.TickRate/r.tempo.interval, r.tempo.interval != r.cfg.SendInterval
	st.Bolts, st.Ships = len(r.world.Bolts), 0
	for id := range r.world.Players {
		if r.world.Players[id].Status == sim.Flying {
			st.Ships++
		}
	}
}

// Stats returns the counters; on the goroutine that ticks the room.
func (r *Room) Stats() Stats { return r.stats }
