package replica

import (
	"slices"
	"time"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// board is what is known of the people in the room: their lines, kills and chat.
type board struct {
	lines   [sim.MaxPlayers]wire.Player
	present [sim.MaxPlayers]bool
	match   sim.Match
	spawn   sim.Tick // of the own ship, while there is none
	kills   []killLine
	chat    []chatLine
}

type killLine struct {
	wire.Kill
	killer, victim string // as they were called then: seats change hands
	at             time.Duration
}

type chatLine struct {
	wire.ChatLine
	at time.Duration
}

const (
	maxKills = 6
	maxChat  = 64
	killFor  = 8 * time.Second
)

// take applies what a frame says of people. Kills come first: the lines of the
// same frame already have them.
func (b *board) take(now time.Duration, f *wire.Frame, w *wire.Welcome) {
	if f.Welcome != nil {
		clear(b.present[:])
	}
	for _, k := range f.Kills {
		b.count(k, w)
		b.kills = append(b.kills, killLine{k, b.name(k.By), b.name(k.Who), now})
	}
	if n := len(b.kills); n > maxKills {
		b.kills = append(b.kills[:0], b.kills[n-maxKills:]...)
	}
	if f.HasMatch {
		b.match = f.Match
	}
	for _, id := range f.Gone {
		b.present[id] = false
	}
	for _, p := range f.Players {
		if p.Name == "" {
			p.Name = b.lines[p.ID].Name
		}
		b.lines[p.ID], b.present[p.ID] = p, true
	}
	for _, c := range f.Chat {
		b.chat = append(b.chat, chatLine{c, now})
	}
	if n := len(b.chat); n > maxChat {
		b.chat = append(b.chat[:0], b.chat[n-maxChat:]...)
	}
	if b.spawn = f.Own.Spawn; f.Own.HasShip {
		b.spawn = 0
	}
}

// count adds a kill to the scoreboard as the server takes for granted.
func (b *board) count(k wire.Kill, w *wire.Welcome) {
	if k.Idle {
		return
	}
	b.lines[k.Who].Deaths++
	if k.By != k.Who && k.By < sim.MaxPlayers {
		b.lines[k.By].Kills++
		b.lines[k.By].Score += int16(w.KillPoints)
	}
}

func (b *board) name(id sim.PlayerID) string {
	if int(id) < len(b.lines) {
		return b.lines[id].Name
	}
	return ""
}

// people returns how many people and bots there are.
func (b *board) people() (people, bots int) {
	for id, here := range b.present {
		switch {
		case !here || b.lines[id].Spectator:
		case b.lines[id].Bot:
			bots++
		default:
			people++
		}
	}
	return people, bots
}

// draw fills the scene's lists.
func (b *board) draw(now time.Duration, self sim.PlayerID, s *Scene) {
	s.Players, s.Kills, s.Chat = s.Players[:0], s.Kills[:0], s.Chat[:0]
	for id, here := range b.present {
		if !here || b.lines[id].Spectator {
			continue
		}
		l := &b.lines[id]
		s.Players = append(s.Players, PlayerView{
			ID: l.ID, Name: l.Name, Bot: l.Bot, Away: l.Away,
			Score: int(l.Score), Kills: int(l.Kills), Deaths: int(l.Deaths),
			Ping: time.Duration(l.Ping) * time.Millisecond,
		})
	}
	slices.SortFunc(s.Players, func(a, b PlayerView) int {
		if a.Score != b.Score {
			return b.Score - a.Score
		}
		if a.Deaths != b.Deaths {
			return a.Deaths - b.Deaths
		}
		return int(a.ID) - int(b.ID)
	})
	for _, k := range b.kills {
		if age := now - k.at; age < killFor {
			s.Kills = append(s.Kills, KillView{
				Killer: k.killer, Victim: k.victim, KillerID: k.By, VictimID: k.Who,
				Weapon: k.With, Age: age, OwnKill: k.By == self, OwnDeath: k.Who == self,
			})
		}
	}
	for _, c := range b.chat {
		s.Chat = append(s.Chat, ChatView{From: c.From, Name: c.Name, Text: c.Text, Age: now - c.at})
	}
}
