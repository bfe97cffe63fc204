package room

import (
	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// chatLog keeps the newest lines of chat; a seat that missed more has missed them.
type chatLog struct {
	total uint32
	ring  [64]wire.ChatLine
}

func (l *chatLog) add(c wire.ChatLine) {
	l.ring[l.total%uint32(len(l.ring))] = c
	l.total++
}

// A line of chat costs chatCost points, which go at one a tick; above chatLimit
// lines are dropped.
const (
	chatCost  = sim.TickRate
	chatLimit = 5 * chatCost
)

// say lets the person in s say something to everybody.
func (r *Room) say(s *seat, text string) {
	now := int(r.world.Tick)
	if s.chatty = max(s.chatty, now); s.chatty-now > chatLimit {
		r.stats.ChatDropped++
		return
	}
	text = cleanText(text, maxChatRunes)
	if text == "" {
		return
	}
	s.chatty += chatCost
	r.talk.add(wire.ChatLine{From: s.id, Name: s.name, Text: text})
}

// Announce lets the server say something to everybody.
func (r *Room) Announce(text string) {
	r.talk.add(wire.ChatLine{From: wire.ServerVoice, Text: cleanText(text, maxChatRunes)})
}
