package room

import (
	"slices"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// chatLog keeps the newest lines of chat; a seat that missed more has missed them.
type chatLog struct {
	total uint32
	ring  [64]spoken
}

// spoken is a line of chat and who hears it: what somebody may not hear is never in
// the bytes that somebody is sent.
type spoken struct {
	wire.ChatLine
	ears ears
}

// ears is a set of seats.
type ears [sim.MaxPlayers / 64]uint64

func (e *ears) has(id sim.PlayerID) bool { return e[id/64]>>(id%64)&1 == 1 }
func (e *ears) add(id sim.PlayerID)      { e[id/64] |= 1 << (id % 64) }

func (l *chatLog) add(c wire.ChatLine, to ears) {
	l.ring[l.total%uint32(len(l.ring))] = spoken{c, to}
	l.total++
}

// everybody is who is in the room now.
func (r *Room) everybody() (all ears) {
	for _, s := range r.seats {
		if s != nil && s.person() {
			all.add(s.id)
		}
	}
	return all
}

// mates is who is on the side of s, s among them: everybody where there are no
// sides, and those who watch for one who watches.
func (r *Room) mates(s *seat) (side ears) {
	if r.world.Mode().Teams() == 0 {
		return r.everybody()
	}
	for _, o := range r.seats {
		if o != nil && o.person() && o.spectator == s.spectator && r.flies(o) == r.flies(s) {
			side.add(o.id)
		}
	}
	return side
}

// flies returns the side that s is on now.
func (r *Room) flies(s *seat) sim.Team {
	if s.spectator || int(s.id) >= len(r.world.Players) {
		return sim.NoTeam
	}
	return r.world.Players[s.id].Team
}

// A line of chat costs chatCost points, the same line again twice as many. One point
// goes each tick; who owes more than chatLimit is mute for muteFor ticks.
const (
	chatCost  = 250
	chatLimit = 1000
	muteFor   = 60 * sim.TickRate
)

// hush is what somebody who has left still owes of talk: to go and come back does not
// pay for it.
type hush struct {
	who           person
	chatty, muted debt
}

// maxHushed bounds how many are remembered; the oldest makes way.
const maxHushed = 64

// hush remembers what s, who leaves, owes of talk.
func (r *Room) hush(s *seat) {
	now := r.world.Tick
	r.hushed = slices.DeleteFunc(r.hushed, func(h hush) bool { return h.chatty.owed(now) == 0 && h.muted.owed(now) == 0 })
	if s.chatty.owed(now) == 0 && s.muted.owed(now) == 0 {
		return
	}
	if len(r.hushed) == maxHushed {
		r.hushed = slices.Delete(r.hushed, 0, 1)
	}
	r.hushed = append(r.hushed, hush{s.who, s.chatty, s.muted})
}

// rehush makes s, who has just come, owe what it owed when it left.
func (r *Room) rehush(s *seat) {
	for _, h := range r.hushed {
		if h.who.same(s.who) {
			s.chatty = s.chatty.larger(h.chatty, r.world.Tick)
			s.muted = s.muted.larger(h.muted, r.world.Tick)
		}
	}
}

// said is what somebody wants to say.
type said struct {
	text  string
	scope wire.Scope
	to    sim.PlayerID
}

// say lets the person in s say something to those who are to hear it.
func (r *Room) say(s *seat, c said) {
	if s.muted.owed(r.world.Tick) > 0 {
		r.stats.ChatDropped++
		return
	}
	text := cleanText(c.text, maxChatRunes)
	if text == "" {
		return
	}
	cost := pace{cost: chatCost, burst: chatLimit}
	if text == s.lastSaid {
		cost.cost *= 2
	}
	if s.lastSaid = text; !s.chatty.pay(r.world.Tick, cost) {
		s.muted = debt(r.world.Tick + muteFor)
		r.stats.ChatDropped++
		r.notify(s, wire.Notice{Kind: wire.NoticeMuted})
		return
	}
	if r.silenced(s) {
		r.stats.ChatDropped++
		return
	}
	l := wire.ChatLine{From: s.id, Name: s.name, Text: text, Scope: c.scope}
	switch c.scope {
	case wire.ToOne:
		r.whisper(s, l, c.to)
	case wire.ToTeam:
		if r.world.Mode().Teams() == 0 {
			l.Scope = wire.ToAll
		}
		r.talk.add(l, r.mates(s))
		r.heard(s, text, r.flies(s))
	default:
		r.talk.add(l, r.everybody())
		r.heard(s, text, sim.NoTeam)
	}
}

// whisper tells l to one person, and to s, who said it.
func (r *Room) whisper(s *seat, l wire.ChatLine, to sim.PlayerID) {
	other := r.seatOf(to)
	if other == nil || other.visit == nil {
		r.notify(s, wire.Notice{Kind: wire.NoticeNobody})
		return
	}
	var both ears
	both.add(s.id)
	both.add(to)
	l.To = to
	r.talk.add(l, both)
}

// seatOf returns the taken seat of that number, or nil.
func (r *Room) seatOf(id sim.PlayerID) *seat {
	if int(id) >= len(r.seats) {
		return nil
	}
	return r.seats[id]
}

// Announce lets the server say something to everybody.
func (r *Room) Announce(text string) {
	r.talk.add(wire.ChatLine{From: wire.ServerVoice, Text: cleanText(text, maxChatRunes)}, r.everybody())
}

// composeChat adds what the seat has not heard, maxChatLines at most.
func (r *Room) composeChat(s *seat) {
	l := &r.talk
	if n := uint32(len(l.ring)); l.total-s.heard > n {
		s.heard = l.total - n
	}
	f := &r.frame
	for s.hearing = s.heard; s.hearing != l.total && len(f.Chat) < maxChatLines; s.hearing++ {
		if c := &l.ring[s.hearing%uint32(len(l.ring))]; c.ears.has(s.id) {
			f.Chat = append(f.Chat, c.ChatLine)
		}
	}
}
