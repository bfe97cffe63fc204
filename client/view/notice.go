package view

import (
	"strings"
	"time"

	"ionwake/client/view/words"
)

// notice is what stands instead of the world when one is neither playing nor at the
// title: joining, lost, refused. It says what happened and what can be done.
type notice struct {
	menus              *menus
	page               *page // nil while there is nothing to say
	of                 noticeOf
	retry, escape, ban words.Line
	wait               time.Duration // in Lost: the whole wait for the attempt that comes
	left               time.Duration // in Lost: what was left of it when last seen
}

// noticeOf is what the page was made for.
type noticeOf struct {
	stage    Stage
	code     uint16
	canRetry bool
}

// Close codes with words of their own: those of the game, HTTP's upgrade and the
// link's own, see HOSTING.md and client/link/code.go.
const (
	codeUnreachable = 1
	codeRefused     = 2
	codeBusy        = 3
	codeAddress     = 4
	codeUntrusted   = 5
	codeSilent      = 6
	codeOverflow    = 7
	codeMap         = 8
	codeLate        = 9
	codeShut        = 10
	codeGoingAway   = 1001
	codeProtocol    = 1002
	codeKind        = 1003
	codeNone        = 1005
	codeLost        = 1006
	codeData        = 1007
	codePolicy      = 1008
	codeTooBig      = 1009
	codeServer      = 1011
	codeRestart     = 1012
	codeOverloaded  = 1013
	codeGateway     = 1014
	codeTLS         = 1015
	codeVersion     = 4001
	codeAuth        = 4002
	codeBanned      = 4003
	codeFull        = 4004
	codeNoRoom      = 4005
	codeElsewhere   = 4006
	codeIdle        = 4007
	codeRate        = 4008
	codeSlow        = 4009
	codeRoomEnded   = 4010
	codeNoResume    = 4011
	codeName        = 4012
	codePassword    = 4013
)

// troubles are what each code means to a player.
var troubles = map[uint16]words.Key{
	codeUnreachable: words.Unreachable, codeRefused: words.AddressRefused, codeBusy: words.ServerBusy, codeAddress: words.AddressBad,
	codeUntrusted: words.Untrusted, codeTLS: words.Untrusted, codeSilent: words.LineSilent, codeNone: words.LineSilent,
	codeLost: words.LineSilent, codeGateway: words.LineSilent, codeOverflow: words.TooSlow, codeSlow: words.TooSlow, codeLate: words.TooSlow,
	codeGoingAway: words.ServerGone, codeProtocol: words.Misunderstood, codeData: words.Misunderstood, codeTooBig: words.Misunderstood, codeMap: words.MapTrouble,
	codeKind: words.OtherVersionDesktop, codeVersion: words.OtherVersionDesktop, codePolicy: words.NotAllowed, codeServer: words.ServerFault,
	codeRestart: words.RestartingLine, codeOverloaded: words.ServerBusy, codeAuth: words.NotAuthorised, codeNoRoom: words.NoRoom,
	codeElsewhere: words.Elsewhere, codeIdle: words.Idle, codeRate: words.TooMuch, codeRoomEnded: words.RoomEnded,
	ReplayGone: words.ReplayGone, ReplayOther: words.ReplayOther, ReplayBad: words.ReplayBad, ReplayFar: words.ReplayFar,
	codeNoResume: words.NoResume, codeName: words.NameRefused, codeFull: words.FullWait, codeShut: words.ShutWait,
}

// heads are the headings of codes that have one of their own.
var heads = map[uint16]words.Key{
	codeFull: words.RoomFull, codeShut: words.DoorShut, codeRestart: words.Restarting, codeVersion: words.OtherVersion, codeKind: words.OtherVersion,
	codeBanned: words.Banned, codePassword: words.EnterPassword,
	ReplayGone: words.ReplayTrouble, ReplayOther: words.ReplayTrouble, ReplayBad: words.ReplayTrouble, ReplayFar: words.ReplayTrouble,
}

// covers reports whether a page is open at this status.
func (n *notice) covers(s *Status) bool { return n.menus.top() != nil || !s.playing() }

// draw draws the page that is open.
func (n *notice) draw(b *brush, f *frame, s *Status) {
	if n.page != nil && !s.playing() && s.Stage != Menu {
		n.page.draw(b, f)
	} else if top := n.menus.top(); top != nil {
		top.draw(b, f)
	}
}

// await learns how long the wait for each attempt is: it begins anew when there
// is more left than a moment ago.
func (n *notice) await(s *Status) {
	if s.RetryIn > n.left {
		n.wait = s.RetryIn
	}
	n.left = s.RetryIn
}

// share returns how much of the wait for the next attempt is left, 0 to 1.
func (n *notice) share() float64 {
	if n.wait <= 0 {
		return 0
	}
	return n.left.Seconds() / n.wait.Seconds()
}

// trouble keeps the notice's page fitting to the status, and returns it, or nil
// while one plays or is at the title.
func (g *Game) trouble() *page {
	n, s := &g.notice, &g.status
	if s.playing() || s.Stage == Menu {
		n.page, n.wait, n.left = nil, 0, 0
		return nil
	}
	n.await(s)
	if of := (noticeOf{s.Stage, s.Code, s.CanRetry}); n.page == nil || of != n.of {
		n.of, n.page = of, g.troublePage()
		n.page.rebuild()
		n.page.focus = n.page.firstFocus()
		g.menus.clear()
	}
	return n.page
}

