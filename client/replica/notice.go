package replica

import "ionwake/shared/wire"

// Notice is what the server says in a line of chat.
type Notice struct {
	Kind        NoticeKind // 0: the line's text says it
	About, Also string     // names
	Number      int
}

// NoticeKind says what a Notice is, as wire.NoticeKind does. There may be more than
// this client knows.
type NoticeKind uint8

// The notices.
const (
	NoticeMuted      = NoticeKind(wire.NoticeMuted)
	NoticeNobody     = NoticeKind(wire.NoticeNobody)
	NoticeSideFull   = NoticeKind(wire.NoticeSideFull)   // Number is the side
	NoticeMoved      = NoticeKind(wire.NoticeMoved)      // to side Number
	NoticeNoTarget   = NoticeKind(wire.NoticeNoTarget)   // of a vote
	NoticeVoteFailed = NoticeKind(wire.NoticeVoteFailed) // about About; Number seconds to wait
	NoticeNoArena    = NoticeKind(wire.NoticeNoArena)
	NoticeVoteOn     = NoticeKind(wire.NoticeVoteOn)
	NoticeNewcomer   = NoticeKind(wire.NoticeNewcomer) // Number seconds to wait
	NoticeCalled     = NoticeKind(wire.NoticeCalled)   // Number seconds to wait
	NoticeNext       = NoticeKind(wire.NoticeNext)     // arena About, mode Also
	Notices          = NoticeKind(wire.Notices)        // one more than there are
)
