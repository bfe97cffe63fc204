package room

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// Peered is an Outbox that knows the network its client is in: any name for it, or
// "". Many connections from one network count as one person in votes.
type Peered interface{ Peer() string }

// person is what the room knows about who somebody is.
type person struct {
	id   PersonID // if there is a Guard
	tag  uint64   // of the device, see tagOf
	peer string   // the network, if it is known
}

func (r *Room) personOf(out Outbox, device []byte) person {
	who := person{tag: tagOf(device)}
	if p, ok := out.(Peered); ok {
		who.peer = p.Peer()
	}
	if r.cfg.Guard != nil {
		who.id = r.cfg.Guard.Person(device)
	}
	return who
}

// same reports whether p and o may be one person, for all the room knows.
func (p person) same(o person) bool {
	return p.tag == o.tag || p.peer != "" && p.peer == o.peer
}

// tagOf returns what others may know of a device: the same after every restart, so
// that who was muted stays muted, and no way back to what the device says, which
// would let others pass for it. A client says something else on every server. One without a device gets a tag by chance. It is never 0.
func tagOf(device []byte) uint64 {
	var sum [sha256.Size]byte
	if len(device) == 0 {
		rand.Read(sum[:])
	} else {
		sum = sha256.Sum256(append([]byte("ionwake person"), device...))
	}
	return max(binary.LittleEndian.Uint64(sum[:]), 1)
}

// ban keeps somebody out of a room for a while.
type ban struct {
	who   person
	until sim.Tick
}

// maxBans bounds the list; the oldest makes way.
const maxBans = 64

// banFor keeps who out for so many ticks.
func (r *Room) banFor(who person, ticks sim.Tick) {
	if len(r.bans) == maxBans {
		r.bans = append(r.bans[:0], r.bans[1:]...)
	}
	r.bans = append(r.bans, ban{who, r.world.Tick + ticks})
}

// banned returns how long who is still kept out, in ticks; 0: not at all.
func (r *Room) banned(who person) (left sim.Tick) {
	for _, b := range r.bans {
		if b.who.same(who) && wire.Before(r.world.Tick, b.until) {
			left = max(left, b.until-r.world.Tick)
		}
	}
	return left
}

// throwOut ends the stay of s.
func (r *Room) throwOut(s *seat, why wire.Reject) {
	if s.visit != nil {
		s.visit.out.Close(wire.AppendReject(nil, why), why.Code, "")
	}
	r.free(s)
}
