package room

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"slices"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// openDoors lets people in and out: those who left, whose connection ended, whose
// seat was kept long enough, and those waiting at the door.
func (r *Room) openDoors() {
	r.obey()
	for _, s := range r.seats {
		if s != nil && s.person() {
			r.seeOff(s)
		}
	}
	for range len(r.doors) {
		r.admit(<-r.doors)
	}
}

func (r *Room) seeOff(s *seat) {
	switch v := s.visit; {
	case v == nil:
		if r.world.Tick-s.awaySince > r.keeps(s) {
			r.lapse(s)
		}
	case v.left.Load():
		v.out.Close(nil, wire.CloseLeft, "left")
		r.free(s)
	case v.gone.Load():
		s.visit, s.away, s.awaySince = nil, true, r.world.Tick
		r.cfg.Log.Debug("away", "room", r.cfg.Name, "seat", s.id)
		if s.steered {
			s.entry = nil // no need to keep it any longer
		}
		switch {
		case s.spectator && s.fresh: // who does not know yet that they are in
			r.lapse(s)
		case s.spectator:
			r.free(s)
		}
	}
}

// lapse gives the seat back of somebody who is away. If nothing ever came from there it
// is as if they had not come.
func (r *Room) lapse(s *seat) {
	r.free(s)
	if s.entry == nil || s.steered {
		return
	}
	if f := s.entry.lapsed.Load(); f != nil {
		(*f)()
	}
}

// unplayed is how long a seat is kept from which nothing was ever steered: whoever lost
// the line while coming in comes in again.
const unplayed = 5 * sim.TickRate

// keeps returns how long the seat of somebody who is away is kept.
func (r *Room) keeps(s *seat) sim.Tick {
	if s.steered {
		return r.cfg.ResumeFor
	}
	return min(r.cfg.ResumeFor, unplayed)
}

func (r *Room) admit(v *Visit) {
	switch {
	case v.left.Load():
		v.out.Close(nil, wire.CloseLeft, "left")
		return
	case v.gone.Load() || !v.fate.CompareAndSwap(atDoor, letIn):
		return
	}
	s, refusal := r.place(v)
	if s == nil {
		v.fate.Store(turnedAway)
		v.out.Close(wire.AppendReject(nil, refusal), refusal.Code, "refused")
		return
	}
	r.attach(s, v)
	if !s.spectator && len(v.hello.Resume) == 0 {
		r.board(s, sim.Loadout(v.hello.Loadout))
	}
	if len(v.hello.Resume) == 0 {
		r.greet(s)
	}
}

// place finds the seat of a visit: the one it resumes, or a free one.
func (r *Room) place(v *Visit) (*seat, wire.Reject) {
	if r.closed {
		return nil, wire.Reject{Code: wire.CloseRestart, Message: "The server is restarting.", RetryAfterMS: 2000}
	}
	if why, barred := r.barred(v.who, len(v.hello.Resume) == 0); barred {
		return nil, why
	}
	if len(v.hello.Resume) > 0 {
		if s := r.resume(v); s != nil {
			if why, barred := r.barred(s.who, false); barred { // whatever they show this time
				return nil, why
			}
			return s, wire.Reject{}
		}
		return nil, wire.Reject{Code: wire.CloseResume, Message: "Your seat was given away. Join again to play on."}
	}
	if left := r.banned(v.who); left > 0 {
		return nil, kicked(left)
	}
	name := CleanName(v.hello.Name)
	if isReserved(name) {
		return nil, wire.Reject{Code: wire.CloseName, Message: "That name is kept for those who run the server. Choose another."}
	}
	full := wire.Reject{Code: wire.CloseFull, Message: "The room is full.", RetryAfterMS: 5000}
	if r.playback != nil && !v.hello.Spectate {
		return nil, full
	}
	people, watchers := r.People()
	if v.hello.Spectate && watchers >= r.cfg.MaxWatchers {
		return nil, full
	}
	if !v.hello.Spectate && people >= r.cfg.MaxPlayers && !r.giveAway() {
		return nil, full
	}
	s := r.newSeat()
	if s == nil && r.Bots() > 0 {
		r.dropBot() // nobody waits for a seat in which nobody sits
		s = r.newSeat()
	}
	if s == nil {
		return nil, full
	}
	s.spectator, s.who, s.entry = v.hello.Spectate, v.who, v
	r.rehush(s)
	s.asked = name
	r.call(s, name)
	r.came(s)
	r.cfg.Log.Debug("joined", "room", r.cfg.Name, "seat", s.id, "name", s.name)
	return s, wire.Reject{}
}

// giveAway frees the seat whose owner has been away the longest, if there is one: in
// a full room a person who is here goes before one who may come back.
func (r *Room) giveAway() bool {
	var longest *seat
	for _, s := range r.seats {
		if s != nil && s.away && (longest == nil || s.awaySince < longest.awaySince) {
			longest = s
		}
	}
	if longest == nil {
		return false
	}
	r.lapse(longest)
	return true
}

