package room

import (
	"slices"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// orderQueue bounds the orders waiting for the next tick.
const orderQueue = 64

// Do has order carried out on the goroutine that ticks the room, before the next tick.
// It may be called from any goroutine and does not block; false: too many wait. An
// order must not block either.
func (r *Room) Do(order func(*Room)) bool {
	select {
	case r.orders <- order:
		return true
	default:
		return false
	}
}

// obey carries out the orders that wait.
func (r *Room) obey() {
	for range len(r.orders) {
		(<-r.orders)(r)
	}
}

// Seated is a person in the room, for those who run the server.
type Seated struct {
	Seat                 sim.PlayerID
	Name                 string
	Who                  Who
	Team                 sim.Team
	Spectator, Away      bool
	Ping                 uint16   // ms, as the client says
	Here                 sim.Tick // for how long
	Score, Kills, Deaths int16
}

// Seated returns the people in the room; in an order.
func (r *Room) Seated() []Seated {
	all := make([]Seated, 0, len(r.seats))
	for _, s := range r.seats {
		if s == nil || !s.person() {
			continue
		}
		is := Seated{
			Seat: s.id, Name: s.name, Who: s.who.known(), Spectator: s.spectator, Away: s.away, Ping: s.ping,
			Here: r.world.Tick - s.joined, Team: r.flies(s),
		}
		if !s.spectator && int(s.id) < len(r.world.Players) {
			w := &r.world.Players[s.id]
			is.Score, is.Kills, is.Deaths = w.Score, w.Kills, w.Deaths
		}
		all = append(all, is)
	}
	return all
}

// Remove ends the stay of all who have a tag, and tells them why; in an order. It
// returns how many they were.
func (r *Room) Remove(tag uint64, why wire.Reject) (gone int) {
	for _, s := range r.seats {
		if s != nil && s.person() && s.who.tag == tag {
			r.throwOut(s, why)
			gone++
		}
	}
	return gone
}

// Recheck asks the Guard about everybody in the room once more, and ends the stay of
// those who may not be here any longer; in an order. It returns how many they were.
func (r *Room) Recheck() (gone int) {
	for _, s := range r.seats {
		if s == nil || !s.person() {
			continue
		}
		if why, barred := r.barred(s.who, false); barred {
			r.throwOut(s, why)
			gone++
		}
	}
	return gone
}

// Programme is what is played in a room, now and next.
type Programme struct {
	Rotation []Ground
	Now      int // in Rotation
	Next     int
	Match    sim.Match
	Tick     sim.Tick
}

// Programme returns what is played; in an order.
func (r *Room) Programme() Programme {
	return Programme{Rotation: append([]Ground(nil), r.rotation...), Now: r.at, Next: r.next, Match: r.world.Match, Tick: r.world.Tick}
}

// PlayNext makes g be played after this match, and everybody is told; in an order. What
// is not in the rotation comes into it. false: the arena does not fit the mode.
func (r *Room) PlayNext(g Ground) bool {
	g = g.withDefaults(max(r.cfg.MaxPlayers, r.cfg.Bots))
	if g.Arena == nil || g.Arena.Fits(g.Mode) != nil {
		return false
	}
	at := -1
	for i, o := range r.rotation {
		if o.same(g) {
			at = i
		}
	}
	if at < 0 {
		r.rotation = append(slices.Clip(r.rotation), g)
		at = len(r.rotation) - 1
	}
	r.next = at
	r.dropMapVote()
	r.notifyAll(wire.Notice{Kind: wire.NoticeNext, About: g.Arena.Name, Also: g.Mode.Name()})
	return true
}

// SetRotation makes list be played in turn, after what is played now; in an order.
// What does not fit is left out. false: nothing fits.
func (r *Room) SetRotation(list []Ground) bool {
	now := r.ground()
	rotation, at := fitting(now, list, max(r.cfg.MaxPlayers, r.cfg.Bots))
	if len(rotation) == 1 && len(list) != 1 {
		return false
	}
	r.rotation, r.at = rotation, at
	r.next = (at + 1) % len(rotation)
	r.dropMapVote() // it is about a place in the old one
	return true
}

// dropMapVote ends a vote about the next arena, which somebody else has decided.
func (r *Room) dropMapVote() {
	if r.poll.state.Call == wire.VoteMap {
		r.endVote(false)
		r.poll.rev = r.nextSend()
	}
}

// EndMatch ends the match that is under way, as its bell would; in an order. A warm-up
// gives way to what comes next.
func (r *Room) EndMatch() {
	m := &r.world.Match
	switch m.Phase {
	case sim.Live:
		m.Ends = r.world.Tick
		r.record.tape.Bell(m.Ends)
	case sim.Warmup:
		m.Phase, m.Ends = sim.Results, r.world.Tick+1
	}
}
