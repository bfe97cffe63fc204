package replica

import (
	"time"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// talk is what people say and ask: chat, signals and the vote under way.
type talk struct {
	chat    []chatLine
	signals []signal // by player, at most one each
	muted   map[uint64]bool
	vote    ballot
}

type chatLine struct {
	wire.ChatLine
	tag uint64 // of who says it
	to  string // of an own whisper: whom to
	own bool
	at  time.Duration
}

type signal struct {
	wire.Signal
	tag uint64
	at  time.Duration
}

const (
	maxChat    = 64
	maxSignals = 64
	signalFor  = 4 * time.Second
)

// take applies what a frame says was said.
func (t *talk) take(now time.Duration, f *wire.Frame, b *board, self sim.PlayerID) {
	for _, c := range f.Chat {
		line := chatLine{ChatLine: c, tag: b.tag(c.From), own: c.From == self, at: now}
		if c.Scope == wire.ToOne && line.own {
			line.to = b.name(c.To)
		}
		if len(t.chat) == maxChat {
			copy(t.chat, t.chat[1:])
			t.chat = t.chat[:maxChat-1]
		}
		t.chat = append(t.chat, line)
	}
	for _, s := range f.Signals {
		t.signal(signal{s, b.tag(s.Who), now})
	}
	if f.Vote != nil {
		t.vote.take(f.Vote, b, self)
	}
}

// signal shows s in the place of the same player's last one.
func (t *talk) signal(s signal) {
	oldest := 0
	for i := range t.signals {
		if t.signals[i].Who == s.Who {
			t.signals[i] = s
			return
		}
		if t.signals[i].at < t.signals[oldest].at {
			oldest = i
		}
	}
	if len(t.signals) < maxSignals {
		t.signals = append(t.signals, s)
		return
	}
	t.signals[oldest] = s
}

// mute hides, or shows again, what the person with a tag says.
func (t *talk) mute(tag uint64, muted bool) {
	switch {
	case tag == 0:
	case !muted:
		delete(t.muted, tag)
	default:
		if t.muted == nil {
			t.muted = make(map[uint64]bool)
		}
		t.muted[tag] = true
	}
}

func (t *talk) mutes(tag uint64) bool { return tag != 0 && t.muted[tag] }

func (t *talk) draw(now time.Duration, s *Scene) {
	s.Chat, s.Signals = s.Chat[:0], s.Signals[:0]
	for i := range t.chat {
		c := &t.chat[i]
		if t.mutes(c.tag) {
			continue
		}
		s.Chat = append(s.Chat, ChatView{
			From: c.From, Name: c.Name, Text: c.Text, Scope: Scope(c.Scope), Own: c.own, To: c.to, Age: now - c.at,
			Notice: Notice{NoticeKind(c.Kind), c.About, c.Also, int(c.Number)},
		})
	}
	for i := range t.signals {
		g := &t.signals[i]
		if age := now - g.at; age < signalFor && !t.mutes(g.tag) {
			s.Signals = append(s.Signals, SignalView{Who: g.Who, Kind: SignalKind(g.Kind), Age: age})
		}
	}
	s.Vote = t.vote.draw(s.Tick)
}
