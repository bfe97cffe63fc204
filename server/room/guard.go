package room

import (
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// PersonID is who somebody is to this server, whatever their name and from wherever
// they come. The zero one is nobody.
type PersonID [16]byte

// Who is what is known of who somebody is.
type Who struct {
	ID   PersonID
	Tag  uint64 // of the device, as everybody in the room is told
	Peer string // the network, see Peered; "": unknown
}

// Said is a line of chat that everybody, or a whole side, could read.
type Said struct {
	Room, Name, Text string
	Tag              uint64
	Team             sim.Team // whose side alone read it; NoTeam: everybody
}

// Guard knows who is who, who may not come in and who may not talk. All but Person are
// called on the goroutines that tick rooms: they must not block.
type Guard interface {
	// Person tells who shows a device. It is called from any goroutine.
	Person(device []byte) PersonID
	// Barred tells why somebody may not be here; false: they may. A newcomer has no seat
	// here yet.
	Barred(w Who, newcomer bool) (why wire.Reject, barred bool)
	// Silenced tells somebody, who has been here for some time, why nobody hears what
	// they say; "": they may talk.
	Silenced(w Who, here sim.Tick) (words string)
	// Came tells that somebody has taken a seat.
	Came(w Who, room, name string)
	// Heard tells what somebody said.
	Heard(Said)
}

func (p person) known() Who { return Who{p.id, p.tag, p.peer} }

// barred asks the Guard about somebody.
func (r *Room) barred(p person, newcomer bool) (why wire.Reject, barred bool) {
	if r.cfg.Guard == nil {
		return why, false
	}
	return r.cfg.Guard.Barred(p.known(), newcomer)
}

// came tells the Guard of a newcomer.
func (r *Room) came(s *seat) {
	if r.cfg.Guard != nil {
		r.cfg.Guard.Came(s.who.known(), r.cfg.Name, s.asked)
	}
}

// silenced reports whether the Guard lets nobody hear s, who is told why.
func (r *Room) silenced(s *seat) bool {
	if r.cfg.Guard == nil {
		return false
	}
	words := r.cfg.Guard.Silenced(s.who.known(), r.world.Tick-s.joined)
	if words == "" {
		return false
	}
	r.tell(s, words)
	return true
}

// tell lets the server say something to s alone that clients have no words of their
// own for.
func (r *Room) tell(s *seat, words string) {
	var one ears
	one.add(s.id)
	r.talk.add(wire.ChatLine{From: wire.ServerVoice, Text: cleanText(words, maxChatRunes), Scope: wire.ToOne, To: s.id}, one)
}

// heard tells the Guard what s has said to all or to its side.
func (r *Room) heard(s *seat, text string, side sim.Team) {
	if r.cfg.Guard != nil {
		r.cfg.Guard.Heard(Said{Room: r.cfg.Name, Name: s.name, Text: text, Tag: s.who.tag, Team: side})
	}
}