// resume finds the seat whose token v shows. Tokens are compared by their hashes
// in constant time, and a token that fits none changes nothing.
func (r *Room) resume(v *Visit) *seat {
	hash := sha256.Sum256(v.hello.Resume)
	for _, s := range r.seats {
		if s == nil || !s.person() {
			continue
		}
		if subtle.ConstantTimeCompare(s.token[:], hash[:]) == 1 ||
			s.unproven && s.attached != r.world.Tick && subtle.ConstantTimeCompare(s.shown[:], hash[:]) == 1 {
			return s
		}
	}
	return nil
}

// attach makes v the connection of s. An older one is told that the newest wins.
func (r *Room) attach(s *seat, v *Visit) {
	if old := s.visit; old != nil && !old.gone.Load() {
		old.out.Close(wire.AppendReject(nil, wire.Reject{
			Code: wire.CloseReplaced, Message: "You joined from another window. The newest one plays on.",
		}), wire.CloseReplaced, "connected elsewhere")
	}
	s.resumed = len(v.hello.Resume) > 0
	s.visit, s.away, s.fresh = v, false, true
	s.schedule, s.budget, s.excess, s.over = schedule{}, inputBurst, 0, 0
	s.read = slices.Grow(s.read[:0], usualInputs)
	// Until this connection has shown that the Welcome arrived, the token that opened
	// it stays good: a line may break twice.
	s.unproven, s.attached = s.resumed, r.world.Tick
	s.shown = sha256.Sum256(v.hello.Resume)
	s.killed, s.witnessed, s.signalled, s.heard = r.kills.total, r.game.deeds.total, r.signals.total, r.talk.total
	s.roster, s.matched = reading{}, 0
	s.buf, s.later = nil, 0 // the old connection may still be writing it
	s.narrow = narrow{}     // it is another line
	s.secret = make([]byte, wire.TokenSize)
	rand.Read(s.secret)
	s.token = sha256.Sum256(s.secret)
	r.arrivals++
	i, known := r.history.find(v.hello.Tick)
	s.continues = s.resumed && known && s.last != 0 && i >= s.settled && i <= s.last
	if s.continues {
		s.last = i // what it watched then is what it watches now
	} else {
		s.forgetAll()
	}
	r.roster.touch(s.id, r.nextSend())
}

// newSeat takes the lowest free seat, or nil.
func (r *Room) newSeat() *seat {
	if r.playback != nil {
		if r.seats[onlookerSeat] != nil {
			return nil
		}
		return r.seat(onlookerSeat)
	}
	for i, s := range r.seats {
		if s == nil {
			return r.seat(i)
		}
	}
	if len(r.seats) >= sim.MaxPlayers {
		return nil
	}
	r.seats = append(r.seats, nil)
	r.inputs = append(r.inputs, sim.Input{})
	return r.seat(len(r.seats) - 1)
}

func (r *Room) seat(i int) *seat {
	paid := debt(r.world.Tick) // 0 would be far in the future, seen from a tick high enough
	s := &seat{
		id: sim.PlayerID(i), budget: inputBurst, joined: r.world.Tick,
		chatty: paid, muted: paid, wishes: paid, choices: paid, turns: paid, signals: paid, votes: paid,
	}
	s.gaze.follow = sim.NoPlayer
	r.seats[i] = s
	r.roster.touch(s.id, r.nextSend())
	return s
}

// free gives a seat back.
func (r *Room) free(s *seat) {
	r.seats[s.id] = nil
	r.uncall(s)
	r.inputs[s.id] = sim.Input{}
	if s.person() {
		r.hush(s)
	}
	if !s.spectator {
		r.record.tape.Leave(s.id)
		r.world.Leave(s.id)
	}
	r.roster.leave(s.id, r.nextSend())
	r.cfg.Log.Debug("left", "room", r.cfg.Name, "seat", s.id)
}

// nextSend is the index of the send that will tell of what happens now.
func (r *Room) nextSend() sendIndex { return r.history.newest + 1 }

// People returns the number of seats held by people with a ship and by people
// without.
func (r *Room) People() (players, watchers int) {
	for _, s := range r.seats {
		switch {
		case s == nil || !s.person():
		case s.spectator:
			watchers++
		default:
			players++
		}
	}
	return players, watchers
}

// Connected returns the number of people whose connection is up.
func (r *Room) Connected() (n int) {
	for _, s := range r.seats {
		if s != nil && s.visit != nil {
			n++
		}
	}
	return n
}

// Close ends the room: everybody in it and at its door is told why, in words, with
// a close code. It relies on nothing else of the room, which may be broken.
func (r *Room) Close(reject wire.Reject) {
	r.closed = true
	last := wire.AppendReject(nil, reject)
	for _, s := range r.seats {
		if s != nil && s.visit != nil {
			s.visit.out.Close(last, reject.Code, "")
		}
	}
	for range len(r.doors) {
		(<-r.doors).out.Close(last, reject.Code, "")
	}
	r.endRecord(endingOf(reject.Code))
}

// Knocking reports whether somebody waits at the door.
func (r *Room) Knocking() bool { return len(r.doors) > 0 }
