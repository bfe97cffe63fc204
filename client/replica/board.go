package replica

import (
	"slices"
	"time"

	"ionwake/shared/sim"
	"ionwake/shared/wire"
)

// board is what is known of the people in the room, and where the match stands.
type board struct {
	lines   [sim.MaxPlayers]wire.Player
	present [sim.MaxPlayers]bool
	changed bool // since the lists of the scene were made
	match   sim.Match
	phase   phaseChange
	spawn   sim.Tick // of the own ship, while there is none

	feed feed
	talk talk
}

// phaseChange says what the newest frame did to the match.
type phaseChange struct {
	began bool // it went on to another phase or match
	told  bool // a match has been told on this ground
}

// take applies what a frame says of people. Kills come first: the lines of the
// same frame already have them.
func (b *board) take(now time.Duration, f *wire.Frame, w *wire.Welcome) {
	if f.Welcome != nil || len(f.Kills)+len(f.Gone)+len(f.Players) > 0 {
		b.changed = true
	}
	if f.Welcome != nil {
		clear(b.present[:])
		b.phase.told = false
	}
	for _, k := range f.Kills {
		b.count(k, w)
		b.feed.add(killLine{k, b.name(k.By), b.name(k.Who), now})
	}
	b.takeMatch(f)
	for _, id := range f.Gone {
		b.present[id] = false
	}
	for _, p := range f.Players {
		if p.Name == "" {
			p.Name, p.Tag = b.lines[p.ID].Name, b.lines[p.ID].Tag
		}
		b.lines[p.ID], b.present[p.ID] = p, true
	}
	b.talk.take(now, f, b, w.ID)
	if b.spawn = f.Own.Spawn; f.Own.HasShip {
		b.spawn = 0
	}
}

func (b *board) takeMatch(f *wire.Frame) {
	b.phase.began = false
	if !f.HasMatch {
		return
	}
	b.phase.began = b.phase.told && (f.Match.Phase != b.match.Phase || f.Match.Number != b.match.Number)
	b.match, b.phase.told = f.Match, true
}

// count adds a kill to the scoreboard as the server takes for granted.
func (b *board) count(k wire.Kill, w *wire.Welcome) {
	if k.Idle {
		return
	}
	sim.AddPoints(&b.lines[k.Who].Deaths, 1)
	if k.By != k.Who && k.By < sim.MaxPlayers {
		sim.AddPoints(&b.lines[k.By].Kills, 1)
		sim.AddPoints(&b.lines[k.By].Score, int16(w.KillPoints))
	}
}

func (b *board) name(id sim.PlayerID) string {
	if int(id) < len(b.lines) {
		return b.lines[id].Name
	}
	return ""
}

// tag returns the tag of who sits at id, 0 for bots and for nobody.
func (b *board) tag(id sim.PlayerID) uint64 {
	if int(id) < len(b.lines) {
		return b.lines[id].Tag
	}
	return 0
}

// team returns the side of who sits at id.
func (b *board) team(id sim.PlayerID) sim.Team {
	if int(id) < len(b.lines) && b.present[id] {
		return b.lines[id].Team
	}
	return sim.NoTeam
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

// draw fills the scene's lists. The lists of people are made anew only when
// something was told.
func (b *board) draw(now time.Duration, self sim.PlayerID, s *Scene) {
	if b.changed {
		b.changed = false
		b.drawPeople(s)
	}
	b.feed.draw(now, self, s)
	b.talk.draw(now, s)
}

func (b *board) drawPeople(s *Scene) {
	s.Players, s.Watchers = s.Players[:0], s.Watchers[:0]
	for id, here := range b.present {
		if !here {
			continue
		}
		if v := b.view(&b.lines[id]); b.lines[id].Spectator {
			s.Watchers = append(s.Watchers, v)
		} else {
			s.Players = append(s.Players, v)
		}
	}
	slices.SortFunc(s.Players, func(a, b PlayerView) int {
		switch {
		case a.Uncounted != b.Uncounted:
			if b.Uncounted {
				return -1
			}
			return 1
		case a.Score != b.Score:
			return b.Score - a.Score
		case a.Deaths != b.Deaths:
			return a.Deaths - b.Deaths
		}
		return int(a.ID) - int(b.ID)
	})
	for i := range s.Players {
		s.at[s.Players[i].ID] = uint16(i)
	}
}

func (b *board) view(l *wire.Player) PlayerView {
	return PlayerView{
		ID: l.ID, Name: l.Name, Tag: l.Tag, Team: l.Team, Hull: l.Hull,
		Bot: l.Bot, Away: l.Away, Muted: b.talk.mutes(l.Tag),
		Score: int(l.Score), Kills: int(l.Kills), Deaths: int(l.Deaths),
		Ping: time.Duration(l.Ping) * time.Millisecond, Uncounted: l.Uncounted, Place: int(l.Place),
	}
}