// troublePage returns the page for the status.
func (g *Game) troublePage() *page {
	s := &g.status
	pg := &page{shape: dialogPage, alarm: true, head: words.NotAdmitted, lines: g.troubleWords, done: g.leave}
	switch s.Stage {
	case Joining:
		pg.head, pg.alarm, pg.extra = words.Joining, false, 64
		if g.place.Replay != "" {
			pg.head = words.Replay
		}
		pg.around = func(b *brush, f *frame, r rectangle) { spinner(b, r.x+r.w/2, r.y+r.h/2, 22*f.unit, pg.clock) }
	case Lost:
		pg.head, pg.extra = words.ConnectionLost, 42
		pg.around = g.drawRetry
	}
	if head, ok := heads[s.Code]; ok && s.Stage != Joining {
		pg.head = head
	}
	if s.Code == codeFull || s.Code == codeShut {
		pg.alarm = false
	}
	pg.foot = func(b *brush) string { return g.notice.foot(b, &g.hands) }
	pg.build = g.troubleItems
	return pg
}

// foot says which key leaves.
func (n *notice) foot(b *brush, h *hands) string {
	switch h.device {
	case touch:
		return ""
	case pad:
		return n.escape.Name(b.lang, words.EscLeaves, "B")
	}
	return n.escape.Name(b.lang, words.EscLeaves, b.say(words.KeyEscape))
}

// wordedWait is how long a wait is told in minutes.
const wordedWait = 3 * time.Hour

// troubleWords say what happened.
func (g *Game) troubleWords(b *brush) string {
	s := &g.status
	switch {
	case s.Stage == Joining && g.place.Replay != "":
		return b.say(words.FetchingReplay)
	case s.Stage == Joining:
		if s.Fetching {
			return b.say(words.FetchingMap)
		}
		return ""
	case s.Code == codeBanned && s.Message != "" && s.RetryIn > wordedWait:
		return s.Message // which tells the date
	case s.Code == codeBanned && s.RetryIn > 0:
		return strings.TrimLeft(s.Message+" "+g.notice.ban.Name(b.lang, words.BannedFor, span(b.lang, s.RetryIn)), " ")
	case s.Code == codeBanned && s.CanRetry:
		return b.say(words.BannedOver)
	case (s.Code == codeVersion || s.Code == codeKind) && g.cfg.Reload != nil:
		return b.say(words.OtherVersionPage)
	case s.Code == codePassword && s.RetryIn > 0:
		return g.notice.ban.Name(b.lang, words.PasswordWait, span(b.lang, s.RetryIn))
	case s.Code == codePassword && g.place.Password != "":
		return b.say(words.PasswordWrong)
	case s.Code == codePassword:
		return ""
	}
	if k, ok := troubles[s.Code]; ok {
		return b.say(k)
	}
	if s.Message != "" {
		return s.Message
	}
	if s.Stage == Lost {
		return b.say(words.LostLine)
	}
	return b.say(words.Ended)
}

// drawRetry shows when the next attempt comes.
func (g *Game) drawRetry(b *brush, f *frame, r rectangle) {
	n, u := &g.notice, f.unit
	seconds := upSeconds(g.status.RetryIn)
	text := b.say(words.RetryNow)
	if seconds > 0 {
		text = n.retry.Number(b.lang, words.RetryIn, seconds)
	}
	b.text(text, r.x+r.w/2, r.y+20*u, 18*u, bold, centre, inkIon.solid(1))
	countdown(b, r, u, n.share())
}

// troubleItems are what can be done.
func (g *Game) troubleItems(pg *page) {
	s := &g.status
	add := func(k words.Key, do func()) { pg.add(item{kind: doItem, key: k, do: do}) }
	again := func() { g.cfg.Session.Play(g.name, g.place) }
	switch {
	case s.Code == codePassword && s.Stage == Refused:
		box := newField("", passwordRunes)
		box.hidden = true
		enter := func() {
			g.place.Password = box.text
			again()
		}
		pg.add(item{kind: boxItem, key: words.PasswordBox, field: box, do: enter})
		add(words.Join, enter)
	case (s.Code == codeVersion || s.Code == codeKind) && g.cfg.Reload != nil:
		add(words.Reload, g.cfg.Reload)
	case s.Code == codeName && s.Stage == Refused:
		add(words.ChangeName, func() { g.leave(); g.nameFirst = true })
		return
	case s.Stage == Lost && s.CanRetry:
		add(words.TryNow, again)
	case s.Stage == Refused && s.CanRetry:
		add(words.TryAgain, again)
	}
	if s.Code == codeFull {
		add(words.WatchInstead, g.watchInstead)
	}
	if s.Code == codeNoRoom && g.cfg.Lobby != nil {
		add(words.Servers, func() { g.leave(); g.listFirst = true })
	}
	if s.Stage == Refused {
		add(words.ToTitle, g.leave)
	} else {
		add(words.Leave, g.leave)
	}
}

// passwordRunes is the longest password of a room that can be entered.
const passwordRunes = 64

// leave goes back to the title.
func (g *Game) leave() {
	g.place.Password = ""
	g.cfg.Session.Leave()
}

// span returns a time in whole minutes, or in seconds if it is short.
func span(l words.Language, d time.Duration) string {
	if d >= 90*time.Second {
		return l.Count(words.Minutes, int((d+30*time.Second)/time.Minute))
	}
	return l.Fill(words.Seconds, number(upSeconds(d)))
}
