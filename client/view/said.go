package view

import (
	"ionwake/client/replica"
	"ionwake/client/view/words"
	"ionwake/shared/sim"
)

// said is what a line of chat says: what the server says of its own accord is said
// in the player's language.
func (b *brush) said(line *replica.ChatView) string {
	n := &line.Notice
	about, seconds := shortName(n.About, NameRunes), n.Number
	if line.Name != "" {
		return line.Text
	}
	switch n.Kind {
	case replica.NoticeMuted:
		return b.say(words.SaysMuted)
	case replica.NoticeNobody:
		return b.say(words.SaysNobody)
	case replica.NoticeSideFull:
		return b.lang.Fill(words.SaysSideFull, b.sideName(n.Number), b.sideName(sim.Teams+1-n.Number))
	case replica.NoticeMoved:
		return b.lang.Fill(words.SaysMoved, b.sideName(n.Number))
	case replica.NoticeNoTarget:
		return b.say(words.SaysNoTarget)
	case replica.NoticeVoteFailed:
		return b.lang.Fill(words.SaysVoteFailed, about, seconds)
	case replica.NoticeNoArena:
		return b.say(words.SaysNoArena)
	case replica.NoticeVoteOn:
		return b.say(words.SaysVoteOn)
	case replica.NoticeNewcomer:
		return b.lang.Fill(words.SaysNewcomer, seconds)
	case replica.NoticeCalled:
		return b.lang.Fill(words.SaysCalled, seconds)
	case replica.NoticeNext:
		return b.lang.Fill(words.SaysNext, b.arenaName(about), b.modeName(shortName(n.Also, NameRunes)))
	}
	return line.Text
}

// sideName is the name of a side by its number, which a server may have wrong.
func (b *brush) sideName(number int) string {
	if number == int(sim.TeamEmber) {
		return b.say(words.TeamEmber)
	}
	return b.say(words.TeamIon)
}
