package room

import (
	"fmt"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// noticeText says a notice in English, for clients that do not know it.
func noticeText(n wire.Notice) string {
	switch n.Kind {
	case wire.NoticeMuted:
		return "You said too much at once. Nobody hears you for a minute."
	case wire.NoticeNobody:
		return "There is nobody there to hear you."
	case wire.NoticeSideFull:
		side := sim.Team(n.Number)
		return teamNames[side] + " has more pilots than " + teamNames[side.Other()] + ": there is no place on that side now."
	case wire.NoticeMoved:
		return "The sides were uneven: from your next life on you fly for " + teamNames[n.Number] + "."
	case wire.NoticeNoTarget:
		return "There is nobody there to vote out."
	case wire.NoticeVoteFailed:
		return fmt.Sprintf("A vote about %s has just failed. Wait %d s.", n.About, n.Number)
	case wire.NoticeNoArena:
		return "That arena is not in the rotation of this room."
	case wire.NoticeVoteOn:
		return "A vote is under way already."
	case wire.NoticeNewcomer:
		return fmt.Sprintf("Who has just come cannot call a vote. Wait %d s.", n.Number)
	case wire.NoticeCalled:
		return fmt.Sprintf("You have just called a vote. Wait %d s.", n.Number)
	case wire.NoticeNext:
		return "Next: " + n.About + ", " + n.Also + "."
	}
	return ""
}

// notify lets the server say something to s alone.
func (r *Room) notify(s *seat, n wire.Notice) {
	var one ears
	one.add(s.id)
	r.talk.add(wire.ChatLine{
		From: wire.ServerVoice, Text: cleanText(noticeText(n), maxChatRunes), Scope: wire.ToOne, To: s.id, Notice: clipped(n),
	}, one)
}

// notifyAll lets the server say something to everybody.
func (r *Room) notifyAll(n wire.Notice) {
	r.talk.add(wire.ChatLine{From: wire.ServerVoice, Text: cleanText(noticeText(n), maxChatRunes), Notice: clipped(n)}, r.everybody())
}

// clipped leaves out names that do not fit a notice, which then is text alone: the
// host may have called an arena anything.
func clipped(n wire.Notice) wire.Notice {
	if len(n.About) > wire.MaxName || len(n.Also) > wire.MaxName {
		return wire.Notice{}
	}
	return n
}
