package room

import (
	"crypto/sha256"

	"ionwake/shared/sim"
)

// Snapshot is a match and its people as plain data that can be written down: a room that
// is restored from it goes on where this one was, and people come back to their seats
// with the tokens they have. How time passed meanwhile does not count: all of it is in
// ticks. Talk, the feed of kills and a vote under way are not in it.
type Snapshot struct {
	Arena, Mode         string // what is played
	ArenaHash           sim.Hash
	Rules               sim.Rules
	NextArena, NextMode string // what is played after it
	World               sim.State
	Seats               []SavedSeat
	Bans                []SavedBan
	Hushed              []SavedHush
	Votes               []SavedVote
	Uneven              sim.Tick
	Book                SavedBook
}

// SavedPerson is who somebody is.
type SavedPerson struct {
	ID   PersonID
	Tag  uint64
	Peer string
}

// SavedSeat is somebody's place. Of the tokens that lead to it there are hashes alone.
type SavedSeat struct {
	ID              sim.PlayerID
	Name            string
	Bot             bool
	Spectator       bool
	Here            bool     // connected
	AwaySince       sim.Tick // if not
	Token, Shown    [sha256.Size]byte
	Unproven        bool // Shown is good too
	Who             SavedPerson
	Joined          sim.Tick
	Chatty, MutedTo sim.Tick
}

// SavedBan keeps somebody out.
type SavedBan struct {
	Who   SavedPerson
	Until sim.Tick
}

// SavedHush is what somebody who has left still owes of talk.
type SavedHush struct {
	Who             SavedPerson
	Chatty, MutedTo sim.Tick
}

// SavedVote is a call of Who, or a failed vote about Who or an arena.
type SavedVote struct {
	Called bool
	Who    SavedPerson
	Arena  string
	At     sim.Tick
}

// Save copies what the room is between two ticks into s, whose memory it uses again; on
// the goroutine that ticks the room.
func (r *Room) Save(s *Snapshot) {
	g, next := r.ground(), r.rotation[r.next]
	s.Arena, s.ArenaHash, s.Mode, s.Rules = g.Arena.Name, g.Arena.Hash, g.Mode.Name(), *g.Rules
	s.NextArena, s.NextMode = next.Arena.Name, next.Mode.Name()
	s.Uneven = r.uneven
	r.world.Save(&s.World)
	r.book.save(&s.Book)
	s.Seats, s.Bans, s.Hushed, s.Votes = s.Seats[:0], s.Bans[:0], s.Hushed[:0], s.Votes[:0]
	for _, o := range r.seats {
		if o != nil {
			is := o.saved()
			is.Here = is.Here || r.awaits(o)
			s.Seats = append(s.Seats, is)
		}
	}
	for _, b := range r.bans {
		s.Bans = append(s.Bans, SavedBan{b.who.saved(), b.until})
	}
	for _, h := range r.hushed {
		s.Hushed = append(s.Hushed, SavedHush{h.who.saved(), sim.Tick(h.chatty), sim.Tick(h.muted)})
	}
	for _, v := range r.poll.past {
		s.Votes = append(s.Votes, SavedVote{v.called, v.who.saved(), v.arena, v.at})
	}
}

func (p person) saved() SavedPerson  { return SavedPerson{p.id, p.tag, p.peer} }
func (p SavedPerson) person() person { return person{p.ID, p.Tag, p.Peer} }
func (s *seat) saved() SavedSeat {
	return SavedSeat{
		ID: s.id, Name: s.name, Bot: !s.person(), Spectator: s.spectator,
		Here: s.visit != nil, AwaySince: s.awaySince, Token: s.token, Shown: s.shown, Unproven: s.unproven,
		Who: s.who.saved(), Joined: s.joined, Chatty: sim.Tick(s.chatty), MutedTo: sim.Tick(s.muted),
	}
}

// Arrivals counts the connections that were given a seat so far: each of them has got a
// token that an older Snapshot does not know.
func (r *Room) Arrivals() uint32 { return r.arrivals }
